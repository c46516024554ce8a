"""What the events of a referral say together. Pure: events and today in, facts out; nothing here asks the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from kept.rules.waits import clocks
from kept.rules.waits.validation import Offer, Pause
from kept.waiting.words import ENDINGS, OUTCOMES, EventKind, Priority, State


class Happened(Protocol):
    """An event as it is read here: a row of the database or a plain fact."""

    id: UUID
    kind: str
    on: date
    for_on: date | None
    priority: int | None
    told: bool
    reason: str
    undoes_id: UUID | None


@dataclass(frozen=True)
class Folded:
    """Where a referral stands. Dates are the facts recorded; nothing depends on today."""

    state: str = State.REFERRED
    priority: int = Priority.ROUTINE
    referral_made_on: date | None = None
    joined_on: date | None = None
    accepted_on: date | None = None
    offers: tuple[Offer, ...] = ()
    pauses: tuple[Pause, ...] = ()
    missed: int = 0
    contacted_on: date | None = None
    last_event_on: date | None = None
    closed_on: date | None = None
    closed_reason: str = ""
    causes: tuple[str, ...] = field(default=())

    @property
    def next_offer_on(self) -> date | None:
        """The day of the appointment that is offered and has no outcome yet."""
        return next((offer.for_date for offer in reversed(self.offers) if not offer.outcome), None)

    @property
    def paused_since(self) -> date | None:
        """Since when the count is paused, where it is."""
        return self.pauses[-1].start if self.pauses and self.pauses[-1].end is None else None


def standing(events: Iterable[Happened]) -> list[Happened]:
    """The events that were not taken back, in the order in which they happened."""
    found = list(events)
    gone = {event.undoes_id for event in found if event.undoes_id}
    kept = [event for event in found if event.id not in gone and event.kind != EventKind.UNDONE]
    return sorted(kept, key=lambda event: (event.on, _rank(event.kind), event.id))


def _rank(kind: str) -> int:
    """Events of one day in the order in which they can have happened."""
    first = {EventKind.REFERRED: 0, EventKind.RECEIVED: 1, EventKind.PRIORITY: 2, EventKind.ACCEPTED: 4}
    if kind in first:
        return first[EventKind(kind)]
    if kind in {EventKind.RETURNED, EventKind.ANSWERED}:
        return 3
    return len(first) + 1 + (kind in ENDINGS or kind == EventKind.CLOSED)


def fold(events: Iterable[Happened], ends_with: Sequence[str]) -> Folded:
    """The facts of a referral. `ends_with`: the kinds of event after which the child has been seen."""
    now = Folded()
    for event in standing(events):
        now = _take(replace(now, last_event_on=event.on), event, ends_with)
    return now


def _take(now: Folded, event: Happened, ends_with: Sequence[str]) -> Folded:
    kind = event.kind
    if kind in OUTCOMES:
        now = _outcome(now, event)
    elif kind in _PLAIN:
        now = _PLAIN[kind](now, event)
    if kind in ENDINGS:
        return replace(now, state=State.CLOSED, closed_on=event.on, closed_reason=kind)
    if kind == EventKind.CLOSED or (kind in ends_with and now.closed_on is None):
        return replace(now, state=State.SEEN, closed_on=event.on, closed_reason="seen")
    return now


def _referred(now: Folded, event: Happened) -> Folded:
    first = min(filter(None, [now.referral_made_on, event.on]))
    return replace(now, referral_made_on=first, joined_on=now.joined_on or event.on)


def _offered(now: Folded, event: Happened) -> Folded:
    offer = Offer(offered_on=event.on, for_date=event.for_on or event.on)
    return replace(now, offers=(*now.offers, offer), state=State.OFFERED)


def _outcome(now: Folded, event: Happened) -> Folded:
    """Give the open offer its outcome; an outcome without an offer is an offer of the same day."""
    words = "was_not_brought" if event.kind == EventKind.NOT_BROUGHT else event.kind
    missed = now.missed + (event.kind == EventKind.NOT_BROUGHT)
    offers = list(now.offers)
    place = next((i for i in reversed(range(len(offers))) if not offers[i].outcome), None)
    if place is None:
        offers.append(Offer(offered_on=event.on, for_date=event.for_on or event.on, outcome=words))
    else:
        offers[place] = replace(offers[place], outcome=words)
    return replace(now, offers=tuple(offers), missed=missed, state=State.WAITING)


def _end_pause(now: Folded, on: date) -> Folded:
    if now.paused_since is None:
        return now
    return replace(now, pauses=(*now.pauses[:-1], replace(now.pauses[-1], end=on)))


def _resumed(now: Folded, event: Happened) -> Folded:
    return replace(_end_pause(now, event.on), state=State.WAITING if now.state == State.MONITORING else now.state)


_PLAIN: dict[str, Callable[[Folded, Happened], Folded]] = {
    EventKind.REFERRED: _referred,
    EventKind.RECEIVED: lambda now, event: replace(now, joined_on=event.on),
    EventKind.ACCEPTED: lambda now, event: replace(now, accepted_on=event.on, state=State.WAITING),
    EventKind.RETURNED: lambda now, event: replace(now, state=State.RETURNED),
    EventKind.ANSWERED: lambda now, event: replace(now, state=State.REFERRED),
    EventKind.PRIORITY: lambda now, event: replace(now, priority=event.priority or now.priority),
    EventKind.OFFERED: _offered,
    EventKind.PAUSED: lambda now, event: replace(now, pauses=(*now.pauses, Pause(event.on, None, event.reason))),
    EventKind.RESUMED: _resumed,
    EventKind.MONITORING: lambda now, event: replace(_end_pause(now, event.on), state=State.MONITORING),
    EventKind.CONTACTED: lambda now, event: replace(now, contacted_on=event.on),
    EventKind.DELAY: lambda now, event: replace(now, causes=(*now.causes, event.reason)),
}


def for_clocks(events: Iterable[Happened], starts: Sequence[str] = ("referred",)) -> list[clocks.Event]:
    """The events as `kept.rules.waits.clocks` reads them.

    Where a standard starts from something else than a referral (`starts`, such as the request for advice), the referral
    to this list is that start. The first offer after a child was not brought is the new date that was agreed.
    """
    found: list[clocks.Event] = []
    missed = False
    for event in standing(events):
        found.append(clocks.Event(event.kind, event.on, event.reason, event.told))
        if event.kind == EventKind.REFERRED and EventKind.REFERRED not in starts and starts:
            found.append(clocks.Event(starts[0], event.on))
        if event.kind == EventKind.OFFERED and missed:
            found.append(clocks.Event(EventKind.NEW_DATE, event.on))
        missed = (missed or event.kind == EventKind.NOT_BROUGHT) and event.kind != EventKind.OFFERED
    return found


def nullified_on(events: Iterable[Happened]) -> tuple[date, ...]:
    """The days on which a missed appointment, clearly communicated, can have set a count back: before any was kept."""
    days: list[date] = []
    for event in standing(events):
        if event.kind == EventKind.ATTENDED:
            break
        if event.kind == EventKind.NOT_BROUGHT and event.told:
            days.append(event.on)
    return tuple(days)
