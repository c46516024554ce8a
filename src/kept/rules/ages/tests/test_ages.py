"""Ages by the law: worked days, then properties that hold for everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules import ages
from kept.rules.ages.ages import birthday

BIRTHS = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2016, 5, 4), date(2026, 5, 3), 9),
        (date(2016, 5, 4), date(2026, 5, 4), 10),
        (date(2016, 2, 29), date(2026, 2, 28), 9),
        (date(2016, 2, 29), date(2026, 3, 1), 10),
        (date(2016, 2, 29), date(2028, 2, 29), 12),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age(born_on, day, age):
    assert ages.age_on(born_on, day) == age


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before they are born"):
        ages.age_on(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("born_on", "day", "year", "words", "phase"),
    [
        (date(2021, 9, 1), date(2026, 8, 31), -1, "Nursery", "Early years"),
        (date(2021, 9, 1), date(2026, 9, 1), 0, "Reception", "Primary"),
        (date(2021, 8, 31), date(2026, 9, 1), 1, "Year 1", "Primary"),
        (date(2015, 9, 1), date(2026, 9, 1), 6, "Year 6", "Primary"),
        (date(2015, 8, 31), date(2026, 9, 1), 7, "Year 7", "Secondary"),
        (date(2011, 3, 2), date(2027, 6, 1), 11, "Year 11", "Secondary"),
        (date(2011, 3, 2), date(2027, 9, 1), 12, "Year 12", "Post-16"),
        (date(2008, 3, 2), date(2027, 8, 31), 14, "Year 14", "Post-16"),
        (date(2008, 3, 2), date(2027, 9, 1), 15, "Year 15", "Post-19"),
        (date(2025, 1, 1), date(2026, 1, 1), -4, "Below nursery age", "Early years"),
    ],
)
def test_curriculum_year_and_phase(born_on, day, year, words, phase):
    assert ages.curriculum_year(born_on, day) == year
    assert ages.say_year(year) == words
    assert ages.phase(born_on, day) == phase


@pytest.mark.parametrize(
    ("born_on", "begins"),
    [
        (date(2020, 3, 31), date(2025, 3, 31)),
        (date(2020, 4, 1), date(2025, 8, 31)),
        (date(2020, 8, 31), date(2025, 8, 31)),
        (date(2020, 9, 1), date(2025, 12, 31)),
        (date(2020, 12, 31), date(2025, 12, 31)),
        (date(2021, 1, 1), date(2026, 3, 31)),
        (date(2020, 2, 29), date(2025, 3, 31)),
    ],
)
def test_compulsory_school_age_begins(born_on, begins):
    assert ages.compulsory_school_age_begins(born_on) == begins


@pytest.mark.parametrize(
    ("born_on", "ends"),
    [
        (date(2009, 9, 1), date(2026, 6, 26)),  # the oldest of the year
        (date(2010, 6, 26), date(2026, 6, 26)),  # sixteen on that Friday
        (date(2010, 8, 31), date(2026, 6, 26)),  # still fifteen, and free to leave
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2008, 1, 10), date(2024, 6, 28)),
        (date(2007, 1, 10), date(2023, 6, 30)),  # the 30th is itself a Friday
    ],
)
def test_compulsory_school_age_ends(born_on, ends):
    assert ages.compulsory_school_age_ends(born_on) == ends
    assert ages.is_of_compulsory_school_age(born_on, ends)
    assert not ages.is_young_person(born_on, ends)
    assert ages.is_young_person(born_on, ends + timedelta(days=1))


def test_a_young_person_until_the_day_before_25():
    born_on = date(2001, 11, 23)
    assert ages.is_young_person(born_on, date(2026, 11, 22))
    assert not ages.is_young_person(born_on, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2026, 6, 15), "0 months"),
        (date(2026, 5, 15), "1 month"),
        (date(2025, 12, 16), "5 months"),
        (date(2025, 6, 15), "1 year"),
        (date(2025, 3, 20), "1 year and 2 months"),
        (date(2024, 6, 15), "2"),
        (date(2016, 6, 16), "9"),
    ],
)
def test_an_age_in_words(born_on, words):
    assert ages.say_age(born_on, date(2026, 6, 15)) == words


def test_a_school_year_in_words():
    assert ages.say_school_year(2026) == "2026/27"
    assert ages.say_school_year(1999) == "1999/00"


@given(BIRTHS)
def test_school_begins_between_the_fifth_birthday_and_five_months_after(born_on):
    begins = ages.compulsory_school_age_begins(born_on)
    assert birthday(born_on, 5) <= begins < birthday(born_on, 5) + timedelta(days=155)


@given(BIRTHS)
def test_school_ends_on_a_friday_in_the_last_week_of_june_of_year_11(born_on):
    ends = ages.compulsory_school_age_ends(born_on)
    assert ends.weekday() == 4
    assert (ends.month, (ends + timedelta(days=7)).month) == (6, 7)
    assert ages.curriculum_year(born_on, ends) == 11


@given(BIRTHS, st.dates(date(2041, 1, 1), date(2060, 1, 1)))
def test_a_year_later_is_the_next_curriculum_year(born_on, day):
    assert ages.curriculum_year(born_on, day.replace(year=day.year + 1, day=1)) == 1 + ages.curriculum_year(
        born_on, day.replace(day=1)
    )
