"""From a series to a chart: segments, limits, special causes, the two icons and the words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from kept.rules.spc.causes import Fired, special_causes
from kept.rules.spc.facts import (
    FEWEST_FOR_LIMITS,
    SHORT_SEGMENT,
    Assurance,
    Chart,
    Direction,
    Point,
    PointType,
    Segment,
    Series,
    Stage,
)
from kept.rules.spc.limits import limits_of, side_of
from kept.rules.spc.words import is_yearly, sentences_of, warnings_of


def analyse(series: Series) -> Chart:
    """Judge a series by the Making Data Count rules. Pure and deterministic; the order of the input is irrelevant."""
    series = _in_order(series)
    segments = _segments(series)
    points = _points(series, segments)
    chart = Chart(
        series=series,
        segments=segments,
        points=points,
        variation=points[-1].point_type,
        assurance=_assurance(series, segments[-1]),
        variation_icon=None,
        assurance_icon=None,
    )
    chart = dataclasses.replace(chart, variation_icon=_variation_icon(chart), assurance_icon=_assurance_icon(chart))
    return dataclasses.replace(chart, warnings=warnings_of(chart), sentences=sentences_of(chart))


def _in_order(series: Series) -> Series:
    if all(a < b for a, b in pairwise(series.dates)):
        return series
    order = sorted(range(len(series.dates)), key=series.dates.__getitem__)
    denominators = series.denominators
    return dataclasses.replace(
        series,
        dates=tuple(series.dates[i] for i in order),
        values=tuple(series.values[i] for i in order),
        denominators=denominators and tuple(denominators[i] for i in order),
    )


def _segments(series: Series) -> tuple[Segment, ...]:
    """Cut at each row whose date is a rebase date. A rebase date with no row opens no segment (a warning says so)."""
    opens = set(series.rebase)
    starts = [0, *(i for i, date in enumerate(series.dates) if i and date in opens)]
    stops = [*starts[1:], len(series.dates)]
    return tuple(
        _segment(series, index, start, stop) for index, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )


def _segment(series: Series, index: int, start: int, stop: int) -> Segment:
    last = stop if series.baseline_n is None else min(stop, start + series.baseline_n)
    baseline = series.values[start:last]
    reported = sum(value is not None for value in baseline)
    return Segment(
        index=index,
        start=start,
        stop=stop,
        baseline_reported=reported,
        limits=limits_of(baseline, screen=series.screen),
        stage=_stage(reported, rows=stop - start),
    )


def _stage(reported: int, *, rows: int) -> Stage:
    if reported < FEWEST_FOR_LIMITS:
        return Stage.RUN_CHART
    return Stage.TRIAL if rows < SHORT_SEGMENT else Stage.NORMAL


def _points(series: Series, segments: Sequence[Segment]) -> tuple[Point, ...]:
    settled = len(series.dates) - series.provisional
    points: list[Point] = []
    for segment in segments:
        fired = special_causes(series.values[segment.start : segment.stop], segment.limits)
        for position, (rules, rising) in enumerate(fired, start=segment.start):
            points.append(
                Point(
                    position=position,
                    date=series.dates[position],
                    value=series.values[position],
                    segment=segment.index,
                    rules=rules,
                    rising=rising,
                    point_type=_point_type((rules, rising), series.direction),
                    provisional=position >= settled,
                    denominator=series.denominators[position] if series.denominators else None,
                )
            )
    return tuple(points)


def _point_type(fired: Fired, direction: Direction) -> PointType:
    rules, rising = fired
    if not rules:
        return PointType.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return PointType.NEUTRAL_HIGH if rising else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if rising == (direction is Direction.INCREASE) else PointType.CONCERN


def _assurance(series: Series, last: Segment) -> Assurance | None:
    """Target against the last segment's limits; a target on a limit is inconsistent. It ignores the last value."""
    limits = last.limits
    if series.target is None or series.direction is Direction.NEUTRAL or limits.upper is None or limits.lower is None:
        return None
    higher_is_better = series.direction is Direction.INCREASE
    if side_of(series.target, limits.upper, limits) > 0:
        return Assurance.FAIL if higher_is_better else Assurance.PASS
    if side_of(series.target, limits.lower, limits) < 0:
        return Assurance.PASS if higher_is_better else Assurance.FAIL
    return Assurance.INCONSISTENT


def _icons_hold(chart: Chart) -> bool:
    """Icons need limits with a width and enough points behind them, and periods shorter than a year."""
    last = chart.segments[-1]
    return last.has_spread and last.stage is not Stage.RUN_CHART and not is_yearly(chart.series.dates)


def _variation_icon(chart: Chart) -> str | None:
    last = chart.points[-1]
    if last.value is None or last.provisional or not _icons_hold(chart):
        return None
    better_high = chart.series.direction is Direction.INCREASE
    return {
        PointType.COMMON_CAUSE: "common-cause",
        PointType.IMPROVEMENT: f"improvement-{'high' if better_high else 'low'}",
        PointType.CONCERN: f"concern-{'low' if better_high else 'high'}",
        PointType.NEUTRAL_HIGH: "neutral-high",
        PointType.NEUTRAL_LOW: "neutral-low",
    }[last.point_type]


def _assurance_icon(chart: Chart) -> str | None:
    if chart.assurance is None or not _icons_hold(chart):
        return None
    return {Assurance.PASS: "pass", Assurance.FAIL: "fail", Assurance.INCONSISTENT: "inconsistent"}[chart.assurance]
