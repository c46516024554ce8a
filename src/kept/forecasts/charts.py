"""The geometry of a fan: bands between quantiles along dates. Nothing here carries a colour; the same is in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kept.design.charts import MONTH_ROOM, NARROW, WIDTH, Tick, _month_ticks
from kept.design.words import number, short_day

HEIGHT = 300
TOP, BOTTOM, LEFT, RIGHT = 16, 44, 52, 12
LEVELS = 4
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000)
EVERY = 13  # weeks between two rows of the table


@dataclass(frozen=True)
class Level:
    """A line across with its number."""

    at: float
    text: str


@dataclass(frozen=True)
class Fan:
    """A drawing: wide and narrow band and the middle as SVG points; `rows` is the table."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    wide: str
    narrow: str
    middle: str
    other: str
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    summary: str


def _step(most: float) -> int:
    return next((step for step in STEPS if step * LEVELS >= most), STEPS[-1])


def fan(
    start: date, weeks: Sequence[int], values: Sequence[Sequence[float]], *, other: Sequence[float] = (),
    width: int = WIDTH, what: str = "children waiting",
) -> Fan:  # fmt: skip
    """A fan of the 2.5, 10, 50, 90 and 97.5% quantiles by week from `start`; `other`: the middle of another plan."""
    most = max([*values[-1], *other, 1])
    step = _step(most)
    top = step * LEVELS if step * LEVELS >= most else most
    right, bottom = width - RIGHT, HEIGHT - BOTTOM
    last = max(weeks[-1], 1)

    def x(week: float) -> float:
        return round(LEFT + (right - LEFT) * week / last, 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - TOP) * value / top, 1)

    def line(row: Sequence[float]) -> str:
        return " ".join(f"{x(week)},{y(value)}" for week, value in zip(weeks, row, strict=True))

    def band(low: Sequence[float], high: Sequence[float]) -> str:
        back = " ".join(f"{x(week)},{y(value)}" for week, value in reversed(list(zip(weeks, high, strict=True))))
        return f"{line(low)} {back}"

    end = start + timedelta(weeks=last)
    ticks = _month_ticks(start, end, lambda day: x((day - start).days / 7), width)
    return Fan(
        width=width, height=HEIGHT, left=LEFT, right=right, bottom=bottom, wide=band(values[0], values[4]),
        narrow=band(values[1], values[3]), middle=line(values[2]), other=line(other) if other else "",
        levels=tuple(Level(y(step * n), number(step * n)) for n in range(LEVELS + 1) if step * n <= top),
        ticks=tuple(tick for tick in ticks if tick.at < width - MONTH_ROOM),
        summary=summary(start, weeks, values, what),
    )  # fmt: skip


def summary(start: date, weeks: Sequence[int], values: Sequence[Sequence[float]], what: str) -> str:
    """The fan in one sentence."""
    end = start + timedelta(weeks=weeks[-1])
    return (
        f"From {number(round(values[2][0]))} {what} now to about {number(round(values[2][-1]))} on {short_day(end)}; "
        f"8 in 10 futures lie between {number(round(values[1][-1]))} and {number(round(values[3][-1]))}."
    )


def both_widths(
    start: date, weeks: Sequence[int], values: Sequence[Sequence[float]], **more: object
) -> list[tuple[str, Fan]]:
    """The drawing for a wide screen and for a telephone."""
    return [("wide", fan(start, weeks, values, **more)), ("narrow", fan(start, weeks, values, width=NARROW, **more))]  # type: ignore[arg-type]


def rows(start: date, weeks: Sequence[int], values: Sequence[Sequence[float]]) -> list[tuple[str, list[str]]]:
    """The table: about one row a quarter, and the last week."""
    chosen = [i for i, week in enumerate(weeks) if i == 0 or (week - weeks[0] >= EVERY and _starts_quarter(weeks, i))]
    if chosen[-1] != len(weeks) - 1:
        chosen.append(len(weeks) - 1)
    return [(short_day(start + timedelta(weeks=weeks[i])), [number(round(row[i])) for row in values]) for i in chosen]


def _starts_quarter(weeks: Sequence[int], i: int) -> bool:
    return weeks[i] // EVERY != weeks[i - 1] // EVERY
