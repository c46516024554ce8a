"""The due date of a clock from the day that starts it: one function for each counting code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kept.rules import calendar as count
from kept.rules.calendar import WorkingCalendar

from .facts import Facts
from .readings import AtLeastTwoWeeks, FixedDate, Readings, ReceiptDay
from .table import Clock, Component

ONE_DAY = timedelta(days=1)
CUTOFF_WORKING_DAYS = 15


def due_date(clock: Clock, start: date, calendar: WorkingCalendar, readings: Readings) -> date:
    """The last day on which the duty is met. For the counting codes that need nothing but the trigger."""
    return COUNT[clock.counting](clock, start, calendar, readings)


def _cal_after(clock: Clock, start: date, _calendar: WorkingCalendar, readings: Readings) -> date:
    due = count.calendar_after(start, count.days_in(clock.length, clock.unit))
    day_one = clock.from_receipt and readings.a1_receipt_day is ReceiptDay.DAY_ONE
    return due - ONE_DAY if day_one else due


def _cal_inclusive(clock: Clock, start: date, _calendar: WorkingCalendar, _readings: Readings) -> date:
    return count.calendar_inclusive(start, count.days_in(clock.length, clock.unit))


def _wd_after(clock: Clock, start: date, calendar: WorkingCalendar, _readings: Readings) -> date:
    return calendar.after(start, clock.length)


def _wd_inclusive(clock: Clock, start: date, calendar: WorkingCalendar, _readings: Readings) -> date:
    return calendar.inclusive(start, clock.length)


def _month_after(clock: Clock, start: date, _calendar: WorkingCalendar, _readings: Readings) -> date:
    return count.month_after(start, clock.length)


def _month_inclusive(clock: Clock, start: date, _calendar: WorkingCalendar, _readings: Readings) -> date:
    return count.month_inclusive(start, clock.length)


def _trib_wd(clock: Clock, start: date, calendar: WorkingCalendar, _readings: Readings) -> date:
    return calendar.after(start, clock.length, tribunal=True)


def _before_date(clock: Clock, start: date, _calendar: WorkingCalendar, readings: Readings) -> date:
    fixed = quoted_deadline(clock, start)
    return fixed if readings.a2_fixed_date is FixedDate.BY_THE_DATE else fixed - ONE_DAY


def _min_before(clock: Clock, start: date, _calendar: WorkingCalendar, readings: Readings) -> date:
    if clock.unit == "months":
        return count.months_before(start, clock.length)
    clear = readings.a4_at_least_two_weeks is AtLeastTwoWeeks.CLEAR_DAYS
    return start - timedelta(days=count.days_in(clock.length, clock.unit) + clear)


def _window_ending(clock: Clock, start: date, _calendar: WorkingCalendar, _readings: Readings) -> date:
    return count.window_start(start, clock.length)


def _immediate(_clock: Clock, start: date, _calendar: WorkingCalendar, _readings: Readings) -> date:
    return start


COUNT: Mapping[str, Callable[[Clock, date, WorkingCalendar, Readings], date]] = {
    "CAL_AFTER": _cal_after,
    "CAL_INCLUSIVE": _cal_inclusive,
    "WD_AFTER": _wd_after,
    "WD_INCLUSIVE": _wd_inclusive,
    "MONTH_AFTER": _month_after,
    "MONTH_INCLUSIVE": _month_inclusive,
    "TRIB_WD": _trib_wd,
    "BEFORE_DATE": _before_date,
    "MIN_BEFORE_EVENT": _min_before,
    "WINDOW_ENDING": _window_ending,
    "IMMEDIATE": _immediate,
}


def quoted_deadline(clock: Clock, transfer: date) -> date:
    """The fixed date itself in the year of transfer, as the Code quotes it. Raises ValueError without one."""
    if clock.fixed_date is None:
        raise ValueError(f"{clock.id} has no fixed date.")
    month, day = clock.fixed_date
    return date(transfer.year, month, day)


def cutoff(moved: date, calendar: WorkingCalendar) -> date:
    """The last day on which knowing of a move means a transfer on the day of the move (reg 15(2))."""
    return calendar.before(moved, CUTOFF_WORKING_DAYS)


def transfer_due(clock: Clock, aware: date, moved: date | None, calendar: WorkingCalendar) -> date:
    """The day of the move where the body knew by the cut-off; otherwise 15 working days beginning with knowing,
    never before the move (reg 15(2))."""
    if moved is not None and aware <= cutoff(moved, calendar):
        return moved
    due = calendar.inclusive(aware, clock.length)
    return due if moved is None else max(due, moved)


def appeal_limit(
    clock: Clock, notice: date, facts: Facts, calendar: WorkingCalendar, *, until: date | None = None
) -> tuple[date, date | None]:
    """The last day for lodging an appeal, and the certificate's date where there is one.

    The later of two months from the notice and one month from the first certificate issued on or after it (and before
    `until`), then the Tribunal's roll (HESC Rules rules 12 and 20(1)(c)).
    """
    latest = count.month_after(notice, clock.length)
    issued = None
    if clock.certificate is not None:
        found = facts.first(clock.certificate.triggers, notice)
        if found is not None and (until is None or found.day < until):
            issued = found.day
            latest = max(latest, count.month_after(issued, clock.certificate.length))
    return count.tribunal_roll(latest, calendar), issued


def later_of(clock: Clock, start: date, facts: Facts) -> date:
    """The latest limb of a "later of" limit; each limb takes its latest event on or before the start (reg 15(5))."""
    return max(limb for part in clock.components if (limb := _limb(part, start, facts)) is not None)


def _limb(part: Component, start: date, facts: Facts) -> date | None:
    days = [placed.day for placed in facts.matching(part.triggers) if placed.day <= start]
    return count.month_inclusive(days[-1], part.length) if days else None
