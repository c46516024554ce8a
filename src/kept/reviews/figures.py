"""How well reviews go in a time, each figure with the rows that it was counted from (plans.md part 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from kept.access.acting import Actor
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.people.models import Child
from kept.reviews.changing import COMPARED, DECISION, standing
from kept.reviews.models import Feedback, PlanChange
from kept.reviews.queries import PER_PAGE
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
    "families": "Families who say that the meeting changed something, at least partly",
}
NOT_COMPARED = "not-compared"
CLOCKS = {
    "complete": ("review.first", "review.next"),
    "report": ("review.report",),
    "decision": ("review.decision",),
    "final": ("review.longstop",),
}


@dataclass(frozen=True)
class Counted:
    """One row behind a figure. review: None where it is counted from the case: its clocks or its decisions."""

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
    """How well reviews went in a time: what was done in it, and what was due in it and was not. Four queries."""
    decided = list(
        standing(actor, DECISION)
        .filter(happened_on__range=(since, until))
        .values_list("pk", "child_id", "happened_on", "details__outcome")
    )
    changes = PlanChange.objects.filter(area=actor.area, event__in=[row[0] for row in decided])
    sections = dict(changes.values_list("event", "sections"))
    rows: dict[str, list[Counted]] = {key: [] for key in WORDS}
    clocks = {rule: key for key, rules in CLOCKS.items() for rule in rules}
    never = Q(met_on__isnull=True, ended_on__gt=F("due_on"))
    missed = (outstanding() | never) & Q(due_on__range=(since, until), due_on__lt=actor.today)
    met = Q(met_on__range=(since, until)) | missed
    owed = Duty.objects.filter(met, area=actor.area, source="cases", rule__in=clocks, child__isnull=False)
    columns = ("rule", "child_id", "met_on", "due_on", "ended_on")
    for rule, child_id, on, by, ended in owed.order_by("due_on", "pk").values_list(*columns):
        good = on is not None and (by is None or on <= by)
        says = "" if on else "Never done" if ended else "Not done yet"
        rows[clocks[rule]].append(Counted(child_id, good, on, by, says=says))
    left = []
    for pk, child_id, on, outcome in decided:
        rows["amend"].append(Counted(child_id, outcome == Outcome.AMEND, on, says=_outcome(outcome)))
        if pk in sections:
            says = f"Changed in {', '.join(sections[pk])}" if sections[pk] else "The same as before"
            rows["changed"].append(Counted(child_id, bool(sections[pk]), on, says=says))
            for section in SECTIONS:
                rows[f"changed-{section}"].append(Counted(child_id, section in sections[pk], on, says=says))
        elif outcome in COMPARED:
            left.append(Counted(child_id, False, on, says=_outcome(outcome)))
    rows["families"] = list(_families(actor, since, until))
    return Figures([Figure(key, rows[key]) for key in WORDS], left)


def _outcome(value: str | None) -> str:
    return str(Outcome(value).label) if value in Outcome.values else ""


def _families(actor: Actor, since: date, until: date) -> Iterator[Counted]:
    said = Feedback.objects.filter(area=actor.area, on__range=(since, until)).order_by("on", "pk")
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
