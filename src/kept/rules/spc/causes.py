"""The four special-cause rules inside one segment. Source: NHSRplotthedots 0.2.2, `ptd_calculate_point_type`.

Every rule works on runs of neighbouring rows; a missing period breaks each of them, and no rule looks across a
segment border. Where a point ends one trend and the next row is part of another, the step to that row gives its
direction, as in the package; a level step there leaves the point the direction of its own trend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kept.rules.spc.facts import Limits, Rule
from kept.rules.spc.limits import side_of

RUN_LENGTH = 7
WINDOW = 3

Fired = tuple[tuple[Rule, ...], bool | None]
NOTHING: Fired = ((), None)


def special_causes(values: Sequence[float | None], limits: Limits) -> list[Fired]:
    """Per row: the rules that fired, in order of priority, and whether the first of them points upwards."""
    sides = _sides(values, limits)
    outside = _outside(values, limits)
    slopes = _trends(values)
    pairs = _two_in_three(values, sides, outside, limits)
    runs = _runs(sides)
    if not (any(outside) or any(slopes) or any(pairs) or any(runs)):
        return [NOTHING] * len(values)
    return [_fired(row, side) for row, side in zip(zip(outside, slopes, pairs, runs, strict=True), sides, strict=True)]


def _fired(row: tuple[bool, int, bool, bool], side: int) -> Fired:
    rules = tuple(rule for rule, hit in zip(Rule, row, strict=True) if hit)
    if not rules:
        return NOTHING
    return rules, (row[1] if rules[0] is Rule.TREND7 else side) > 0


def _sides(values: Sequence[float | None], limits: Limits) -> list[int]:
    """1 above the mean, -1 below, 0 on it or missing."""
    mean = limits.mean
    if mean is None:
        return [0] * len(values)
    return [0 if value is None else side_of(value, mean, limits) for value in values]


def _is_beyond(value: float, low: float, high: float, limits: Limits) -> bool:
    return side_of(value, high, limits) > 0 or side_of(value, low, limits) < 0


def _outside(values: Sequence[float | None], limits: Limits) -> list[bool]:
    low, high = limits.lower, limits.upper
    if low is None or high is None:
        return [False] * len(values)
    return [value is not None and _is_beyond(value, low, high, limits) for value in values]


def _trends(values: Sequence[float | None]) -> list[int]:
    """1 or -1 for rows of a run of seven that rise or fall at every step, else 0."""
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(values)]
    slopes = [0] * len(values)
    for start, stop in _equal_stretches(steps):
        if stop - start + 1 >= RUN_LENGTH:
            slopes[start : stop + 1] = [steps[start]] * (stop - start + 1)
    for row, step in enumerate(steps):
        if step and slopes[row] and slopes[row + 1]:
            slopes[row] = step
    return slopes


def _runs(sides: Sequence[int]) -> list[bool]:
    """Rows of a run of seven on one side of the mean."""
    flags = [False] * len(sides)
    for start, stop in _equal_stretches(sides):
        if stop - start >= RUN_LENGTH:
            flags[start:stop] = [True] * (stop - start)
    return flags


def _equal_stretches(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and stop (not included) of each longest stretch of one sign; zeros belong to none."""
    start = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            if signs and signs[start]:
                yield start, index
            start = index


def _two_in_three(
    values: Sequence[float | None], sides: Sequence[int], outside: Sequence[bool], limits: Limits
) -> list[bool]:
    """Rows past a near limit, but not a process limit, that make two in three neighbours all on one side."""
    flags = [False] * len(values)
    low, high = limits.near_lower, limits.near_upper
    if low is None or high is None:
        return flags
    near = [
        value is not None and not out and _is_beyond(value, low, high, limits)
        for value, out in zip(values, outside, strict=True)
    ]
    for start in range(len(values) - WINDOW + 1):
        window = slice(start, start + WINDOW)
        if sum(near[window]) > 1 and abs(sum(sides[window])) == WINDOW:
            for index in range(start, start + WINDOW):
                flags[index] = flags[index] or near[index]
    return flags
