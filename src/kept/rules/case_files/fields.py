"""The fields of an object from a JSON file, each checked for what it should be."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

_LONGEST_SHOWN = 40


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) <= sys.float_info.max


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "a number": _is_number,
    "a whole number": lambda value: _is_number(value) and value == int(value),
    "true or false": lambda value: isinstance(value, bool),
    "a list": lambda value: isinstance(value, list),
    "an object": lambda value: isinstance(value, Mapping),
    "a date such as 2026-01-31": lambda value: _day(value) is not None,
}
_WORDS = {
    "text": "text",
    "number": "a number",
    "whole": "a whole number",
    "yes_no": "true or false",
    "list": "a list",
    "object": "an object",
    "date": "a date such as 2026-01-31",
}


def field(given: Mapping[str, Any], name: str, kind: str, *, required: bool = True) -> Any:
    """The value of a field; None where it is missing or null and not required.

    `kind` is text, number, whole, yes_no, list, object or date. Raises ValueError with a sentence that names the field.
    """
    value = given.get(name)
    if value is not None:
        return checked(name, value, kind)
    if required:
        raise ValueError(f"{name} is missing: it must be {_WORDS[kind]}.")
    return None


def fields(given: Mapping[str, Any], name: str, kind: str, *, required: bool = True, gaps: bool = False) -> list[Any]:
    """The entries of a list, each of a kind; none where the field may be missing and is. `gaps` allows null entries.

    Raises ValueError with a sentence that names the field and the place of the entry, counted from 0.
    """
    entries = field(given, name, "list", required=required) or []
    return [
        None if entry is None and gaps else checked(f"{name}[{place}]", entry, kind)
        for place, entry in enumerate(entries)
    ]


def checked(name: str, value: Any, kind: str) -> Any:
    """The value, a date as a date. Raises ValueError with a sentence that names it when it is of another kind."""
    words = _WORDS[kind]
    if not _FITS[words](value):
        raise ValueError(f"{name} must be {words}, not {shown(value)}.")
    if kind == "whole":
        return int(value)
    return _day(value) if kind == "date" else value


def shown(value: Any) -> str:
    """A value in a sentence, cut where it is long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "an object"
    words = f"“{value}”" if isinstance(value, str) else str(value)
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
