"""Were our statements right as often as they said: coverage, scores, and when to stop making them.

A statement whose interval has passed with the child still waiting is a miss now, not when the child is seen at
last. A child who withdrew before being seen is censored: the others carry its weight. Weeks count from the day of
the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .numbers import share
from .scores import coverage_band, interval_score, pinball, rank_histogram

LEVEL = 0.8
BAND = 0.95
SUSPEND_BELOW = 0.7
SUSPEND_MONTHS = 2


@dataclass(frozen=True)
class Told:
    """One statement: 10th, 50th and 90th percentile in weeks, weeks passed since, and what came of it.

    `seen`: week in which the child was seen, None if not yet; `withdrawn`: the child left unseen after `age` weeks;
    `rank`: share of the sampled paths at or below the outcome, if known; `group`: for split reports.
    """

    low: float
    median: float
    high: float
    age: float
    seen: float | None = None
    withdrawn: bool = False
    rank: float | None = None
    group: str = ""

    @property
    def resolved(self) -> bool:
        """Seen, or past its interval and still waiting."""
        return self.seen is not None or (not self.withdrawn and self.age > self.high)


@dataclass(frozen=True)
class Calibration:
    """How a set of statements did. Shares are weighted for withdrawals; None where nothing is resolved."""

    resolved: int
    inside: int
    coverage: float | None
    beyond: float | None
    band: tuple[int, int]
    accepted: bool | None
    interval_score: float | None
    pinball: dict[float, float] | None
    mean_width: float | None
    rank_counts: list[int]
    rank_chi_square: float


def _weights(told: Sequence[Told]) -> dict[int, float]:
    """1 / chance of not having withdrawn by the time of resolution (Kaplan-Meier of the withdrawals)."""
    times = sorted(((one.seen if one.seen is not None else one.age), i) for i, one in enumerate(told))
    at_risk, stay, weights = len(told), 1.0, {}
    for _, i in times:
        if told[i].withdrawn and told[i].seen is None:
            stay *= 1 - 1 / at_risk
        elif told[i].resolved:
            weights[i] = 1 / stay if stay > 0 else 1.0
        at_risk -= 1
    return weights


def calibrate(told: Sequence[Told]) -> Calibration:
    """Coverage with its binomial band, share beyond the interval, scores and the histogram of ranks.

    A child seen before the interval counts as outside too. The scores take statements whose child has been seen.
    """
    weights = _weights(told)
    done = [told[i] for i in weights]
    total = sum(weights.values())
    inside = [i for i in weights if (seen := told[i].seen) is not None and told[i].low <= seen <= told[i].high]
    late = [i for i in weights if (seen := told[i].seen) is None or seen > told[i].high]
    band = coverage_band(len(done), LEVEL, BAND)
    known = [(one, one.seen) for one in done if one.seen is not None]
    counts, chi_square = rank_histogram([one.rank for one in done if one.rank is not None])
    return Calibration(
        resolved=len(done),
        inside=len(inside),
        coverage=sum(weights[i] for i in inside) / total if total else None,
        beyond=sum(weights[i] for i in late) / total if total else None,
        band=band,
        accepted=band[0] <= len(inside) <= band[1] if done else None,
        interval_score=_mean([interval_score(one.low, one.high, seen, LEVEL) for one, seen in known]),
        pinball=_pinballs(known),
        mean_width=_mean([one.high - one.low for one in done]),
        rank_counts=counts,
        rank_chi_square=chi_square,
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _pinballs(known: Sequence[tuple[Told, float]]) -> dict[float, float] | None:
    if not known:
        return None
    return {
        quantile: sum(pinball(quantile, getattr(one, name), seen) for one, seen in known) / len(known)
        for quantile, name in ((0.1, "low"), (0.5, "median"), (0.9, "high"))
    }


def by_group(told: Sequence[Told]) -> Mapping[str, Calibration]:
    """Each group on its own: right on average and wrong for one group is wrong."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        groups[one.group].append(one)
    return {name: calibrate(some) for name, some in sorted(groups.items())}


def has_to_stop(monthly_coverage: Sequence[float | None]) -> bool:
    """Whether coverage was below 70% in the last two months (oldest first; a month without a figure breaks it)."""
    lately = list(monthly_coverage)[-SUSPEND_MONTHS:]
    return len(lately) == SUSPEND_MONTHS and all(one is not None and one < SUSPEND_BELOW for one in lately)


def widening(told: Sequence[Told], level: float = LEVEL) -> float:
    """Weeks by which to widen both ends so that past statements would have covered `level` (split-conformal).

    The (n + 1) x level-th smallest of how far outside each outcome lay (negative inside); with too few statements for
    the level, the largest. Never below 0. ValueError when no child of these statements has been seen.
    """
    outside = sorted(max(one.low - one.seen, one.seen - one.high) for one in told if one.seen is not None)
    if not outside:
        raise ValueError("No statement has an outcome yet.")
    place = int(np.ceil((len(outside) + 1) * share("level", level)))
    return max(0.0, outside[min(place, len(outside)) - 1])


def right_of_last(told: Sequence[Told], last: int = 200) -> tuple[int, int]:
    """(right, resolved) of the last resolved statements, newest at the end: "our last 200 were right x%"."""
    done = [one for one in told if one.resolved][-last:]
    return sum(one.seen is not None and one.low <= one.seen <= one.high for one in done), len(done)
