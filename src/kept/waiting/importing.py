"""Bring in referrals from another system's file: a dry run first, then the rows that are right go in.

A row that is wrong is never half taken: it is named with its number and a sentence, and comes in with the next file.
What a file says of a known referral is added as events; a day of referral that was given before is never changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, acting_as_system, check_can
from kept.access.roles import Can
from kept.people.actions import add_child
from kept.people.models import IdentifierKind
from kept.rules.sheets import Sheet
from kept.rules.waits.validation import DEFAULT_DATE_SHARE
from kept.waiting import reading
from kept.waiting.access import keeps
from kept.waiting.folding import fold
from kept.waiting.matching import OnRecord, child_of, name_of, on_record
from kept.waiting.models import Batch, Event, Referral, Stage
from kept.waiting.models import Mapping as Columns
from kept.waiting.opening import Fact, NewReferral, add_many, event_row, refold
from kept.waiting.queries import still_open
from kept.waiting.reading import ReadRow
from kept.waiting.standards import Standards
from kept.waiting.words import ENDINGS, EventKind, Priority

FEWEST_TO_JUDGE = 20


class What(StrEnum):
    """What would happen to one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True)
class Step:
    """One row of the file: what would happen, or the sentences that say what is wrong."""

    row: ReadRow
    what: What
    problems: tuple[str, ...] = ()
    stage: Stage | None = None
    child_id: UUID | None = None
    known: Referral | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the row says that the child still waits."""
        return "closed_on" not in self.row.days


@dataclass(frozen=True)
class Plan:
    """What a file would do."""

    source: str
    table: Sheet
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()
    earlier: Batch | None = None

    def count(self, what: str) -> int:
        """How many rows are new, changed, the same or wrong."""
        return sum(step.what == what for step in self.steps)

    @property
    def wrong(self) -> list[Step]:
        """The rows that would not come in."""
        return [step for step in self.steps if step.what is What.WRONG]


def mapping_of(by: Actor, source: str, headings: Sequence[str]) -> dict[str, str]:
    """The columns as they were mapped for this source before, else as the headings suggest."""
    kept = Columns.objects.filter(area=by.area, source=source).first()
    found = reading.guess(headings)
    if kept:
        found |= {key: heading for key, heading in kept.columns.items() if heading in headings or not heading}
    return found


def plan_of(
    *, by: Actor, table: Sheet, source: str, mapping: Mapping[str, str], stages: Mapping[str, Stage], only: Stage | None
) -> Plan:
    """What a file would do; nothing is changed.

    stages: their word for a list, in small letters, to our list. only: the list of all rows, where the file does
    not say. Raises Refused; ValueError with sentences when the mapping is wrong.
    """
    check_can(by, Can.KEEP_LISTS)
    problems = reading.check_mapping(mapping, table.headings)
    if not source.strip():
        problems.insert(0, "Say which system the file comes from.")
    if only is None and not mapping.get("list"):
        problems.append("Choose the list that all rows belong to, or the column that says which.")
    if problems:
        raise ValueError(" ".join(problems))
    read = [
        reading.read_row(number, row, mapping, by.today)
        for number, row in zip(table.numbers, table.records, strict=True)
    ]
    with acting_as_system(by.area, today=by.today) as system:
        known = on_record(system, source, read)
        steps = _steps(by, system, read, known=known, stages=stages, only=only)
        earlier = Batch.objects.filter(area=by.area, source=source, digest=table.digest).first()
        warnings = (*_not_read(table.headings, mapping), *_warnings(system, source, steps))
    return Plan(source, table, tuple(steps), warnings, earlier)


def _not_read(headings: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    left = [f"“{heading}”" for heading in headings if heading and heading not in mapping.values()]
    if not left:
        return []
    are = "This column is not read" if len(left) == 1 else "These columns are not read"
    return [f"{are}: {', '.join(left)}. If one says when a child was seen or left the list, choose it below."]


def _steps(
    by: Actor,
    system: Actor,
    rows: Sequence[ReadRow],
    *,
    known: OnRecord,
    stages: Mapping[str, Stage],
    only: Stage | None,
) -> list[Step]:
    seen: Counter[str] = Counter()
    in_file: dict[tuple[object, UUID], int] = {}
    steps = []
    for row in rows:
        problems = list(row.problems)
        ref = row.text.get("ref", "")
        seen[ref] += bool(ref)
        if seen[ref] > 1:
            problems.append(f"The reference {ref} is in the file twice.")
        stage = only or stages.get(row.text.get("list", "").strip().lower())
        if stage is None:
            problems.append(f"The list “{row.text.get('list', '')}” is not matched to one of yours.")
        elif not keeps(by, stage.service):
            problems.append("The list is another service's.")
        child_id = child_of(by, system, row, known, problems) if not problems else None
        if not problems and stage is not None:
            who = child_id or (row.text.get("nhs") or row.text.get("upn") or name_of(row))
            before = in_file.setdefault((who, stage.pk), row.number)
            if before != row.number and "closed_on" not in row.days:
                problems.append(f"The same child is on the same list in row {before}: entered twice?")
        steps.append(_step(row, stage, child_id, known, problems))
    return steps


def facts_of(row: ReadRow, stage: Stage, today: date) -> tuple[Fact, ...]:
    """What a row says happened, as events in order."""
    days, made_on = row.days, row.days["made_on"]
    received = days.get("received_on", made_on)
    accepted = days.get("accepted_on", received)
    facts = [Fact(kind=EventKind.REFERRED, on=made_on), Fact(kind=EventKind.RECEIVED, on=received)]
    refused = row.closing == EventKind.NOT_ACCEPTED
    if ("accepted_on" in days or "offer_on" in days) and not refused:
        facts.append(Fact(kind=EventKind.ACCEPTED, on=accepted))
    if row.priority != Priority.ROUTINE:
        facts.append(Fact(kind=EventKind.PRIORITY, on=received, priority=row.priority, note="As the file says"))
    if "offer_on" in days:
        offer_on = days["offer_on"]
        offered = min(max(accepted, made_on), offer_on, today)
        facts.append(Fact(kind=EventKind.OFFERED, on=offered, for_on=offer_on))
        if row.outcome and offer_on <= today:
            facts.append(Fact(kind=row.outcome, on=offer_on))
            if row.outcome == EventKind.ATTENDED and stage.attended_means:
                facts.append(Fact(kind=stage.attended_means, on=offer_on))
    attended = row.outcome == EventKind.ATTENDED and EventKind.ATTENDED in stage.ends_with
    if "closed_on" in days and not (row.closing == EventKind.CLOSED and attended):
        facts.append(Fact(kind=row.closing or EventKind.CLOSED, on=days["closed_on"]))
    return tuple(facts)


def _step(row: ReadRow, stage: Stage | None, child_id: UUID | None, known: OnRecord, problems: list[str]) -> Step:
    if problems or stage is None:
        return Step(row, What.WRONG, tuple(problems))
    facts = facts_of(row, stage, known.today)
    before = known.referrals.get(row.text["ref"])
    if before is None:
        other = known.waiting.get((child_id, stage.pk)) if child_id else None
        if other and "closed_on" not in row.days:
            return Step(row, What.WRONG, (f"The child already waits on this list as {other}: entered twice?",))
        return Step(row, What.NEW, (), stage, child_id, None, facts)
    return _changed(row, stage, child_id, before, events=known.events[before.pk], facts=facts)


def _changed(
    row: ReadRow, stage: Stage, child_id: UUID | None, before: Referral, *, events: list[Event], facts: tuple[Fact, ...]
) -> Step:
    problems = []
    if before.child_id != child_id:
        problems.append("The reference belonged to another child in an earlier file.")
    if before.stage_id != stage.pk:
        problems.append("The reference was on another list in an earlier file.")
    if before.referral_made_on != row.days["made_on"]:
        day = before.referral_made_on.strftime("%-d %B %Y")
        problems.append(f"The day of referral was {day} in an earlier file. A wait is never reset: ask which is right.")
    if problems:
        return Step(row, What.WRONG, tuple(problems))
    now = fold(events, stage.ends_with or (EventKind.ATTENDED,))
    has = {(event.kind, event.for_on if event.kind == EventKind.OFFERED else event.on) for event in events}
    ended = now.closed_on is not None
    new = []
    for fact in facts:
        mark = (fact.kind, fact.for_on if fact.kind == EventKind.OFFERED else fact.on)
        if mark in has or fact.kind in {EventKind.REFERRED, EventKind.RECEIVED}:
            continue
        if fact.kind == EventKind.ACCEPTED and now.accepted_on is not None:
            continue
        if fact.kind == EventKind.PRIORITY and now.priority == fact.priority:
            continue
        if ended and (fact.kind in ENDINGS or fact.kind == EventKind.CLOSED):
            continue
        new.append(fact)
    return Step(row, What.CHANGED if new else What.SAME, (), stage, child_id, before, tuple(new))


def _warnings(system: Actor, source: str, steps: Sequence[Step]) -> list[str]:
    good = [step for step in steps if step.what is not What.WRONG]
    warnings = []
    today = sum(step.row.days.get("made_on") == system.today for step in good)
    if good and today > DEFAULT_DATE_SHARE * len(good):
        warnings.append(
            f"{today} of {len(good)} rows were referred today: does the system put in today where it knows no date?"
        )
    common = Counter(step.row.days["made_on"] for step in good if "made_on" in step.row.days).most_common(1)
    if common and len(good) >= FEWEST_TO_JUDGE and common[0][1] > len(good) / 4:
        warnings.append(
            f"{common[0][1]} of {len(good)} rows have the same day of referral, {common[0][0].isoformat()}."
        )
    named = {step.row.text.get("ref", "") for step in steps}
    stages = {step.stage.pk for step in good if step.stage}
    left_out = (
        Referral.objects.filter(still_open(system.today), area=system.area, source=source, stage__in=stages)
        .exclude(ref__in=named)
        .count()
    )
    if left_out:
        warnings.append(
            f"{left_out} children who wait, and came from {source}, are not in this file. They stay on the list."
        )
    return warnings


@transaction.atomic
def bring_in(
    *,
    by: Actor,
    plan: Plan,
    mapping: Mapping[str, str],
    stage_words: Mapping[str, str],
    reported_total: int | None = None,
) -> Batch:
    """Bring in the rows of a plan that are right; the mapping is kept for the next file. The same file comes in once.

    Raises Refused. Children whom the record does not have are added, after the check for duplicates that the plan made.
    """
    check_can(by, Can.KEEP_LISTS)
    if plan.earlier is not None:
        return plan.earlier
    Columns.objects.update_or_create(
        area=by.area,
        source=plan.source,
        defaults={"columns": dict(mapping), "stage_words": dict(stage_words), "changed_on": by.today, "by": by.user},
    )
    batch = Batch.objects.create(
        area=by.area,
        source=plan.source,
        on=by.today,
        rows=len(plan.steps),
        open_rows=sum(step.is_open for step in plan.steps),
        added=plan.count(What.NEW),
        changed=plan.count(What.CHANGED),
        same=plan.count(What.SAME),
        refused=[[step.row.number, without_names(step)] for step in plan.wrong],
        reported_total=reported_total,
        digest=plan.table.digest,
        by=by.user,
    )
    new: list[NewReferral] = []
    with acting_as_system(by.area, today=by.today) as system:
        added: dict[object, UUID] = {}
        for step in (one for one in plan.steps if one.what is What.NEW and one.stage):
            child_id = step.child_id or _added(system, step.row, added)
            new.append(_new(step, child_id, plan.source, batch))
        standards = Standards(system)
        for step in (one for one in plan.steps if one.what is What.CHANGED and one.known):
            _add_events(system, by, step, standards)
    add_many(by=by, new=new)
    return batch


def without_names(step: Step) -> str:
    """What is wrong with a row, as it may be kept with the batch: no child is named."""
    return " ".join("The child may be on the record already." if "may be" in one else one for one in step.problems)[
        :500
    ]


def _added(system: Actor, row: ReadRow, added: dict[object, UUID]) -> UUID:
    who = row.text.get("nhs") or row.text.get("upn") or name_of(row)
    if who not in added:
        kinds = {IdentifierKind.NHS.value: row.text.get("nhs", ""), IdentifierKind.UPN.value: row.text.get("upn", "")}
        child = add_child(
            by=system,
            given_names=row.text["given_names"],
            family_name=row.text["family_name"],
            born_on=row.days["born_on"],
            identifiers={kind: value for kind, value in kinds.items() if value},
        )
        added[who] = child.pk
    return added[who]


def _new(step: Step, child_id: UUID, source: str, batch: Batch) -> NewReferral:
    if step.stage is None:
        raise ValueError("A new row has its list.")
    text: Mapping[str, Any] = step.row.text
    return NewReferral(
        stage=step.stage,
        child_id=child_id,
        facts=step.facts,
        ref=text["ref"][:60],
        source=source,
        referred_by=text.get("referred_by", "")[:160],
        batch=batch,
    )


def _add_events(system: Actor, by: Actor, step: Step, standards: Standards) -> None:
    referral = step.known
    if referral is None:
        return
    facts = [replace(fact, note=fact.note or f"File of {system.today.isoformat()}") for fact in step.facts]
    Event.objects.bulk_create(event_row(system, by.user, referral.pk, referral.child_id, fact) for fact in facts)
    refold(system, referral, standards=standards)


def batches_of(actor: Actor, limit: int = 20) -> list[Batch]:
    """The files brought in last. One query."""
    return list(Batch.objects.filter(area=actor.area).select_related("by")[:limit])
