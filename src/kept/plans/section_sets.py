"""Which sections a kind of plan has, from which day: read from data, so that another kind of plan is another entry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from kept.plans.words import Kind


@dataclass(frozen=True)
class Section:
    """One section: its code, title, the kinds of entry it holds, its part in the thread and its source in law.

    role: views, needs, outcomes, provision, placement, payments or advice. needs: for provision, the code of the
    section whose needs it meets. secured_by: who must secure what stands in it; empty for nobody. plain: what it holds
    in the words of every day, with {name} for the child.
    """

    code: str
    title: str
    kinds: tuple[Kind, ...]
    role: str
    citation: str
    secured_by: str = ""
    needs: str = ""
    plain: str = ""

    def said_plainly(self, name: str) -> str:
        """What it holds in the words of every day, of a child of that name."""
        return self.plain.replace("{name}", name)

    @property
    def kind(self) -> Kind:
        """What a new entry of the section is unless said otherwise."""
        return self.kinds[0]

    @property
    def name(self) -> str:
        """Its code and title, as a heading."""
        return f"Section {self.code}: {self.title}"


@dataclass(frozen=True)
class SectionSet:
    """The sections of one kind of plan in their order, with the days on which such a plan may be made."""

    key: str
    title: str
    citation: str
    starts_on: date
    ends_on: date | None
    sections: tuple[Section, ...]

    def section(self, code: str) -> Section:
        """The section of that code. Raises KeyError."""
        return {one.code: one for one in self.sections}[code]

    def place(self, code: str) -> int:
        """Where a section stands in the plan; after all others when the set has none of that code."""
        return next((place for place, one in enumerate(self.sections) if one.code == code), len(self.sections))

    def of_role(self, role: str) -> tuple[Section, ...]:
        """The sections that play one part."""
        return tuple(one for one in self.sections if one.role == role)

    def is_open(self, day: date) -> bool:
        """Whether such a plan may be made on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def read_set(given: dict[str, Any]) -> SectionSet:
    """A section set from data. Raises KeyError or ValueError for one that is not complete."""
    sections = tuple(
        Section(
            code=one["code"],
            title=one["title"],
            kinds=tuple(Kind(kind) for kind in one["kinds"]),
            role=one["role"],
            citation=one["citation"],
            secured_by=one.get("secured_by", ""),
            needs=one.get("needs", ""),
            plain=one.get("plain", ""),
        )
        for one in given["sections"]
    )
    return SectionSet(
        key=given["key"],
        title=given["title"],
        citation=given["citation"],
        starts_on=date.fromisoformat(given["starts_on"]),
        ends_on=date.fromisoformat(given["ends_on"]) if given["ends_on"] else None,
        sections=sections,
    )


@cache
def section_sets() -> dict[str, SectionSet]:
    """All section sets by key."""
    data = json.loads((files("kept.plans") / "data" / "section_sets.json").read_text(encoding="utf-8"))
    return {one["key"]: read_set(one) for one in data["sets"]}


def set_of(key: str) -> SectionSet:
    """The section set of that key. Raises KeyError."""
    return section_sets()[key]


def set_on(day: date) -> SectionSet:
    """The set for an education, health and care plan that is begun on a day. Raises LookupError before 2014."""
    found = [one for one in section_sets().values() if one.is_open(day)]
    if not found:
        raise LookupError(f"No kind of plan could be made on {day}.")
    return max(found, key=lambda one: one.starts_on)
