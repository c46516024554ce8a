"""Write to the ledger. `sync` is the one door through which every service puts its duties there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, check_can
from kept.access.models import Team, User
from kept.access.roles import Can
from kept.duties.models import Duty, Handing


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """What a service knows of one duty. Who holds it is given only when the duty is first written."""

    key: str
    what: str
    authority: str
    owed_by: str
    starts_on: date
    due_on: date | None
    because: str = ""
    rule: str = ""
    is_statutory: bool = True
    plan_by: date | None = None
    met_on: date | None = None
    evidence: str = ""
    released_by: str = ""
    ended_on: date | None = None
    ended_because: str = ""
    path: str = ""
    agency_id: UUID | None = None
    team_id: UUID | None = None
    person_id: UUID | None = None


AT_ONCE = 500
HOLDER = ("agency_id", "team_id", "person_id")
FACTS = tuple(field.name for field in fields(DutyFacts) if field.name not in {"key", *HOLDER})


@transaction.atomic
def sync(*, by: Actor, source: str, source_id: UUID, child_id: UUID | None, duties: Iterable[DutyFacts]) -> None:
    """Make the ledger say just what the service says of one of its things. Safe to repeat.

    New duties are added, changed ones changed, and ones the service no longer names are removed: they came from a fact
    that was corrected (the change history keeps them). A holder once given is kept: only `reassign` moves a duty.
    """
    sync_many(by=by, source=source, owed=[Owed(source_id, child_id, tuple(duties))])


@dataclass(frozen=True)
class Owed:
    """All that one thing of a service makes owed, open and past."""

    source_id: UUID
    child_id: UUID | None
    duties: Sequence[DutyFacts]


@transaction.atomic
def sync_many(*, by: Actor, source: str, owed: Iterable[Owed]) -> None:
    """`sync` for many things of a service at once: one query to read, and one for all that is new, changed or gone."""
    things = {one.source_id: one for one in owed}
    found = Duty.objects.select_for_update().filter(area=by.area, source=source, source_id__in=list(things))
    known = {(duty.source_id, duty.key): duty for duty in found}
    named = {(one.source_id, facts.key): facts for one in things.values() for facts in one.duties}
    new = [
        Duty(area=by.area, source=source, source_id=place[0], child_id=things[place[0]].child_id, **_all_of(facts))
        for place, facts in named.items()
        if place not in known
    ]
    Duty.objects.bulk_create(new, batch_size=AT_ONCE)
    changed = [duty for place, duty in known.items() if place in named and _change(duty, named[place])]
    if changed:
        Duty.objects.bulk_update(changed, [*FACTS, *HOLDER], batch_size=AT_ONCE)
    gone = [duty.pk for place, duty in known.items() if place not in named]
    if gone:
        Duty.objects.filter(pk__in=gone).delete()


def _all_of(facts: DutyFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in fields(DutyFacts)}


def _change(duty: Duty, facts: DutyFacts) -> bool:
    """Bring a row up to the facts; whether anything was different. An unheld duty takes the holder it is offered."""
    is_unheld = all(getattr(duty, name) is None for name in HOLDER)
    names = [*FACTS, *(HOLDER if is_unheld else ())]
    different = [name for name in names if getattr(duty, name) != getattr(facts, name)]
    for name in different:
        setattr(duty, name, getattr(facts, name))
    return bool(different)


@transaction.atomic
def reassign(
    *,
    by: Actor,
    duties: Iterable[Duty],
    person: User | None,
    team: Team | None,
    why: str = "",
    keeps_team: bool = True,
) -> int:
    """Give duties to another person or team; the history of holders is kept. How many moved.

    Without a team the duties stay on the desk they are on, unless `keeps_team` is false: then they are on none.
    Raises Refused unless the actor may give work to others.
    """
    check_can(by, Can.ASSIGN_WORK)
    moved = 0
    for duty in Duty.objects.select_for_update().filter(area=by.area, pk__in=[duty.pk for duty in duties]):
        team_id = team.pk if team else duty.team_id if keeps_team else None
        person_id = person.pk if person else None
        if (duty.person_id, duty.team_id) == (person_id, team_id):
            continue
        duty.person_id, duty.team_id = person_id, team_id
        duty.save(update_fields=["person", "team", "changed_at"])
        Handing.objects.create(
            area=by.area, duty=duty, child_id=duty.child_id, team_id=team_id, person_id=person_id, by=by.user, why=why
        )
        moved += 1
    return moved
