"""How a name sounds: a short key that common spellings of one sound share.

Our own rules, made for names met in England: English, Scottish, Irish, Welsh, South Asian, Arabic, African and East
European spellings. Vowels count only at the start; B and P, D and T, F and V, S and Z fall together.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LENGTH = 5

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(mac|mc)(?=[^aeiouhk])", "mk"),
        (r"^(mac|mc)k?(?=[aeiouh])", "mk"),
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"^(ll)", "l"),
        (r"^ff", "f"),
        (r"(?<=[aeiou])gh(?=t)", ""),
        (r"ough", "o"),
        (r"augh", "o"),
        (r"(?<=[aeiou])gh", "g"),
        (r"bh(?=[aei])", "v"),
        (r"mh", "v"),
        (r"ph", "f"),
        (r"sch(?=[mnlrw])", "S"),
        (r"tch|tsch|cz|(?<!s)ch(?=[aeiouy])", "C"),
        (r"(?<=[aeiou])ch$", "C"),
        (r"ch", "k"),
        (r"sh|sz|sch|sci|ti(?=[ao])|si(?=[o])", "S"),
        (r"dg(?=[eiy])|dj|zh", "j"),
        (r"th", "t"),
        (r"kh|gh|qu?|ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"x", "ks"),
        (r"w(?=[^aeiouy]|$)", ""),
        (r"[zß]", "s"),
        (r"v", "f"),
        (r"d", "t"),
        (r"b", "p"),
        (r"g", "k"),
        (r"(?<=[aeiouy])r(?=[^aeiouy])", "r"),
    )
)
_VOWELS = re.compile("[aeiouyhw]")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """Up to five sounds of a plain word in Latin letters ("stephen", "steven" and "stefan" give the same).

    A vowel at the start becomes A. Words in other scripts have no key: the answer is "".
    """
    if not word.isascii() or not word.isalpha():
        return ""
    sounds = word.lower()
    for pattern, sound in _RULES:
        sounds = pattern.sub(sound, sounds)
    if not sounds:
        return ""
    start = _start(sounds[0])
    rest = _VOWELS.sub("", sounds[1:])
    return _REPEATED.sub(r"\1", start + rest.replace("C", "X").replace("S", "X").upper())[:_LENGTH]


def _start(first: str) -> str:
    """The first sound; all vowels are one, since accents and spellings differ most there."""
    if first in "aeiou":
        return "A"
    return "X" if first in "CS" else first.upper()
