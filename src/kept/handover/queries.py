"""Caseloads side by side: what each officer holds, by its duties and not by its number alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from kept.access.acting import Actor
from kept.access.models import User
from kept.cases.access import ENDED
from kept.cases.models import Case
from kept.cases.queries import officers
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.handover.models import Absence

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Load:
    """What one officer holds today. `officer` is None for cases that nobody has."""

    officer: User | None
    cases: int
    assessing: int
    owed: int
    late: int
    soon: int
    away_until: object = None
    has_left: bool = False


def loads(actor: Actor) -> list[Load]:
    """Every officer's load, the heaviest by late and soon first; of those who left too, while they hold cases.

    Five queries.
    """
    running = Case.objects.filter(area=actor.area).exclude(stage__in=ENDED)
    by_officer = {
        row["officer"]: row
        for row in running.values("officer").annotate(n=Count("pk"), assessing=Count("pk", filter=Q(has_plan=False)))
    }
    owed = Duty.objects.filter(outstanding(), area=actor.area, person__isnull=False).values("person")
    duties = {
        row["person"]: row
        for row in owed.annotate(
            n=Count("area"),
            late=Count("area", filter=Q(due_on__lt=actor.today)),
            soon=Count("area", filter=Q(due_on__range=(actor.today, actor.today + SOON))),
        )
    }
    absences = Absence.objects.filter(area=actor.area, starts_on__lte=actor.today, ends_on__gte=actor.today)
    away = dict(absences.values_list("officer", "ends_on"))
    here = officers(actor)
    left = User.objects.filter(pk__in=[key for key in by_officer if key]).exclude(pk__in=[one.pk for one in here])
    gone = set(left)
    people: list[User | None] = [*here, *gone, *([None] if None in by_officer else [])]
    found = [replace(_load(one, by_officer, duties, away), has_left=one in gone) for one in people]
    return sorted(
        found, key=lambda load: (load.officer is not None, not load.has_left, -load.late, -load.soon, -load.cases)
    )


def _load(officer: User | None, cases: dict, duties: dict, away: dict) -> Load:
    key = officer.pk if officer else None
    held, owed = cases.get(key, {}), duties.get(key, {})
    return Load(
        officer=officer,
        cases=held.get("n", 0),
        assessing=held.get("assessing", 0),
        owed=owed.get("n", 0),
        late=owed.get("late", 0),
        soon=owed.get("soon", 0),
        away_until=away.get(key),
    )


def away_on(actor: Actor, day: date) -> list[UUID]:
    """The keys of the officers who are away on a day."""
    found = Absence.objects.filter(area=actor.area, starts_on__lte=day, ends_on__gte=day)
    return list(found.values_list("officer", flat=True))


@dataclass(frozen=True)
class Away:
    """An absence that runs or comes, and what of it nobody stands in for."""

    absence: Absence
    cases: int
    uncovered: int


def absences(actor: Actor) -> list[Away]:
    """Who is away now or will be, the soonest first, with how many of their cases have a deputy who is here.

    Two queries.
    """
    found = Absence.objects.filter(area=actor.area, ends_on__gte=actor.today).select_related("officer")
    rows = list(found.order_by("starts_on", "ends_on", "pk"))
    held = Case.objects.filter(area=actor.area, officer__in={row.officer_id for row in rows}).exclude(stage__in=ENDED)
    pairs = list(held.values_list("officer", "deputy"))
    return [_away(row, rows, [deputy for officer, deputy in pairs if officer == row.officer_id]) for row in rows]


def _away(row: Absence, rows: list[Absence], deputies: list[UUID | None]) -> Away:
    """One absence: a case is uncovered without a deputy, or while the deputy is away on one of the same days."""
    too = {one.officer_id for one in rows if one.starts_on <= row.ends_on and row.starts_on <= one.ends_on}
    return Away(row, len(deputies), sum(deputy is None or deputy in too for deputy in deputies))


def absence_of(actor: Actor, pk: UUID) -> Absence | None:
    """One absence."""
    return Absence.objects.filter(area=actor.area, pk=pk).select_related("officer").first()


def cases_of(actor: Actor, officer: User | None) -> list[Case]:
    """The open cases of one officer, or those that nobody has, the most urgent first."""
    found = Case.objects.filter(area=actor.area, officer=officer).exclude(stage__in=ENDED)
    return list(found.select_related("child", "officer", "deputy", "team").order_by("next_due_on", "pk"))
