"""The half-terms in which each school confirms its roll. Pure; the same for every school of the area.

English schools set their own holidays, so the boundaries are fixed days that lie in nobody's teaching weeks or near
them: what matters is that each of the six is confirmed once.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from kept.rules.delivery import usual_calendar

CONFIRM_WITHIN = 20  # days from the beginning of the half-term
_STARTS = (
    ("autumn-1", "first half of the autumn term", 9, 1),
    ("autumn-2", "second half of the autumn term", 11, 1),
    ("spring-1", "first half of the spring term", 1, 4),
    ("spring-2", "second half of the spring term", 2, 20),
    ("summer-1", "first half of the summer term", 4, 15),
    ("summer-2", "second half of the summer term", 6, 1),
)


@dataclass(frozen=True)
class HalfTerm:
    """One half-term: its key ("2026-autumn-1"), its name and its first day."""

    key: str
    name: str
    starts_on: date

    @property
    def due_on(self) -> date:
        """The day by which rolls are confirmed: a day on which schools are open.

        Where the last of the days agreed is a weekend, a bank holiday or in the usual Easter holidays, the next school
        day is in time, as it is in law for a day that is no working day: nobody gets less time than was agreed.
        """
        last = self.starts_on + timedelta(days=CONFIRM_WITHIN)
        days = usual_calendar(last.year - 1, last.year).days
        return days[bisect_left(days, last)]


def half_term_of(day: date) -> HalfTerm:
    """The half-term that a day lies in; the summer holidays count to the second half of the summer term."""
    found = [
        HalfTerm(f"{year}-{key}", f"{name} {year}", date(year, month, first))
        for year in (day.year - 1, day.year)
        for key, name, month, first in _STARTS
    ]
    return max((one for one in found if one.starts_on <= day), key=lambda one: one.starts_on)
