"""The engine against a second transcription of the rules, and properties that any right answer has."""

import dataclasses
import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kept.rules.spc import Direction, PointType, Rule, analyse
from kept.rules.spc.tests import by_hand
from kept.rules.spc.tests.made import monthly, series


def as_judged(chart):
    return {
        "segments": [(s.n, s.limits.mean, s.limits.lower, s.limits.upper, s.short_warning) for s in chart.segments],
        "rules_fired": [[r.value for r in p.rules] for p in chart.points],
        "special_cause": [p.special_cause for p in chart.points],
        "point_type": [p.point_type.value for p in chart.points],
        "assurance": chart.assurance.value if chart.assurance else None,
    }


@settings(max_examples=300, deadline=None)
@given(series())
def test_the_engine_agrees_with_the_long_way(one):
    assert as_judged(analyse(one)) == by_hand.judge(one)


def test_a_fixed_sample_fires_every_rule_both_ways_and_agrees():
    dice = random.Random(7)  # noqa: S311 - a fixed sample, not a secret
    seen = set()
    for _ in range(300):
        at, values = 10.0, []
        for _ in range(dice.randint(1, 40)):
            at += dice.choice([-1, -0.5, 0, 0.5, 1, 1]) * dice.choice([1, 1, 4])
            values.append(None if dice.random() < 0.04 else at + dice.choice([0, 0, -2, 2]))
        one = monthly(values, target=9.0, screen=dice.random() < 0.5, baseline_n=dice.choice([None, 12]))
        chart = analyse(one)
        assert as_judged(chart) == by_hand.judge(one)
        seen |= {p.special_cause for p in chart.points}
    assert len(seen) == 2 * len(Rule) + 1


@settings(max_examples=60, deadline=None)
@given(series(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_irrelevant(one, dice):
    order = list(range(len(one.dates)))
    dice.shuffle(order)
    mixed = dataclasses.replace(
        one, dates=tuple(one.dates[i] for i in order), values=tuple(one.values[i] for i in order)
    )
    assert analyse(mixed) == analyse(one)


@settings(max_examples=60, deadline=None)
@given(series())
def test_mirrored_values_swap_better_and_worse(one):
    upside_down = dataclasses.replace(
        one,
        values=tuple(None if v is None else -v for v in one.values),
        target=None if one.target is None else -one.target,
    )
    swap = {
        PointType.IMPROVEMENT: PointType.CONCERN,
        PointType.CONCERN: PointType.IMPROVEMENT,
        PointType.NEUTRAL_HIGH: PointType.NEUTRAL_LOW,
        PointType.NEUTRAL_LOW: PointType.NEUTRAL_HIGH,
        PointType.COMMON_CAUSE: PointType.COMMON_CAUSE,
    }
    before, after = analyse(one), analyse(upside_down)
    assert [p.point_type for p in after.points] == [swap[p.point_type] for p in before.points]
    if one.direction is not Direction.NEUTRAL:
        other = Direction.DECREASE if one.direction is Direction.INCREASE else Direction.INCREASE
        turned = analyse(dataclasses.replace(upside_down, direction=other))
        assert [p.point_type for p in turned.points] == [p.point_type for p in before.points]
        assert turned.assurance == before.assurance


@settings(max_examples=60, deadline=None)
@given(series(), st.sampled_from([0.125, 0.5, 4.0]), st.integers(-64, 64))
def test_another_unit_or_zero_changes_nothing_but_the_figures(one, scale, shift):
    before = analyse(one)
    assume(_clear_of_lines(before))
    moved = dataclasses.replace(
        one,
        values=tuple(None if v is None else v * scale + shift for v in one.values),
        target=None if one.target is None else one.target * scale + shift,
    )
    after = analyse(moved)
    assert [p.special_cause for p in after.points] == [p.special_cause for p in before.points]
    assert after.assurance == before.assurance


def _clear_of_lines(chart):
    """No value and no target lies within a rounding error of a limit."""
    for segment in chart.segments:
        limits = segment.limits
        lines = [limits.lower, limits.upper, limits.near_lower, limits.near_upper]
        values = [*chart.series.values[segment.start : segment.stop], chart.series.target]
        if any(v is not None and line is not None and abs(v - line) < 1e-9 for v in values for line in lines):
            return False
    return True
