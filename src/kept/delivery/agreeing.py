"""Catch-up, checks on the spot, what was done about an escalation, and what is paid for."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.delivery import owing
from kept.delivery.models import CatchUp, Counted, Escalation, Funding, InPlaceCheck, Item
from kept.delivery.recording import agency_of, check_may_record, follow
from kept.delivery.words import CheckedFor, InPlace, Kind
from kept.people.models import Child

MOST_MINUTES = 60_000
FURTHEST = timedelta(days=400)


@transaction.atomic
def agree_catch_up(
    *,
    by: Actor,
    child: Child,
    service: str,
    term: str,
    minutes: int,
    by_on: date,
    how: str,
    agreed_with: str,
    agreed_on: date | None = None,
    provider: Agency | None = None,
    token: UUID | None = None,
) -> CatchUp:
    """Write down that minutes will be made up by a day, as agreed with the family; a duty follows. Raises Refused."""
    check_can(by, Can.WORK_CASES)
    if token and (done := CatchUp.objects.filter(area=by.area, token=token).first()):
        return done
    agreed_on = agreed_on or by.today
    if not 0 < minutes <= MOST_MINUTES:
        raise Refused("Say how many minutes will be made up.")
    if agreed_on > by.today:
        raise Refused("It cannot have been agreed after today.")
    if by_on <= agreed_on:
        raise Refused("The day by which it is made up lies after the day on which it was agreed.")
    if by_on > agreed_on + FURTHEST:
        raise Refused("That is more than a year away. Minutes owed now are made up sooner: look at the year again.")
    if not how.strip() or not agreed_with.strip():
        raise Refused("Say how it will be made up, and with whom of the family it was agreed.")
    made = CatchUp.objects.create(
        area=by.area, child=child, service=service[:120], term=term[:20], minutes=minutes, by_on=by_on,
        how=how.strip()[:300], agreed_with=agreed_with.strip()[:200], agreed_on=agreed_on, provider=provider,
        by=by.user, token=token,
    )  # fmt: skip
    follow(by, [child.pk])
    return made


@transaction.atomic
def end_catch_up(*, by: Actor, catch_up: CatchUp, because: str) -> CatchUp:
    """End an agreement before it was kept, with the reason that the family reads. Raises Refused."""
    check_can(by, Can.WORK_CASES)
    if not because.strip():
        raise Refused("Say why it ends: the family reads it.")
    if catch_up.ended_on is None:
        catch_up.ended_on, catch_up.ended_because = by.today, because.strip()[:300]
        catch_up.save(update_fields=["ended_on", "ended_because"])
        follow(by, [catch_up.child_id])
    return catch_up


@transaction.atomic
def check_in_place(
    *, by: Actor, item: Item, found: str, evidence: str, why: str, checked_on: date | None = None
) -> InPlaceCheck:
    """Write down that somebody looked whether an item is in place. Raises Refused."""
    check_may_record(by)
    checked_on = checked_on or by.today
    if found not in InPlace.values or why not in CheckedFor.values:
        raise Refused("Choose what was found, and why you looked.")
    if not evidence.strip():
        raise Refused("Say how you know: what you saw, whom you spoke to, which certificate you read.")
    if checked_on > by.today or checked_on < item.starts_on:
        raise Refused("The day of the check lies between the beginning of the provision and today.")
    made = InPlaceCheck.objects.create(
        area=by.area, child_id=item.child_id, item=item, checked_on=checked_on, why=why, found=found,
        evidence=evidence.strip()[:300], by=by.user, agency_id=agency_of(by),
    )  # fmt: skip
    follow(by, [item.child_id])
    return made


@transaction.atomic
def found_staff(*, by: Actor, escalation: Escalation, evidence: str) -> Escalation:
    """Say what was done about a service that has too few staff. Raises Refused."""
    check_can(by, Can.FUND_SERVICES)
    if escalation.kind != Kind.CAPACITY:
        raise Refused("This ends by itself when something is recorded, checked or agreed.")
    if not evidence.strip():
        raise Refused("Say what was done.")
    if escalation.met_on is None:
        escalation.met_on, escalation.evidence = by.today, evidence.strip()[:300]
        escalation.save(update_fields=["met_on", "evidence"])
        with acting_as_system(by.area, today=by.today) as system:
            owing.sync_services(system)
    return escalation


@transaction.atomic
def fund(*, by: Actor, service: str, minutes_a_month: int, from_on: date, source: str) -> Funding:
    """Say how much of a service is paid for, in minutes a month, from a day on. Raises Refused."""
    check_can(by, Can.FUND_SERVICES)
    if not service.strip() or not source.strip():
        raise Refused("Say which service, and which contract or budget pays for it.")
    if minutes_a_month < 0:
        raise Refused("Hours cannot be below nothing.")
    return Funding.objects.create(
        area=by.area, service=_as_known(by, service.strip()[:120]), minutes_a_month=minutes_a_month, from_on=from_on,
        source=source.strip()[:200], by=by.user,
    )  # fmt: skip


def _as_known(by: Actor, service: str) -> str:
    """A service by the name that the ledger counts it under, however it was typed; else as typed."""
    known = Counted.objects.filter(area=by.area, service__iexact=" ".join(service.split()))
    return known.values_list("service", flat=True).first() or service
