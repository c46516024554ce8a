"""The geometry of our drawings: where each bar, line and word stands. The pages only write it out as SVG.

All positions are in the drawing's own units, which the page stretches to the width there is. Nothing here carries a
colour or a style: marks have classes, and what a colour says is said in words as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from kept.design.words import MONTHS, counted, day, number

WIDTH = 720
NARROW = 320  # a second drawing for a telephone, so that its words stay large enough to read
LETTER = 8.2  # about how wide a bold letter is drawn
MARGIN = 12
ROW = 44
AXIS = 30
TODAY_ROOM = 80  # half the width of the words "Today, 14 Jul 2026"
MONTH_ROOM = 75  # the width that a month's name and year need


@dataclass(frozen=True)
class Clock:
    """One clock of a strip. `stop` is the day it was met, ended or released; `status` a key of the tags."""

    name: str
    start: date
    due: date | None
    status: str
    stop: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place and its words."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Bar:
    """One clock's bar: the time used, the time left or over, and the mark of the due date."""

    clock: Clock
    y: float
    label: str
    label_at: float
    base_width: float
    used_from: float
    used_width: float
    rest_from: float
    rest_width: float
    rest_is_late: bool
    due_at: float | None
    sentence: str


@dataclass(frozen=True)
class Strip:
    """A drawing of clocks along dates."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_at: float | None
    today_anchor: str
    today: date
    height: int
    summary: str
    width: int


def fitted(text: str, room: float) -> str:
    """A text cut, with an ellipsis, to the letters that there is room for. The whole stands in the table below."""
    letters = int(room / LETTER)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _months(first: date, last: date) -> list[date]:
    """The first days of the months between two dates."""
    found, at = [], date(first.year, first.month, 1)
    while at <= last:
        if at >= first:
            found.append(at)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found


def _sentence(clock: Clock, today: date) -> str:
    if clock.due is None:
        return f"{clock.name}: started {day(clock.start)}, no date set."
    if clock.stop is None:
        days = (clock.due - today).days
        stands = (
            f"{counted(-days, 'day')} late" if days < 0 else "due today" if not days else f"{counted(days, 'day')} left"
        )
        return f"{clock.name}: due {day(clock.due)}, {stands}."
    over = (clock.stop - clock.due).days
    stands = f", {counted(over, 'day')} after it was due" if over > 0 else ""
    return f"{clock.name}: due {day(clock.due)}, stopped {day(clock.stop)}{stands}."


def clock_strip(clocks: Sequence[Clock], today: date, width: int = WIDTH) -> Strip:
    """Lay clocks out along a date axis from the first start to the last date, today included."""
    ends = [each for clock in clocks for each in (clock.due, clock.stop) if each]
    first = min([clock.start for clock in clocks] + ends + [today])
    last = max([*ends, *[clock.start for clock in clocks], today])
    span = max((last - first).days, 1)

    def place(when: date) -> float:
        return round(MARGIN + (width - 2 * MARGIN) * (when - first).days / span, 1)

    bars = tuple(_bar(clock, AXIS + ROW * row, place, today, width) for row, clock in enumerate(clocks))
    at = place(today)
    return Strip(
        bars=bars,
        ticks=_month_ticks(first, last, place, width),
        today_at=at,
        today_anchor="start" if at < TODAY_ROOM else "end" if at > width - TODAY_ROOM else "middle",
        today=today,
        height=AXIS + ROW * len(clocks) + AXIS,
        summary=" ".join(bar.sentence for bar in bars),
        width=width,
    )


def _month_ticks(first: date, last: date, place: Callable[[date], float], width: int) -> tuple[Tick, ...]:
    """As many months as there is room to name: each, or one in 3, 6 or 12."""
    months = _months(first, last)
    every = next((n for n in (1, 3, 6) if len(months) / n * MONTH_ROOM <= width), 12)
    ticks: list[Tick] = []
    for month in months:
        if (month.month - 1) % every:
            continue
        year = f" {month.year}" if not ticks or month.month == 1 else ""
        at = place(month)
        if at < width - MONTH_ROOM:
            ticks.append(Tick(at, f"{MONTHS[month.month - 1][:3]}{year}", "start"))
    return tuple(ticks)


def _bar(clock: Clock, y: float, place: Callable[[date], float], today: date, width: int) -> Bar:
    """The bar of one clock: used up to the day it stopped or today, then what is left, or, past the due date, over."""
    until = max(clock.stop or today, clock.start)
    due = clock.due
    start_at, until_at = place(clock.start), place(until)
    due_at = place(due) if due else None
    late = due is not None and until > due
    if due_at is None or (clock.stop and not late):
        rest_from, rest_to = until_at, until_at
    else:
        rest_from, rest_to = min(until_at, due_at), max(until_at, due_at)
    used_to = max(min(until_at, due_at) if late and due_at is not None else until_at, start_at)
    label = fitted(clock.name, width - 2 * MARGIN)
    return Bar(
        clock=clock,
        y=y,
        label=label,
        label_at=max(min(start_at, round(width - MARGIN - LETTER * len(label), 1)), MARGIN),
        base_width=round(max(due_at or 0, until_at) - start_at, 1),
        used_from=start_at,
        used_width=max(round(used_to - start_at, 1), 2.0),
        rest_from=max(rest_from, start_at),
        rest_width=max(round(rest_to - max(rest_from, start_at), 1), 0.0),
        rest_is_late=late,
        due_at=due_at,
        sentence=_sentence(clock, today),
    )


@dataclass(frozen=True)
class Column:
    """One bar of a bar chart, lying down so that its words fit."""

    label: str
    fitted: str
    words: str
    y: float
    width: float
    is_marked: bool


@dataclass(frozen=True)
class BarChart:
    """Bars lying down, longest possible from the left."""

    columns: tuple[Column, ...]
    height: int
    left: int
    summary: str
    width: int


BAR_LEFT, BAR_ROW = 8, 50


def bar_chart(
    rows: Sequence[tuple[str, float]], unit: str = "", marked: Collection[str] = (), width: int = WIDTH
) -> BarChart:
    """Bars for (label, value) rows, in the order given. `marked` labels are drawn strongly. Values are 0 or more."""
    most = max((value for _, value in rows), default=0) or 1
    words = [_with_unit(value, unit) for _, value in rows]
    room = width - 2 * BAR_LEFT - LETTER * max(map(len, words), default=0)
    columns = tuple(
        Column(
            label=label,
            fitted=fitted(label, width - BAR_LEFT),
            words=words[row],
            y=row * BAR_ROW,
            width=round(room * value / most, 1),
            is_marked=label in marked,
        )
        for row, (label, value) in enumerate(rows)
    )
    summary = ". ".join(f"{column.label}: {column.words}" for column in columns)
    return BarChart(columns=columns, height=max(BAR_ROW * len(rows), 1), left=BAR_LEFT, summary=summary, width=width)


def _with_unit(value: float, unit: str) -> str:
    """A value with its unit, "12 weeks", "46%"."""
    shown = number(round(value, 1))
    return f"{shown}{unit}" if unit in {"", "%"} else f"{shown} {unit}"


@dataclass(frozen=True)
class Line:
    """One line: its points as SVG wants them, in runs with a gap where there is no figure."""

    name: str
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    number: int
    end_y: float | None


@dataclass(frozen=True)
class LineChart:
    """Lines over labelled points, from zero up."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    left: int
    right: int
    bottom: int
    height: int
    summary: str
    width: int


TOP, BOTTOM, LEFT, RIGHT = 16, 230, 56, 16
STEPS = 4
LABEL_ROOM = 95  # the width that the words under a point need


def _round_step(most: float) -> float:
    """A step of 1, 2 or 5 times a power of ten, of which STEPS or fewer reach past the greatest value."""
    power = 1.0
    while power * 10 * STEPS < most:
        power *= 10
    while power * STEPS >= most * 10:
        power /= 10
    return next((power * step for step in (1, 2, 2.5, 5, 10) if power * step * STEPS >= most), power * 10)


def line_chart(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], unit: str = "", width: int = WIDTH
) -> LineChart:
    """Lines for named series over the same labels; None leaves a gap. The scale starts at zero."""
    most = max((value for _, values in series for value in values if value is not None), default=0) or 1
    step = _round_step(most)
    top = step * STEPS
    last = max(len(labels) - 1, 1)
    right = width - RIGHT

    def x(index: int) -> float:
        return round(LEFT + (right - LEFT) * index / last, 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    every = -(-len(labels) // max(int(width / LABEL_ROOM), 1))
    return LineChart(
        lines=tuple(_line(name, values, x, y, place) for place, (name, values) in enumerate(series, 1)),
        ticks=tuple(
            Tick(x(index), label, "start" if index == 0 else "end" if index == last else "middle")
            for index, label in enumerate(labels)
            if index % every == 0
        ),
        levels=tuple(
            Tick(y(step * level), _with_unit(step * level, "%" if unit == "%" else "")) for level in range(STEPS + 1)
        ),
        left=LEFT,
        right=right,
        bottom=BOTTOM,
        height=BOTTOM + 34,
        summary=" ".join(_line_sentence(name, labels, values, unit) for name, values in series),
        width=width,
    )


def _line(
    name: str, values: Sequence[float | None], x: Callable[[int], float], y: Callable[[float], float], place: int
) -> Line:
    dots = [(x(i), y(v)) if v is not None else None for i, v in enumerate(values)]
    runs, run = [], []
    for dot in [*dots, None]:
        if dot is not None:
            run.append(f"{dot[0]},{dot[1]}")
        elif run:
            runs.append(" ".join(run))
            run = []
    found = tuple(dot for dot in dots if dot is not None)
    return Line(name=name, runs=tuple(runs), dots=found, number=place, end_y=found[-1][1] if found else None)


def _line_sentence(name: str, labels: Sequence[str], values: Sequence[float | None], unit: str) -> str:
    known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    if not known:
        return f"{name}: no figures."
    (first, start), (last, end) = known[0], known[-1]
    return f"{name}: from {_with_unit(start, unit)} in {first} to {_with_unit(end, unit)} in {last}."
