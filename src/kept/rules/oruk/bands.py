"""Measured waits by age: bands that each have enough people, so that no small band can be worked out from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 10  # people seen: no figure from fewer
AGES = ((0, 4), (5, 10), (11, 15), (16, 25))


@dataclass(frozen=True)
class Band:
    """Those seen and those waiting of some ages (years, both included): weeks waited, weeks so far."""

    low: int
    high: int
    weeks_of_seen: tuple[float, ...]
    weeks_so_far: tuple[float, ...]


Aged = Sequence[tuple[float, float]]
"""(age in years, weeks) of each person."""


def split(seen: Aged, waiting: Aged) -> list[Band]:
    """Bands by age, each with ten or more seen: a band with fewer is joined with its smaller neighbour.

    What is left is one band or none when it cannot be told apart; then there is nothing to show by age. As every band
    that is shown has ten or more, and together they are everybody, nothing smaller follows by subtraction.
    """
    bands = [Band(low, high, _within(seen, low, high), _within(waiting, low, high)) for low, high in AGES]
    while len(bands) > 1 and not all(map(_enough, bands)):
        small = next(at for at, one in enumerate(bands) if not _enough(one))
        beside = [at for at in (small - 1, small + 1) if 0 <= at < len(bands)]
        other = min(beside, key=lambda at: len(bands[at].weeks_of_seen))
        first, last = sorted((small, other))
        bands[first : last + 1] = [_joined(bands[first], bands[last])]
    return bands if len(bands) > 1 else []


def _within(people: Aged, low: int, high: int) -> tuple[float, ...]:
    top = AGES[-1][1]
    return tuple(sorted(weeks for age, weeks in people if low <= min(max(int(age), 0), top) <= high))


def _enough(band: Band) -> bool:
    return len(band.weeks_of_seen) >= ENOUGH


def _joined(one: Band, other: Band) -> Band:
    return Band(
        one.low,
        other.high,
        tuple(sorted(one.weeks_of_seen + other.weeks_of_seen)),
        tuple(sorted(one.weeks_so_far + other.weeks_so_far)),
    )
