"""Small helpers for reading what people type or paste."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_MOST_CHARACTERS = 100
"""No identifier is longer: what is, is cut before it is looked at."""

_BETWEEN = re.compile("[\\s\\-._\u00b7\u2010-\u2015\u200b-\u200f\u2060\ufeff]+")


def squeeze(text: str) -> str:
    """The text in capitals, without spaces, hyphens, dots and invisible characters, wide figures made ordinary."""
    plain = unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS])
    return _BETWEEN.sub("", plain).upper()


def digits_only(text: str) -> bool:
    """Whether every character is one of 0 to 9; false for empty text."""
    return text.isascii() and text.isdigit()


def require(holds: bool, sentence: str) -> None:
    """Raise ValueError with the sentence unless it holds."""
    if not holds:
        raise ValueError(sentence)


def passes(check: Callable[[str], str], text: str) -> bool:
    """Whether a check accepts the text."""
    try:
        check(text)
    except ValueError:
        return False
    return True
