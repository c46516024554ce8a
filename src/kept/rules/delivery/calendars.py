"""School calendars: which days are school days, in which half-term, with changes in the middle of a year."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, pairwise

from kept.rules.delivery.model import Unit

WEEKDAYS = 5
A_DAY = timedelta(days=1)


class BadCalendar(ValueError):
    """A calendar that cannot be; the text is a sentence for whoever typed it."""


@dataclass(frozen=True)
class HalfTerm:
    """A half-term: its key ("2026-autumn-1"), first and last school day."""

    key: str
    starts_on: date
    ends_on: date

    @property
    def term(self) -> str:
        """The key of its term, "2026-autumn"."""
        return self.key.rsplit("-", 1)[0]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, eq=False)
class Calendar:
    """The school days of a setting, or of a child who moved between settings. Made by `calendar` or `spliced`."""

    half_terms: tuple[HalfTerm, ...]
    days: tuple[date, ...]

    @cached_property
    def open_days(self) -> frozenset[date]:
        """The school days as a set."""
        return frozenset(self.days)

    @cached_property
    def _starts(self) -> list[date]:
        return [one.starts_on for one in self.half_terms]

    def half_term_on(self, day: date) -> HalfTerm | None:
        """The half-term that a day lies in; a holiday counts to the half-term before it. None before the first."""
        place = bisect_right(self._starts, day)
        return self.half_terms[place - 1] if place else None

    def count(self, after: date, until: date) -> int:
        """School days after one day and up to another, that one included."""
        return max(bisect_right(self.days, until) - bisect_right(self.days, after), 0)

    def add(self, day: date, number: int) -> date:
        """The day that lies so many school days after another; weekdays where the calendar has ended."""
        place = bisect_right(self.days, day) + number - 1
        if place < len(self.days):
            return self.days[place]
        left, last = place - len(self.days) + 1, max([day, *self.days[-1:]])
        while left:
            last += A_DAY
            left -= last.weekday() < WEEKDAYS
        return last

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """School days from one to another, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    @cached_property
    def all_weekdays(self) -> tuple[date, ...]:
        """Every Monday to Friday from the first school day to the last, for what is owed all year round."""
        if not self.days:
            return ()
        span = (self.days[-1] - self.days[0]).days + 1
        every = (self.days[0] + timedelta(days=number) for number in range(span))
        return tuple(day for day in every if day.weekday() < WEEKDAYS)

    def groups(self, unit: Unit, *, year_round: bool = False) -> tuple[tuple[date, ...], ...]:
        """The days by period, in order. Fortnights are made of weeks by whoever knows when the first begins."""
        return self._grouped[unit, year_round]

    @cached_property
    def _grouped(self) -> dict[tuple[Unit, bool], tuple[tuple[date, ...], ...]]:
        keys = {
            Unit.DAY: lambda day: day,
            Unit.WEEK: monday_of,
            Unit.FORTNIGHT: monday_of,
            Unit.MONTH: lambda day: (day.year, day.month),
            Unit.HALF_TERM: lambda day: getattr(self.half_term_on(day), "key", ""),
            Unit.TERM: lambda day: getattr(self.half_term_on(day), "term", ""),
            Unit.YEAR: lambda day: day.year - (day.month < 9),  # noqa: PLR2004 - the school year begins in September
        }
        return {
            (unit, all_year): tuple(tuple(found) for _, found in groupby(days, key))
            for unit, key in keys.items()
            for all_year, days in ((False, self.days), (True, self.all_weekdays))
        }


def calendar(half_terms: Iterable[HalfTerm], closed: Iterable[date] = ()) -> Calendar:
    """A calendar from its half-terms and the days on which the setting is closed inside them. Raises BadCalendar."""
    terms = tuple(sorted(half_terms, key=lambda one: one.starts_on))
    for one in terms:
        if one.ends_on < one.starts_on:
            raise BadCalendar(f"The half-term {one.key} ends before it starts.")
    for first, second in pairwise(terms):
        if second.starts_on <= first.ends_on:
            raise BadCalendar(f"The half-terms {first.key} and {second.key} overlap.")
    shut = frozenset(closed)
    days = tuple(
        day
        for one in terms
        for number in range((one.ends_on - one.starts_on).days + 1)
        if (day := one.starts_on + timedelta(days=number)).weekday() < WEEKDAYS and day not in shut
    )
    return Calendar(terms, days)


def spliced(parts: Sequence[tuple[date, Calendar]]) -> Calendar:
    """One calendar from several, each holding from its day until the next begins.

    So a setting changes its calendar in the middle of a year without rewriting the days before, and a child who moves
    follows the old school's days until the move and the new one's after.
    """
    ordered = sorted(parts, key=lambda part: part[0])
    if len(ordered) == 1:
        return ordered[0][1]
    days: list[date] = []
    terms: dict[str, HalfTerm] = {}
    for place, (from_on, one) in enumerate(ordered):
        until = ordered[place + 1][0] - A_DAY if place + 1 < len(ordered) else date.max
        days += one.between(date.min if not place else from_on, until)
        for term in one.half_terms:
            starts = term.starts_on if not place else max(term.starts_on, from_on)
            ends = min(term.ends_on, until)
            if starts > ends:
                continue
            known = terms.get(term.key)
            terms[term.key] = HalfTerm(term.key, known.starts_on if known else starts, max(ends, starts))
    return Calendar(tuple(sorted(terms.values(), key=lambda term: term.starts_on)), tuple(days))
