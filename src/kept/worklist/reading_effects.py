"""What another reading of the law would do to the open cases of an area, before anybody chooses it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from kept.access.acting import Actor
from kept.cases.folding import as_fact, in_force
from kept.cases.models import Case, Event
from kept.cases.projection import owed_here
from kept.cases.readings import settings_of
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.rules import process
from kept.rules.process.table import clocks
from kept.worklist.readings import Point

LOOKED_AT = 150
SHOWN = 8
SOURCE = "cases"


@dataclass(frozen=True)
class Moved:
    """A time limit whose day would change, and whether it would then be overdue, or no longer."""

    case: Case
    name: str
    before: date
    after: date
    becomes_late: bool
    no_longer_late: bool


@dataclass(frozen=True)
class Effect:
    """What a choice would do. looked_at: how many of the `touched` cases were counted anew for it."""

    touched: int
    looked_at: int
    moved: tuple[Moved, ...]

    @property
    def becoming_late(self) -> int:
        """How many would be overdue at once."""
        return sum(one.becomes_late for one in self.moved)

    @property
    def no_longer_late(self) -> int:
        """How many would be overdue no longer."""
        return sum(one.no_longer_late for one in self.moved)

    @property
    def shown(self) -> tuple[Moved, ...]:
        """The first few, the soonest day first."""
        return tuple(sorted(self.moved, key=lambda one: min(one.before, one.after))[:SHOWN])


def effect_of(actor: Actor, point: Point, choice: str) -> Effect:
    """Fold the open cases that the point touches by the readings of today and by the choice. Three queries."""
    settings = settings_of(actor.area.pk, actor.today)
    kind: Any = type(getattr(settings.readings, point.name))
    other = replace(settings, readings=replace(settings.readings, **{point.name: kind(choice)}))
    rules = [clock.id for clock in clocks().values() if point.touches(clock)]
    owed = Duty.objects.filter(outstanding(), area=actor.area, source=SOURCE, rule__in=rules)
    touched = list(owed.order_by("due_on").values_list("source_id", flat=True))
    keys = list(dict.fromkeys(touched))
    cases = Case.objects.filter(area=actor.area, pk__in=keys[:LOOKED_AT]).select_related("child").in_bulk()
    rows: dict[UUID, list[Event]] = defaultdict(list)
    for row in Event.objects.filter(area=actor.area, case__in=cases):
        rows[row.case_id].append(row)
    moved: list[Moved] = []
    for key, case in cases.items():
        facts = [as_fact(row) for row in in_force(rows[key])]
        born, today = case.child.born_on, actor.today
        now = process.fold(facts, as_of=today, settings=settings, born=born)
        then = process.fold(facts, as_of=today, settings=other, born=born)
        moved += _moved(case, now, then)
    return Effect(len(keys), len(cases), tuple(moved))


def _moved(case: Case, now: process.CaseState, then: process.CaseState) -> list[Moved]:
    old = {(one.id, one.instance, one.round): one for one in owed_here(now)}
    found = []
    for one in owed_here(then):
        before = old.get((one.id, one.instance, one.round))
        if before is None or before.due is None or one.due is None or before.due == one.due or one.stop is not None:
            continue
        was, becomes = before.status == "overdue", one.status == "overdue"
        found.append(Moved(case, one.name, before.due, one.due, becomes and not was, was and not becomes))
    return found
