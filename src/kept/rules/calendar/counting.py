"""The counting rules of the SEND time limits, one small function each.

A period "within N of" an event leaves the day of the event out; a period "beginning with" a day counts it; months run
to the corresponding date (Dodds v Walker [1981] 1 WLR 1027). Nothing here rolls forward but the Tribunal's own rule.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from .working_days import AUGUST, WorkingCalendar, in_tribunal_recess

DAYS_IN_A_WEEK = 7
MONTHS_IN_A_YEAR = 12
DECEMBER = 12
ONE_DAY = timedelta(days=1)


def days_in(length: int, unit: str) -> int:
    """The number of days in a length of `days` or `weeks`. Raises ValueError for another unit."""
    if unit == "weeks":
        return length * DAYS_IN_A_WEEK
    if unit == "days":
        return length
    raise ValueError(f"A length in {unit} has no fixed number of days.")


def calendar_after(start: date, days: int) -> date:
    """`CAL_AFTER`: the start is not counted."""
    return start + timedelta(days=days)


def calendar_inclusive(start: date, days: int) -> date:
    """`CAL_INCLUSIVE`: the start is day 1."""
    return start + timedelta(days=days - 1)


def add_months(start: date, months: int) -> tuple[date, bool]:
    """The corresponding day `months` later (earlier if negative), and whether that month has such a day.

    Without such a day the date is the last day of the month.
    """
    year, month = divmod(start.year * MONTHS_IN_A_YEAR + start.month - 1 + months, MONTHS_IN_A_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)), start.day <= last


def month_after(start: date, months: int) -> date:
    """`MONTH_AFTER`: the corresponding day, or the last day of the month."""
    return add_months(start, months)[0]


def month_inclusive(start: date, months: int) -> date:
    """`MONTH_INCLUSIVE`: the day before the corresponding day, or the last day of a month that has none."""
    day, exact = add_months(start, months)
    return day - ONE_DAY if exact else day


def months_before(end: date, months: int) -> date:
    """The corresponding day `months` earlier, or the last day of that month."""
    return add_months(end, -months)[0]


def window_start(end: date, months: int) -> date:
    """`WINDOW_ENDING`: the first day of the period of `months` ending with `end`."""
    return months_before(end, months) + ONE_DAY


def tribunal_roll(day: date, calendar: WorkingCalendar) -> date:
    """The day on which an act due at the Tribunal is in time (HESC Rules rule 12(2), (3)).

    Rule 12(3) is tried first: a date in August or from 25 December to 1 January moves to the first working day after.
    Otherwise a date that is not a working day moves to the next one, and stays there even if that is in August.
    """
    if not in_tribunal_recess(day):
        return calendar.on_or_after(day)
    if day.month == AUGUST:
        return calendar.after(date(day.year, 8, 31), 1)
    return calendar.after(date(day.year + (day.month == DECEMBER), 1, 1), 1)
