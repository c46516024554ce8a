"""How long it takes, from children seen and children still waiting together: Kaplan-Meier and Aalen-Johansen.

Completed waits alone leave out those still waiting; waits so far are biased the other way. Waits in days (any unit).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from .numbers import TINY, number, share


class End(Enum):
    """How a child's time on the list ended, as far as we know."""

    SEEN = "seen"
    WAITING = "waiting"
    LEFT = "left"


@dataclass(frozen=True)
class Step:
    """One time at which somebody was seen: still waiting just before, seen then, share not yet seen after it."""

    time: float
    at_risk: int
    seen: int
    not_yet: float
    low: float
    high: float


def _tally(waits: Iterable[tuple[float, End]]) -> tuple[list[float], Counter[float], Counter[float], int]:
    seen: Counter[float] = Counter()
    left: Counter[float] = Counter()
    total = 0
    for time, end in waits:
        number("a wait", time, low=0)
        total += 1
        (seen if end is End.SEEN else left)[time] += 1
    return sorted(set(seen) | set(left)), seen, left, total


def kaplan_meier(waits: Iterable[tuple[float, End]], z: float = 1.959964) -> list[Step]:
    """Share not yet seen over time; seen = event, still waiting and left = censored (after the events of that day).

    The band is Greenwood's on the log scale of the share, cut to [0, 1].
    """
    times, seen, left, at_risk = _tally(waits)
    share_left, variance, steps = 1.0, 0.0, []
    for time in times:
        events = seen[time]
        if events:
            share_left *= 1 - events / at_risk
            if events < at_risk:
                variance += events / (at_risk * (at_risk - events))
            spread = z * share_left * variance**0.5
            low, high = max(0.0, share_left - spread), min(1.0, share_left + spread)
            steps.append(Step(time, at_risk, events, share_left, low, high))
        at_risk -= events + left[time]
    return steps


def percentile(steps: Sequence[Step], level: float) -> tuple[float | None, int]:
    """The time by which a share `level` is seen and the number at risk then; (None, at risk last) if not reached."""
    wanted = 1 - share("level", level)
    for step in steps:
        if step.not_yet <= wanted + TINY:
            return step.time, step.at_risk
    return None, steps[-1].at_risk if steps else 0


def ever_seen(waits: Iterable[tuple[float, End]]) -> list[tuple[float, float, float]]:
    """Aalen-Johansen with leaving as a competing risk: (time, share seen by then, share that left unseen by then)."""
    found = list(waits)
    times = sorted({time for time, _ in found})
    counts = {end: Counter(time for time, kind in found if kind is end) for end in End}
    at_risk, free, seen, left, rows = len(found), 1.0, 0.0, 0.0, []
    for time in times:
        events, exits = counts[End.SEEN][time], counts[End.LEFT][time]
        seen += free * events / at_risk
        left += free * exits / at_risk
        free *= 1 - (events + exits) / at_risk
        at_risk -= events + exits + counts[End.WAITING][time]
        rows.append((time, seen, left))
    return rows
