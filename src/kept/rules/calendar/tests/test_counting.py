from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules import calendar as count
from kept.rules.calendar import ENGLAND

D = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))


def test_the_trigger_day_is_left_out_or_counted():
    assert count.calendar_after(D("2026-03-02"), 14) == D("2026-03-16")
    assert count.calendar_inclusive(D("2026-03-02"), 15) == D("2026-03-16")


def test_days_in_refuses_months():
    assert (count.days_in(6, "weeks"), count.days_in(15, "days")) == (42, 15)
    with pytest.raises(ValueError, match="months"):
        count.days_in(2, "months")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [("2025-12-31", 2, "2026-02-28"), ("2023-12-31", 2, "2024-02-29"), ("2026-01-15", 12, "2027-01-15")],
)
def test_month_after(start, months, expected):
    assert count.month_after(D(start), months) == D(expected)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-06-03", 12, "2025-06-02"),
        ("2025-03-01", 12, "2026-02-28"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2026-01-06", 3, "2026-04-05"),
    ],
)
def test_month_inclusive(start, months, expected):
    assert count.month_inclusive(D(start), months) == D(expected)


@pytest.mark.parametrize(("end", "expected"), [("2026-04-20", "2025-10-21"), ("2026-08-31", "2026-03-01")])
def test_window_of_six_months_ending_with(end, expected):
    assert count.window_start(D(end), 6) == D(expected)


def test_months_before_takes_the_last_day_of_a_short_month():
    assert count.months_before(D("2026-07-31"), 5) == D("2026-02-28")
    assert count.months_before(D("2026-09-01"), 5) == D("2026-04-01")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-15", "2026-02-16"),  # Sunday
        ("2026-08-03", "2026-09-01"),  # August; the 31st is a bank holiday
        ("2025-08-01", "2025-09-01"),
        ("2025-12-25", "2026-01-02"),
        ("2025-12-24", "2025-12-24"),
        ("2027-01-01", "2027-01-04"),
        ("2027-07-31", "2027-08-02"),  # carried into August by the weekend rule alone: stays
        ("2022-12-24", "2022-12-28"),
        ("2026-04-03", "2026-04-07"),  # Good Friday
    ],
)
def test_the_tribunal_roll(day, expected):
    assert count.tribunal_roll(D(day), ENGLAND) == D(expected)


@given(DAYS)
def test_the_roll_ends_on_a_working_day_not_before(day):
    rolled = count.tribunal_roll(day, ENGLAND)
    assert rolled >= day
    assert ENGLAND.is_working_day(rolled)


@given(DAYS, st.integers(1, 24))
def test_a_period_starting_with_a_day_ends_at_most_a_day_before_the_corresponding_one(day, months):
    assert (count.month_after(day, months) - count.month_inclusive(day, months)).days in (0, 1)
