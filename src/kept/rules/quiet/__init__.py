"""Quiet hours: when a family is left in peace, and the next moment at which an email may go. Pure.

The published default is from 8 in the evening to 8 in the morning and all Sunday; an area sets its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

SUNDAY = 6


@dataclass(frozen=True)
class Hours:
    """From when until when families are left in peace, by London's clock. Equal times: no quiet hours in the week."""

    begins: time = time(20, 0)
    ends: time = time(8, 0)
    sundays: bool = True


def is_quiet(moment: datetime, hours: Hours) -> bool:
    """Whether a family is left in peace at that moment."""
    if hours.sundays and moment.weekday() == SUNDAY:
        return True
    now = moment.time()
    if hours.begins <= hours.ends:
        return hours.begins <= now < hours.ends
    return now >= hours.begins or now < hours.ends


def next_allowed(moment: datetime, hours: Hours) -> datetime:
    """The moment itself, or the next one at which an email may go."""
    if not is_quiet(moment, hours):
        return moment
    first = moment.date()
    for ahead in range(9):
        day = first + timedelta(days=ahead)
        for at in (time(0), hours.ends):
            then = datetime.combine(day, at, tzinfo=moment.tzinfo)
            if then > moment and not is_quiet(then, hours):
                return then
    return moment
