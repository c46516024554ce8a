"""How well reviews go in a time, each figure with the rows that it was counted from (plans.md part 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from kept.access.acting import Actor
from kept.duties.models import Duty
from kept.people.models import Child
from kept.reviews.models import Feedback, Review
from kept.reviews.queries import PER_PAGE, YEARLY
from kept.reviews.words import Changed, Outcome
from kept.rules.reviews.changes import SECTIONS

WORDS = {
    "complete": "Reviews complete within twelve months",
    "report": "Reports sent within two weeks",
    "decision": "Decisions within four weeks",
    "final": "Amended plans final within twelve weeks",
    "amend": "Decisions to change the plan",
    "changed": "Plans that said something else afterwards, in section B, E or F",
    "changed-B": "in section B, the needs",
    "changed-E": "in section E, the outcomes",
    "changed-F": "in section F, the help",
    "families": "Families who say that the meeting changed something",
}
NOT_COMPARED = "not-compared"
SAYS = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class Counted:
    """One row behind a figure. review: None where the figure is counted from the law's clocks of the case."""

    child_id: UUID
    good: bool
    on: date | None
    by: date | None = None
    review: UUID | None = None
    says: str = ""


@dataclass(frozen=True)
class Figure:
    """A share with what it is out of."""

    key: str
    rows: Sequence[Counted]

    @property
    def words(self) -> str:
        """What it is."""
        return WORDS[self.key]

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the figure before it."""
        return self.key.startswith("changed-")

    @property
    def of(self) -> int:
        """How many it is out of."""
        return len(self.rows)

    @property
    def good(self) -> int:
        """How many count."""
        return sum(one.good for one in self.rows)

    @property
    def share(self) -> float | None:
        """The share; None out of none."""
        return self.good / self.of if self.of else None


@dataclass(frozen=True)
class Figures:
    """All figures of a time, and the decided reviews whose plans could not be compared."""

    all: Sequence[Figure]
    not_compared: Sequence[Counted]

    def rows_of(self, key: str) -> Sequence[Counted] | None:
        """The rows behind a figure; None for one that there is not."""
        if key == NOT_COMPARED:
            return self.not_compared
        return next((one.rows for one in self.all if one.key == key), None)


def figures(actor: Actor, *, since: date, until: date) -> Figures:
    """How well the reviews went whose meeting was in a time. Four queries."""
    found = Review.objects.filter(area=actor.area, held_on__range=(since, until)).order_by("held_on", "pk")
    names = ("pk", "child_id", "held_on", "reported_on", "decided_on", "outcome", "plan_change__sections")
    reviews: list[Mapping[str, Any]] = list(found.values(*names))
    decided = [row for row in reviews if row["decided_on"]]
    compared = [row for row in decided if row["plan_change__sections"] is not None]
    rows: dict[str, list[Counted]] = {
        "complete": list(_clocks(actor, YEARLY, since, until)),
        "report": [_within(row, "reported_on", 2) for row in reviews if row["reported_on"]],
        "decision": [_within(row, "decided_on", 4) for row in decided],
        "final": list(_clocks(actor, ("review.longstop",), since, until + timedelta(weeks=12))),
        "amend": [_row(row, row["outcome"] == Outcome.AMEND, says=_outcome(row)) for row in decided],
        "changed": [_row(row, bool(row["plan_change__sections"]), says=_sections(row)) for row in compared],
        "families": list(_families(actor, since, until)),
    }
    for section in SECTIONS:
        rows[f"changed-{section}"] = [
            _row(row, section in row["plan_change__sections"], says=_sections(row)) for row in compared
        ]
    left = [
        _row(row, False, says=_outcome(row))
        for row in decided
        if row["plan_change__sections"] is None and row["outcome"] in {Outcome.MAINTAIN, Outcome.AMEND}
    ]
    return Figures([Figure(key, rows[key]) for key in WORDS], left)


def _row(row: Mapping[str, Any], good: bool, *, says: str = "", by: date | None = None) -> Counted:
    return Counted(row["child_id"], good, row["held_on"], by, row["pk"], says or SAYS[good])


def _within(row: Mapping[str, Any], name: str, weeks: int) -> Counted:
    last = row["held_on"] + timedelta(weeks=weeks)
    return Counted(row["child_id"], row[name] <= last, row[name], last, row["pk"])


def _outcome(row: Mapping[str, Any]) -> str:
    return str(Outcome(row["outcome"]).label) if row["outcome"] else ""


def _sections(row: Mapping[str, Any]) -> str:
    changed = row["plan_change__sections"]
    return f"Changed in {', '.join(changed)}" if changed else "The same as before"


def _clocks(actor: Actor, rules: Sequence[str], since: date, until: date) -> Iterator[Counted]:
    met = Duty.objects.filter(area=actor.area, source="cases", rule__in=rules, met_on__range=(since, until))
    for child_id, on, by in met.order_by("met_on", "pk").values_list("child_id", "met_on", "due_on"):
        if child_id is not None:
            yield Counted(child_id, by is None or (on is not None and on <= by), on, by)


def _families(actor: Actor, since: date, until: date) -> Iterator[Counted]:
    said = Feedback.objects.filter(area=actor.area, review__held_on__range=(since, until)).order_by("on", "pk")
    for child_id, review, on, changed in said.values_list("child_id", "review_id", "on", "changed"):
        good = changed in {Changed.YES, Changed.PARTLY}
        yield Counted(child_id, good, on, None, review, str(Changed(changed).label))


@dataclass(frozen=True)
class Shown:
    """A row behind a figure with the child whom it is about."""

    child: Child
    counted: Counted


def rows_shown(
    actor: Actor, rows: Sequence[Counted], *, only: str = "", page: str = "1"
) -> tuple[Page[Any], list[Shown]]:
    """A page of the rows behind a figure; only: "yes" those that count, "no" the others. One query."""
    wanted = [one for one in rows if not only or one.good == (only == "yes")]
    pages: Page[Any] = Paginator(wanted, PER_PAGE).get_page(page)
    known = Child.objects.filter(area=actor.area, pk__in=[one.child_id for one in pages]).in_bulk()
    return pages, [Shown(known[one.child_id], one) for one in pages if one.child_id in known]
