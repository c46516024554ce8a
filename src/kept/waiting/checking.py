"""The nightly check of the lists, V1 to V14: each finding is a task for a person, and none changes a referral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.access.acting import Actor, Refused
from kept.rules.waits import validation
from kept.rules.waits.validation import Entry, Policy, validate
from kept.waiting.access import check_keeps, keeps, runs
from kept.waiting.actions import record
from kept.waiting.folding import fold, nullified_on
from kept.waiting.models import Batch, Event, Finding, Referral
from kept.waiting.words import Answer, EventKind

A_MONTH = timedelta(days=30)
CLOSED_LATELY = timedelta(days=92)
SILENT_DAYS = 35
QUIET_AGAIN = {Answer.RIGHT: timedelta(days=90), Answer.ASKED: timedelta(days=28)}

ABOUT: dict[str, tuple[str, str]] = {
    "V1": ("Closed before it began", "Look at both days and record the right one."),
    "V2": ("Nothing has happened for 90 days", "Speak to the family: do they still wait, and what has changed?"),
    "V3": ("Too old for the service", "Pass the young person on to the service for adults, then close it here."),
    "V4": ("On the list twice", "Close the later one as entered twice; the first keeps its place."),
    "V5": ("Seen without an appointment", "Record the appointment, or take the closing back."),
    "V6": ("Clock starts after the first offer", "Look at the day of the referral."),
    "V7": ("Count set back more than once", "It may be set back once: check that each appointment was communicated."),
    "V8": ("Paused for too long", "Speak to the family and resume the count, or agree something else."),
    "V9": ("Closed on a day to come", "Look at the closing day."),
    "V10": ("Accepted late", "Check the day on which it was accepted."),
    "V11": ("A default date", "Ask the sender for the true days of referral."),
    "V12": ("A provider has stopped sending", "Ask the provider for its file; the children still wait."),
    "V13": ("Parts and total differ", "Ask the sender which of the two is right."),
    "V14": ("A very long wait", "Check by hand that the day of referral is right and that the child still waits."),
}  # fmt: skip
MENDS: dict[str, tuple[str, str]] = {
    "V2": (EventKind.CONTACTED, "We spoke to the family today"),
    "V3": (EventKind.AGED_OUT, "Close it: too old for the service"),
    "V4": (EventKind.DUPLICATE, "Close the later one as entered twice"),
    "V8": (EventKind.RESUMED, "Resume the count today"),
}


@dataclass(frozen=True)
class Found:
    """A finding of tonight, before it is compared with those of the nights before."""

    code: str
    key: str
    sentence: str
    refs: tuple[str, ...] = ()
    referral: Referral | None = None


@transaction.atomic
def check_lists(*, by: Actor) -> int:
    """Run the checks and keep the tasks; how many are open afterwards. Repeating it changes nothing."""
    check_keeps(by, None)
    found = {(one.code, one.key): one for one in findings_now(by)}
    known = {(row.code, row.key): row for row in Finding.objects.select_for_update().filter(area=by.area)}
    Finding.objects.bulk_create(_row(by, one) for key, one in found.items() if key not in known)
    changed = [row for key, row in known.items() if _brought_up(row, found.get(key), by.today)]
    Finding.objects.bulk_update(
        changed, ["sentence", "last_found_on", "answer", "answer_note", "answered_on", "answered_by", "refs"]
    )
    return Finding.objects.filter(area=by.area, answer="").count()


def _row(by: Actor, one: Found) -> Finding:
    referral = one.referral
    return Finding(
        area=by.area,
        code=one.code,
        key=one.key,
        service=referral.stage.service if referral else None,
        child_id=referral.child_id if referral else None,
        referral=referral,
        refs=list(one.refs),
        sentence=one.sentence[:300],
        found_on=by.today,
        last_found_on=by.today,
    )


def _brought_up(row: Finding, one: Found | None, today: date) -> bool:
    """Bring a task up to tonight's findings; whether anything changed."""
    if one is None:
        if row.answer:
            return False
        row.answer, row.answered_on = Answer.GONE, today
        return True
    row.sentence, row.last_found_on, row.refs = one.sentence[:300], today, list(one.refs)
    quiet = QUIET_AGAIN.get(Answer(row.answer)) if row.answer else None
    lapsed = row.answered_on is not None and (quiet is None or today - row.answered_on > quiet)
    if row.answer and lapsed and row.answered_on != today:
        row.answer, row.answer_note, row.answered_on, row.answered_by = "", "", None, None
    return True


def findings_now(by: Actor) -> Iterator[Found]:
    """Everything that the checks find tonight. Four queries, however long the lists."""
    rows = list(
        Referral.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=by.today - CLOSED_LATELY), area=by.area
        ).select_related("child", "stage__service", "batch")
    )
    events: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(area=by.area, referral__in=[row.pk for row in rows]):
        events[event.referral_id].append(event)
    by_key = {str(row.pk): row for row in rows}
    entries = [entry_of(row, events[row.pk]) for row in rows]
    yield from _of_entries(entries, by_key, by.today)
    yield from _of_providers(by, entries)


def entry_of(row: Referral, events: Sequence[Event]) -> Entry:
    """A referral as the checks read it."""
    now = fold(events, row.stage.ends_with or (EventKind.ATTENDED,))
    return Entry(
        ref=str(row.pk),
        child=str(row.child_id),
        service=str(row.stage.service_id),
        stage=str(row.stage_id),
        referral_made_on=row.referral_made_on,
        referral_received_on=row.joined_on,
        accepted_on=row.accepted_on,
        clock_start_on=row.referral_made_on,
        born_on=row.child.born_on,
        offers=now.offers,
        pauses=now.pauses,
        nullified_on=nullified_on(events),
        closed_on=row.closed_on,
        closed_reason=row.closed_reason,
        last_event_on=row.last_event_on,
        imported_on=row.batch.on if row.batch else None,
        batch=str(row.batch_id or ""),
        source=row.source,
    )


def _of_entries(entries: Sequence[Entry], rows: Mapping[str, Referral], today: date) -> Iterator[Found]:
    services = {row.stage.service for row in rows.values()}
    for service in services:
        policy = Policy({str(service.pk): service.upper_age}, service.longest_pause_days)
        mine = [entry for entry in entries if entry.service == str(service.pk)]
        for one in validate(mine, today=today, policy=policy):
            if one.code not in {"V11", "V14"}:  # of a whole import, and of one list
                yield _told(one, rows)
    lists: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        lists[entry.stage].append(entry)
    for mine in lists.values():
        yield from (_told(one, rows) for one in _only("V14", validate(mine, today=today, policy=Policy({}))))
    for one in _only("V11", validate([e for e in entries if e.batch], today=today, policy=Policy({}))):
        batch = rows[one.refs[0]].batch
        yield Found("V11", str(batch.pk if batch else ""), f"{batch}: {one.sentence}", _refs(one, rows))


def _only(code: str, found: Sequence[validation.Finding]) -> list[validation.Finding]:
    return [one for one in found if one.code == code]


def _refs(one: validation.Finding, rows: Mapping[str, Referral]) -> tuple[str, ...]:
    return tuple(rows[ref].ref for ref in one.refs)


def _told(one: validation.Finding, rows: Mapping[str, Referral]) -> Found:
    """With several entries of one child the task is about the one that was entered last."""
    latest = max((rows[ref] for ref in one.refs), key=lambda row: (row.joined_on, row.pk))
    key = f"{latest.child_id}:{latest.stage_id}" if one.code == "V4" else str(latest.pk)
    return Found(one.code, key, one.sentence, _refs(one, rows), latest)


def _of_providers(by: Actor, entries: Sequence[Entry]) -> Iterator[Found]:
    """Providers that fell silent, whose numbers fell by half, or whose parts are not their total."""
    batches: dict[str, list[Batch]] = defaultdict(list)
    for batch in Batch.objects.filter(area=by.area).order_by("on", "at"):
        batches[batch.source].append(batch)
    for source, sent in batches.items():
        last = sent[-1]
        if (by.today - last.on).days > SILENT_DAYS:
            days = (by.today - last.on).days
            yield Found("V12", f"{source}:silent", f"{source} has sent no file for {days} days: has it stopped?")
        before = [batch for batch in sent if batch.on <= last.on - timedelta(days=20)]
        if before and 2 * last.open_rows < before[-1].open_rows:
            words = f"{source} named {last.open_rows} open referrals after {before[-1].open_rows} before: why fewer?"
            yield Found("V12", f"{source}:fewer", words)
        if last.reported_total is not None:
            totals = [(source, last.reported_total, [last.open_rows])]
            for one in validate([], today=by.today, policy=Policy({}), totals=totals):
                yield Found("V13", f"{source}:{last.on.isoformat()}", one.sentence)
    month_ago = by.today - A_MONTH
    known = [entry for entry in entries if entry.source and (entry.referral_received_on or by.today) <= month_ago]
    for source in {entry.source for entry in known}:
        before_open = sum(entry.open_on(month_ago) for entry in known if entry.source == source)
        mine = [entry for entry in entries if entry.source == source]
        told = validate(mine, today=by.today, policy=Policy({}), last_month={source: before_open})
        yield from (Found("V12", f"{source}:closed", one.sentence) for one in _only("V12", told))


def findings_of(actor: Actor) -> QuerySet[Finding]:
    """The tasks that the person may see: those of the services they run or keep."""
    found = Finding.objects.filter(area=actor.area).select_related("service__agency", "child", "referral__stage")
    if actor.reaches_area:
        return found
    return found.filter(service__agency__in=actor.agency_ids)


def check_answers(by: Actor, finding: Finding) -> None:
    """Raise Refused unless the person runs or keeps the list that a task is about."""
    if finding.service is not None and runs(by, finding.service):
        return
    if not keeps(by, finding.service):
        raise Refused("This is about the list of another service.")


@transaction.atomic
def answer(*, by: Actor, finding: Finding, said: str, note: str = "") -> Finding:
    """Answer a task: right as it stands, mended, or asked of the sender. It comes back if it is found again later."""
    check_answers(by, finding)
    finding = Finding.objects.select_for_update().get(area=by.area, pk=finding.pk)
    if said not in Answer.values or said == Answer.GONE:
        raise Refused("Choose one of the answers.")
    finding.answer, finding.answer_note = said, note.strip()[:300]
    finding.answered_on, finding.answered_by = by.today, by.user
    finding.save(update_fields=["answer", "answer_note", "answered_on", "answered_by"])
    return finding


@transaction.atomic
def mend(*, by: Actor, finding: Finding) -> Finding:
    """Do in one press what mends a finding, as an event of the person's own, and answer the task. Raises Refused."""
    if finding.code not in MENDS or finding.referral is None:
        raise Refused("This cannot be mended in one press: open the referral.")
    kind, words = MENDS[finding.code]
    record(by=by, referral=finding.referral, kind=kind, note=f"{words} (asked by check {finding.code})")
    return answer(by=by, finding=finding, said=Answer.MENDED, note=words)


def silent_providers(actor: Actor) -> list[tuple[str, date, bool]]:
    """Every source with the day of its last file and whether it has fallen silent. One query."""
    latest: dict[str, date] = {}
    for source, day in Batch.objects.filter(area=actor.area).order_by("on").values_list("source", "on"):
        latest[source] = day
    return [(source, day, (actor.today - day).days > SILENT_DAYS) for source, day in sorted(latest.items())]
