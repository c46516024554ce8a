"""Draw from published shares: quotas by largest remainder, in random order, so that a small area still fits them."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
SATURDAY = 5
YEAR = 365.25  # days


def quotas(weights: Mapping[T, float], total: int) -> dict[T, int]:
    """Whole numbers that add up to `total`, in the proportions of the weights (largest remainders)."""
    weights = {key: weight for key, weight in weights.items() if weight > 0}
    if not weights or total <= 0:
        return {}
    every = sum(weights.values())
    exact = {key: total * weight / every for key, weight in weights.items()}
    given = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (given[key] - exact[key], str(key)))
    for key in by_remainder[: total - sum(given.values())]:
        given[key] += 1
    return given


def spread(rng: random.Random, weights: Mapping[T, float], total: int) -> list[T]:
    """`total` values in the proportions of the weights, shuffled; fewer only when there is no weight at all."""
    values = [key for key, count in quotas(weights, total).items() for _ in range(count)]
    rng.shuffle(values)
    return values


def flags(rng: random.Random, share: float, total: int) -> list[bool]:
    """`total` answers of which this share is yes, shuffled."""
    share = min(max(share, 0.0), 1.0)
    return spread(rng, {True: share, False: 1 - share}, total)


def left_over(wanted: Mapping[T, int], taken: Sequence[T]) -> dict[T, int]:
    """What is still wanted of each value when some are there already; never below nothing."""
    remaining = dict(wanted)
    for value in taken:
        if value in remaining:
            remaining[value] -= 1
    return {value: count for value, count in remaining.items() if count > 0}


def working(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def between(rng: random.Random, first: date, last: date) -> date:
    """A day from first to last, both included; the first where the order is wrong."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def years_before(day: date, years: float) -> date:
    """The day so many years before."""
    return day - timedelta(days=round(years * YEAR))
