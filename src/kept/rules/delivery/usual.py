"""The usual dates of English school years, for a setting that has not said its own; pages say so."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kept.rules.calendar import england_bank_holidays
from kept.rules.delivery.calendars import Calendar, HalfTerm, calendar, monday_of

FRIDAY = 4
NAMES = ("autumn-1", "autumn-2", "spring-1", "spring-2", "summer-1", "summer-2")


def _friday_by(day: date) -> date:
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


def _easter_monday(year: int) -> date:
    return max(day for day in england_bank_holidays(year) if day.month in {3, 4} and day.weekday() == 0)


def _spring_holiday(year: int) -> date:
    return max(day for day in england_bank_holidays(year) if day.month in {5, 6} and day.weekday() == 0)


@lru_cache(maxsize=64)
def usual_half_terms(year: int) -> tuple[HalfTerm, ...]:
    """The six half-terms of the school year that begins in a September, as most councils set them."""
    easter, spring = _easter_monday(year + 1), _spring_holiday(year + 1)
    autumn = _friday_by(date(year, 10, 26))
    winter = _friday_by(date(year + 1, 2, 16))
    begins = monday_of(date(year + 1, 1, 3) + timedelta(days=6))
    spans = (
        (monday_of(date(year, 9, 7)), autumn),
        (autumn + timedelta(days=10), _friday_by(date(year, 12, 21))),
        (begins, winter),
        (winter + timedelta(days=10), easter - timedelta(days=4)),
        (easter + timedelta(days=14), spring - timedelta(days=3)),
        (spring + timedelta(days=7), _friday_by(date(year + 1, 7, 22))),
    )
    return tuple(HalfTerm(f"{key_year(year, name)}-{name}", *span) for name, span in zip(NAMES, spans, strict=True))


def key_year(school_year: int, name: str) -> int:
    """The calendar year that stands in a half-term's key: autumn in the year the school year begins."""
    return school_year if name.startswith("autumn") else school_year + 1


@lru_cache(maxsize=16)
def usual_calendar(first_year: int, last_year: int) -> Calendar:
    """The usual school days from one school year to another, without bank holidays."""
    terms = [term for year in range(first_year, last_year + 1) for term in usual_half_terms(year)]
    shut = [day for year in range(first_year, last_year + 2) for day in england_bank_holidays(year)]
    return calendar(terms, shut)


def school_year_of(day: date) -> int:
    """The year in which a day's school year began."""
    return day.year - (day.month < 9)  # noqa: PLR2004 - September


def say_half_term(key: str) -> str:
    """A half-term's key in words: "2026-autumn-1" is "first half of the autumn term 2026"."""
    year, season, half = key.split("-")
    return f"{'first' if half == '1' else 'second'} half of the {season} term {year}"


def say_term(key: str) -> str:
    """A term's key in words: "2026-autumn" is "autumn term 2026"."""
    year, season = key.split("-")[:2]
    return f"{season} term {year}"
