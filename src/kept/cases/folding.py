"""From the rows of a case to the plain facts that `kept.rules.process` folds, and back to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kept.cases.models import Case, Event
from kept.cases.readings import settings_of
from kept.people.models import Child
from kept.rules import process


def in_force(rows: Iterable[Event]) -> list[Event]:
    """The entries that no correction replaced and that are not withdrawals, oldest first, ties as recorded."""
    rows = list(rows)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    kept = [row for row in rows if row.pk not in replaced and not row.is_withdrawal]
    return sorted(kept, key=lambda row: (row.happened_on, row.pk))


def as_fact(row: Event) -> process.Event:
    """One entry as a plain fact."""
    return process.Event(type=row.kind, date=row.happened_on, details=row.details, key=str(row.pk))


def facts_of(case: Case, *, without: Event | None = None) -> list[process.Event]:
    """The facts of a case in force, without one entry where it is being corrected."""
    rows = in_force(case.events.filter(area_id=case.area_id))
    return [as_fact(row) for row in rows if without is None or row.pk != without.pk]


def state_of(case: Case, today: date, facts: Sequence[process.Event] | None = None) -> process.CaseState:
    """What the case is on a day, by the readings that the area has chosen."""
    known = facts_of(case) if facts is None else facts
    return process.fold(known, as_of=today, settings=settings_of(case.area_id, today), born=case.child.born_on)


def check_possible(
    facts: Sequence[process.Event], *, kind: str, on: date, details: Mapping[str, Any], child: Child, today: date
) -> None:
    """Raise `process.NotPossible`, with a sentence, unless the event can have happened after these facts."""
    event = _event(kind, on, details)
    process.check_event(facts, event, as_of=today, person=child.born_on, settings=settings_of(child.area_id, today))


# What the law's table wants recorded on the same day (section 9 of the reference): sending the first plan makes it, and
# the decision on a review completes the review. Without them the next review would have no time limit.
BESIDE: Mapping[str, str] = {
    "final_plan_sent": "plan_first_made",
    "detained_final_plan_sent": "plan_first_made",
    "review_decision": "review_completed",
}


def beside(facts: Sequence[process.Event], *, kind: str, on: date, child: Child, today: date) -> process.Event | None:
    """The event to be recorded beside another that is already among the facts; None when there is none to record."""
    if kind not in BESIDE:
        return None
    try:
        check_possible(facts, kind=BESIDE[kind], on=on, details={}, child=child, today=today)
    except process.NotPossible:
        return None
    return _event(BESIDE[kind], on, {})


def beside_entry(facts: Sequence[process.Event], entry: Event) -> process.Event | None:
    """The event that was recorded beside an entry, on its day."""
    wanted = BESIDE.get(entry.kind)
    return next((fact for fact in facts if fact.type == wanted and fact.date == entry.happened_on), None)


def foreseen(
    child: Child,
    facts: Sequence[process.Event],
    *,
    kind: str,
    on: date,
    details: Mapping[str, Any],
    today: date,
    instead_of: Event | None = None,
) -> process.Consequences:
    """What would follow from recording an event, or from putting it in place of another; nothing is recorded.

    facts: those of the case so far, none for a new case. What is recorded beside the event counts too. Raises
    `process.NotPossible`.
    """
    others = [fact for fact in facts if instead_of is None or fact.key != str(instead_of.pk)]
    check_possible(others, kind=kind, on=on, details=details, child=child, today=today)
    event = _event(kind, on, details)
    if instead_of is not None:
        event = replace(event, replaces=str(instead_of.pk))
        old = beside_entry(others, instead_of)
        more = replace(old, date=on, key=None, replaces=old.key) if old is not None else None
    else:
        more = beside([*facts, event], kind=kind, on=on, child=child, today=today)
    settings = settings_of(child.area_id, today)
    told = process.foresee(facts, event, as_of=today, settings=settings, born=child.born_on)
    if more is None:
        return told
    then = process.foresee([*facts, event], more, as_of=today, settings=settings, born=child.born_on)
    return process.Consequences(
        tuple(dict.fromkeys((*told.sentences, *then.sentences))), tuple(dict.fromkeys((*told.warnings, *then.warnings)))
    )


def foreseen_without(
    child: Child, facts: Sequence[process.Event], event: Event, *, today: date
) -> process.Consequences:
    """What would follow from withdrawing an entry."""
    settings = settings_of(child.area_id, today)
    return process.foresee_without(facts, str(event.pk), as_of=today, settings=settings, born=child.born_on)


def _event(kind: str, on: date, details: Mapping[str, Any]) -> process.Event:
    """The event as a fact. Raises `process.NotPossible` for a date that no calendar of ours holds."""
    try:
        return process.Event(type=kind, date=on, details=details)
    except ValueError as error:
        raise process.NotPossible(str(error)) from None
