"""Both clocks of a referral, always: what the family lived through, and what the standard of its list counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kept.rules.waits import clocks
from kept.waiting.folding import Happened, for_clocks, standing
from kept.waiting.models import Referral, Stage
from kept.waiting.words import EventKind

NO_STANDARD = "This list is counted by no published standard."


@dataclass(frozen=True)
class Clocks:
    """Days waited on both clocks, why they differ, and by when the standard wants the child seen."""

    lived: clocks.Wait
    counted: clocks.Wait
    show_both: bool
    why: str
    standard: clocks.Standard | None
    due_on: date | None
    is_late: bool


def both(referral: Referral, events: Iterable[Happened], row: clocks.Standard | None, today: date) -> Clocks:
    """Both clocks of one referral on a day. Without a standard there is the lived one alone."""
    found = standing(events)
    ends = tuple(referral.stage.ends_with) or (EventKind.ATTENDED,)
    if row is None:
        lived = _closed(clocks.lived_wait(for_clocks(found), today, ends), referral, today)
        return Clocks(lived, clocks.Wait(None, None, None), False, "", None, None, False)
    facts = for_clocks(found, row.starts)
    unknown = [one for one in facts if one.kind == EventKind.PAUSED and one.reason not in row.pause_reasons]
    told = clocks.both_clocks([one for one in facts if one not in unknown], today, row)
    lived = _closed(clocks.lived_wait(facts, today, (*row.stops, *ends)), referral, today)
    why = told.why
    if unknown:
        why = "; ".join(filter(None, [why, f"{row.name} knows no such pause, so the count goes on"]))
    due_on = due_of(told.reportable, row, today)
    is_late = due_on is not None and (told.reportable.stop or today) > due_on
    return Clocks(lived, told.reportable, told.show_both, why, row, due_on, is_late)


def _closed(wait: clocks.Wait, referral: Referral, today: date) -> clocks.Wait:
    """A referral that was closed by hand waits no longer."""
    if wait.stop is None and wait.start and referral.closed_on and referral.closed_on <= today:
        return replace(wait, stop=referral.closed_on, days=(referral.closed_on - wait.start).days)
    return wait


def due_of(wait: clocks.Wait, row: clocks.Standard, today: date) -> date | None:
    """The last day within the standard, moved by the days that were off the count; None without a time or a start."""
    if wait.start is None or wait.days is None:
        return None
    last = clocks.due(wait.start, row)
    off = ((wait.stop or today) - wait.start).days - wait.days
    return last + timedelta(days=off) if last else None


def target_of(stage: Stage, priority: int, referral_made_on: date) -> date:
    """The last day within the list's own target for a priority."""
    return referral_made_on + timedelta(weeks=stage.weeks_for(priority))
