"""Dates and counts in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.design import words

TODAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.day(date(2026, 7, 1)), "1 July 2026"),
        (words.day(None), "Not recorded"),
        (words.day(None, "No date set"), "No date set"),
        (words.weekday(date(2026, 7, 14)), "Tuesday 14 July 2026"),
        (words.weekday(datetime(2026, 7, 14, 23, 30, tzinfo=UTC)), "Wednesday 15 July 2026"),
        (words.weekday(None, "No date set"), "No date set"),
        (words.short_day(date(2026, 9, 14)), "14 Sep 2026"),
        (words.day(datetime(2026, 7, 14, 23, 30, tzinfo=UTC)), "15 July 2026"),
        (words.moment(datetime(2026, 7, 14, 14, 5, tzinfo=UTC)), "14 July 2026 at 3:05pm"),
        (words.moment(datetime(2026, 1, 14, 0, 0, tzinfo=UTC)), "14 January 2026 at 12am"),
        (words.moment(datetime(2026, 1, 14, 12, 0, tzinfo=UTC)), "14 January 2026 at 12pm"),
        (words.how_far(TODAY, TODAY), "today"),
        (words.how_far(TODAY + timedelta(1), TODAY), "tomorrow"),
        (words.how_far(TODAY - timedelta(1), TODAY), "yesterday"),
        (words.how_far(TODAY + timedelta(3), TODAY), "in 3 days"),
        (words.due(TODAY - timedelta(5), TODAY), "9 July 2026 (5 days late)"),
        (words.due(TODAY - timedelta(1), TODAY), "13 July 2026 (1 day late)"),
        (words.due(TODAY, TODAY), "14 July 2026 (due today)"),
        (words.due(None, TODAY), "No date set"),
        (words.when(TODAY - timedelta(2), TODAY), "12 July 2026 (2 days ago)"),
        (words.counted(0, "child", "children"), "no children"),
        (words.counted(1, "child", "children"), "1 child"),
        (words.counted(1204, "child", "children"), "1,204 children"),
        (words.counted(2, "plan"), "2 plans"),
        (words.lasting(3), "3 days"),
        (words.lasting(42), "6 weeks"),
        (words.lasting(43), "6 weeks and 1 day"),
        (words.listed([]), ""),
        (words.listed(["a"]), "a"),
        (words.listed("ab"), "a and b"),
        (words.listed("abc", "or"), "a, b or c"),
        (words.percent(0.464), "46%"),
        (words.percent(0.464, 1), "46.4%"),
        (words.percent(None), "No figure"),
        (words.pounds(1204), "£1,204"),
        (words.pounds(-4.5), "−£4.50"),
        (words.number(-1204), "−1,204"),
        (words.number(2.5), "2.5"),
        (words.inside("Date of birth"), "date of birth"),
        (words.inside("NHS number"), "NHS number"),
    ],
)
def test_said(said, expected):
    assert said == expected


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.integers(-4000, 4000))
def test_a_due_date_is_late_only_after_its_day(today, days):
    said = words.due(today + timedelta(days=days), today)
    assert said.endswith("late)") == (days < 0)
    assert said.startswith(words.day(today + timedelta(days=days)))
