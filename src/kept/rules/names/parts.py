"""A name as its parts: small letters without accents, apostrophes and hyphens, in any script."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_MOST_CHARACTERS = 300
_MOST_PARTS = 12
_SPELT_OUT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APOSTROPHES = re.compile("['’‘`´ʼʻ′]")
_BETWEEN = re.compile(r"[\W_\d]+")
_TITLE_WORDS = "mr mrs miss ms mx master dr prof professor rev revd sir dame"
_TITLES = frozenset(_TITLE_WORDS.split())
_LINKED_WORDS = (
    "o mc mac st saint d de da del di du dos das van von der den ter ten la le el al ap ab bin ibn bint abu abd fitz"
)
PARTICLES = frozenset(_LINKED_WORDS.split())
"""Words that belong to the word after them: typed apart, together or not at all."""


def plain(text: str) -> str:
    """A name in small letters without accents, apostrophes and figures ("Zoë O’Brien" gives "zoe obrien")."""
    return " ".join(_BETWEEN.sub(" ", plain_text(text[:_MOST_CHARACTERS])).split())


def plain_text(text: str) -> str:
    """Any text in small letters without accents and apostrophes; figures and punctuation stay."""
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _APOSTROPHES.sub("", folded).translate(_SPELT_OUT)
    return "".join(mark for mark in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(mark))


def name_parts(full_name: str) -> tuple[str, ...]:
    """The words of a name, at most twelve, without titles; a hyphen parts two words, an apostrophe does not."""
    words = plain(full_name).split()
    without_titles = words[1:] if len(words) > 1 and words[0] in _TITLES else words
    return tuple(without_titles[:_MOST_PARTS])


def other_spellings(full_name: str) -> tuple[str, ...]:
    """Words spelt the German and Danish way ("Müller" also as "mueller"), where that differs."""
    folded = unicodedata.normalize("NFKC", full_name[:_MOST_CHARACTERS]).casefold()
    respelt = folded.translate(_GERMAN)
    return name_parts(respelt) if respelt != folded else ()


def joined_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Neighbouring words written as one ("mary jane" as "maryjane", "van der berg" as "vanderberg")."""
    pairs = [first + second for first, second in pairwise(parts)]
    triples = [
        first + second + third
        for first, second, third in zip(parts, parts[1:], parts[2:], strict=False)
        if first in PARTICLES
    ]
    return tuple(pairs + triples)
