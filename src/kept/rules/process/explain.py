"""How a date was counted and what came of it, in sentences that a family can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .catalogue import words_for
from .status import ClockState

FAMILY = "parent or young person"
COUNTED: Mapping[str, str] = {
    "CAL_AFTER": "{limit} from then, not counting that day, {ends} {due}. Weekends and holidays count.",
    "CAL_INCLUSIVE": "{limit} beginning with that day {ends} {due}. Weekends and holidays count.",
    "WD_AFTER": "{limit} after that day, leaving out weekends and bank holidays, {ends} {due}.",
    "WD_INCLUSIVE": "{limit} beginning with that day, leaving out weekends and bank holidays, {ends} {due}.",
    "MONTH_AFTER": "{limit} later is {due}.",
    "MONTH_INCLUSIVE": "{limit} starting with that day {ends} {due}.",
    "TRIB_WD": "{limit}, leaving out weekends, bank holidays, August and 25 December to 1 January, {ends} {due}.",
    "BEFORE_DATE": "It must be done before {quoted}, so the last day is {due}.",
    "MIN_BEFORE_EVENT": "It must be done {limit}, so the last day is {due}.",
    "WINDOW_ENDING": "The {limit} ending with that day begin on {due}.",
    "LATER_OF": "The later of 12 months from the plan or its last review and 3 months from the transfer is {due}.",
    "IMMEDIATE": "It is due at once, on {due}.",
    "ASAP": "It is due as soon as practicable; the law gives no number of days.",
}
OUTCOME: Mapping[str, str] = {
    "met": "It was done in time, on {stop}.",
    "late": "It was done on {stop}, {days} late.",
    "overdue": "It has not been done and is {days} past the limit.",
    "open": "It is still to be done.",
    "window_open": "The family can still respond.",
    "window_closed": "That time has passed.",
    "gate_open": "The plan may now cease.",
    "gate_closed": "Until then everything in the plan must still be delivered.",
    "bar_available": "An earlier assessment was completed in that time, so the request may be declined on this ground.",
    "bar_not_available": "No earlier assessment was completed in that time, so this ground is not available.",
}
# How one cycle ends what another left undone.
TOOK_ITS_PLACE: Mapping[str, str] = {
    "meeting": "that is the day of the meeting",
    "review": "another review meeting took its place",
    "review_changes": "another review gave notice of its own changes",
    "amendment": "another notice of changes took its place",
    "phase": "from then on a plan is for the next move",
    "dispute": "another decision came, with steps of its own",
}


def day_words(day: date | None) -> str:
    """A date as people write it: 3 March 2026."""
    return f"{day.day} {day:%B %Y}" if day is not None else "no date"


def days_words(days: int | None) -> str:
    """A number of calendar days in words that agree."""
    return f"{days or 0} day{'' if days == 1 else 's'}"


def explain(state: ClockState) -> str:
    """Why the clock has its due date, what happened, and the authority."""
    return " ".join([_start(state), *_counted(state), _outcome(state), f"({state.citation})"])


def _start(state: ClockState) -> str:
    return f"On {day_words(state.trigger)} {words_for(state.trigger_event or '')}."


def _counted(state: ClockState) -> list[str]:
    clock = state.clock
    if clock.counting == "CEASE_GATE":
        return [_gate(state)]
    if clock.counting == "TRIB_MONTH":
        return [_appeal(state)]
    if clock.moved_event is not None:
        return [_transfer(state)]
    if state.capped:
        return [f"12 weeks from the review meeting end on {day_words(state.due)}; that comes first and is the limit."]
    plural = "ends on" if clock.length == 1 else "end on"
    words = COUNTED[clock.counting].format(
        limit=clock.limit, ends=plural, due=day_words(state.due), quoted=day_words(state.quoted_deadline)
    )
    return [words]


def _gate(state: ClockState) -> str:
    if state.due is None:
        return "An appeal has been made, so the plan must be kept until it is finally determined."
    return f"The plan may cease from {day_words(state.due)}: after the time to appeal, or once an appeal is decided."


def _appeal(state: ClockState) -> str:
    later = ""
    if state.certificate is not None:
        later = f" or, if later, 1 month from the mediation certificate of {day_words(state.certificate)}"
    return (
        f"The Tribunal must receive an appeal within 2 months of the notice{later}; a date on a day off, in August or "
        f"from 25 December to 1 January moves to the next day that counts: {day_words(state.due)}."
    )


def _transfer(state: ClockState) -> str:
    if state.moved is not None and state.due == state.moved:
        known = f"The last day to know 15 working days ahead was {day_words(state.cutoff)}. "
        return f"{known}It is due on the day of the move, {day_words(state.due)}."
    return (
        f"15 working days beginning with the day the move was known, and not before it, end on {day_words(state.due)}."
    )


def _outcome(state: ClockState) -> str:
    if state.status == "released":
        past = f", {days_words(state.days)} past the limit" if state.days else ""
        return f"A recorded exception ({state.released_by}) releases this limit{past}; the duty itself continues."
    if state.missed:
        moot = {pattern.type for pattern in state.clock.moot_after}
        by = state.superseded_by or ""
        why = words_for(by) if by in moot else TOOK_ITS_PLACE.get(state.clock.cycle, words_for(by))
        return f"It was not done, and since {day_words(state.superseded_on)} it no longer can be: {why}."
    if state.status == "superseded":
        return f"It no longer applies: {words_for(state.superseded_by or '')}."
    if state.status == "overdue" and state.clock.duty_holder == FAMILY:
        return "The family did not use this right in that time."
    return OUTCOME[state.status].format(stop=day_words(state.stop), days=days_words(state.days))
