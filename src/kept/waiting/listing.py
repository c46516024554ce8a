"""One list as the therapist sees it: filtered, sorted, a page at a time, with both clocks of each child."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from kept.access.acting import Actor
from kept.people.models import Identifier
from kept.rules.names import plain
from kept.waiting.counting import Clocks, both
from kept.waiting.models import Event, Referral, Stage
from kept.waiting.queries import in_order, on_list_at
from kept.waiting.standards import Standards
from kept.waiting.states import Move, moves_from
from kept.waiting.words import OUTCOMES, WAITING_STATES, Discipline, EventKind, State

SORTS: dict[str, tuple[str, ...]] = {
    "longest": ("referral_made_on", "pk"),
    "-longest": ("-referral_made_on", "pk"),
    "name": ("child__sort_key", "pk"),
    "-name": ("-child__sort_key", "pk"),
    "target": ("target_on", "pk"),
    "-target": ("-target_on", "pk"),
    "appointment": ("next_offer_on", "pk"),
    "-appointment": ("-next_offer_on", "pk"),
}
SHOWN = {"": "Everybody waiting", **{state.value: state.label for state in State if state in WAITING_STATES}}
SHOWN |= {"paused": "Paused", "outcome": "Appointment past, no outcome yet", "seen": "Seen in the last 13 weeks"}
JUST_NOW = timedelta(minutes=30)
LATELY = timedelta(weeks=13)
CLINIC_AHEAD = timedelta(days=14)
ONE_PRESS = (EventKind.ACCEPTED, EventKind.OFFERED, *OUTCOMES, EventKind.CONTACTED)
FEWEST_LETTERS = 2
WEEKEND = (5, 6)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; all of it stands in the address."""

    q: str = ""
    state: str = ""
    priority: int = 0
    over: int = 0
    late: bool = False
    sort: str = "next"


@dataclass(frozen=True)
class Line:
    """One child on the list, with what may be recorded of them in one press."""

    referral: Referral
    clocks: Clocks
    moves: tuple[Move, ...]
    is_past_target: bool


def on_list(actor: Actor, stage: Stage) -> QuerySet[Referral]:
    """The referrals of a list that the person may open (`queries.stages`); the database keeps back the rest."""
    return Referral.objects.filter(area=actor.area, stage=stage)


def rows(actor: Actor, stage: Stage, wanted: Wanted) -> QuerySet[Referral]:
    """The referrals of one list that answer what is asked, in the order that is asked."""
    found = on_list(actor, stage)
    if wanted.state == "seen":
        found = found.filter(state=State.SEEN, closed_on__gt=actor.today - LATELY)
    else:
        found = found.filter(on_list_at(actor.today))
    if wanted.state in State.values and wanted.state != "seen":
        found = found.filter(state=wanted.state)
    if wanted.state == "paused":
        found = found.filter(paused_since__isnull=False)
    if wanted.state == "outcome":
        found = found.filter(state=State.OFFERED, next_offer_on__lte=actor.today)
    if wanted.priority:
        found = found.filter(priority=wanted.priority)
    if wanted.over:
        found = found.filter(referral_made_on__lt=actor.today - timedelta(weeks=wanted.over))
    if wanted.late:
        found = found.filter(target_on__lt=actor.today)
    found = _search(actor, found, wanted.q)
    if wanted.sort in SORTS:
        return found.order_by(*SORTS[wanted.sort])
    return in_order(found, stage.service.discipline)


def with_children(stage: Stage, found: Iterable[Referral]) -> list[Referral]:
    """The referrals of one page with their list and children; only the children of the page are read."""
    page = list(found)
    for referral in page:
        referral.stage = stage
    prefetch_related_objects(page, "child")
    return page


def _search(actor: Actor, found: QuerySet[Referral], text: str) -> QuerySet[Referral]:
    words = plain(text).split()
    number = "".join(text.split()).upper()
    if len(number) < FEWEST_LETTERS:
        return found
    named = Q()
    for word in words:
        named &= Q(child__sort_key__contains=word)
    numbered = Identifier.objects.filter(area=actor.area, value=number).values("child_id")
    by_number = Q(ref__iexact=text.strip()) | Q(child__in=numbered)
    return found.filter(named | by_number) if words else found.filter(by_number)


def lines(actor: Actor, found: Sequence[Referral]) -> list[Line]:
    """The referrals of one page with both clocks. Two queries, however many."""
    standards = Standards(actor)
    events = events_of(actor, [referral.pk for referral in found])
    return [
        Line(
            referral=referral,
            clocks=both(
                referral,
                events[referral.pk],
                standards.on(referral.stage.standard, referral.referral_made_on),
                actor.today,
            ),
            moves=one_press(referral, actor.today),
            is_past_target=bool(referral.target_on and referral.target_on < actor.today),
        )
        for referral in found
    ]


def events_of(actor: Actor, keys: Sequence[UUID]) -> Mapping[UUID, list[Event]]:
    """The events of these referrals. One query."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(area=actor.area, referral__in=keys):
        found[event.referral_id].append(event)
    return found


def one_press(referral: Referral, today: date) -> tuple[Move, ...]:
    """What the list offers in one press. Whether the child came can be said from the day of the appointment on."""
    moves = moves_from(referral.state, is_paused=referral.paused_since is not None)
    ahead = referral.next_offer_on is not None and referral.next_offer_on > today
    waits = {EventKind.ATTENDED, EventKind.NOT_BROUGHT} if ahead else set()
    allowed = {move.kind: move for move in moves if move.kind not in waits}
    return tuple(allowed[kind] for kind in ONE_PRESS if kind in allowed)


def figures(actor: Actor, stage: Stage) -> dict[str, Any]:
    """The numbers at the top of a list, and the latest day of a clinic that was offered. One query."""
    found = on_list(actor, stage).filter(on_list_at(actor.today))
    return found.aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(target_on__lt=actor.today)),
        year=Count("pk", filter=Q(referral_made_on__lt=actor.today - timedelta(weeks=52))),
        to_accept=Count("pk", filter=Q(state=State.REFERRED)),
        outcome=Count("pk", filter=Q(state=State.OFFERED, next_offer_on__lte=actor.today)),
        latest_clinic=Max("next_offer_on", filter=Q(next_offer_on__gt=actor.today)),
    )


def clinic_of(actor: Actor, latest: date | None) -> date:
    """The day that offers go to unless another is chosen: the latest clinic offered, or a weekday a fortnight ahead."""
    if latest:
        return latest
    day = actor.today + CLINIC_AHEAD
    return day + timedelta(days=max(0, (7 - day.weekday()) % 7)) if day.weekday() in WEEKEND else day


def next_for_clinic(actor: Actor, stage: Stage, places: int) -> list[Referral]:
    """Who is next for so many places, by the discipline of the list; a share is kept for whoever has waited longest."""
    found = (
        on_list(actor, stage)
        .filter(on_list_at(actor.today), state=State.WAITING, paused_since__isnull=True)
        .select_related("stage__service__agency", "child")
    )
    service = stage.service
    kept = math.ceil(places * service.reserved_percent / 100) if service.discipline == Discipline.SHARED else 0
    longest = list(found.order_by("referral_made_on", "pk")[:kept])
    rest = in_order(found.exclude(pk__in=[one.pk for one in longest]), service.discipline)
    return [*longest, *rest[: max(0, places - len(longest))]]


def just_recorded(actor: Actor, stage: Stage) -> Event | None:
    """What the person recorded last on this list in the last half hour and has not taken back: it can be undone."""
    recent = Event.objects.filter(
        area=actor.area, referral__stage=stage, by=actor.user, at__gt=timezone.now() - JUST_NOW
    )
    undone = recent.filter(undoes__isnull=False).values("undoes")
    return (
        recent.exclude(pk__in=undone)
        .exclude(kind__in=[EventKind.REFERRED, EventKind.RECEIVED, EventKind.UNDONE])
        .exclude(kind=F("referral__stage__attended_means"))
        .select_related("child", "referral")
        .order_by("at", "pk")
        .last()
    )
