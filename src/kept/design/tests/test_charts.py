"""Drawings put everything inside their edges, at places in proportion to the facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.design.charts import Clock, bar_chart, clock_strip, line_chart

TODAY = date(2026, 7, 14)
DAYS = st.integers(-900, 900).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def clocks(draw):
    start = draw(DAYS)
    due = draw(st.none() | st.integers(0, 400).map(lambda days: start + timedelta(days=days)))
    stop = draw(st.none() | st.integers(0, 500).map(lambda days: start + timedelta(days=days)))
    return Clock(draw(st.text(max_size=60)), start, due, "open", stop)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text that it draws is slow on a busy machine
@given(st.lists(clocks(), max_size=6), st.sampled_from([320, 720]))
def test_nothing_of_a_strip_stands_outside_it(found, width):
    strip = clock_strip(found, TODAY, width)
    for bar in strip.bars:
        assert 0 <= bar.used_from <= bar.used_from + bar.used_width <= width
        assert 0 <= bar.rest_from <= bar.rest_from + bar.rest_width <= width
        assert bar.due_at is None or 0 <= bar.due_at <= width
        assert bar.label_at >= 0
    assert 0 <= strip.today_at <= width
    assert all(0 <= tick.at <= width for tick in strip.ticks)


def strip_of(*, start: int, due: int, stop: int | None = None):
    def day(n: int) -> date:
        return TODAY + timedelta(days=n)

    return clock_strip([Clock("Plan", day(start), day(due), "open", None if stop is None else day(stop))], TODAY)


def test_an_open_clock_has_time_left_up_to_its_due_date():
    strip = strip_of(start=-30, due=30)
    bar = strip.bars[0]
    assert not bar.rest_is_late
    assert bar.rest_from == strip.today_at
    assert bar.rest_from + bar.rest_width == pytest.approx(bar.due_at)
    assert bar.used_width == pytest.approx(bar.rest_width)
    assert bar.sentence == "Plan: due 13 August 2026, 30 days left."


def test_an_overdue_clock_runs_past_its_due_date_to_today():
    strip = strip_of(start=-30, due=-10)
    bar = strip.bars[0]
    assert bar.rest_is_late
    assert bar.rest_from == bar.due_at
    assert bar.rest_from + bar.rest_width == pytest.approx(strip.today_at)
    assert bar.sentence == "Plan: due 4 July 2026, 10 days late."


def test_a_clock_met_late_stops_where_it_was_met_and_one_met_early_has_nothing_over():
    late = strip_of(start=-30, due=-20, stop=-10).bars[0]
    assert late.rest_is_late
    assert late.rest_width == pytest.approx(late.used_width, abs=0.2)
    assert late.sentence.endswith("10 days after it was due.")
    early = strip_of(start=-30, due=-10, stop=-20).bars[0]
    assert early.rest_width == 0
    assert "after" not in early.sentence


def test_bars_are_in_proportion_and_never_reach_their_own_figures():
    chart = bar_chart([("A", 10), ("B", 5), ("C", 0)], "weeks", marked=["B"])
    first, second, third = chart.columns
    assert second.width == pytest.approx(first.width / 2, abs=0.1)
    assert third.width == 0
    assert [column.is_marked for column in chart.columns] == [False, True, False]
    assert chart.left + first.width + 7 * len(first.words) < chart.width
    assert chart.summary == "A: 10 weeks. B: 5 weeks. C: 0 weeks"


@given(st.lists(st.none() | st.floats(0, 1e7), min_size=1, max_size=40), st.sampled_from([320, 720]))
def test_lines_stay_in_their_box_and_leave_gaps_where_there_is_no_figure(values, width):
    chart = line_chart([str(n) for n in range(len(values))], [("Kept", values)], width=width)
    dots = chart.lines[0].dots
    assert len(dots) == sum(value is not None for value in values)
    assert all(chart.left <= x <= chart.right and 0 <= y <= chart.bottom for x, y in dots)
    assert sum(len(run.split()) for run in chart.lines[0].runs) == len(dots)


def test_a_scale_has_round_steps_that_reach_the_greatest_value():
    chart = line_chart(["a", "b"], [("x", [0, 74])], "%")
    assert [level.text for level in chart.levels] == ["0%", "20%", "40%", "60%", "80%"]


def test_no_figures_at_all_can_be_drawn():
    assert bar_chart([]).columns == ()
    assert line_chart(["a"], [("x", [None])]).summary == "x: no figures."
    assert clock_strip([], TODAY).bars == ()
