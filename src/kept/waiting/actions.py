"""What people do with a waiting list. Each is one transaction, checks first who may, and is safe to repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system
from kept.access.models import Agency
from kept.people.models import Child
from kept.rules.waits.clocks import STAFF_SHORTAGE, check_pause
from kept.waiting.access import check_keeps, check_records, check_refers, runs
from kept.waiting.models import Event, Referral, Stage
from kept.waiting.opening import Fact, NewReferral, add_many, event_row, refold
from kept.waiting.queries import still_open
from kept.waiting.standards import Standards
from kept.waiting.states import MOVES, can_move
from kept.waiting.words import OUTCOMES, PAUSES, EventKind, Priority, State

LONGEST_AHEAD = timedelta(days=730)
EARLIEST = date(2000, 1, 1)
MOST_AT_ONCE = 60
FIRST = (EventKind.REFERRED, EventKind.RECEIVED)


def refer(
    *,
    by: Actor,
    stage: Stage,
    child: Child,
    made_on: date,
    received_on: date | None = None,
    priority: int = Priority.ROUTINE,
    priority_reason: str = "",
    why: str = "",
    referred_by: str = "",
    referrer: Agency | None = None,
    token: UUID | None = None,
) -> Referral:
    """Refer a child to a list. A child who already waits there is not entered twice. Raises Refused.

    made_on: the day on which somebody first asked; the lived wait counts from there. The service is given access to the
    child's record while it has the referral.
    """
    if not runs(by, stage.service):
        check_refers(by)
    done = Referral.objects.filter(area=by.area, token=token).first() if token else None
    if done:
        return done
    received_on = received_on or by.today
    _check_days(by, child, made_on, received_on)
    _check_not_waiting(by, stage, child)
    facts = [Fact(kind=EventKind.REFERRED, on=made_on), Fact(kind=EventKind.RECEIVED, on=received_on)]
    if priority != Priority.ROUTINE:
        _check_priority(priority, priority_reason)
        facts.append(
            Fact(kind=EventKind.PRIORITY, on=received_on, priority=priority, note=priority_reason.strip()[:500])
        )
    new = NewReferral(
        stage=stage,
        child_id=child.pk,
        facts=tuple(facts),
        why=why.strip(),
        referred_by=(referred_by or by.user.name)[:160],
        referrer_id=referrer.pk if referrer else None,
        token=token,
    )
    return add_many(by=by, new=[new])[0]


def _check_days(by: Actor, child: Child, made_on: date, received_on: date) -> None:
    if made_on < max(child.born_on, EARLIEST):
        raise Refused("The day of the referral is before the child was born.")
    if received_on > by.today or made_on > by.today:
        raise Refused("The day cannot be after today.")
    if received_on < made_on:
        raise Refused("The referral was received before it was made: look at the two days again.")


def _check_not_waiting(by: Actor, stage: Stage, child: Child) -> None:
    with acting_as_system(by.area, today=by.today):
        same = Referral.objects.filter(still_open(by.today), area=by.area, stage=stage, child_id=child.pk).first()
    if same is not None:
        raise Refused(f"{child.first_name} already waits on this list ({same.ref}).")


def _check_priority(priority: int, reason: str) -> None:
    if priority not in Priority.values:
        raise Refused("Choose a priority from the list.")
    if priority != Priority.ROUTINE and not reason.strip():
        raise Refused("Say why it is urgent or soon: whoever waits longer because of it may ask.")


@transaction.atomic
def record(
    *,
    by: Actor,
    referral: Referral,
    kind: str,
    on: date | None = None,
    for_on: date | None = None,
    priority: int | None = None,
    told: bool = False,
    reason: str = "",
    note: str = "",
    token: UUID | None = None,
) -> Event:
    """Record what happened to a referral on a day (today unless given). Raises Refused with a sentence.

    for_on: the day of an appointment that is offered. told: that the appointment had been clearly communicated; without
    it a missed one sets no count back. A shortage of staff never pauses a count: record it as a cause of delay.
    token: the press, so that a double click records once.
    """
    referral = _locked(by, referral, kind)
    done = Event.objects.filter(area=by.area, token=token).first() if token else None
    if done:
        return done
    day = on or by.today
    fact = Fact(kind=kind, on=day, for_on=for_on, priority=priority, told=told, reason=reason, note=note.strip()[:500])
    _check(by, referral, fact)
    return _write(by, referral, fact, token)


def _locked(by: Actor, referral: Referral, kind: str = "") -> Referral:
    found = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("stage__service__agency", "stage__pathway")
        .filter(area=by.area, pk=referral.pk)
        .first()
    )
    if found is None:
        raise Refused("There is no such referral.")
    check_records(by, found, kind)
    return found


def _write(by: Actor, referral: Referral, fact: Fact, token: UUID | None = None) -> Event:
    facts = [fact, *_with(by, referral, fact)]
    with acting_as_system(by.area, today=by.today) as system:
        rows = [event_row(system, by.user, referral.pk, referral.child_id, one) for one in facts]
        rows[0].token = token
        Event.objects.bulk_create(rows)
        refold(system, referral)
    return rows[0]


def _with(by: Actor, referral: Referral, fact: Fact) -> list[Fact]:
    """What a first attended appointment also is on this list, such as the start of the assessment."""
    also = referral.stage.attended_means
    if fact.kind != EventKind.ATTENDED or not also:
        return []
    already = Event.objects.filter(area=by.area, referral=referral, kind=also)
    taken_back = Event.objects.filter(area=by.area, referral=referral, undoes__isnull=False).values("undoes")
    return [] if already.exclude(pk__in=taken_back).exists() else [replace(fact, kind=also, note="")]


def _check(by: Actor, referral: Referral, fact: Fact) -> None:
    if not can_move(referral.state, fact.kind, is_paused=referral.paused_since is not None):
        words = MOVES[fact.kind].button if fact.kind in MOVES else fact.kind
        raise Refused(f"“{words}” cannot be recorded now: the referral is “{State(referral.state).label}”.")
    if fact.on > by.today:
        raise Refused("The day cannot be after today: what has not happened yet cannot be recorded.")
    if fact.on < referral.referral_made_on:
        raise Refused("The day is before the referral was made.")
    if fact.kind == EventKind.OFFERED:
        _check_offer(by, fact)
    if fact.kind in OUTCOMES and fact.kind in {EventKind.ATTENDED, EventKind.NOT_BROUGHT}:
        _check_took_place(referral, fact)
    if fact.kind == EventKind.PRIORITY:
        _check_priority(fact.priority or 0, fact.note)
    if fact.kind == EventKind.PAUSED:
        _check_pause(by, referral, fact)
    if fact.kind in {EventKind.RETURNED, EventKind.ANSWERED} and not fact.note:
        asked = fact.kind == EventKind.RETURNED
        raise Refused("Say what has to be answered: the referrer reads it." if asked else "Write the answer.")


def _check_offer(by: Actor, fact: Fact) -> None:
    if fact.for_on is None:
        raise Refused("Say for which day the appointment is.")
    if fact.for_on < fact.on:
        raise Refused("The appointment cannot be before the day on which it is offered.")
    if fact.for_on > by.today + LONGEST_AHEAD:
        raise Refused("The appointment is more than two years away: look at the year again.")


def _check_took_place(referral: Referral, fact: Fact) -> None:
    if referral.next_offer_on and fact.on < referral.next_offer_on:
        day = referral.next_offer_on.strftime("%-d %B %Y")
        raise Refused(f"The appointment is on {day}: record on that day or later whether the child was there.")


def _check_pause(by: Actor, referral: Referral, fact: Fact) -> None:
    if fact.reason in STAFF_SHORTAGE:
        raise Refused("A shortage of staff pauses no count: record it as a cause of the delay.")
    if fact.reason not in PAUSES:
        raise Refused("Choose why the count is paused.")
    row = Standards(by).on(referral.stage.standard, referral.referral_made_on)
    if row is None:
        return
    try:
        check_pause(fact.reason, row)
    except ValueError:
        raise Refused(
            f"“{PAUSES[fact.reason]}” does not pause what {row.name} counts. Record it as a cause of the delay instead."
        ) from None


@transaction.atomic
def undo(*, by: Actor, event: Event) -> Event:
    """Take back something that was recorded by mistake; both stay in the record. Raises Refused. Safe to repeat."""
    referral = _locked(by, event.referral)
    done = Event.objects.filter(area=by.area, undoes=event).first()
    if done:
        return done
    if event.kind in FIRST:
        raise Refused("A referral cannot be taken back: close it as entered twice, or as withdrawn.")
    if event.kind == EventKind.UNDONE:
        raise Refused("That is itself something taken back: record it again.")
    rows = [event]
    if event.kind == EventKind.ATTENDED and referral.stage.attended_means:
        with_it = Event.objects.filter(area=by.area, referral=referral, kind=referral.stage.attended_means, on=event.on)
        rows += with_it.filter(at=event.at) or with_it.order_by("-at")[:1]
    with acting_as_system(by.area, today=by.today) as system:
        facts = {"area": by.area, "referral": referral, "child_id": referral.child_id, "on": by.today, "by": by.user}
        made = [Event(kind=EventKind.UNDONE, undoes=one, **facts) for one in rows]
        Event.objects.bulk_create(made)
        refold(system, referral)
    return made[0]


@transaction.atomic
def offer_next(
    *, by: Actor, stage: Stage, for_on: date, referrals: Sequence[Referral], token: UUID | None = None
) -> int:
    """Offer the next children of a list an appointment on one day, such as a clinic; how many. Raises Refused.

    token: the form. Sent again it offers nothing more, though other children are next by then.
    """
    if len(referrals) > MOST_AT_ONCE:
        raise Refused(f"At most {MOST_AT_ONCE} at once.")
    places = [uuid5(token, str(place)) for place in range(MOST_AT_ONCE)] if token else []
    if done := Event.objects.filter(area=by.area, token__in=places).count():
        return done
    for place, referral in enumerate(referrals):
        record(by=by, referral=referral, kind=EventKind.OFFERED, for_on=for_on, token=places[place] if places else None)
    return len(referrals)


def next_stage(referral: Referral) -> Stage | None:
    """The stage of the pathway that follows, where there is one."""
    later = Stage.objects.filter(
        area_id=referral.area_id, pathway_id=referral.stage.pathway_id, order__gt=referral.stage.order, ends_on=None
    )
    return later.select_related("service__agency", "pathway").order_by("order").first()


@transaction.atomic
def pass_on(*, by: Actor, referral: Referral) -> Referral:
    """Put a child who was seen on the list of the next stage. The lived wait goes on from the first referral.

    Raises Refused when there is no next stage or the child has not been seen. Safe to repeat.
    """
    referral = _locked(by, referral)
    following = next_stage(referral)
    if following is None:
        raise Refused("This is the last stage of the pathway.")
    if referral.state != State.SEEN or referral.closed_on is None:
        raise Refused("The child has not been seen yet.")
    with acting_as_system(by.area, today=by.today):
        done = Referral.objects.filter(area=by.area, earlier=referral, stage=following).first()
    if done:
        return done
    facts = [
        Fact(kind=EventKind.REFERRED, on=referral.referral_made_on),
        Fact(kind=EventKind.RECEIVED, on=referral.closed_on),
        Fact(kind=EventKind.ACCEPTED, on=referral.closed_on),
    ]
    if referral.priority != Priority.ROUTINE:
        facts.append(Fact(kind=EventKind.PRIORITY, on=referral.closed_on, priority=referral.priority))
    new = NewReferral(
        stage=following,
        child_id=referral.child_id,
        facts=tuple(facts),
        referred_by=f"{referral.stage.service.name}, {referral.stage.name}"[:160],
        referrer_id=referral.stage.service.agency_id,
        why=referral.why,
        earlier_id=referral.pk,
    )
    return add_many(by=by, new=[new])[0]


def refold_all(*, by: Actor) -> int:
    """Nightly: work out anew what has a pause running, since its day moves; how many changed."""
    check_keeps(by, None)
    standards = Standards(by)
    paused = Referral.objects.filter(area=by.area, paused_since__isnull=False, closed_on__isnull=True)
    found = list(paused.select_related("stage__service__agency"))
    for referral in found:
        refold(by, referral, standards=standards)
    return len(found)
