"""From a date of birth and a day: the age, the school year, and which rights come with them in England.

A school year runs from 1 September to 31 August. Sources are named at each function. An age is attained at the start of
the birthday (Family Law Reform Act 1969 s.9); somebody born on 29 February has it on 1 March in other years.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

SEPTEMBER = 9
FRIDAY = 4
STARTS_SCHOOL_AT = 5
LEAVES_SCHOOL_AT = 16
YOUNG_PERSON_UNTIL = 25
MONTHS_IN_A_YEAR = 12
COUNTED_IN_MONTHS_BELOW = 2

FIRST_OF_SECONDARY, FIRST_OF_POST_16, FIRST_OF_POST_19 = 7, 12, 15
_PRESCRIBED_DAYS = ((3, 31), (8, 31), (12, 31))


class Phase(StrEnum):
    """Where somebody of an age usually is; somebody taught out of their year may be elsewhere."""

    EARLY_YEARS = "Early years"
    PRIMARY = "Primary"
    SECONDARY = "Secondary"
    POST_16 = "Post-16"
    POST_19 = "Post-19"


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody attains an age."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_on(born_on: date, day: date) -> int:
    """Whole years lived by the day. Raises ValueError for a day before the birth."""
    if day < born_on:
        raise ValueError("Nobody has an age before they are born.")
    years = day.year - born_on.year
    return years if day >= birthday(born_on, years) else years - 1


def school_year(day: date) -> int:
    """The calendar year in which the school year began: 2026 for 1 September 2026 to 31 August 2027."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def curriculum_year(born_on: date, day: date) -> int:
    """The national curriculum year of somebody taught with their age group.

    0 is Reception (they turn 5 in it), 1 to 11 follow, 12 and up continue the count after 16; below 0 is before
    Reception. Source: Education Act 1996 s.579 (school year) and the Department's age groups.
    """
    return school_year(day) - school_year(born_on) - STARTS_SCHOOL_AT


def compulsory_school_age_begins(born_on: date) -> date:
    """The first day of compulsory school age: the fifth birthday if it is a prescribed day, or the next prescribed day.

    Prescribed days are 31 March, 31 August and 31 December. Sources: Education Act 1996 s.8(2); SI 1998/1607.
    """
    fifth = birthday(born_on, STARTS_SCHOOL_AT)
    days = (date(year, month, day) for year in (fifth.year, fifth.year + 1) for month, day in _PRESCRIBED_DAYS)
    return next(day for day in days if day >= fifth)


def compulsory_school_age_ends(born_on: date) -> date:
    """The last day of compulsory school age: the last Friday in June of the school year in which they turn 16.

    Somebody who turns 16 between that Friday and 31 August has left at 15. Sources: Education Act 1996 s.8(3) and (4);
    SI 1997/1970.
    """
    last_of_june = date(school_year(birthday(born_on, LEAVES_SCHOOL_AT)) + 1, 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - FRIDAY) % 7)


def is_of_compulsory_school_age(born_on: date, day: date) -> bool:
    """Whether they must be in education on the day."""
    return compulsory_school_age_begins(born_on) <= day <= compulsory_school_age_ends(born_on)


def is_young_person(born_on: date, day: date) -> bool:
    """Whether the rights are theirs and no longer their parents': over compulsory school age and under 25.

    Source: Children and Families Act 2014 s.83(2). Before and at compulsory school age they are a "child".
    """
    return compulsory_school_age_ends(born_on) < day < birthday(born_on, YOUNG_PERSON_UNTIL)


def phase(born_on: date, day: date) -> Phase:
    """The phase of somebody taught with their age group."""
    year = curriculum_year(born_on, day)
    if year < 0:
        return Phase.EARLY_YEARS
    if year < FIRST_OF_SECONDARY:
        return Phase.PRIMARY
    if year < FIRST_OF_POST_16:
        return Phase.SECONDARY
    return Phase.POST_16 if year < FIRST_OF_POST_19 else Phase.POST_19


def say_year(year: int) -> str:
    """A national curriculum year in words: "Reception", "Year 9"; years before Reception by what they are."""
    before = {0: "Reception", -1: "Nursery", -2: "Two years before Reception"}
    if year in before:
        return before[year]
    return f"Year {year}" if year > 0 else "Below nursery age"


def say_school_year(start: int) -> str:
    """A school year as schools write it: "2026/27"."""
    return f"{start}/{(start + 1) % 100:02d}"


def say_age(born_on: date, day: date) -> str:
    """An age in words: months below two years, then years: "7 months", "1 year and 2 months", "9"."""
    years = age_on(born_on, day)
    if years >= COUNTED_IN_MONTHS_BELOW:
        return str(years)
    months = (day.year - born_on.year) * MONTHS_IN_A_YEAR + day.month - born_on.month - (day.day < born_on.day)
    years, months = divmod(months, MONTHS_IN_A_YEAR)
    in_months = "" if years and not months else f"{months} month{'' if months == 1 else 's'}"
    return " and ".join(filter(None, ["1 year" if years else "", in_months]))
