"""Lists as flows: when a steady stream of referrals is seen, and what one new post gives over time. Weeks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .numbers import TINY, number, share, whole


@dataclass(frozen=True)
class FluidList:
    """A first-in-first-out flow. `capacity` is (from week, slots a week), each until the next; before the first, none.

    A slot that nobody can use is lost: the list never goes below zero and unused capacity is not banked.
    """

    backlog: float
    referrals: float
    capacity: tuple[tuple[float, float], ...]
    _points: list[tuple[float, float]] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        number("backlog", self.backlog, low=0)
        number("referrals_per_week", self.referrals, low=0)
        for week, rate in self.capacity:
            number("from_week", week)
            number("per_week", rate, low=0)
        object.__setattr__(self, "capacity", self._from_week_zero())
        self._points.extend(self._corners())

    def _from_week_zero(self) -> tuple[tuple[float, float], ...]:
        steps = sorted(self.capacity, key=lambda step: step[0])
        running = [rate for week, rate in steps if week <= 0]
        return ((0.0, running[-1] if running else 0.0), *(step for step in steps if step[0] > 0))

    def _pieces(self) -> list[tuple[float, float, float]]:
        ends = [week for week, _ in self.capacity[1:]] + [math.inf]
        return [(week, end, rate) for (week, rate), end in zip(self.capacity, ends, strict=True)]

    def _corners(self) -> list[tuple[float, float]]:
        """(week, list) wherever the slope may change, ending with the start of the last stretch."""
        size, points = float(self.backlog), [(0.0, float(self.backlog))]
        for start, end, rate in self._pieces():
            slope = self.referrals - rate
            if size > 0 and slope < 0 and start + size / -slope < end:
                points.append((start + size / -slope, 0.0))
                size = 0.0
            elif end < math.inf:
                size = max(0.0, size + slope * (end - start))
                points.append((end, size))
                continue
            if end < math.inf:
                points.append((end, size))
        return points

    def _rate(self, week: float) -> float:
        return [rate for start, rate in self.capacity if start <= week][-1]

    def list_at(self, week: float) -> float:
        """Children waiting at `week` (0 or later)."""
        number("week", week, low=0)
        start, size = [point for point in self._points if point[0] <= week][-1]
        return max(0.0, size + (self.referrals - self._rate(start)) * (week - start))

    def wait(self, week: float) -> float | None:
        """Weeks waited by a referral made at `week`; None when the capacity never reaches it."""
        ahead = self.list_at(week)
        if ahead <= TINY:
            return 0.0
        for start, end, rate in self._pieces():
            begin = max(start, week)
            if end <= begin:
                continue
            if rate > TINY and begin + ahead / rate <= end:
                return begin + ahead / rate - week
            ahead -= rate * (end - begin) if end < math.inf else 0
        return None

    def cleared_week(self) -> float | None:
        """The week at which the list, once there is one, is gone; None when it never is or there never is one."""
        waiting = False
        for week, size in self._points:
            if waiting and size <= TINY:
                return week
            waiting = waiting or size > TINY
        return None


def productivity(age: float, start: float, end: float, ramp_weeks: float) -> float:
    """Share of full productivity after `age` weeks in post: a straight line from start to end over the ramp."""
    if ramp_weeks <= 0 or age >= ramp_weeks:
        return end
    return start + (end - start) * age / ramp_weeks


def slots_of_post(
    *,
    fte: float,
    start_week: int,
    horizon_weeks: int,
    slots_per_fte_week: float,
    productivity_start: float = 1.0,
    productivity_end: float = 1.0,
    ramp_weeks: float = 0.0,
    annual_leaving_rate: float = 0.0,
) -> float:
    """Slots expected from an appointment over weeks 0 to horizon - 1, nothing before the first week in post.

    At age a weeks: fte x slots x productivity(a) x exp(-annual_leaving_rate x a / 52).
    """
    first = number("start_week", start_week)
    size = number("fte", fte, low=0) * number("slots_per_fte_week", slots_per_fte_week, low=0)
    leaving = number("annual_leaving_rate", annual_leaving_rate, low=0)
    ramp = number("ramp_weeks", ramp_weeks, low=0)
    low, high = (
        number("productivity_start", productivity_start, low=0),
        number("productivity_end", productivity_end, low=0),
    )
    ages = np.arange(whole("horizon_weeks", horizon_weeks, high=1_000_000)) - first
    ages = ages[ages >= 0]
    level = np.interp(ages, [0, ramp], [low, high]) if ramp > 0 else np.full(len(ages), high)
    return float(size * (level * np.exp(-leaving * ages / 52)).sum())


def attempts_used(missed: float, attempts: int) -> tuple[float, float]:
    """Slots used per child and share finally seen when each of at most `attempts` is missed with chance `missed`."""
    d, m = share("missed", missed), whole("attempts", attempts, low=1)
    return (float(m) if d == 1 else (1 - d**m) / (1 - d)), 1 - d**m


def share_for(capacity: Sequence[float], demand: Sequence[float]) -> list[float]:
    """Load per list, demand / capacity; infinite where there is demand and no capacity, 0 where there is neither."""
    return [d / c if c > 0 else (math.inf if d > 0 else 0.0) for d, c in zip(demand, capacity, strict=True)]
