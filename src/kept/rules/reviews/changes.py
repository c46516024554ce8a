"""Whether a review changed the plan: which of its sections say something else than before.

Dates, letter case, punctuation and the order of entries are no change: a plan on which somebody moved "July 2026" to
"July 2027" says the same as before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kept.rules.plans.text import normal

SECTIONS = ("B", "E", "F")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+(?:20)\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b"
    r"|\b(?:spring|summer|autumn)(?:\s+term)?\s+20\d\d\b|\b20\d\d(?:[/-](?:20)?\d\d)?\b"
)
_WORD = re.compile(r"[\w%£]+")


def substance(text: str) -> str:
    """What a sentence says, without its dates, letter case, punctuation and space."""
    return " ".join(_WORD.findall(_DATE.sub(" ", normal(text))))


def changed_sections(before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Which of sections B, E and F say something else; pairs of (section, text) of both versions.

    An entry that moves from one of them to another changes both.
    """
    old, new = _by_section(before), _by_section(after)
    return tuple(section for section in SECTIONS if old[section] != new[section])


def _by_section(entries: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {section: Counter() for section in SECTIONS}
    for section, text in entries:
        said = substance(text)
        if section in found and said:
            found[section][said] += 1
    return found
