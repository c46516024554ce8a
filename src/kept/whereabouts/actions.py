"""Confirm where children are; the duty of each setting to do so once a half-term follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.duties.actions import DutyFacts, sync
from kept.messages.actions import speaker
from kept.messages.models import How
from kept.people.models import Child
from kept.whereabouts.half_terms import HalfTerm, half_term_of
from kept.whereabouts.models import Attends, Confirmation
from kept.whereabouts.rolls import among, roll_of

SOURCE = "whereabouts"
CALLERS = (Can.WORK_CASES, Can.SEE_TEAM)


@dataclass(frozen=True)
class Said:
    """What was said of one child."""

    attends: str
    hours: Decimal | None = None
    note: str = ""


def _checked(said: Said) -> Said:
    if said.attends not in Attends.values:
        raise Refused("Choose where the child is.")
    if said.attends == Attends.PART and not said.hours:
        raise Refused("Say how many hours a week the part-time timetable has.")
    return said if said.attends == Attends.PART else Said(said.attends, None, said.note)


@transaction.atomic
def confirm(
    *,
    by: Actor,
    child: Child,
    said: Said,
    setting: Agency | None = None,
    how: str = How.PORTAL,
    said_by: str = "",
    on: date | None = None,
) -> Confirmation:
    """Write that somebody said where a child is. Staff of the area name who said it on the phone. Raises Refused."""
    if not any(by.can(what) for what in CALLERS):
        check_can(by, Can.CONFIRM_ROLL)
        if setting is None or setting.pk not in by.agency_ids:
            raise Refused("You confirm only your own pupils.")
    said = _checked(said)
    if (on or by.today) > by.today:
        raise Refused("The day cannot be after today.")
    return Confirmation.objects.create(
        area=by.area,
        child=child,
        setting=setting,
        attends=said.attends,
        hours=said.hours,
        note=said.note[:300],
        said_by=(said_by or speaker(by))[:200],
        confirmed_on=on or by.today,
        by=by.user,
        how=how,
    )


@transaction.atomic
def confirm_roll(*, by: Actor, setting: Agency, said: Mapping[UUID, Said]) -> int:
    """Confirm a school's pupils with special needs in one go; how many. The duty of the half-term is met when all are.

    A pupil who is said to have gone is the council's to find: a duty for the council follows from the whole list.
    Raises Refused.
    """
    check_can(by, Can.CONFIRM_ROLL)
    if setting.pk not in by.agency_ids:
        raise Refused("You confirm only your own pupils.")
    pupils = {child.pk: child for child in among(by, setting, said)}
    for key, one in said.items():
        if key not in pupils:
            raise Refused("One of these children is not your pupil any more. Open the page again.")
        confirm(by=by, child=pupils[key], said=one, setting=setting)
    with acting_as_system(by.area, today=by.today) as system:
        sync_duty(system, setting)
    return len(said)


def sync_duty(by: Actor, setting: Agency) -> None:
    """The duty of a setting to confirm its roll this half-term. Called as Kept itself. Safe to repeat."""
    term, found = half_term_of(by.today), roll_of(by, setting)
    done = found.last if not found.unconfirmed else None
    duties = [_duty(setting, term, done, len(found.keys))] if found.keys else []
    sync(by=by, source=SOURCE, source_id=setting.pk, child_id=None, duties=duties)


def _duty(setting: Agency, term: HalfTerm, done: date | None, number: int) -> DutyFacts:
    return DutyFacts(
        key=term.key,
        what=f"Confirm where your {number} pupils with special needs are: {term.name}"[:300],
        authority="Local agreement between the council and its schools",
        rule="whereabouts.confirm",
        is_statutory=False,
        owed_by=setting.name,
        starts_on=term.starts_on,
        due_on=term.due_on,
        met_on=done,
        evidence="Every pupil confirmed" if done else "",
        path="/whereabouts/roll/",
        agency_id=setting.pk,
    )


@transaction.atomic
def sync_all(*, by: Actor) -> int:
    """Nightly, as Kept itself: the duty of every setting. How many settings there were."""
    settings = list(
        Agency.objects.filter(area=by.area, enrolments__ends_on__isnull=True, enrolments__isnull=False).distinct()
    )
    for setting in settings:
        sync_duty(by, setting)
    return len(settings)
