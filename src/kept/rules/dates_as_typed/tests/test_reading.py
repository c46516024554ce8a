"""Dates as typed: every usual form, every usual slip, and round trips."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.dates_as_typed import can_read_date, read_date, say_date
from kept.rules.dates_as_typed.reading import MONTHS

DAY = date(2026, 7, 14)
ORDINARY = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "14/7/2026", "14/07/2026", "14-07-2026", "14.7.2026", "14 7 2026", " 14 / 7 / 2026 ", "14–7–2026",
        "14 July 2026", "14 july 2026", "14 JUL 2026", "14th July 2026", "14th of July, 2026", "14July2026",
        "the 14th of July 2026", "Tuesday 14 July 2026", "Tue, 14 Jul 2026", "tues 14/7/2026", "14-Jul-2026",
        "July 14, 2026", "July 14th 2026", "2026-07-14", "2026/7/14", "2026-07-14T00:00:00", "2026-07-14 00:00",
        "２０２６-０７-１４", "14\u00a0July\u00a02026", "2026 July 14",
    ],
)  # fmt: skip
def test_usual_forms_are_read(typed):
    assert read_date(typed) == DAY


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "No date was given"),
        ("   ", "No date was given"),
        ("14.7.26", "four figures, such as 14 July 2026: “26” could also stand for 1926"),
        ("14 July 26", "four figures, such as 14 July 2026"),
        ("02/30/2026", "There is no month 30. With the month first, as in the United States, there would be no 30 Feb"),
        ("07/14/2026", "if you mean 14 July 2026, type 14/7/2026"),
        ("31/4/2026", "There is no 31 April 2026; April has 30 days"),
        ("29/2/2026", "February has 28 days: 2026 is not a leap year"),
        ("30/2/2024", "There is no 30 February 2024; February has 29 days"),
        ("0/7/2026", "There is no day 0"),
        ("14/0/2026", "There is no month 0"),
        ("32/13/2026", "There is no month 13"),
        ("14 Febuary 2026", "Did you mean February?"),
        ("14 Xyz 2026", "There is no month called “xyz”. Type"),
        ("14 Ju 2026", "no month called “ju”"),
        ("July 2026", "The date lacks its day."),
        ("14 July", "The date lacks its year."),
        ("July", "The date lacks its day and year."),
        ("14/7", "not a whole date"),
        ("14072026", "Put a stroke or a space"),
        ("140726", "Put a stroke or a space"),
        ("tomorrow", "is not a date"),
        ("14/7/2026 14:30", "Leave out the time"),
        ("Monday 14 July 2026", "14 July 2026 is a Tuesday, not a Monday"),
        ("14/7/20266", "does not have four figures"),
        ("14/7/0206", "The year 0206 is not between 1900 and 2199"),
        ("2026-14-07", "type year, month, day"),
        ("114/7/2026", "no more than two figures"),
        ("14 July 2026 3", "too many figures"),
        ("14 July August 2026", "is not a date"),
        ("<b>14/7/2026</b>", "is not a date"),
        ("1" * 100_000, "too long"),
        ("١٤/٧/٢٠٢٦", "not a whole date"),
    ],
)
def test_slips_are_refused_with_a_sentence_that_mends_them(typed, words):
    with pytest.raises(ValueError, match=r"\.$|14$") as refusal:
        read_date(typed)
    assert words in str(refusal.value)
    assert len(str(refusal.value)) < 250


def test_bounds_are_said():
    with pytest.raises(ValueError, match="is not between 1 January 2026 and 31 January 2026"):
        read_date("14/7/2026", earliest=date(2026, 1, 1), latest=date(2026, 1, 31))


@given(day=ORDINARY)
def test_whatever_is_written_can_be_read_back(day):
    forms = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        say_date(day),
        f"{day:%A} {say_date(day)}",
        f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    ]
    assert {read_date(form) for form in forms} == {day}


@given(text=st.text(max_size=70) | st.text(alphabet="0123456789/ -.Juny", max_size=20))
def test_any_text_gives_a_date_or_a_sentence(text):
    assert can_read_date(text) in {True, False}
