"""Working days, Tribunal days and every way the SEND law counts time. Dates in, dates out; nobody's clock is read."""

from .counting import (
    add_months,
    calendar_after,
    calendar_inclusive,
    days_in,
    month_after,
    month_inclusive,
    months_before,
    tribunal_roll,
    window_start,
)
from .working_days import ENGLAND, WorkingCalendar, calendar_with, england_bank_holidays

__all__ = [
    "ENGLAND",
    "WorkingCalendar",
    "add_months",
    "calendar_after",
    "calendar_inclusive",
    "calendar_with",
    "days_in",
    "england_bank_holidays",
    "month_after",
    "month_inclusive",
    "months_before",
    "tribunal_roll",
    "window_start",
]
