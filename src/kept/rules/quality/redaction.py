"""Words without names: what an auditor reads of a plan cannot tell whose it is.

Every name that the record knows is taken out in all its forms; then whatever is shaped like an address, a number or a
date of birth. What stays and begins with a capital in the middle of a sentence is listed for a person to look at before
the copy goes out: a machine that takes out what it knows cannot know a nickname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

TITLES = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Rev)\.?\s+)"
SHORTEST = 2
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[email address]", re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[A-Za-z]{2,}")),
    ("[web address]", re.compile(r"\b(?:https?://|www\.)\S+")),
    ("[postcode]", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")),
    ("[pupil number]", re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b")),
    ("[telephone number]", re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?!\d)")),
    ("[NHS number]", re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")),
    ("[home]", re.compile(
        r"\b\d+[a-z]?,?\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Place|"
        r"Gardens|Grove|Terrace|Hill|Rise|Square|Mews|Row|Walk)\b")),
)  # fmt: skip
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
BORN = re.compile(
    rf"(?i)\b(born(?: on)?|date of birth|d\.?o\.?b\.?)(\s*[:\-]?\s*)"
    rf"(\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH})\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
TITLED = re.compile(TITLES + r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)?")
CAPITAL = re.compile(r"(?<=[a-z,;)] )([A-Z][a-zà-ÿ’'-]{2,}(?: [A-Z][a-zà-ÿ’'-]{2,})*)")
_PLAIN = """
Section Sections Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
June July August September October November December English British Makaton Braille Year Key Stage Reception
Nursery Primary Secondary Autism Spectrum Condition Disorder Speech Language Therapy Therapist Occupational
Educational Psychologist Psychology Teaching Assistant Social Care Health Council Local Authority Annual
Review Plan Education Tribunal Children Families Act Code Practice Thrive Boardmaker Widgit Elklan Picture
Exchange Communication System Zones Regulation Easter Christmas Sensory Learning Support Teacher Head School
College Maths Mathematics Science Physical Universal Credit Tourette Down Syndrome Asperger British Sign
Attention Deficit Hyperactivity
"""
PLAIN = frozenset(_PLAIN.split())


@dataclass(frozen=True)
class Names:
    """The names that the record knows. child: all that the child has or had. others: (what to put there, the names)."""

    child: tuple[str, ...]
    family: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    others: Sequence[tuple[str, tuple[str, ...]]] = field(default_factory=tuple)


def redact(words: str, names: Names) -> str:
    """The words with every known name and everything of a telling shape replaced by what it was, in square brackets.

    A name counts as a whole word in whatever capitals, with or without a possessive, and each part of a person's name
    counts by itself; parts of a place's name do not ("School" stays, "Harbour Primary" goes). Repeating it changes
    nothing.
    """
    for mark, shape in SHAPES:  # first, as an address may hold a name
        words = shape.sub(mark, words)
    for mark, group in _groups(names):
        for name in group:
            if _first_letters(name) not in words.casefold():  # nearly all of an area's schools, at once
                continue
            words = re.sub(rf"(?<![\w\[])(?i:{_loose(name)})(?:-[A-Z][\w’']*)*(?![\w\]])", mark, words)
    words = BORN.sub(r"\1\2[date of birth]", words)
    words = TITLED.sub("[professional]", words)
    return re.sub(r"(\[[a-z ]+\])(?:\s+\1)+", r"\1", words)


def left_over(words: str) -> list[str]:
    """Words with a capital inside a sentence that are in no list of ours: perhaps names. In order, each once."""
    found = []
    for match in CAPITAL.finditer(words):
        rest = [one for one in match.group(1).split() if one.rstrip("’'s") not in PLAIN and one not in PLAIN]
        if rest:
            found.append(" ".join(rest))
    return list(dict.fromkeys(found))


def _groups(names: Names) -> Iterable[tuple[str, list[str]]]:
    """What to put there and the names, the longest first, so that a full name goes before its parts."""
    yield from ((f"[{what}]", _longest(group)) for what, group in names.others)
    yield "[place]", _longest(names.places)
    people = (("[child]", names.child), ("[family member]", names.family), ("[professional]", names.staff))
    wholes = [(mark, name) for mark, group in people for name in group if " " in name.strip()]
    for mark, name in sorted(wholes, key=lambda one: -len(one[1])):
        yield mark, [name]
    for mark, group in people:
        yield mark, _longest(part for name in group for part in name.split())


def _first_letters(name: str) -> str:
    return re.split(r"[^\w]", name.strip().casefold(), maxsplit=1)[0]


def _longest(group: Iterable[str]) -> list[str]:
    known = {name.strip() for name in group if len(name.strip()) >= SHORTEST}
    return sorted(known, key=lambda name: (-len(name), name))


def _loose(name: str) -> str:
    """A name as a pattern: any space between its words, straight or curly apostrophes, hyphen or space."""
    found = re.escape(name.strip())
    found = re.sub(r"(?:\\ |\\-|-| )+", r"[\\s-]+", found)
    return re.sub(r"['’]", "['’]", found)
