"""The flags of a case and its figures for the SEN2 return (sections 3.5, 18 and 20 of the reference)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .events import Event
from .facts import Facts
from .judge import Judge
from .table import Pattern

TWENTY_WEEKS_DAYS = 140
INSIDE_WINDOW = "finalised_inside_window"
REJECTED = "exception_rejected:"
# The window's clock, what opens the window, and what may not be sent inside it without a response.
WINDOWS = (
    ("draft.representations", "draft_plan_served", "final_plan_sent"),
    ("amend.representations", "amendment_notice_sent", "amended_plan_sent"),
    ("detained.representations", "detained_draft_served", "detained_final_plan_sent"),
)
_STARTS = (Pattern("request_received"), Pattern("became_responsible"))
_PLAN = (Pattern("final_plan_sent"),)


@dataclass(frozen=True)
class Sen2:
    """The first plan's timeliness: days from request to plan, within 140 days, and the exception flag (1 or 0)."""

    days_to_plan: int
    within_20_weeks: bool
    week20_exception: int


def flags(facts: Facts, judge: Judge) -> tuple[str, ...]:
    """Rejected exceptions in the order recorded, then a plan sent inside the family's window; each once."""
    found = []
    for placed in facts.known.get("exception_recorded", ()):
        details = placed.event.details
        if (str(details.get("clock")), placed.place) not in judge.accepted:
            found.append(f"{REJECTED}{details.get('exception')}")
    if any(_sent_inside(facts, judge, *window) for window in WINDOWS):
        found.append(INSIDE_WINDOW)
    return tuple(dict.fromkeys(found))


def _sent_inside(facts: Facts, judge: Judge, clock_id: str, served: str, sent: str) -> bool:
    """Whether any plan was sent on or before the last day of the window then open, with no response by that day."""
    windows, responses = facts.days(served), facts.days("family_responded")
    length = judge.table.clocks[clock_id].length
    return any(_free_from(plan, windows, responses, length) for plan in facts.days(sent))


def _free_from(plan: date, windows: Iterable[date], responses: Iterable[date], length: int) -> date | None:
    """The first day on which a plan may be sent unanswered, where this day lies inside the family's window."""
    opened = max((day for day in windows if day <= plan), default=None)
    if opened is None or (plan - opened).days >= length or any(opened <= day <= plan for day in responses):
        return None
    return opened + timedelta(days=length)


def window_open_until(known: Facts, event: Event, judge: Judge) -> date | None:
    """For a plan that would be sent inside the family's window without its response: the first day that is free."""
    for clock_id, served, sent in WINDOWS:
        if event.type == sent:
            length = judge.table.clocks[clock_id].length
            return _free_from(event.date, known.days(served), known.days("family_responded"), length)
    return None


def sen2(facts: Facts, judge: Judge) -> Sen2 | None:
    """The figures, or None until both a request (or responsibility) and a final plan are recorded."""
    start, plan = facts.first(_STARTS), facts.first(_PLAN)
    if start is None or plan is None:
        return None
    days = _days(start.day, plan.day)
    excepted = any(clock == "assess.final_plan" for clock, _place in judge.accepted)
    return Sen2(days, days <= TWENTY_WEEKS_DAYS, int(excepted))


def _days(start: date, end: date) -> int:
    return (end - start).days
