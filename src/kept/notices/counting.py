"""The dates of a notice, counted from the case and from the day on the letter. Pure.

Rights run from the day the letter is sent; the family's 15 days from the day it is served: the same day by hand or
email, and by post after the working days that the council allows for delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kept.notices.sorts import Sort, sort_of
from kept.rules.calendar import ENGLAND, WorkingCalendar, calendar_with
from kept.rules.process import CaseState, ClockState, Notice
from kept.rules.process.due import due_date
from kept.rules.process.notices import rights_from, sent_for
from kept.rules.process.readings import Readings
from kept.rules.process.table import clocks

ONE_DAY = timedelta(days=1)
WINDOW = "draft.representations"


@dataclass(frozen=True)
class Dates:
    """The days that a notice tells the family. None where the notice has no such day."""

    dated: date
    served: date
    event_on: date | None = None
    contact_by: date | None = None
    appeal_by: date | None = None
    respond_by: date | None = None
    meeting_on: date | None = None
    cease_from: date | None = None
    decide_by: date | None = None
    no_plan_by: date | None = None
    final_by: date | None = None


def served_on(dated: date, *, by_post: bool, post_days: int, calendar: WorkingCalendar = ENGLAND) -> date:
    """The day on which a letter counts as delivered."""
    return calendar.after(dated, post_days) if by_post else dated


def dates_for(state: CaseState | None, sort: Sort, *, event_on: date | None, dated: date, served: date) -> Dates:
    """Every day that the notice must tell, from the case as folded.

    event_on: the day of the step that the notice is about. A draft or amendment notice that the record says was served
    later than the letter gives the family the later window, never the earlier.
    """
    if state is None:
        return Dates(dated, served, event_on)
    calendar = calendar_with(state.settings.extra_bank_holidays)
    found: dict[str, date | None] = {}
    if sort.has_rights:
        rights = rights_from(dated, state.facts, calendar)
        found |= {"contact_by": rights.contact_adviser_by, "appeal_by": rights.appeal_by}
        found["cease_from"] = rights.appeal_by + ONE_DAY if sort.decision == "cease" else None
    if "window" in sort.statements:
        start = max(served, event_on or served)
        found["respond_by"] = due_date(clocks()[WINDOW], start, calendar, Readings())
    if sort.key == "N6":
        found["meeting_on"] = event_on
    detained = "detained." if sort.number == "N13" else ""
    limits = {
        "decide_by": f"{detained or 'assess.'}decision",
        "no_plan_by": f"{detained or 'assess.'}no_plan_notice",
        "final_by": f"{detained or 'assess.'}final_plan",
    }
    for name, limit in limits.items():
        clock = state.clock(limit)
        found[name] = clock.due if clock else None
    return Dates(dated, served, event_on, **found)


@dataclass(frozen=True)
class Owed:
    """A notice that a step of the case calls for: its sort, the step, its day, and when it was sent, if it was."""

    sort: Sort
    event: str
    on: date
    key: str
    sent: date | None
    due: date | None


# The new council tells the family when a plan is transferred; that the family moves is no notice of ours.
_OF_OTHERS = frozenset({("N12", "moved")})


def owed_by(state: CaseState) -> list[Owed]:
    """The notices that the steps recorded so far call for, and those for meetings to come; oldest first."""
    found = [_owed(state, notice) for notice in state.notices if (notice.number, notice.event) not in _OF_OTHERS]
    known = {(one.event, one.key) for one in found}
    for placed in state.facts.planned.get("review_meeting", ()):
        if placed.day > state.as_of and ("review_meeting", placed.event.key) not in known:
            found.append(_meeting(state, placed.day, placed.event.key or ""))
    return sorted(found, key=lambda one: one.on)


def step_since(owed: Iterable[Owed], on: date, today: date) -> Owed | None:
    """The latest step with a notice of its own that happened after a day: then the case has moved on. None without."""
    later = [one for one in owed if on < one.on <= today]
    return max(later, key=lambda one: one.on, default=None)


def _owed(state: CaseState, notice: Notice) -> Owed:
    placed = next(
        (one for one in state.facts.known.get(notice.event, ()) if one.day == notice.on),
        None,
    )
    details = placed.event.details if placed else {}
    sort = sort_of(notice, str(details.get("outcome", "")))
    sent = notice.sent if sort.has_rights else None
    if sort.has_rights and sent is None and placed is not None:
        sent = sent_for(placed, {sort.decision}, state.facts)
    clock = _limit(state, sort.limit, notice.on)
    return Owed(
        sort, notice.event, notice.on, (placed.event.key or "") if placed else "", sent, clock.due if clock else None
    )


def _meeting(state: CaseState, day: date, key: str) -> Owed:
    from kept.notices.sorts import SORTS

    clock = _limit(state, "review.meeting_notice", day)
    return Owed(SORTS["N6"], "review_meeting", day, key, clock.stop if clock else None, clock.due if clock else None)


def _limit(state: CaseState, name: str | None, on: date) -> ClockState | None:
    """The round of a limit that a step belongs to: the latest that had begun on its day."""
    begun = [one for one in state.clocks if one.id == name and one.trigger is not None and one.trigger <= on]
    return begun[-1] if begun else None
