"""By which day a plan must be reviewed: as the clocks of the child's case count it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from kept.access.acting import Actor
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.rules.process import Event, fold

MUST = (
    "review.first",
    "review.next",
    "move.review",
)  # a plan of a child under 5 is only considered sooner (code 9.178)


def next_reviews(actor: Actor, child_ids: Iterable[UUID]) -> Mapping[UUID, date]:
    """The day by which each child's next review is owed, where a clock of the case runs. One query."""
    found = Duty.objects.filter(
        outstanding(), area=actor.area, source="cases", rule__in=MUST, due_on__isnull=False,
        child_id__in=list(child_ids),
    )  # fmt: skip
    rows = found.order_by("-due_on").values_list("child_id", "due_on")
    return {child: day for child, day in rows if child and day}  # the earliest of a child's days comes last and stands


@lru_cache(maxsize=4096)
def first_review_of(made_on: date, born_on: date) -> date | None:
    """The day by which a plan first made on a day is reviewed, by the law's table: for a plan before its clock runs."""
    state = fold([Event(type="plan_first_made", date=made_on)], as_of=made_on, born=born_on)
    days = [one.due for one in state.clocks if one.id in MUST and one.due is not None]
    return min(days, default=None)


def review_due(known: date | None, *, dated: date, born_on: date) -> date | None:
    """The next review's day: as the case counts it, else from the day on which the version is dated."""
    return known or first_review_of(dated, born_on)
