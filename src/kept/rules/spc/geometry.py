"""Where everything on a chart stands, for an SVG template, with the rows of the table beneath. No drawing library.

Colour never stands alone: each point carries a shape and each icon its words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kept.rules.spc.facts import Chart, Point, PointType, Segment, Stage
from kept.rules.spc.words import better_word, figure, period_names

LEFT, RIGHT, TOP, BOTTOM = 64.0, 16.0, 16.0, 48.0
ROOM_PER_X_LABEL = 72.0
Y_TICKS = 6
HEADROOM = 0.04
NO_SPAN = 1e-9

MARKERS = {
    PointType.COMMON_CAUSE: "circle",
    PointType.IMPROVEMENT: "triangle",
    PointType.CONCERN: "square",
    PointType.NEUTRAL_HIGH: "diamond",
    PointType.NEUTRAL_LOW: "diamond",
}
TYPE_WORDS = {
    PointType.COMMON_CAUSE: "no real change",
    PointType.IMPROVEMENT: "better",
    PointType.CONCERN: "worse",
    PointType.NEUTRAL_HIGH: "risen",
    PointType.NEUTRAL_LOW: "fallen",
}
ICON_WORDS = {
    "common-cause": "No real change at the last point",
    "improvement-high": "↑ Real change for the better (higher)",
    "improvement-low": "↓ Real change for the better (lower)",
    "concern-high": "↑ Real change for the worse (higher)",
    "concern-low": "↓ Real change for the worse (lower)",
    "neutral-high": "↑ Real rise",
    "neutral-low": "↓ Real fall",
    "pass": "Will keep meeting its target",
    "fail": "Cannot be expected to meet its target",
    "inconsistent": "Will sometimes meet and sometimes miss its target",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point on the drawing. `hollow` marks a provisional figure."""

    x: float
    y: float
    marker: str
    point_type: str
    hollow: bool
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level line. `kind` is mean, lower, upper, near-lower, near-upper or target; `clipped`: drawn at a bound."""

    kind: str
    x1: float
    x2: float
    y: float
    label: str
    clipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """An icon's id and the words that say the same."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table beneath the chart; every cell is words."""

    period: str
    value: str
    base: str
    average: str
    limits: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A chart laid out. Lengths in user units, y downwards; `paths` are polylines ("x,y x,y"), broken at gaps."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    points: tuple[Mark, ...]
    paths: tuple[str, ...]
    lines: tuple[Line, ...]
    borders: tuple[float, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    icons: tuple[Icon, ...]
    rows: tuple[Row, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot box and its two scales."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    rows: int

    def x(self, position: float) -> float:
        return round(self.left + (position + 0.5) * (self.right - self.left) / self.rows, 2)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 2)


def layout(chart: Chart, *, width: float, height: float, earlier: Chart | None = None) -> Geometry:
    """Place a chart in a box of `width` by `height`. Raises ValueError when the box leaves no room to draw.

    earlier: the same figures with other limits or another target; where they differ they are drawn beside, as lines
    of kind `old-...`.
    """
    if width <= LEFT + RIGHT or height <= TOP + BOTTOM:
        raise ValueError(f"A chart needs more than {LEFT + RIGHT:g} by {TOP + BOTTOM:g}, not {width:g} by {height:g}.")
    ticks = nice_ticks(*_extent(chart, earlier), most=Y_TICKS)
    names = period_names(chart.series.dates, chart.series.dates)
    frame = _Frame(LEFT, width - RIGHT, TOP, height - BOTTOM, ticks[0], ticks[-1], len(chart.points))
    return Geometry(
        width=width,
        height=height,
        left=frame.left,
        right=frame.right,
        top=frame.top,
        bottom=frame.bottom,
        points=tuple(
            _mark(chart, frame, point, names[point.position]) for point in chart.points if point.value is not None
        ),
        paths=_paths(chart, frame),
        lines=(
            *(_old_lines(chart, earlier, frame) if earlier else ()),
            *(line for segment in chart.segments for line in _lines(chart, frame, segment)),
            *_target(chart, frame),
        ),
        borders=tuple(frame.x(segment.start - 0.5) for segment in chart.segments[1:]),
        x_ticks=_x_ticks(chart, frame, names),
        y_ticks=tuple(Tick(at=frame.y(value), label=figure(value, _axis_unit(chart))) for value in ticks),
        icons=tuple(
            Icon(id=icon, words=ICON_WORDS[icon]) for icon in (chart.variation_icon, chart.assurance_icon) if icon
        ),
        rows=tuple(_row(chart, point, names[point.position]) for point in chart.points),
        title=chart.series.title,
        description=" ".join(filter(None, (chart.text, f"On this chart {better_word(chart.series.direction)}."))),
    )


def nice_ticks(low: float, high: float, *, most: int) -> tuple[float, ...]:
    """Round values, at least two and at most about `most`, the first at or below `low`, the last at or above `high`."""
    if high - low <= NO_SPAN * max(1.0, abs(low), abs(high)):
        room = max(1.0, abs(low)) / 2
        low, high = low - room, high + room
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def _extent(chart: Chart, earlier: Chart | None = None) -> tuple[float, float]:
    """Lowest and highest value to draw: all points and the target, and the limits as far as values can occur."""
    series = chart.series
    targets = (series.target, earlier.series.target if earlier else None)
    shown = [value for value in (*series.values, *targets) if value is not None]
    for segment in (*chart.segments, *(earlier.segments if earlier else ())):
        if segment.stage is not Stage.RUN_CHART:
            limits = (segment.limits.lower, segment.limits.upper)
            shown += [series.clip(value) for value in limits if value is not None]
    if not shown:
        return 0.0, 1.0
    low, high = min(shown), max(shown)
    room = (high - low) * HEADROOM
    return min(low, series.clip(low - room)), max(high, series.clip(high + room))


def _mark(chart: Chart, frame: _Frame, point: Point, name: str) -> Mark:
    value = point.value or 0.0
    words = [f"{name}: {figure(value, chart.series.unit)}"]
    if point.rules:
        words.append(TYPE_WORDS[point.point_type])
    if point.provisional:
        words.append("provisional")
    return Mark(
        x=frame.x(point.position),
        y=frame.y(value),
        marker=MARKERS[point.point_type],
        point_type=point.point_type.value,
        hollow=point.provisional,
        label=", ".join(words),
    )


def _paths(chart: Chart, frame: _Frame) -> tuple[str, ...]:
    """Polylines of neighbouring reported points; a gap or a segment border starts a new one."""
    paths: list[list[str]] = []
    previous: Point | None = None
    for point in chart.points:
        if point.value is None:
            previous = None
            continue
        if previous is None or previous.segment != point.segment:
            paths.append([])
        paths[-1].append(f"{frame.x(point.position):g},{frame.y(point.value):g}")
        previous = point
    return tuple(" ".join(path) for path in paths if len(path) > 1)


def _lines(chart: Chart, frame: _Frame, segment: Segment) -> list[Line]:
    if segment.stage is Stage.RUN_CHART or segment.limits.mean is None:
        return []
    limits = segment.limits
    levels = [
        ("mean", "average", limits.mean),
        ("lower", "lower limit", limits.lower),
        ("upper", "upper limit", limits.upper),
        ("near-lower", "lower near limit", limits.near_lower),
        ("near-upper", "upper near limit", limits.near_upper),
    ]
    trial = "trial " if segment.stage is Stage.TRIAL else ""
    lines = []
    for kind, words, value in levels:
        if value is None:
            continue
        drawn = chart.series.clip(value)
        lines.append(
            Line(
                kind=kind,
                x1=frame.x(segment.start - 0.5),
                x2=frame.x(segment.stop - 0.5),
                y=frame.y(drawn),
                label=f"{trial if kind != 'mean' else ''}{words} {figure(value, chart.series.unit)}",
                clipped=drawn != value,
            )
        )
    return lines


def _old_lines(chart: Chart, earlier: Chart, frame: _Frame) -> list[Line]:
    """The average and limits of another chart of the same figures, over the rows where this chart has its own."""
    found = []
    for old in earlier.segments:
        for new in chart.segments:
            start, stop = max(old.start, new.start), min(old.stop, new.stop)
            if start < stop and old.limits != new.limits:
                there = (frame.x(start - 0.5), frame.x(stop - 0.5))
                found += [
                    replace(line, kind=f"old-{line.kind}", label=f"before: {line.label}", x1=there[0], x2=there[1])
                    for line in _lines(earlier, frame, old)
                    if not line.kind.startswith("near")
                ]
    if earlier.series.target != chart.series.target:
        found += [replace(line, kind="old-target", label=f"before: {line.label}") for line in _target(earlier, frame)]
    return found


def _target(chart: Chart, frame: _Frame) -> tuple[Line, ...]:
    target = chart.series.target
    if target is None:
        return ()
    label = f"target {figure(target, chart.series.unit)}"
    return (Line(kind="target", x1=frame.left, x2=frame.right, y=frame.y(target), label=label),)


def _x_ticks(chart: Chart, frame: _Frame, names: Sequence[str]) -> tuple[Tick, ...]:
    room = max(1, int((frame.right - frame.left) // ROOM_PER_X_LABEL))
    every = math.ceil(len(chart.points) / room)
    return tuple(
        Tick(at=frame.x(point.position), label=_short(names[point.position])) for point in chart.points[::every]
    )


def _short(name: str) -> str:
    """A period's name with its month cut to three letters."""
    return " ".join(word[:3] if word.isalpha() else word for word in name.split())


def _axis_unit(chart: Chart) -> str:
    return "%" if chart.series.unit == "%" else ""


def _row(chart: Chart, point: Point, name: str) -> Row:
    series, segment = chart.series, chart.segments[point.segment]
    limits, drawn = segment.limits, segment.stage is not Stage.RUN_CHART
    return Row(
        period=name,
        value="not reported" if point.value is None else figure(point.value, series.unit),
        base="" if point.denominator is None else f"{point.denominator:,}",
        average=figure(limits.mean, series.unit) if drawn and limits.mean is not None else "",
        limits=_range(limits.lower, limits.upper, series.unit) if drawn else "",
        meaning=_meaning(point),
    )


def _range(low: float | None, high: float | None, unit: str) -> str:
    return "" if low is None or high is None else f"{figure(low)} to {figure(high, unit)}"


def _meaning(point: Point) -> str:
    if point.value is None:
        return ""
    said = TYPE_WORDS[point.point_type]
    return f"{said} (provisional)" if point.provisional else said
