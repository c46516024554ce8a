"""What the law says a Local Offer must hold, as dated rows, and how far an area's pages and services hold it.

Source: SEND Regulations 2014 (SI 2014/1530), regulation 53 and Schedule 2; Children and Families Act 2014, section 30.
`source` of a row says how its words were checked: "text" against the instrument, "secondary" against a published guide,
"unchecked" against neither, to be confirmed by the area's lawyer before it is shown as law.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

INSTRUMENT = "SEND Regulations 2014, regulation 53"
EVERY_SERVICE = "LO-25"
COMMENTS = "LO-26"


class State(StrEnum):
    """How an item stands."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Item:
    """One thing that must be there, between two days."""

    code: str
    title: str
    words: str
    authority: str
    source: str
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it is the law on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def citation(self) -> str:
        """Where it stands."""
        return f"{INSTRUMENT}; {self.authority}"


@dataclass(frozen=True)
class Evidence:
    """A page or service that carries an item, and whether it was checked within its limit."""

    title: str
    path: str
    is_fresh: bool


@dataclass(frozen=True)
class Covered:
    """One item, its state, why, and what carries it."""

    item: Item
    state: State
    why: str
    evidence: tuple[Evidence, ...]


@cache
def all_items() -> tuple[Item, ...]:
    """Every row, whenever it holds."""
    text = files("kept.rules.oruk").joinpath("checklist.csv").read_text(encoding="utf-8")
    return tuple(
        Item(
            row["code"],
            row["title"],
            row["words"],
            row["authority"],
            row["source"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def items_on(day: date) -> list[Item]:
    """The items that are the law on a day."""
    return [item for item in all_items() if item.holds(day)]


def coverage(
    day: date,
    *,
    carried: Mapping[str, Iterable[Evidence]],
    not_applicable: Mapping[str, str],
    services: int = 0,
    services_that_say_who: int = 0,
    last_answer: date | None = None,
) -> list[Covered]:
    """How each item stands on a day.

    carried: item -> the published pages and services that carry it. not_applicable: item -> the reason given. services
    and services_that_say_who: how many entries there are, and how many say who gets them and how (item LO-25, which no
    single page can meet). last_answer: when a comment was last answered in public (LO-26, at least once a year).
    """
    made = []
    for item in items_on(day):
        evidence = tuple(carried.get(item.code, ()))
        if item.code in not_applicable:
            made.append(Covered(item, State.NOT_APPLICABLE, not_applicable[item.code], evidence))
        elif item.code == EVERY_SERVICE:
            made.append(_every_service(item, services, services_that_say_who))
        elif item.code == COMMENTS:
            made.append(_comments(item, last_answer, day, evidence))
        else:
            made.append(_by_evidence(item, evidence))
    return made


def _by_evidence(item: Item, evidence: tuple[Evidence, ...]) -> Covered:
    if not evidence:
        return Covered(item, State.MISSING, "No page and no service carries this.", ())
    fresh = sum(one.is_fresh for one in evidence)
    if fresh:
        return Covered(item, State.MET, f"{fresh} checked in time, of {len(evidence)}.", evidence)
    return Covered(item, State.PARTLY, "All that carries this is past its review date.", evidence)


def _every_service(item: Item, services: int, saying: int) -> Covered:
    why = f"{saying} of {services} entries say who can get them and how."
    if not services or not saying:
        return Covered(item, State.MISSING, why, ())
    return Covered(item, State.MET if saying == services else State.PARTLY, why, ())


def _comments(item: Item, last_answer: date | None, day: date, evidence: tuple[Evidence, ...]) -> Covered:
    if last_answer is None:
        return Covered(item, State.MISSING, "No comment has been published with its answer.", evidence)
    days = (day - last_answer).days
    why = f"A comment was last answered in public on {last_answer.day} {last_answer:%B %Y}."
    return Covered(item, State.MET if days <= 365 else State.PARTLY, why, evidence)  # noqa: PLR2004 -- a year
