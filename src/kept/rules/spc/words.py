"""Plain-English sentences built from a chart's results: what changed, since when, better or worse, and the target.

The sentences are generated and never edited; officers add comments beside them, marked as comments.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from kept.rules.spc.facts import Assurance, Chart, Direction, Point, PointType, Rule, Segment, Stage
from kept.rules.spc.limits import average

SMALLEST_SAFE_DENOMINATOR = 10
FEWEST_TO_NAME_A_YEARLY_SERIES = 3
YEARLY = "Yearly figures are too few to tell change from chance: do not use this chart as evidence."

CHANGE = {
    PointType.IMPROVEMENT: "a real change for the better",
    PointType.CONCERN: "a real change for the worse",
    PointType.NEUTRAL_HIGH: "a real rise",
    PointType.NEUTRAL_LOW: "a real fall",
}
WHY = {
    (Rule.OUTSIDE, True): "it lies above the upper limit",
    (Rule.OUTSIDE, False): "it lies below the lower limit",
    (Rule.TREND7, True): "it is part of seven or more points that rise each time",
    (Rule.TREND7, False): "it is part of seven or more points that fall each time",
    (Rule.TWO_IN_THREE, True): "two of three points in a row lie close to the upper limit",
    (Rule.TWO_IN_THREE, False): "two of three points in a row lie close to the lower limit",
    (Rule.RUN7, True): "it is part of seven or more points in a row above the average",
    (Rule.RUN7, False): "it is part of seven or more points in a row below the average",
}
TARGET = {
    Assurance.PASS: "will keep meeting the target of {target}",
    Assurance.INCONSISTENT: "will meet the target of {target} in some periods and miss it in others",
    Assurance.FAIL: "cannot be expected to meet the target of {target}",
}
READING = {
    (PointType.IMPROVEMENT, Assurance.PASS): "Keep it going and learn from it.",
    (PointType.IMPROVEMENT, Assurance.INCONSISTENT): "The gain is real, but not yet reliable.",
    (
        PointType.IMPROVEMENT,
        Assurance.FAIL,
    ): "The gain is real: ask whether the change is big enough, and set new limits once it is bedded in.",
    (PointType.COMMON_CAUSE, Assurance.PASS): "It is stable and good.",
    (PointType.COMMON_CAUSE, Assurance.INCONSISTENT): "Hits and misses are chance: do not explain single periods.",
    (PointType.COMMON_CAUSE, Assurance.FAIL): "Redesign the process; asking people to try harder will not do it.",
    (PointType.CONCERN, Assurance.PASS): "This is an early warning.",
    (PointType.CONCERN, Assurance.INCONSISTENT): "It is slipping.",
    (PointType.CONCERN, Assurance.FAIL): "Act now.",
}


def figure(value: float, unit: str = "") -> str:
    """A value as people read it, with its unit: about three figures, so `43.4%`, `2,821`, `26 weeks`."""
    size = abs(value)
    places = 0 if size >= 100 else 1 if size >= 10 else 2  # noqa: PLR2004
    number = f"{value:,.{places}f}"
    if places:
        number = number.rstrip("0").rstrip(".")
    number = "0" if number == "-0" else number
    if unit in {"", "count"}:
        return number
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def period(date: datetime.date, dates: Sequence[datetime.date]) -> str:
    """The name of a row's period: a year, a month or a day, whichever the spacing of the series calls for."""
    return period_names(dates, [date])[0]


def period_names(dates: Sequence[datetime.date], wanted: Sequence[datetime.date]) -> tuple[str, ...]:
    """The names of the `wanted` rows of a series with these dates."""
    if is_yearly(dates):
        return tuple(str(date.year) for date in wanted)
    if all(date.day == 1 for date in dates):
        return tuple(f"{date:%B} {date.year}" for date in wanted)
    return tuple(f"{date.day} {date:%B} {date.year}" for date in wanted)


def is_yearly(dates: Sequence[datetime.date]) -> bool:
    """Whether the rows are whole years: the same day of the year each time."""
    return len(dates) >= FEWEST_TO_NAME_A_YEARLY_SERIES and len({(date.month, date.day) for date in dates}) == 1


def sentences_of(chart: Chart) -> tuple[str, ...]:
    """The chart in words, one thought per sentence."""
    judged = _judged(chart)
    if judged is None:
        return ("No settled figure has been reported yet.",)
    segment = chart.segments[judged.segment]
    if not _can_judge(segment):
        return (_too_little(chart, segment),)
    stretch = _stretch(chart, judged)
    said = _nothing_unusual(chart, judged) if not judged.rules else _change(chart, judged, stretch)
    return (*_caution(chart, segment), *said, *_target(chart, judged))


def warnings_of(chart: Chart) -> tuple[str, ...]:
    """Cautions that belong beside the chart."""
    warnings = [text for segment in chart.segments for text in _segment_warnings(chart, segment)]
    series = chart.series
    for date in sorted(set(series.rebase) - set(series.dates)):
        warnings.append(f"No period begins on {date.day} {date:%B} {date.year}, so no new limits start there.")
    missing = sum(value is None for value in series.values)
    if missing:
        warnings.append(f"{missing} {_plural(missing, 'period was', 'periods were')} not reported; the gap is shown.")
    if series.provisional:
        count = min(series.provisional, len(series.dates))
        warnings.append(f"The last {count} {_plural(count, 'point is', 'points are')} provisional and not judged.")
    if is_yearly(series.dates):
        warnings.append(YEARLY)
    return (*warnings, *_small_base_warnings(chart))


def public_warnings_of(chart: Chart) -> tuple[str, ...]:
    """The same cautions for people who never saw such a chart: what each means for them, without its technical name."""
    said = []
    if any(segment.stage is Stage.RUN_CHART for segment in chart.segments):
        said.append("There are too few figures yet to say what is usual, so no lines for that are drawn.")
    if any(segment.stage is not Stage.RUN_CHART and segment.short_warning for segment in chart.segments):
        said.append("There are few figures so far. The lines that show what is usual may still move.")
    if any(segment.limits.ranges_screened_out for segment in chart.segments):
        said.append("A few very large jumps were not counted when we worked out what is usual.")
    series = chart.series
    missing = sum(value is None for value in series.values)
    if missing:
        said.append(f"Figures are missing for {missing} {_plural(missing, 'period', 'periods')}. The gap is shown.")
    if series.provisional:
        said.append("The newest figures may still change, so nothing is concluded from them.")
    if is_yearly(series.dates):
        said.append("There is one figure a year: too few to tell a real change from chance.")
    bases = [base for base in series.denominators or () if base]
    if bases and min(bases) < SMALLEST_SAFE_DENOMINATOR:
        said.append("Some figures are about very few children, so chance alone can move them a lot.")
    return tuple(said)


def _judged(chart: Chart) -> Point | None:
    settled = [point for point in chart.points if point.value is not None and not point.provisional]
    return settled[-1] if settled else None


def _can_judge(segment: Segment) -> bool:
    return segment.stage is not Stage.RUN_CHART and segment.has_spread


def _too_little(chart: Chart, segment: Segment) -> str:
    reported = [value for value in chart.series.values[segment.start : segment.stop] if value is not None]
    if len(reported) > 1 and len(set(reported)) == 1:
        return f"Every point is {figure(reported[0], chart.series.unit)}: no variation yet."
    if segment.stage is Stage.RUN_CHART:
        count = segment.baseline_reported
        return (
            f"With {count} {_plural(count, 'point', 'points')} it is too early for limits or for any claim of change."
        )
    return "The points behind the limits did not vary, so the chart cannot tell change from chance."


def _caution(chart: Chart, segment: Segment) -> tuple[str, ...]:
    if is_yearly(chart.series.dates):
        return (YEARLY,)
    if segment.stage is Stage.TRIAL:
        return (f"Only {segment.n} points stand behind this, so read it with care.",)
    return ()


def _stretch(chart: Chart, judged: Point) -> list[Point]:
    """The unbroken stretch of reported points of one segment and type that ends at the point judged."""
    stretch: list[Point] = []
    for point in reversed(chart.points[: judged.position + 1]):
        if point.value is None:
            continue
        if point.segment != judged.segment or point.point_type is not judged.point_type:
            break
        stretch.append(point)
    return stretch[::-1]


def _change(chart: Chart, judged: Point, stretch: Sequence[Point]) -> tuple[str, ...]:
    series = chart.series
    first = stretch[0]
    since = period(first.date, series.dates)
    opening = f"{_name(chart)}: {CHANGE[judged.point_type]}"
    opening += f" in {since}" if len(stretch) == 1 else f" since {since}"
    segment = chart.segments[judged.segment]
    before = average([p.value for p in chart.points[segment.start : first.position] if p.value is not None])
    now = average([point.value for point in stretch if point.value is not None])
    if before is not None and now is not None:
        opening += f", from about {figure(before, series.unit)} to about {figure(now, series.unit)} on average"
    last = f"The last point, {figure(judged.value or 0.0, series.unit)} in {period(judged.date, series.dates)}, counts "
    return f"{opening}.", f"{last}because {WHY[judged.rules[0], bool(judged.rising)]}."


def _nothing_unusual(chart: Chart, judged: Point) -> tuple[str, ...]:
    series = chart.series
    limits = chart.segments[judged.segment].limits
    low, high = figure(series.clip(limits.lower or 0.0)), figure(series.clip(limits.upper or 0.0), series.unit)
    said = (
        f"{_name(chart)}: no real change at the last point. {figure(judged.value or 0.0, series.unit)} in "
        f"{period(judged.date, series.dates)} is within what chance alone gives ({low} to {high}).",
    )
    earlier = [p for p in chart.points if p.rules and p.segment == judged.segment and p.position < judged.position]
    if not earlier:
        return said
    stretch = _stretch(chart, earlier[-1])
    names = [period(point.date, series.dates) for point in (stretch[0], stretch[-1])]
    when = names[0] if len(stretch) == 1 else f"{names[0]} to {names[1]}"
    return (*said, f"Before that it showed {CHANGE[earlier[-1].point_type]} ({when}).")


def _target(chart: Chart, judged: Point) -> tuple[str, ...]:
    series = chart.series
    if chart.assurance is None or series.target is None or not _can_judge(chart.segments[-1]):
        return ()
    subject = "A process like the baseline" if series.baseline_n and judged.rules else "As it now runs, it"
    said = f"{subject} {TARGET[chart.assurance].format(target=figure(series.target, series.unit))}."
    if judged.segment != chart.segments[-1].index:
        return (said,)
    return said, READING[judged.point_type, chart.assurance]


def _segment_warnings(chart: Chart, segment: Segment) -> list[str]:
    series, limits = chart.series, segment.limits
    first, last = (period(series.dates[i], series.dates) for i in (segment.start, segment.stop - 1))
    where = f"{first} to {last}" if len(chart.segments) > 1 else "This chart"
    said = []
    if segment.stage is Stage.RUN_CHART:
        said.append(f"{where}: fewer than 6 points behind the limits, so none are drawn.")
    elif segment.short_warning:
        said.append(f"{where}: {segment.n} points, so these are trial limits, which will move as points are added.")
    if limits.screening_undone:
        said.append(f"{where}: screening would have left limits of no width, so nothing was screened out.")
    elif limits.ranges_screened_out:
        count = limits.ranges_screened_out
        said.append(
            f"{where}: {count} unusually large {_plural(count, 'step was', 'steps were')} left out of the limits."
        )
    return said


def _small_base_warnings(chart: Chart) -> tuple[str, ...]:
    bases = [base for base in chart.series.denominators or () if base]
    if not bases or min(bases) >= SMALLEST_SAFE_DENOMINATOR:
        return ()
    swing = 300 * math.sqrt(0.25 / min(bases))
    return (
        f"Some periods have only {min(bases)} {_plural(min(bases), 'child', 'children')}: chance alone can move such a "
        f"percentage by {figure(min(swing, 50))} points either way. Group the periods, or chart counts or days.",
    )


def _name(chart: Chart) -> str:
    return chart.series.title or "This measure"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def better_word(direction: Direction) -> str:
    """Which way is better, in words for a chart's caption."""
    return {
        Direction.INCREASE: "higher is better",
        Direction.DECREASE: "lower is better",
        Direction.NEUTRAL: "neither way is better",
    }[direction]
