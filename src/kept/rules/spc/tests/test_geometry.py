"""Where things stand on the drawing, and the table beneath."""

import datetime
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.spc import analyse, layout
from kept.rules.spc.geometry import nice_ticks
from kept.rules.spc.tests.made import monthly, series


@settings(max_examples=80, deadline=None)
@given(series())
def test_everything_stands_inside_the_frame(one):
    drawn = layout(analyse(one), width=640, height=320)
    assert len(drawn.rows) == len(one.dates)
    assert len(drawn.points) == sum(v is not None for v in one.values)
    for mark in drawn.points:
        assert drawn.left <= mark.x <= drawn.right
        assert drawn.top - 0.01 <= mark.y <= drawn.bottom + 0.01
    for line in drawn.lines:
        assert drawn.top - 0.01 <= line.y <= drawn.bottom + 0.01
        assert drawn.left <= line.x1 < line.x2 <= drawn.right
    assert all(drawn.left <= tick.at <= drawn.right for tick in drawn.x_ticks)


@given(st.floats(-1e6, 1e6), st.just(0.0) | st.floats(0.01, 1e6))
def test_ticks_are_round_and_cover_the_values(low, span):
    ticks = nice_ticks(low, low + span, most=6)
    assert 2 <= len(ticks) <= 8
    slack = 1e-6 * (ticks[-1] - ticks[0])
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    steps = {round((b - a) / (ticks[1] - ticks[0]), 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


def test_higher_values_stand_higher_and_later_ones_to_the_right():
    marks = layout(analyse(monthly([1, 5, 3])), width=400, height=200).points
    assert marks[1].y < marks[2].y < marks[0].y
    assert marks[0].x < marks[1].x < marks[2].x


def test_lines_break_at_gaps_and_borders():
    drawn = layout(analyse(monthly([1, 2, None, 3, 4, 5, 6], rebase_at=[5])), width=400, height=200)
    assert [len(path.split()) for path in drawn.paths] == [2, 2, 2]
    assert len(drawn.borders) == 1
    assert drawn.points[3].x < drawn.borders[0] < drawn.points[4].x


def test_each_segment_keeps_its_own_lines():
    drawn = layout(analyse(monthly([60, 65] * 7 + [80, 82] * 7, target=75, rebase_at=[14])), width=800, height=300)
    means = [line for line in drawn.lines if line.kind == "mean"]
    assert [line.label for line in means] == ["average 62.5", "average 81"]
    assert means[0].x2 == means[1].x1 == drawn.borders[0]
    assert drawn.lines[-1].label == "target 75"
    assert [line.kind for line in drawn.lines].count("target") == 1


def test_limits_beyond_what_can_occur_are_drawn_at_the_bound_but_named_in_full():
    drawn = layout(analyse(monthly([10, 90] * 7, unit="%")), width=400, height=200)
    upper = next(line for line in drawn.lines if line.kind == "upper")
    assert upper.clipped
    assert upper.label == "upper limit 263%"
    assert math.isclose(upper.y, drawn.top)
    assert drawn.y_ticks[-1].label == "100%"
    free = layout(analyse(monthly([10, 90] * 7, unit="%", bounds=(None, None))), width=400, height=200)
    assert not any(line.clipped for line in free.lines)


def test_no_limits_on_a_run_chart_and_trial_limits_are_called_so():
    assert layout(analyse(monthly([1, 2, 3])), width=400, height=200).lines == ()
    labels = [line.label for line in layout(analyse(monthly([1, 2] * 4)), width=400, height=200).lines]
    assert "trial upper limit 4.16" in labels
    assert "average 1.5" in labels


def test_rows_marks_and_icons_say_it_in_words():
    values = [10, 12] * 7 + [None, 40]
    one = monthly(values, target=11, unit="%", denominators=(40,) * 16)
    drawn = layout(analyse(one), width=400, height=200)
    last, gap = drawn.rows[-1], drawn.rows[-2]
    assert (last.period, last.value, last.base, last.meaning) == ("April 2023", "40%", "40", "better")
    assert (gap.value, gap.meaning) == ("not reported", "")
    assert drawn.points[-1].label == "April 2023: 40%, better"
    assert drawn.points[-1].marker != drawn.points[0].marker
    assert [icon.id for icon in drawn.icons] == ["improvement-high", "inconsistent"]
    assert "higher is better" in drawn.description
    hollow = layout(analyse(monthly([10, 12] * 7, provisional=1)), width=400, height=200)
    assert [mark.hollow for mark in hollow.points] == [False] * 13 + [True]
    assert hollow.rows[-1].meaning == "no real change (provisional)"


def test_weekly_periods_are_named_by_their_day_and_labels_thin_out():
    one = monthly(range(40))
    dates = tuple(datetime.date(2024, 1, 1) + datetime.timedelta(weeks=i) for i in range(40))
    chart = analyse(type(one)(dates=dates, values=one.values, direction=one.direction))
    drawn = layout(chart, width=400, height=200)
    assert drawn.rows[1].period == "8 January 2024"
    assert drawn.x_ticks[0].label == "1 Jan 2024"
    assert len(drawn.x_ticks) <= 5


def test_nothing_reported_still_draws_and_a_box_too_small_does_not():
    assert layout(analyse(monthly([None, None])), width=400, height=200).points == ()
    with pytest.raises(ValueError, match="needs more than"):
        layout(analyse(monthly([1])), width=60, height=200)
