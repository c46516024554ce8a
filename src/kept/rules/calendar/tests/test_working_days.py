from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.calendar import ENGLAND, calendar_with, england_bank_holidays

# GOV.UK for 2024-2028; 2029 and 2030 computed from the standing rules.
PUBLISHED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
}
DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize("year", PUBLISHED)
def test_weekday_bank_holidays_are_the_published_ones(year):
    published = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    assert {day for day in england_bank_holidays(year) if day.weekday() < 5} == published


def test_a_state_event_can_be_added_as_data():
    extra = calendar_with(frozenset({date(2027, 6, 11)}))
    assert ENGLAND.is_working_day(date(2027, 6, 11))
    assert not extra.is_working_day(date(2027, 6, 11))
    assert extra.after(date(2027, 6, 10), 1) == date(2027, 6, 14)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [("2026-04-01", 3, "2026-04-08"), ("2025-12-24", 1, "2025-12-29"), ("2026-02-10", 3, "2026-02-13")],
)
def test_working_days_after(start, count, expected):
    assert ENGLAND.after(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "expected"), [("2025-12-15", "2026-01-07"), ("2026-02-07", "2026-02-27"), ("2026-02-09", "2026-02-27")]
)
def test_fifteen_working_days_beginning_with(start, expected):
    assert ENGLAND.inclusive(date.fromisoformat(start), 15) == date.fromisoformat(expected)


def test_counting_back_leaves_out_the_day_of_the_move():
    assert ENGLAND.before(date(2026, 4, 13), 15) == date(2026, 3, 19)
    assert ENGLAND.before(date(2026, 1, 5), 15) == date(2025, 12, 10)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-13", 30, "2026-04-28"),
        ("2026-07-31", 1, "2026-09-01"),
        ("2025-12-23", 2, "2026-01-02"),
        ("2026-08-10", 1, "2026-09-01"),
    ],
)
def test_tribunal_days_leave_out_august_and_the_turn_of_the_year(start, count, expected):
    assert ENGLAND.after(date.fromisoformat(start), count, tribunal=True) == date.fromisoformat(expected)


@given(DAYS, st.integers(1, 60))
def test_after_agrees_with_counting_one_by_one(start, count):
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= ENGLAND.is_working_day(day)
    assert ENGLAND.after(start, count) == day


@given(DAYS, st.integers(1, 60))
def test_counting_back_undoes_counting_forward(start, count):
    end = ENGLAND.after(start, count)
    assert ENGLAND.before(end + timedelta(days=1), count) == ENGLAND.after(start, 1)


@given(DAYS)
def test_on_or_before_and_after_stay_on_a_working_day(day):
    if ENGLAND.is_working_day(day):
        assert ENGLAND.on_or_before(day) == ENGLAND.on_or_after(day) == day
    else:
        assert ENGLAND.on_or_before(day) < day < ENGLAND.on_or_after(day)
