"""Quiet hours: nothing reaches a family's phone in the evening, at night or on a Sunday. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

FROM, UNTIL = time(20, 0), time(8, 0)
SUNDAY = 6


def is_quiet(moment: datetime) -> bool:
    """Whether a family should be left in peace at that moment (London's clock)."""
    return not UNTIL <= moment.time() < FROM or moment.weekday() == SUNDAY


def next_allowed(moment: datetime) -> datetime:
    """The moment itself, or the next one at which a message may go."""
    if not is_quiet(moment):
        return moment
    day = moment.date() if moment.time() < UNTIL else moment.date() + timedelta(days=1)
    if day.weekday() == SUNDAY:
        day += timedelta(days=1)
    return datetime.combine(day, UNTIL, tzinfo=moment.tzinfo)


def day_on_letter(moment: datetime, *, mails_family: bool, limit: date | None) -> date:
    """The day that the letters bear: the day on which they will go.

    An email to a family waits for the morning, and then all letters of the notice bear that day; unless the limit would
    be missed by waiting, when it goes at once.
    """
    today = moment.date()
    if not mails_family or must_go_now(moment, limit):
        return today
    return next_allowed(moment).date()


def must_go_now(moment: datetime, limit: date | None) -> bool:
    """Whether waiting for the morning would miss a limit that can still be kept."""
    return limit is not None and moment.date() <= limit < next_allowed(moment).date()
