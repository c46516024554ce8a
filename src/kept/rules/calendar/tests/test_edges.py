"""Counting at the last day of a short month, and the first and last day of the Tribunal's recess."""

from datetime import date

import pytest

from kept.rules.calendar.counting import month_after, month_inclusive, months_before
from kept.rules.calendar.working_days import WorkingCalendar, in_tribunal_recess


@pytest.mark.parametrize(
    ("start", "months", "after", "inclusive"),
    [
        (date(2026, 1, 27), 1, date(2026, 2, 27), date(2026, 2, 26)),
        (date(2026, 1, 28), 1, date(2026, 2, 28), date(2026, 2, 27)),
        (date(2026, 1, 29), 1, date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 29), date(2028, 2, 28)),
        (date(2026, 3, 30), 1, date(2026, 4, 30), date(2026, 4, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 11, 30), 2, date(2027, 1, 30), date(2027, 1, 29)),
    ],
)
def test_a_month_that_ends_on_the_last_day_of_a_month(start, months, after, inclusive):
    assert month_after(start, months) == after
    assert month_inclusive(start, months) == inclusive


def test_a_month_back_from_the_last_day_of_a_longer_one():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 28), 1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 7, 31), False),
        (date(2026, 8, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), True),
        (date(2026, 12, 31), True),
        (date(2026, 1, 1), True),
        (date(2026, 1, 2), False),
        (date(2026, 2, 1), False),
    ],
)
def test_the_tribunal_does_not_sit_in_august_nor_from_christmas_to_new_years_day(day, closed):
    assert in_tribunal_recess(day) is closed


def test_a_calendar_made_anew_counts_over_christmas_and_from_year_to_year():
    anew = WorkingCalendar()
    assert anew.after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert anew.after(date(2026, 12, 24), 1, tribunal=True) == date(2027, 1, 4)
    assert anew.after(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert anew.after(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert anew.after(date(2026, 1, 1), 253) == date(2026, 12, 31)  # 261 weekdays less 8 bank holidays
    assert anew.before(date(2027, 1, 4), 1) == date(2026, 12, 31)
    assert anew.before(date(2026, 1, 3), 1) == date(2026, 1, 2)
    assert anew.before(date(2026, 9, 1), 1) == date(2026, 8, 28)
    assert WorkingCalendar([date(2026, 1, 2)]).after(date(2026, 1, 1), 1) == date(2026, 1, 5)


def test_the_recess_of_the_year_after_is_left_out_too():
    assert WorkingCalendar().after(date(2025, 12, 1), 200, tribunal=True) == date(2026, 10, 20)
    assert WorkingCalendar().after(date(2025, 12, 1), 200) == date(2026, 9, 17)
