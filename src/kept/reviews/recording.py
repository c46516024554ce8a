"""Entries of the case that a review makes. A school does not write in a case: Kept does, and says who told it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from kept.access.acting import Actor, acting_as_system
from kept.access.roles import Can
from kept.cases import actions as cases
from kept.cases.models import Case, Event


@contextmanager
def council(by: Actor) -> Iterator[Actor]:
    """The person themself where they work on cases; else Kept, acting for the school that told it."""
    if by.can(Can.WORK_CASES):
        yield by
        return
    with acting_as_system(by.area, today=by.today) as system:
        yield system


def record(
    by: Actor, case_id: UUID, kind: str, on: date, *, note: str, details: Mapping[str, Any] | None = None
) -> Event:
    """Record an entry, with what belongs beside it. Raises Refused or NotPossible, each with a sentence."""
    with council(by) as hand:
        case = Case.objects.select_related("child").get(area=by.area, pk=case_id)
        return cases.record(
            by=hand, case=case, kind=kind, on=on, details=details or {}, note=_told(by, note), with_beside=True
        )


def move(by: Actor, event_id: UUID, *, to: date, why: str) -> Event:
    """Put another day in place of an entry's; the old entry stays, struck through."""
    with council(by) as hand:
        event = Event.objects.select_related("case__child").get(area=by.area, pk=event_id)
        return cases.correct(by=hand, event=event, on=to, details=event.details, note=_told(by, why))


def withdraw(by: Actor, event_id: UUID, *, why: str) -> None:
    """Say that an entry no longer holds. One that was corrected or withdrawn already stays as it is."""
    with council(by) as hand:
        event = Event.objects.select_related("case__child").filter(area=by.area, pk=event_id).first()
        if event is not None and not Event.objects.filter(supersedes=event).exists():
            cases.withdraw_event(by=hand, event=event, note=_told(by, why))


def _told(by: Actor, words: str) -> str:
    return words if by.can(Can.WORK_CASES) else f"{words} Told by {by.user.name}."
