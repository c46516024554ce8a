"""Small checks and small distributions that the other modules share. Numbers in, numbers or a sentence out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kept.rules.case_files import shown

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TINY = 1e-12
LARGEST = 1e15
STIRLING_FROM = 1000


@contextmanager
def at(place: str) -> Iterator[None]:
    """Puts the place in the file before the sentence of whatever is refused inside; a name that is missing is said."""
    try:
        yield
    except KeyError as error:
        raise ValueError(f"{place} needs {error.args[0]}.") from None
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def number(name: str, value: Any, *, low: float = -math.inf, high: float = math.inf, above: float = -math.inf) -> float:
    """`value` as a float. Raises ValueError with a sentence unless it is a number in [low, high] and > above.

    Nothing that is counted here comes near 1e15 either way; what does is refused before it can overflow.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise ValueError(f"{name} has to be a number, not {shown(value)}.")
    if isinstance(value, float | np.floating) and not math.isfinite(value):
        raise ValueError(f"{name} has to be a finite number.")
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(f"{name} is too large: it has to lie between -{LARGEST:g} and {LARGEST:g}.")
    if value <= above:
        raise ValueError(f"{name} has to be more than {above:g}, not {value:g}.")
    if value < low:
        raise ValueError(f"{name} cannot be less than {low:g}, but is {value:g}.")
    if value > high:
        raise ValueError(f"{name} cannot be more than {high:g}, but is {value:g}.")
    return float(value)


def share(name: str, value: Any) -> float:
    """`value` as a probability or share. Raises ValueError with a sentence unless it lies in [0, 1]."""
    return number(name, value, low=0, high=1)


def whole(name: str, value: Any, *, low: int = 0, high: int = 10**9) -> int:
    """`value` as a whole number. Raises ValueError with a sentence unless it is one in [low, high]."""
    found = number(name, value, low=low, high=high)
    if found != int(found):
        raise ValueError(f"{name} has to be a whole number, not {found:g}.")
    return int(found)


def numbers(name: str, values: Any, *, low: float = -math.inf, high: float = math.inf) -> list[float]:
    """Every entry as a float. Raises ValueError with a sentence unless `values` is a list of such numbers."""
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        raise ValueError(f"{name} has to be a list of numbers.")
    return [number(f"entry {i + 1} of {name}", value, low=low, high=high) for i, value in enumerate(values)]


def wholes(name: str, values: Any, *, low: int = 0, high: int = 10**9) -> list[int]:
    """Every entry as a whole number. Raises ValueError with a sentence unless `values` is a list of such numbers."""
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        raise ValueError(f"{name} has to be a list of whole numbers.")
    return [whole(f"entry {i + 1} of {name}", value, low=low, high=high) for i, value in enumerate(values)]


def log_factorials(n: int) -> Floats:
    """ln(0!) to ln(n!)."""
    few = np.array([math.lgamma(k + 1) for k in range(min(n, STIRLING_FROM - 1) + 1)])
    if n < STIRLING_FROM:
        return few
    k = np.arange(STIRLING_FROM, n + 1, dtype=float)
    many = (k + 0.5) * np.log(k) - k + 0.5 * math.log(2 * math.pi) + 1 / (12 * k) - 1 / (360 * k**3)
    return np.concatenate((few, many))


def binomial_pmf(n: int, p: float) -> Floats:
    """P(X = 0..n) for X ~ Binomial(n, p)."""
    pmf = np.zeros(n + 1)
    if p <= 0:
        pmf[0] = 1
        return pmf
    if p >= 1:
        pmf[n] = 1
        return pmf
    k = np.arange(n + 1)
    logs = log_factorials(n)
    return np.asarray(np.exp(logs[n] - logs - logs[::-1] + k * math.log(p) + (n - k) * math.log1p(-p)))


def binomial_at_least(n: int, p: float, k: int) -> float:
    """P(Binomial(n, p) >= k), summed over the shorter side."""
    if k <= 0:
        return 1.0
    if k > n:
        return 0.0
    pmf = binomial_pmf(n, p)
    upper = float(pmf[k:].sum())
    return min(1.0, upper if 2 * upper < 1 else 1 - float(pmf[:k].sum()))


def binomial_quantile(n: int, p: float, level: float) -> int:
    """The smallest k with P(Binomial(n, p) <= k) >= level."""
    below = np.cumsum(binomial_pmf(n, p))
    return min(n, int(np.searchsorted(below, level - TINY)))


def poisson_top(mean: float) -> int:
    """The largest count that `poisson_pmf` holds."""
    return int(mean + 12 * math.sqrt(mean) + 40) if mean > 0 else 0


def poisson_pmf(mean: float) -> Floats:
    """P(X = 0, 1, ...) for X ~ Poisson(mean), long enough that what is cut off is below 1e-17."""
    if mean <= 0:
        return np.ones(1)
    top = poisson_top(mean)
    k = np.arange(top + 1)
    return np.asarray(np.exp(k * math.log(mean) - mean - log_factorials(top)))
