"""The weekly-slot list: Q(t+1) = max(0, Q(t) + A(t) - K(t)), A Poisson, K slots kept (Binomial when some are missed).

Exact laws: the list in the long run, the chance that it has been empty, and when the child in position N is seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .numbers import (
    TINY,
    Floats,
    binomial_at_least,
    binomial_pmf,
    number,
    poisson_pmf,
    poisson_top,
    share,
    whole,
    wholes,
)

MOST_POINTS = 2**22
MOST_WORK = 4e9
LIGHT_WORK = 2e7
POLISHING_WORK = 1e8
MOST_REFERRALS = 1e5
SURELY_EMPTY = 40  # standard deviations between the referrals of a week and its slots
NOTHING = 1e-40
SETTLED = 1e-15
ALIKE = 1e-12
NEGLIGIBLE = 1e-300


@dataclass(frozen=True)
class StationaryList:
    """The list at week end in the long run, children. `pmf` is None when the list grows without limit."""

    load: float
    pmf: Floats | None

    @property
    def mean(self) -> float | None:
        """Mean number left; None when the list grows."""
        return None if self.pmf is None else float(np.arange(len(self.pmf)) @ self.pmf)

    def more_than(self, n: int) -> float:
        """P(list > n); 1 for a list that grows without limit."""
        return 1.0 if self.pmf is None else float(self.pmf[n + 1 :].sum())

    def empty(self) -> float:
        """P(list = 0); 0 for a list that grows without limit."""
        return 0.0 if self.pmf is None else float(self.pmf[0])

    def percentile(self, level: float) -> int | None:
        """The smallest n with P(list <= n) >= level; None when the list grows."""
        return None if self.pmf is None else int(np.searchsorted(np.cumsum(self.pmf), level - TINY))


def stationary(referrals: float, slots: int, missed: float = 0.0) -> StationaryList:
    """The long-run law of the list at week end.

    By Spitzer's identity, E z^Q = exp(sum_{j>0} c_j (z^j - 1)) with c_j the coefficients of -ln(1 - E z^(A-K)); they
    are read off a circle by fast Fourier transform, so a load near one costs points, not a long iteration.
    ValueError for impossible inputs, or a load so near one, or so many slots, that 2^22 points do not hold the law.
    """
    mean = number("referrals_poisson", referrals, low=0)
    offered = whole("slots", slots, high=100_000)
    lost = share("missed_probability", missed)
    kept = offered * (1 - lost)
    if mean == 0:
        return StationaryList(0.0, np.ones(1))
    if mean >= kept:
        return StationaryList(mean / kept if kept else math.inf, None)
    drift, variance = kept - mean, mean + kept * lost
    if mean >= 1 and drift > SURELY_EMPTY * math.sqrt(variance):
        return StationaryList(mean / kept, np.ones(1))
    light = mean <= kept / 2 and _steps(mean, offered) * (mean + 40) < LIGHT_WORK
    tail = 45 * variance / drift
    ripple = 2.5 * drift**3 / variance
    points = 2 ** math.ceil(math.log2(max(4096.0, 40 * offered + 40 * mean, tail, ripple)))
    if not light and points > MOST_POINTS:
        raise ValueError(
            f"referrals_poisson {mean:g} and slots {offered}, a load of {mean / kept:.8f}, are too much for an exact "
            "answer."
        )
    step = np.convolve(poisson_pmf(mean), binomial_pmf(offered, 1 - lost)[::-1])
    if light:
        return StationaryList(mean / kept, _iterated(np.ones(1), step, offered, weeks=2_000))
    law = np.trim_zeros(_spitzer(mean, offered, lost, drift, points), "b")
    weeks = int(min(300.0, POLISHING_WORK / (len(law) * len(step))))
    return StationaryList(mean / kept, _iterated(law, step, offered, weeks=weeks))


def _steps(mean: float, slots: int) -> int:
    """How many changes of the list in one week have a chance."""
    return poisson_top(mean) + slots + 1


def _iterated(law: Floats, step: Floats, slots: int, *, weeks: int) -> Floats:
    """The law some weeks on, until it has settled: a light list settles in a few from nothing.

    After the circle it gives the far tail its own digits, of which the transform keeps only what is above 1e-15.
    """
    for _ in range(weeks):
        moved = np.convolve(law, step)
        after = np.concatenate(([moved[: slots + 1].sum()], moved[slots + 1 :]))
        after = after[: np.flatnonzero(after > NOTHING)[-1] + 1]
        settled = len(after) == len(law) and bool(np.all(np.abs(after - law) <= ALIKE * law))
        law = after
        if settled:
            break
    return np.asarray(law / law.sum())


def _spitzer(mean: float, slots: int, lost: float, drift: float, points: int) -> Floats:
    angle = 2 * math.pi * np.fft.fftfreq(points)
    back_less_one = np.expm1(-1j * angle)
    # ln E z^(A-K); expm1 keeps the digits of 1 - E z^(A-K) near z = 1
    log_step = (
        -mean * -np.expm1(1j * angle) + slots * np.log1p((1 - lost) * back_less_one)
        if lost
        else (-mean * -np.expm1(1j * angle) - 1j * slots * angle)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.expm1(log_step) / back_less_one
    ratio[0] = drift
    phase = np.unwrap(np.angle(np.fft.fftshift(ratio)))
    phase -= phase[points // 2]
    logs = -(np.log(np.abs(ratio)) + 1j * np.fft.ifftshift(phase))
    coefficients = np.fft.fft(logs).real / points
    positive = np.zeros(points)
    positive[1 : points // 2] = coefficients[1 : points // 2]
    transform = np.exp(np.fft.ifft(positive) * points - positive.sum())
    pmf = np.fft.fft(transform).real / points
    pmf[np.abs(pmf) < SETTLED] = 0
    return np.asarray(np.maximum(pmf[: points // 2], 0))


def has_been_empty(start: int, referrals: float, slots: int, weeks: Sequence[int], missed: float = 0.0) -> list[float]:
    """For each entry of `weeks`, the chance that the list was empty at the end of that week or of one before.

    Transient law by iterating the probability function and taking out what reaches 0. By week 0 no week has ended.
    ValueError for impossible inputs or a list and horizon too large to iterate exactly.
    """
    first = whole("list", start, high=10_000_000)
    mean = number("referrals_poisson", referrals, low=0, high=MOST_REFERRALS)
    offered = whole("slots", slots, high=100_000)
    asked = wholes("weeks", weeks, high=100_000)
    kept = 1 - share("missed_probability", missed)
    horizon = max(asked, default=0)
    if (first + horizon * (mean + 10)) * _steps(mean, offered) * horizon > MOST_WORK:
        raise ValueError("list, slots and weeks are too large for an exact answer; use the simulator.")
    step = np.convolve(poisson_pmf(mean), binomial_pmf(offered, kept)[::-1])
    reached = [0.0]
    law, gone = np.zeros(first + 1), 0.0
    law[first] = 1
    for _ in range(horizon):
        moved = np.convolve(law, step)
        gone += float(moved[: offered + 1].sum())
        law = np.concatenate(([0.0], moved[offered + 1 :]))
        law = np.trim_zeros(np.where(law > NEGLIGIBLE, law, 0.0), "b")
        if not len(law):
            law = np.zeros(1)
        reached.append(min(1.0, gone))
    return [reached[week] for week in asked]


def seen_within(position: int, slots_by_week: Sequence[int], missed: float = 0.0) -> list[float]:
    """For the child in `position` (1 = next), the chance of being seen by the end of week 1, 2, ... of those listed.

    One list, oldest first: seen once the kept slots reach the position. A zero is a closed week.
    """
    place = whole("position", position, low=1)
    offered = np.cumsum(wholes("slots_by_week", slots_by_week, high=100_000)).tolist()
    kept = 1 - share("missed_probability", missed)
    chances: list[float] = []
    for k, total in enumerate(offered):
        again = k > 0 and total == offered[k - 1]
        chances.append(chances[-1] if again else binomial_at_least(int(total), kept, place))
    return chances


def weeks_until_seen(chances: Sequence[float], levels: Sequence[float]) -> list[int | None]:
    """For each level the smallest number of weeks with at least that chance; None when the weeks listed do not do."""
    return [next((k + 1 for k, chance in enumerate(chances) if chance >= level - TINY), None) for level in levels]
