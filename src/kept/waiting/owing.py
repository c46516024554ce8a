"""What a referral makes owed: the standard's day, an answer to the referral, a word while waiting, a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from kept.access.acting import Actor
from kept.duties.actions import DutyFacts, Owed, sync_many
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.rules.waits.validation import ACCEPT_WITHIN_DAYS
from kept.waiting import counting
from kept.waiting.folding import Happened, standing
from kept.waiting.models import Event, Referral
from kept.waiting.moving import MOVED, moved_on
from kept.waiting.standards import Standards
from kept.waiting.words import ENDINGS, EventKind

SOURCE = "waiting"
INSIDE = "waiting_safety"  # owed among staff: the family is not shown a safeguarding check
CHECK_WITHIN_DAYS = 1
AT_ONCE = 300
POLICY = "Policy of the area for waiting lists"
ANSWERS = (EventKind.ACCEPTED, EventKind.RETURNED, EventKind.NOT_ACCEPTED)


def sync_duties(
    by: Actor,
    referrals: Sequence[Referral],
    *,
    standards: Standards | None = None,
    events: Iterable[Event] | None = None,
) -> None:
    """Bring the ledger up to what the events of these referrals say, all at once.

    `events`: all events of these referrals where they are at hand; otherwise they are read, in one query.
    """
    standards = standards or Standards(by)
    of: dict[object, list[Event]] = {referral.pk: [] for referral in referrals}
    if events is None:
        events = Event.objects.filter(area=by.area, referral__in=list(of))
    for event in events:
        of[event.referral_id].append(event)
    moved = moved_on(by, [one.pk for one in referrals])
    owed = [
        Owed(one.pk, one.child_id, tuple(_until(duties_of(one, of[one.pk], standards, by.today), moved.get(one.pk))))
        for one in referrals
    ]
    sync_many(by=by, source=SOURCE, owed=owed)
    checks = [
        Owed(one.pk, one.child_id, tuple(checks_of(one, of[one.pk])))
        for one in referrals
        if any(event.kind == EventKind.NOT_BROUGHT for event in of[one.pk])
    ]
    if checks:
        sync_many(by=by, source=INSIDE, owed=checks)


def duties_of(referral: Referral, events: Iterable[Happened], standards: Standards, today: date) -> Iterator[DutyFacts]:
    """All that one referral makes owed, open and past."""
    found = standing(events)
    if referral.closed_reason == EventKind.DUPLICATE:
        return
    yield from _answer(referral, found)
    yield from _standard(referral, found, standards, today)
    yield from _contacts(referral, found)


def _until(duties: Iterable[DutyFacts], moved_on: date | None) -> Iterator[DutyFacts]:
    """What was owed up to the day on which the child moved to another council; all of it where there is no such day."""
    for one in duties:
        if moved_on is None or one.met_on or (one.ended_on and one.ended_on <= moved_on):
            yield one
        elif one.starts_on <= moved_on:
            yield replace(one, ended_on=moved_on, ended_because=MOVED)


def end_of_moved(*, by: Actor) -> int:
    """Nightly, as Kept itself: end what the council's lists owe to who moved away, and owe it anew to who came back.

    How many referrals were brought up to date.
    """
    ledger = Duty.objects.filter(area=by.area, source=SOURCE)
    gone = set(moved_on(by))
    keys = set(ledger.filter(outstanding(), source_id__in=gone).values_list("source_id", flat=True))
    keys |= set(ledger.filter(ended_because=MOVED).exclude(source_id__in=gone).values_list("source_id", flat=True))
    found = list(Referral.objects.filter(area=by.area, pk__in=keys).select_related("child", "stage__service__agency"))
    for start in range(0, len(found), AT_ONCE):
        sync_duties(by, found[start : start + AT_ONCE])
    return len(found)


def _facts(referral: Referral, **facts: object) -> DutyFacts:
    service = referral.stage.service
    ended = {}
    if facts.get("met_on") is None and referral.closed_on is not None and "ended_on" not in facts:
        ended = {"ended_on": referral.closed_on, "ended_because": "The referral was closed"}
    return DutyFacts(
        owed_by=service.name,
        agency_id=service.agency_id,
        path=reverse("waiting:referral", args=[referral.pk]),
        **{"is_statutory": False, "authority": POLICY, **ended, **facts},  # type: ignore[arg-type]
    )


def _answer(referral: Referral, events: Sequence[Happened]) -> Iterator[DutyFacts]:
    """An answer to the referral, and one more each time that the questions about it were answered."""
    asked = [event.on for event in events if event.kind == EventKind.ANSWERED]
    replies = [event for event in events if event.kind in ANSWERS or event.kind in ENDINGS]
    for number, since in enumerate([referral.joined_on, *asked]):
        replied = replies[number] if number < len(replies) else None
        yield _facts(
            referral,
            key=f"answer-{number + 1}" if number else "answer",
            what=f"Accept the referral to {referral.stage.service.name}, or send it back with questions",
            rule="waits.answer",
            starts_on=since,
            due_on=since + timedelta(days=ACCEPT_WITHIN_DAYS),
            because=f"{ACCEPT_WITHIN_DAYS} days from the day on which it was received.",
            met_on=replied.on if replied else referral.accepted_on,
            evidence=EventKind(replied.kind).label if replied else "",
        )


def _standard(referral: Referral, events: Sequence[Happened], standards: Standards, today: date) -> Iterator[DutyFacts]:
    row = standards.on(referral.stage.standard, referral.referral_made_on)
    if row is None:
        return
    told = counting.both(referral, events, row, today)
    if told.due_on is None or told.counted.start is None:
        return
    stopped_by = next((event for event in events if event.kind in row.stops and event.on == told.counted.stop), None)
    ended = {} if stopped_by or not told.counted.stop else {"ended_on": told.counted.stop}
    yield _facts(
        referral,
        key="standard",
        what=f"{referral.stage.service.name}, {referral.stage.name}: {row.name}"[:300],
        authority=row.source,
        rule=f"waits.{row.key}",
        is_statutory=row.statutory,
        starts_on=told.counted.start,
        due_on=told.due_on,
        because=_counted_as(told),
        met_on=told.counted.stop if stopped_by else None,
        evidence=EventKind(stopped_by.kind).label if stopped_by else "",
        **ended,
    )


def _counted_as(told: counting.Clocks) -> str:
    row = told.standard
    if row is None or told.counted.start is None:
        return ""
    length = f"{row.months} months" if row.months is not None else f"{row.weeks} weeks"
    words = f"{length} from {told.counted.start.isoformat()}"
    return f"{words}; {told.why}." if told.why and told.counted.reasons else f"{words}."


def _contacts(referral: Referral, events: Sequence[Happened]) -> Iterator[DutyFacts]:
    """A word with the family every so many weeks while the child waits: how are you, what has changed, what helps."""
    every = timedelta(weeks=referral.stage.service.contact_weeks)
    if not every:
        return
    since = referral.accepted_on or referral.joined_on
    made = [event for event in events if event.kind == EventKind.CONTACTED]
    for number, event in enumerate([*made, None], start=1):
        due_on = since + every
        if event is None and referral.closed_on is not None and due_on > referral.closed_on:
            return
        yield _facts(
            referral,
            key=f"contact-{number}",
            what=f"Contact the family while {referral.stage.service.name} is awaited",
            rule="waits.contact",
            starts_on=since,
            due_on=due_on,
            because=f"Every {referral.stage.service.contact_weeks} weeks while a child waits.",
            met_on=event.on if event else None,
            evidence=event.note[:300] if event and hasattr(event, "note") else "",
        )
        since = event.on if event else since


def checks_of(referral: Referral, happened: Iterable[Happened]) -> Iterator[DutyFacts]:
    """A child who was not brought may not be safe: somebody looks, each time. A missed appointment closes nothing."""
    events = standing(happened)
    checks = [event for event in events if event.kind == EventKind.CHECKED]
    for event in (event for event in events if event.kind == EventKind.NOT_BROUGHT):
        done = next((check for check in checks if check.on >= event.on), None)
        yield _facts(
            referral,
            key=f"check-{event.id}",
            what="Check that the child is safe: they were not brought to their appointment",
            authority="Local safeguarding policy: was not brought",
            rule="waits.not_brought",
            starts_on=event.on,
            due_on=event.on + timedelta(days=CHECK_WITHIN_DAYS),
            because="The next day after the appointment.",
            met_on=done.on if done else None,
            ended_on=None,
        )
