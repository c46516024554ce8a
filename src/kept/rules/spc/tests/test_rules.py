"""The four rules on short patterns; the cases are those that NHSRplotthedots' own tests pin down (MIT licence)."""

import pytest

from kept.rules.spc import Assurance, Limits, PointType, Stage, analyse
from kept.rules.spc.causes import special_causes
from kept.rules.spc.limits import average, limits_of, moving_ranges
from kept.rules.spc.tests.made import monthly, months

WIDE = Limits(mean=0.5, moving_range=100, lower=-265.5, upper=266.5, near_lower=-176.8, near_upper=177.8)
UNIT = Limits(mean=0, moving_range=1, lower=-2.66, upper=2.66, near_lower=-1.7733333, near_upper=1.7733333)


def fired(values, rule, limits=WIDE):
    return [i for i, (rules, _) in enumerate(special_causes(values, limits), start=1) if rule in rules]


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (range(1, 7), []),
        (range(1, 8), [1, 2, 3, 4, 5, 6, 7]),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [2, 3, 4, 5, 6, 7, 8]),
        (range(7, 0, -1), [1, 2, 3, 4, 5, 6, 7]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [2, 3, 4, 5, 6, 7, 8]),
        ([1, 2, 3, 4, None, 5, 6, 7, 8], []),
        ([None, 1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_trends(values, rows):
    assert fired(list(values), "trend7") == rows


def test_a_turning_point_takes_the_later_trend():
    rows = special_causes([9, 8, 7, 6, 5, 4, 3, 4, 5, 6, 7, 8, 9], WIDE)
    assert [rising for _, rising in rows] == [False] * 6 + [True] * 7


def test_between_two_trends_the_step_to_the_next_gives_the_direction_unless_it_is_level():
    rows = special_causes([1, 2, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 8, 9], WIDE)
    assert [rising for _, rising in rows] == [True] * 6 + [False] + [True] * 7
    rows = special_causes([1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], WIDE)
    assert all(rules[0] == "trend7" for rules, _ in rows)
    assert [rising for _, rising in rows] == [True] * 7 + [False] * 7
    rows = special_causes([1, 2, 3, 4, 5, 6, 7, 3, 9, 3], WIDE)
    assert rows[6][1] is True


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ([1] * 6, []),
        ([1] * 6 + [-1], []),
        ([1] * 7 + [-1], [1, 2, 3, 4, 5, 6, 7]),
        ([1] * 8 + [-1], [1, 2, 3, 4, 5, 6, 7, 8]),
        ([-1] * 8 + [1], [1, 2, 3, 4, 5, 6, 7, 8]),
        ([-1] + [1] * 7 + [-1], [2, 3, 4, 5, 6, 7, 8]),
        ([1] * 6 + [0.5] + [1] * 6, []),
        ([1] * 4 + [None] + [1] * 4, []),
        ([0.5] * 9, []),
    ],
)
def test_runs_on_one_side(values, rows):
    assert fired(values, "run7") == rows


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ([2, 1, 2], [1, 3]),
        ([1, 2, 2], [2, 3]),
        ([2, 1, 1, 2], []),
        ([2, 1, 1, 2, 2], [4, 5]),
        ([2, -2, 2, -2], []),
        ([2, -1, 2], []),
        ([2, 0, 2], []),
        ([2, None, 2], []),
        ([2, 1, 3], []),
        ([-2, -1, -2], [1, 3]),
        ([1.7733333, 1, 2], []),
        ([2, 2], []),
    ],
)
def test_two_in_three(values, rows):
    assert fired(values, "two_in_three", UNIT) == rows


def test_on_the_limit_is_inside_it():
    baseline = [0, 50] * 6
    on, beyond = (
        analyse(monthly([*baseline, 158.0], baseline_n=12)),
        analyse(monthly([*baseline, 158.01], baseline_n=12)),
    )
    assert on.segments[0].limits.upper == 158
    assert on.points[-1].rules == ()
    assert beyond.points[-1].special_cause == "outside_above"


def test_a_decimal_on_the_limit_is_inside_it():
    baseline = [2.4, 4.3, 2.9, 4.5, 5.6, 2.1, 1.5, 1.6, 4.4, 5.8, 5.7, 4.8]
    chart = analyse(monthly([*baseline, 0.076, 7.524, 0.075, 7.525], baseline_n=12, target=0.076))
    # mean 3.8, average moving range 1.4: the limits are 0.076 and 7.524, which no sum of binary fractions gives exactly
    assert chart.segments[0].limits.lower == pytest.approx(0.076, abs=1e-14)
    assert [point.special_cause for point in chart.points[12:]] == [None, None, "outside_below", "outside_above"]
    assert chart.assurance is Assurance.INCONSISTENT


def test_a_decimal_on_the_mean_has_no_side():
    baseline = [0.45, 0.49, 0.57, 0.25, 0.32, 0.19, 0.53, 0.59, 0.57, 0.58, 0.14, 0.5, 0.22, 0.59, 0.12, 0.29]
    mean = 0.4
    assert sum(round(value * 100) for value in baseline) / 1600 == mean
    chart = analyse(monthly([*baseline, *[0.41] * 6, mean], baseline_n=16))
    assert chart.points[-1].rules == ()


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (158.0, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (158.1, Assurance.FAIL, Assurance.PASS),
        (-108.0, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (-108.1, Assurance.PASS, Assurance.FAIL),
        (None, None, None),
    ],
)
def test_assurance(target, higher, lower):
    values = [0, 50] * 6
    assert analyse(monthly(values, "increase", target=target)).assurance is higher
    assert analyse(monthly(values, "decrease", target=target)).assurance is lower
    assert analyse(monthly(values, "neutral", target=target)).assurance is None


def test_assurance_reads_the_last_segment():
    chart = analyse(monthly([10, 11] * 7 + [50, 51] * 7, target=40, rebase_at=[14]))
    assert chart.assurance is Assurance.PASS


def test_a_fixed_baseline_judges_later_points_and_may_outlast_its_segment():
    later = [30] * 3
    fixed = analyse(monthly([10, 12] * 6 + later, baseline_n=12))
    assert fixed.segments[0].limits == limits_of([10.0, 12.0] * 6, screen=False)
    assert [p.special_cause for p in fixed.points[-3:]] == ["outside_above"] * 3
    short = analyse(monthly([10, 12, 11], baseline_n=40))
    assert short.segments[0].limits == limits_of([10.0, 12.0, 11.0], screen=False)


def test_a_baseline_counts_missing_rows():
    chart = analyse(monthly([None, None, *([10, 12] * 5), 99, 99], baseline_n=12))
    assert chart.segments[0].limits.mean == 11
    assert chart.segments[0].n == 14


def test_no_step_is_taken_across_a_gap_or_a_border():
    assert moving_ranges([1, None, 5, 6]) == [1]
    chart = analyse(monthly([1, 2] * 4 + [90, 91] * 4, rebase_at=[8]))
    assert [s.limits.moving_range for s in chart.segments] == [1, 1]
    assert all(not p.rules for p in chart.points)


def test_a_new_segment_near_the_end():
    chart = analyse(monthly([1, 2] * 8 + [50], target=40, rebase_at=[16]))
    last = chart.segments[-1]
    assert (last.n, last.limits.mean, last.limits.lower, last.short_warning) == (1, 50, None, True)
    assert (chart.variation, chart.assurance, chart.variation_icon) == (PointType.COMMON_CAUSE, None, None)


def test_rebase_dates_on_the_first_row_or_on_no_row_open_nothing():
    one = monthly([1, 2] * 8, rebase_at=[0])
    assert len(analyse(one).segments) == 1
    stray = analyse(type(one)(dates=one.dates, values=one.values, direction=one.direction, rebase=months(1, 1999)))
    assert len(stray.segments) == 1
    assert stray.warnings == ("No period begins on 1 January 1999, so no new limits start there.",)


@pytest.mark.parametrize("screen", [True, False])
def test_one_point(screen):
    chart = analyse(monthly([5], target=4, screen=screen))
    assert chart.segments[0].limits.mean == 5
    assert chart.segments[0].limits.upper is None
    assert chart.assurance is None
    assert chart.segments[0].stage is Stage.RUN_CHART


def test_no_spread():
    flat = analyse(monthly([0.1] * 15, target=1))
    assert (flat.segments[0].limits.lower, flat.segments[0].limits.upper) == (0.1, 0.1)
    assert not any(p.rules for p in flat.points)
    assert (flat.assurance, flat.assurance_icon, flat.variation_icon) == (Assurance.FAIL, None, None)
    screened = analyse(monthly([0.1] * 15, target=1, screen=True))
    assert screened.segments[0].limits.lower is None
    assert screened.assurance is None
    assert "no variation yet" in screened.text


def test_screening_that_would_leave_no_width_is_undone():
    chart = analyse(monthly([5] * 9 + [6] + [5] * 9, screen=True))
    assert chart.segments[0].limits.screening_undone
    assert chart.segments[0].limits.moving_range == pytest.approx(2 / 18)
    assert [p.position for p in chart.points if "outside" in p.rules] == [9]
    assert "nothing was screened out" in chart.warnings[0]


def test_nothing_reported_at_all():
    chart = analyse(monthly([None, None]))
    assert chart.segments[0].limits.mean is None
    assert chart.variation is PointType.COMMON_CAUSE
    assert chart.text == "No settled figure has been reported yet."


def test_the_average_of_equal_values_is_that_value():
    for count in range(1, 60):
        assert average([0.1] * count) == 0.1
        assert average([1 / 3] * count) == 1 / 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"baseline_n": 11}, "at least 12 rows, not 11"),
        ({"target": float("nan")}, "finite"),
        ({"accumulates": True}, "Running totals"),
        ({"denominators": (1,)}, "one denominator per date"),
    ],
)
def test_what_cannot_be_charted_is_refused_in_words(change, words):
    with pytest.raises(ValueError, match=words):
        monthly([1, 2, 3], **change)


def test_rows_must_be_whole_and_once():
    one = monthly([1, 2])
    with pytest.raises(ValueError, match="same date"):
        type(one)(dates=(one.dates[0],) * 2, values=one.values, direction=one.direction)
    with pytest.raises(ValueError, match="2 dates but 1 values"):
        type(one)(dates=one.dates, values=(1.0,), direction=one.direction)
    with pytest.raises(ValueError, match="at least one period"):
        type(one)(dates=(), values=(), direction=one.direction)
    with pytest.raises(ValueError, match="finite"):
        monthly([1, float("inf")])
