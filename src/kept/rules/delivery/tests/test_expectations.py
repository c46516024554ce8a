"""What is owed on which days: short weeks, holidays, the first and the last day, and what cannot be counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kept.rules.delivery import Amount, HalfTerm, Measure, ProvisionItem, Step, Unit, calendar, expectations

MONDAY, FRIDAY = date(2026, 1, 5), date(2026, 1, 9)
TERM = HalfTerm("2026-spring-1", MONDAY, date(2026, 1, 30))
NEXT = HalfTerm("2026-spring-2", date(2026, 2, 9), date(2026, 2, 20))
YEAR = calendar([TERM, NEXT])
THREE_DAYS = calendar([TERM], closed=[date(2026, 1, 8), FRIDAY])


def an_item(amount: Amount, **facts: object) -> ProvisionItem:
    return ProvisionItem(**{"id": "x", "service": "speech", "starts_on": MONDAY, "steps": (Step(amount),)} | facts)


def owed(item: ProvisionItem, of: object = YEAR, **more: object) -> list[tuple[int, int]]:
    return [(one.sessions, one.quantity) for one in expectations(item, of, **more)]


WEEKLY = an_item(Amount(2, 30, Unit.WEEK))


@pytest.mark.parametrize("measure", [Measure.CHECK, Measure.CERTIFICATE])
def test_what_is_checked_or_certified_is_not_counted(measure: Measure) -> None:
    assert expectations(replace(WEEKLY, measure=measure), YEAR) == ()


def test_what_cannot_be_scheduled_owes_nothing_though_it_has_an_amount() -> None:
    assert expectations(replace(WEEKLY, why_not=("It says “regular”.",)), YEAR) == ()
    assert owed(replace(WEEKLY, measure=Measure.PRESENCE)) == [(2, 60)] * 6


@pytest.mark.parametrize(
    ("amount", "first"),
    [
        (Amount(2, 30, Unit.WEEK), (2, 60)),  # two of five on three days are 1.2: two, for the child
        (Amount(5, 10, Unit.WEEK), (3, 30)),
        (Amount(0, 100, Unit.WEEK), (0, 60)),
        (Amount(1, 0, Unit.WEEK), (1, 1)),  # presence has no minutes to take a share of
        (Amount(2, 30, Unit.DAY), (2, 60)),
        (Amount(5, 10, Unit.FORTNIGHT), (5, 50)),
        (Amount(5, 10, Unit.WEEK, 2), (5, 50)),
    ],
)
def test_only_a_short_week_owes_its_share(amount: Amount, first: tuple[int, int]) -> None:
    assert owed(an_item(amount), THREE_DAYS)[0] == first


def test_a_whole_week_owes_the_amount_as_it_stands() -> None:
    assert owed(an_item(Amount(0, 99, Unit.WEEK)))[0] == (0, 99)


def test_days_of_absence_with_leave_shorten_a_week_and_a_week_away_owes_nothing() -> None:
    week = frozenset(YEAR.between(MONDAY, FRIDAY))
    five = an_item(Amount(5, 10, Unit.WEEK))
    assert owed(five, absent=frozenset({MONDAY, FRIDAY}))[:2] == [(3, 30), (5, 50)]
    assert expectations(five, YEAR, absent=week)[0].starts_on == date(2026, 1, 12)


def test_the_wording_on_the_last_school_day_of_a_period_owes_it() -> None:
    assert len(expectations(replace(WEEKLY, starts_on=FRIDAY), YEAR)) == 6
    assert len(expectations(replace(WEEKLY, starts_on=date(2026, 1, 10)), YEAR)) == 5
    assert len(expectations(replace(WEEKLY, ends_on=FRIDAY), YEAR)) == 1
    assert expectations(replace(WEEKLY, ends_on=date(2026, 1, 8)), YEAR) == ()
    daily = an_item(Amount(1, 10, Unit.DAY), ends_on=MONDAY)
    assert [(one.starts_on, one.ends_on) for one in expectations(daily, YEAR)] == [(MONDAY, MONDAY)]


def test_steps_follow_each_other_and_one_that_is_over_before_the_start_owes_nothing() -> None:
    one, two = Amount(1, 10, Unit.WEEK), Amount(1, 20, Unit.WEEK)
    tapered = replace(WEEKLY, steps=(Step(two, FRIDAY), Step(one)))
    assert owed(tapered)[:3] == [(1, 20), (1, 10), (1, 10)]
    assert owed(replace(tapered, starts_on=date(2026, 1, 12)))[0] == (1, 10)
    assert len(owed(replace(tapered, ends_on=date(2026, 1, 16)))) == 2
    assert owed(replace(tapered, steps=(Step(two, FRIDAY),))) == [(1, 20)]


def test_weekdays_of_the_holidays_are_owed_all_year_round_only() -> None:
    assert len(expectations(WEEKLY, YEAR)) == 6
    assert len(expectations(replace(WEEKLY, year_round=True), YEAR)) == 7


def test_several_units_are_joined_and_a_rest_of_them_owes_nothing() -> None:
    found = expectations(an_item(Amount(1, 60, Unit.FORTNIGHT)), YEAR)
    assert [(one.starts_on, one.ends_on) for one in found[:2]] == [
        (MONDAY, date(2026, 1, 16)),
        (date(2026, 1, 19), date(2026, 1, 30)),
    ]
    assert len(found) == 3
    assert len(expectations(an_item(Amount(1, 60, Unit.WEEK, 4)), YEAR)) == 1
    assert len(expectations(an_item(Amount(1, 60, Unit.HALF_TERM)), YEAR)) == 2
    assert len(expectations(an_item(Amount(1, 60, Unit.TERM)), YEAR)) == 1
    assert len(expectations(an_item(Amount(1, 60, Unit.MONTH)), YEAR)) == 2


def test_listed_weeks_alone_are_owed() -> None:
    listed = replace(WEEKLY, weeks=(date(2026, 1, 12), date(2026, 2, 2)))
    assert [(one.starts_on, one.ends_on) for one in expectations(listed, YEAR)] == [
        (date(2026, 1, 12), date(2026, 1, 16)),
        (date(2026, 2, 2), date(2026, 2, 6)),
    ]
