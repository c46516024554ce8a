"""School calendars at their ends, and joined in the middle of a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.rules.delivery import BadCalendar, Calendar, HalfTerm, calendar, silence, spliced
from kept.rules.delivery.model import Settings

A_DAY = timedelta(days=1)
FIRST = HalfTerm("2025-autumn-1", date(2025, 9, 1), date(2025, 10, 24))
SECOND = HalfTerm("2025-autumn-2", date(2025, 11, 3), date(2025, 12, 19))
YEAR = calendar([SECOND, FIRST], closed=[date(2025, 9, 1)])
FRIDAY = date(2025, 12, 19)


def test_closed_days_and_weekends_are_no_school_days() -> None:
    assert YEAR.half_terms == (FIRST, SECOND)
    assert YEAR.days[:5] == tuple(date(2025, 9, day) for day in (2, 3, 4, 5, 8))
    assert len(YEAR.days) == 8 * 5 - 1 + 7 * 5
    assert YEAR.days[-1] == FRIDAY


def test_a_half_term_of_one_day_is_one_and_one_that_ends_before_it_starts_is_none() -> None:
    assert calendar([HalfTerm("x", FRIDAY, FRIDAY)]).days == (FRIDAY,)
    with pytest.raises(BadCalendar, match=r"^The half-term x ends before it starts\.$"):
        calendar([HalfTerm("x", FRIDAY, FRIDAY - A_DAY)])
    with pytest.raises(BadCalendar, match=r"^The half-terms 2025-autumn-1 and x overlap\.$"):
        calendar([FIRST, HalfTerm("x", FIRST.ends_on, FRIDAY)])
    assert calendar([FIRST, HalfTerm("x", FIRST.ends_on + A_DAY, FRIDAY)]).days[-1] == FRIDAY


@pytest.mark.parametrize(
    ("after", "until", "number"),
    [
        (date(2025, 9, 2), date(2025, 9, 2), 0),
        (date(2025, 9, 2), date(2025, 9, 3), 1),
        (date(2025, 9, 5), date(2025, 9, 8), 1),
        (date(2025, 10, 24), date(2025, 11, 3), 1),
        (date(2025, 12, 1), date(2025, 9, 3), 0),
        (date(2025, 8, 1), date(2026, 8, 1), 74),
    ],
)
def test_school_days_after_one_day_up_to_another(after: date, until: date, number: int) -> None:
    assert YEAR.count(after, until) == number


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2025, 9, 2), 1, date(2025, 9, 3)),
        (date(2025, 10, 24), 1, date(2025, 11, 3)),
        (date(2025, 12, 18), 1, FRIDAY),
        (FRIDAY, 1, date(2025, 12, 22)),
        (date(2025, 12, 18), 2, date(2025, 12, 22)),
        (date(2025, 12, 18), 7, date(2025, 12, 29)),
        (date(2026, 1, 10), 1, date(2026, 1, 12)),
        (date(2026, 1, 12), 5, date(2026, 1, 19)),
    ],
)
def test_so_many_school_days_on_and_weekdays_where_the_calendar_has_ended(day: date, number: int, then: date) -> None:
    assert YEAR.add(day, number) == then


def test_a_setting_without_any_school_day_counts_weekdays() -> None:
    assert Calendar((), ()).add(date(2025, 9, 5), 2) == date(2025, 9, 9)
    assert Calendar((), ()).all_weekdays == ()


def test_a_day_lies_in_the_half_term_that_began_last() -> None:
    assert YEAR.half_term_on(FIRST.starts_on - A_DAY) is None
    assert YEAR.half_term_on(FIRST.starts_on) == FIRST
    assert YEAR.half_term_on(SECOND.starts_on - A_DAY) == FIRST
    assert YEAR.half_term_on(SECOND.starts_on) == SECOND
    assert SECOND.term == "2025-autumn"


def test_silence_begins_after_the_last_word_or_before_the_first_day_owed() -> None:
    owed = date(2025, 9, 8)
    never = silence(YEAR, last=None, owed_since=owed, today=date(2025, 9, 10), settings=Settings(silence_days=3))
    assert (never.days, never.since, never.too_long_on) == (3, date(2025, 9, 7), date(2025, 9, 10))
    assert never.is_too_long(Settings(silence_days=3))
    assert not never.is_too_long(Settings(silence_days=4))
    spoken = silence(YEAR, last=date(2025, 9, 9), owed_since=owed, today=date(2025, 9, 10))
    assert (spoken.days, spoken.since) == (1, date(2025, 9, 9))
    old = silence(YEAR, last=date(2025, 9, 2), owed_since=owed, today=date(2025, 9, 10))
    assert old.since == date(2025, 9, 7)


OTHER = calendar(
    [
        HalfTerm("2025-autumn-1", date(2025, 9, 3), date(2025, 10, 17)),
        HalfTerm("2025-autumn-2", date(2025, 10, 27), date(2025, 12, 17)),
    ]
)


def test_a_half_term_that_ends_in_the_middle_of_a_week_ends_there() -> None:
    assert OTHER.days[-1] == date(2025, 12, 17)
    assert OTHER.between(date(2025, 10, 16), date(2025, 10, 28)) == (
        *(date(2025, 10, day) for day in (16, 17, 27, 28)),
    )


def test_a_child_who_moves_follows_the_old_school_until_the_day_before() -> None:
    moved = date(2025, 9, 15)
    both = spliced([(moved, OTHER), (date(2025, 9, 1), YEAR)])
    assert both.days == (
        *YEAR.between(date(2025, 9, 1), date(2025, 9, 14)),
        *OTHER.between(moved, date(2025, 12, 31)),
    )
    assert both.half_terms == (
        HalfTerm("2025-autumn-1", date(2025, 9, 1), date(2025, 10, 17)),
        HalfTerm("2025-autumn-2", date(2025, 10, 27), date(2025, 12, 17)),
    )


def test_the_first_calendar_holds_before_its_day_as_well_and_alone_is_itself() -> None:
    assert spliced([(date(2025, 10, 1), YEAR)]) is YEAR
    both = spliced([(date(2025, 10, 1), YEAR), (date(2025, 11, 10), OTHER)])
    assert both.days[0] == date(2025, 9, 2)
    assert both.half_terms[0] == FIRST
    assert both.half_terms[1] == HalfTerm("2025-autumn-2", date(2025, 11, 3), date(2025, 12, 17))


def test_three_schools_in_one_half_term_and_a_stay_of_one_day() -> None:
    second, third = date(2025, 9, 10), date(2025, 9, 11)
    all_three = spliced([(date(2025, 9, 1), YEAR), (second, OTHER), (third, YEAR)])
    assert all_three.days == YEAR.days
    assert all_three.half_terms == (FIRST, SECOND)
    brief = calendar([HalfTerm("short", second, second)])
    with_brief = spliced([(date(2025, 9, 1), YEAR), (second, brief), (third, YEAR)])
    assert HalfTerm("short", second, second) in with_brief.half_terms
