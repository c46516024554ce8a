"""Working days in England: Monday to Friday less Christmas Day, Good Friday and bank holidays.

The SEND Regulations do not define the term; this is the reading A8 of the product. Bank holidays come from the
`holidays` package (England); one-off days such as a state event can be added as data. An authority's own closure days
are never bank holidays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5
AUGUST = 8
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def england_bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, substitute days included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def in_tribunal_recess(day: date) -> bool:
    """Whether a day is in August or from 25 December to 1 January (HESC Rules rule 12(3))."""
    return day.month == AUGUST or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1)


class WorkingCalendar:
    """Working-day arithmetic with some extra bank holidays. Answers are cached per year; safe to share."""

    def __init__(self, extra: Iterable[date] = ()) -> None:
        self.extra = frozenset(extra)
        self._years: dict[tuple[int, bool], tuple[int, ...]] = {}

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and not a bank holiday."""
        return day.weekday() < SATURDAY and day not in england_bank_holidays(day.year) and day not in self.extra

    def _working_days(self, year: int, tribunal: bool) -> tuple[int, ...]:
        """Ordinals of the year's working days, ascending; for the Tribunal without its recess."""
        key = (year, tribunal)
        if key not in self._years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = (date.fromordinal(number) for number in range(first, last + 1))
            self._years[key] = tuple(
                day.toordinal()
                for day in days
                if self.is_working_day(day) and not (tribunal and in_tribunal_recess(day))
            )
        return self._years[key]

    def after(self, start: date, count: int, *, tribunal: bool = False) -> date:
        """The `count`-th working day (1 or more) after `start`, which is not counted. `WD_AFTER`, `TRIB_WD`."""
        year = start.year
        days = self._working_days(year, tribunal)
        place = bisect_right(days, start.toordinal()) + count - 1
        while place >= len(days):
            place -= len(days)
            year += 1
            days = self._working_days(year, tribunal)
        return date.fromordinal(days[place])

    def inclusive(self, start: date, count: int) -> date:
        """The `count`-th working day beginning with `start`, or with the next working day. `WD_INCLUSIVE`."""
        return self.after(start - ONE_DAY, count)

    def before(self, end: date, count: int) -> date:
        """The `count`-th working day counted back from `end`, which is not counted."""
        year = end.year
        days = self._working_days(year, False)
        place = bisect_left(days, end.toordinal()) - count
        while place < 0:
            year -= 1
            days = self._working_days(year, False)
            place += len(days)
        return date.fromordinal(days[place])

    def on_or_before(self, day: date) -> date:
        """The last working day on or before a day: the day to work to when a limit falls on a day off."""
        return self.before(day + ONE_DAY, 1)

    def on_or_after(self, day: date) -> date:
        """The first working day on or after a day."""
        return self.after(day - ONE_DAY, 1)


@lru_cache(maxsize=32)
def calendar_with(extra: frozenset[date] = frozenset()) -> WorkingCalendar:
    """The shared calendar for a set of extra bank holidays."""
    return WorkingCalendar(extra)


ENGLAND = calendar_with(frozenset())
