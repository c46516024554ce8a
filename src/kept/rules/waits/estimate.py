"""Inputs of the simulator from the record: level and spread of referrals, withdrawals, missed appointments."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .numbers import share, whole, wholes

LARGEST_K = 1e4
SMALLEST_K = 0.05
SEARCH_STEPS = 80


@dataclass(frozen=True)
class Level:
    """Referrals a week, size k of the negative binomial (None = no more spread than Poisson), weeks and referrals used.

    `shape` is the shape of the gamma posterior of the level, for `Arrivals.level_shape`.
    """

    weekly: float
    dispersion: float | None
    weeks: int
    referrals: int

    @property
    def shape(self) -> float | None:
        """Weeks x information per week, in units of the level squared; None without referrals."""
        if not self.referrals:
            return None
        variance = self.weekly + (self.weekly**2 / self.dispersion if self.dispersion else 0.0)
        return self.weeks * self.weekly**2 / variance


def referral_level(counts: Sequence[int]) -> Level:
    """Maximum likelihood from weekly counts (usually the last 104). ValueError for no weeks."""
    found = wholes("counts", counts)
    if not found:
        raise ValueError("At least one week of referrals is needed.")
    mean = sum(found) / len(found)
    spread = sum((n - mean) ** 2 for n in found) / len(found)
    if spread <= mean or mean == 0:
        return Level(mean, None, len(found), sum(found))
    low, high = math.log(SMALLEST_K), math.log(LARGEST_K)
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(SEARCH_STEPS):
        a, b = high - golden * (high - low), low + golden * (high - low)
        if _likelihood(found, mean, math.exp(a)) > _likelihood(found, mean, math.exp(b)):
            high = b
        else:
            low = a
    return Level(mean, math.exp((low + high) / 2), len(found), sum(found))


def _likelihood(counts: Sequence[int], mean: float, k: float) -> float:
    """Log likelihood of the counts, less what does not depend on k."""
    odds = math.log1p(mean / k)
    return sum(
        math.lgamma(n + k) - math.lgamma(k) - (n + k) * odds - n * math.log(k) if n else -k * odds for n in counts
    )


def withdrawal_hazard(
    stays: Iterable[tuple[float, bool]], bands: Sequence[int] = (0, 13, 26, 52)
) -> list[tuple[int, float]]:
    """Weekly hazard by band of weeks waited, from (weeks on the list, whether it ended in a withdrawal).

    Withdrawals in the band over child-weeks spent in it, as `Stage.withdrawal` takes it. A band that nobody reached has
    the hazard of the one before.
    """
    starts = sorted(set(bands))
    ends = [*starts[1:], math.inf]
    weeks, left = [0.0] * len(starts), [0] * len(starts)
    for waited, withdrew in stays:
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            weeks[i] += max(0.0, min(waited, end) - start)
            left[i] += withdrew and start <= waited < end
    hazards: list[tuple[int, float]] = []
    for i, start in enumerate(starts):
        before = hazards[-1][1] if hazards else 0.0
        hazards.append((start, min(1.0, left[i] / weeks[i]) if weeks[i] > 0 else before))
    return hazards


def missed_share(missed: int, offered: int, service_share: float, strength: float = 50.0) -> float:
    """Share of appointments missed, shrunk to the service's share as if by `strength` appointments (beta-binomial)."""
    tries = whole("offered", offered)
    lost = whole("missed", missed, high=max(tries, 0))
    if strength <= 0 and not tries:
        raise ValueError("Without appointments a strength above zero is needed.")
    return (lost + share("service_share", service_share) * strength) / (tries + strength)
