"""Caseloads side by side: what each officer holds, by its duties and not by its number alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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


def loads(actor: Actor) -> list[Load]:
    """Every officer's load, the heaviest by late and soon first. Four queries."""
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
    people: list[User | None] = [*officers(actor), *([None] if None in by_officer else [])]
    found = [_load(one, by_officer, duties, away) for one in people]
    return sorted(found, key=lambda load: (load.officer is not None, -load.late, -load.soon, -load.cases))


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
