"""Dates and targets that cannot be, refused with a sentence. Pure: facts and today in. No rule of law is in here."""

from __future__ import annotations

from datetime import date, timedelta

from kept.design.words import day
from kept.improvement.judging import MilestoneFacts, NotAllowed
from kept.measures.definition import COUNT, DAYS, SHARE, Definition

FURTHEST = timedelta(days=366 * 5)
MEETING_AHEAD = timedelta(days=366)
ALL = 100


def check_forecast(state: MilestoneFacts, expected_on: date, today: date) -> None:
    """Raise NotAllowed for a forecast that moves nothing: each is kept for good and counts as a move (rule 9)."""
    if state.accepted_on:
        raise NotAllowed(f"This was accepted on {day(state.accepted_on)}, so there is nothing left to expect.")
    if expected_on == state.expected_on:
        raise NotAllowed(f"It is expected on {day(expected_on)} already: nothing was moved.")
    if expected_on < today:
        raise NotAllowed("A forecast cannot be in the past. Say when it is expected from today.")
    _check_not_too_far(expected_on, today)


def check_promise(starts_on: date, promised_on: date, today: date) -> None:
    """Raise NotAllowed for a milestone that is promised before its action starts, or beyond any programme."""
    if promised_on < starts_on:
        raise NotAllowed(f"The action starts on {day(starts_on)}: nothing of it can be promised for an earlier day.")
    _check_not_too_far(promised_on, today)


def _check_not_too_far(on: date, today: date) -> None:
    if on > today + FURTHEST:
        raise NotAllowed(f"{day(on)} is more than five years away. Look at the year again.")


def check_aim(one: Definition, target: float | None, target_on: date | None, today: date) -> None:
    """Raise NotAllowed for a target that the measure can never show, or a day for no target."""
    if target is None:
        if target_on is not None:
            raise NotAllowed("There is a day and no target. Say what the measure should show by then.")
        return
    if target < 0 or (one.unit == SHARE and one.has_ceiling and target > ALL):
        most = " and 100" if one.unit == SHARE and one.has_ceiling else " and more"
        unit = {SHARE: "per cent", DAYS: "days", COUNT: one.adds_up}[one.unit]
        raise NotAllowed(f"{one.code} is counted in {unit}: choose a target between nought{most}.")
    if target_on is not None and target_on < today:
        raise NotAllowed("A target is for a day to come.")
    if target_on is not None:
        _check_not_too_far(target_on, today)


def check_meeting(meets_on: date, started_on: date, today: date) -> None:
    """Raise NotAllowed for a meeting before the programme began, or more than a year away."""
    if meets_on < started_on:
        raise NotAllowed(f"The programme started on {day(started_on)}: it had no meeting before that.")
    if meets_on > today + MEETING_AHEAD:
        raise NotAllowed(f"{day(meets_on)} is more than a year away. Look at the year again.")


def check_held(meets_on: date, today: date, what: str) -> None:
    """Raise NotAllowed for what can be written of a meeting only when it was held."""
    if today < meets_on:
        raise NotAllowed(f"The meeting has not been held yet, so nobody can say what was {what} there.")
