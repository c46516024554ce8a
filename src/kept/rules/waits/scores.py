"""How good were the intervals: interval score, pinball loss, coverage bands, the histogram of ranks.

Source: Gneiting and Raftery 2007, JASA 102:359-378. Scores are in the unit of the forecast; smaller is better.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .numbers import binomial_quantile, number, share, whole


def interval_score(lower: float, upper: float, outcome: float, level: float) -> float:
    """Width plus 2/a for each unit outside, a = 1 - level. ValueError unless lower <= upper and 0 <= level < 1."""
    if number("level", level, low=0) >= 1:
        raise ValueError("level has to be less than 1.")
    low, high, seen = number("lower", lower), number("upper", upper), number("outcome", outcome)
    if low > high:
        raise ValueError(f"The interval {low:g} to {high:g} ends before it begins.")
    return high - low + 2 / (1 - level) * (max(0.0, low - seen) + max(0.0, seen - high))


def pinball(quantile: float, value: float, outcome: float) -> float:
    """Loss of `value` as the forecast of one quantile."""
    q = share("quantile", quantile)
    gap = number("outcome", outcome) - number("value", value)
    return q * gap if gap >= 0 else (q - 1) * gap


def coverage_band(n: int, level: float, confidence: float = 0.95) -> tuple[int, int]:
    """Lowest and highest count inside that is accepted when intervals are right: the central binomial band."""
    count, chance, wanted = whole("n", n), share("level", level), share("confidence", confidence)
    return binomial_quantile(count, chance, (1 - wanted) / 2), binomial_quantile(count, chance, (1 + wanted) / 2)


def rank_histogram(ranks: Sequence[float], bins: int = 10) -> tuple[list[int], float]:
    """Counts of probability-integral-transform values in equal bins and their chi-square statistic (bins - 1 df)."""
    counts, _ = np.histogram(np.asarray(ranks, dtype=float), bins=bins, range=(0, 1))
    expected = len(ranks) / bins
    return [int(n) for n in counts], float(((counts - expected) ** 2 / expected).sum()) if expected else 0.0


def beta_binomial_moments(alpha: float, beta: float, n: float) -> tuple[float, float]:
    """Mean and standard deviation of a beta-binomial count out of n."""
    a, b, size = number("alpha", alpha, above=0), number("beta", beta, above=0), number("n", n, low=0)
    total = a + b
    variance = size * a * b * (total + size) / (total**2 * (total + 1))
    return size * a / total, float(variance**0.5)
