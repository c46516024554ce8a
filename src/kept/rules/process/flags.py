"""The flags of a case and its figures for the SEN2 return (sections 3.5, 18 and 20 of the reference)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    plans, windows = facts.days(sent), facts.days(served)
    if not plans or not windows:
        return False
    responses = facts.days("family_responded")
    length = judge.table.clocks[clock_id].length
    for plan in plans:
        opened = max((day for day in windows if day <= plan), default=None)
        if opened is None or (plan - opened).days >= length:
            continue
        if not any(opened <= response <= plan for response in responses):
            return True
    return False


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
