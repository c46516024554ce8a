"""The words of the public pages in other languages, from message files: `words/<code>.json`, English to translation.

What a file lacks stays English. Entries themselves are shown as their providers wrote them and marked as English.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LANGUAGES = {"en-GB": "English", "pl": "Polski"}
RIGHT_TO_LEFT = frozenset({"ar", "ur", "fa", "he", "ps"})
ENGLISH = "en-GB"


@cache
def messages(language: str) -> dict[str, str]:
    """The message file of a language; empty for English."""
    if language == ENGLISH or language not in LANGUAGES:
        return {}
    return dict(json.loads(files("kept.offer").joinpath("words", f"{language}.json").read_text(encoding="utf-8")))


def chosen_language(asked: str | None) -> str:
    """The language asked for if we have it, else English."""
    return asked if asked in LANGUAGES else ENGLISH


@cache
def translator(language: str) -> Callable[..., str]:
    """A function from English words, with {names} filled in, to the language's."""
    known = messages(language)

    def translate(english: str, /, **values: object) -> str:
        said = known.get(english, english)
        return said.format(**values) if values else said

    return translate
