"""Write referrals with their events, one or thousands at a time; access and duties follow from them.

Who may do so is checked by whoever calls (`actions`, `importing`): the work itself is done as Kept, since a school that
refers cannot itself open a child's record to the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, acting_as_system
from kept.access.actions import end_grant, grant
from kept.access.granting import ToAgency, grant_agencies
from kept.access.models import Grant, Relation, User
from kept.rules.identifiers.keys import uuid7
from kept.waiting.counting import target_of
from kept.waiting.folding import fold
from kept.waiting.models import Batch, Event, Referral, Stage
from kept.waiting.owing import sync_duties
from kept.waiting.standards import Standards
from kept.waiting.words import State

AT_ONCE = 500
AFTER_SEEN = timedelta(days=365)
AFTER_CLOSED = timedelta(days=28)
COPIED = (
    "state", "priority", "referral_made_on", "joined_on", "accepted_on", "next_offer_on", "missed", "contacted_on",
    "last_event_on", "closed_on", "closed_reason", "paused_since",
)  # fmt: skip
WORKED_OUT = (*COPIED, "offers", "target_on")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that happened to a referral."""

    kind: str
    on: date
    for_on: date | None = None
    priority: int | None = None
    told: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NewReferral:
    """A referral with all that is known to have happened; `facts` begins with the referral itself."""

    stage: Stage
    child_id: UUID
    facts: tuple[Fact, ...]
    ref: str = ""
    source: str = ""
    referred_by: str = ""
    referrer_id: UUID | None = None
    why: str = ""
    batch: Batch | None = None
    earlier_id: UUID | None = None
    token: UUID | None = field(default=None)


@transaction.atomic
def add_many(*, by: Actor, new: Iterable[NewReferral]) -> list[Referral]:
    """Write referrals in batches: rows, events, access for the service, duties. Who may is checked by the caller."""
    made: list[Referral] = []
    pending = list(new)
    with acting_as_system(by.area, today=by.today) as system:
        standards = Standards(system)
        for start in range(0, len(pending), AT_ONCE):
            made += _add(system, by.user, pending[start : start + AT_ONCE], standards)
    return made


def _add(system: Actor, user: User, new: Sequence[NewReferral], standards: Standards) -> list[Referral]:
    referrals: list[Referral] = []
    events: list[Event] = []
    for one in new:
        key = uuid7()
        happened = [event_row(system, user, key, one.child_id, fact) for fact in one.facts]
        referral = Referral(
            id=key,
            area=system.area,
            ref=one.ref or f"W-{key.hex[-12:].upper()}",
            child_id=one.child_id,
            stage=one.stage,
            source=one.source,
            batch=one.batch,
            referred_by=one.referred_by,
            referrer_id=one.referrer_id,
            why=one.why,
            earlier_id=one.earlier_id,
            token=one.token,
        )
        copy_from(referral, happened)
        referrals.append(referral)
        events += happened
    Referral.objects.bulk_create(referrals)
    Event.objects.bulk_create(events)
    give_access(system, referrals)
    sync_duties(system, referrals, standards=standards, events=events)
    return referrals


def event_row(system: Actor, user: User, referral_id: UUID, child_id: UUID, fact: Fact) -> Event:
    """An event as a row, not yet written."""
    facts = {name: getattr(fact, name) for name in ("kind", "on", "for_on", "priority", "told", "reason", "note")}
    return Event(area=system.area, referral_id=referral_id, child_id=child_id, by=user, **facts)


def copy_from(referral: Referral, events: Iterable[Event]) -> None:
    """Bring the copy on a referral up to its events."""
    now = fold(events, referral.stage.ends_with or ("attended",))
    for name in COPIED:
        setattr(referral, name, getattr(now, name))
    referral.offers = len(now.offers)
    if now.referral_made_on:
        referral.target_on = target_of(referral.stage, now.priority, now.referral_made_on)


def source_of(referral: Referral) -> str:
    """What the service's grant to see the child follows from."""
    return f"waiting.referral:{referral.pk}"


def give_access(system: Actor, referrals: Sequence[Referral]) -> None:
    """The service sees a child while it is on its list; a year after it was seen, four weeks after it left unseen.

    One query to read and two for all that are new, with three more for each grant that has to change.
    """
    sources = {source_of(referral): referral for referral in referrals}
    given = {one.source: one for one in Grant.objects.filter(area=system.area, source__in=list(sources))}
    new: list[ToAgency] = []
    for source, referral in sources.items():
        until = _until(referral)
        known = given.get(source)
        if known is None:
            if until is None or until >= system.today:
                new.append(_access(referral, until, system.today))
        elif until is None and known.ends_on is not None:
            again = _access(referral, until, system.today)
            grant(by=system, relation=Relation.AGENCY, **vars(again))
        elif until is not None and (known.ends_on is None or known.ends_on > until):
            end_grant(by=system, ends_on=until, source=source)
    if new:
        grant_agencies(by=system, grants=new)


def _access(referral: Referral, until: date | None, today: date) -> ToAgency:
    return ToAgency(
        child_id=referral.child_id,
        agency=referral.stage.service.agency,
        starts_on=min(referral.joined_on, today),
        ends_on=until,
        reason=f"Referred to {referral.stage.service.name}",
        source=source_of(referral),
    )


def _until(referral: Referral) -> date | None:
    if referral.closed_on is None:
        return None
    return referral.closed_on + (AFTER_SEEN if referral.state == State.SEEN else AFTER_CLOSED)


def refold(system: Actor, referral: Referral, *, standards: Standards | None = None) -> Referral:
    """Work out a referral anew from its events, with what follows from it."""
    copy_from(referral, Event.objects.filter(area=system.area, referral=referral))
    referral.save(update_fields=list(WORKED_OUT))
    give_access(system, [referral])
    sync_duties(system, [referral], standards=standards)
    return referral
