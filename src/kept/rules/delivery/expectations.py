"""Expectations: provision x the setting's calendar x dated steps. Computed whenever asked, so they cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kept.rules.delivery.calendars import A_DAY, WEEKDAYS, Calendar, monday_of
from kept.rules.delivery.model import Amount, Expectation, Measure, ProvisionItem, Step, Unit

COUNTED = frozenset({Measure.MINUTES, Measure.PRESENCE})


def expectations(
    item: ProvisionItem, calendar: Calendar, *, absent: frozenset[date] = frozenset()
) -> tuple[Expectation, ...]:
    """What an item owes on the days of a calendar, in order. Nothing for an item that cannot be counted.

    absent: school days of authorised absence. A period is owed by the wording in force on its last school day, so an
    amendment in the middle of a week, a fortnight or a term is never counted twice, and the newer wording counts.
    Closure days and authorised absence are not due; a shortened week owes its share, rounded up for the child.
    """
    if not item.schedulable or item.measure not in COUNTED:
        return ()
    shape = _Shape(item.steps, item.starts_on, item.ends_on or date.max, item.year_round, frozenset(item.weeks))
    return tuple(_generated(shape, calendar, absent)) if absent else _whole(shape, calendar)


class _Shape(NamedTuple):
    """All of an item that decides when it is owed: items alike in this share their expectations."""

    steps: tuple[Step, ...]
    starts_on: date
    ends_on: date
    year_round: bool
    weeks: frozenset[date]


@lru_cache(maxsize=20_000)
def _whole(shape: _Shape, calendar: Calendar) -> tuple[Expectation, ...]:
    return tuple(_generated(shape, calendar, frozenset()))


def _generated(shape: _Shape, calendar: Calendar, absent: frozenset[date]) -> Iterator[Expectation]:
    first = shape.starts_on
    for step in shape.steps:
        until = min(step.until or date.max, shape.ends_on)
        if first <= until:
            for days in _periods(step.amount, calendar, first, until, shape):
                yield from _owed(step.amount, days, absent)
        if until == date.max:
            return
        first = max(first, until + A_DAY)


def _periods(amount: Amount, calendar: Calendar, first: date, last: date, shape: _Shape) -> Iterator[tuple[date, ...]]:
    """The periods whose last day lies between two days; several units are joined from the first of them on."""
    groups = calendar.groups(amount.unit, year_round=shape.year_round)
    if shape.weeks:
        groups = _in_weeks(calendar, amount.unit, shape.weeks)
    inside = [days for days in groups if days and first <= days[-1] <= last]
    together = amount.every * (2 if amount.unit is Unit.FORTNIGHT else 1)
    if together == 1:
        yield from inside
        return
    for start in range(0, len(inside) - together + 1, together):
        yield tuple(day for days in inside[start : start + together] for day in days)


def _in_weeks(calendar: Calendar, unit: Unit, weeks: frozenset[date]) -> tuple[tuple[date, ...], ...]:
    """The days of the weeks listed, by period: school days, or Monday to Friday of a week without school."""
    at_school = {monday_of(day) for day in calendar.days}
    return tuple(
        tuple(
            day
            for day in days
            if (monday := monday_of(day)) in weeks and (day in calendar.open_days or monday not in at_school)
        )
        for days in calendar.groups(unit, year_round=True)
    )


def _owed(amount: Amount, days: tuple[date, ...], absent: frozenset[date]) -> Iterator[Expectation]:
    there = [day for day in days if day not in absent] if absent else days
    if not there:
        return
    sessions, quantity = amount.sessions, amount.quantity
    if amount.unit is Unit.WEEK and amount.every == 1 and amount.minutes and len(there) < WEEKDAYS:
        sessions = -(-amount.sessions * len(there) // WEEKDAYS)
        quantity = sessions * amount.minutes if sessions else round(amount.minutes * len(there) / WEEKDAYS)
    yield Expectation(days[0], days[-1], sessions, quantity)
