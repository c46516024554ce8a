"""Everybody on one list at once: the sampled week in which each is seen, for thousands of children in a second.

Children who are served one after another have nearly the same answer, so the weeks are sampled for some places along
the line (both ends and those between, closer where the line is short) and read off between them. Weeks count from 0 =
today; 1 = within the next seven days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .numbers import Floats, Integers

MOST_PLACES = 36


@dataclass(frozen=True)
class Place:
    """A child in the line: how many are served before it, its class from 0 = most urgent.

    `overtaken_for`: for each more urgent class, how many weeks of their referrals will still be served before it
    (None = all to come).
    """

    ahead: int
    priority: int
    overtaken_for: tuple[int | None, ...] = ()


def places_to_sample(ahead: Sequence[int], most: int = MOST_PLACES) -> list[int]:
    """Positions in `ahead` (ascending) to sample: all when few, else both ends and evenly between them."""
    if len(ahead) <= most:
        return list(range(len(ahead)))
    return sorted({round(i * (len(ahead) - 1) / (most - 1)) for i in range(most)})


def weeks_of_line(
    places: Sequence[Place], kept: Integers, urgent: Integers, *, withdrawal: float = 0.0, seed: int = 1
) -> Floats:
    """Week in which each place is seen on each path, (places, paths); infinite where not within the weeks sampled.

    `kept` (paths, weeks) appointments kept; `urgent` (paths, weeks, classes) referrals to come; `withdrawal` weekly
    hazard of those ahead. ValueError when the tables do not fit.
    """
    if kept.ndim != len(("paths", "weeks")) or urgent.shape[:2] != kept.shape:
        raise ValueError("kept and urgent have to be tables of the same paths and weeks.")
    weeks, classes = kept.shape[1], urgent.shape[2]
    opens = np.array([_opens(one, weeks, classes) for one in places], dtype=np.int64).reshape(len(places), classes)
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    before = np.repeat([[one.ahead] for one in places], len(kept), axis=1).astype(np.int64).reshape(len(places), -1)
    found = np.full(before.shape, np.inf)
    for week in range(weeks):
        still = np.isinf(found)
        if not still.any():
            break
        if withdrawal > 0:
            some = still & (before > 0)
            before[some] -= rng.binomial(before[some], withdrawal)
        before += (week < opens).astype(np.int64) @ urgent[:, week].T.astype(np.int64)
        found[still & (kept[:, week] > before)] = week + 1
        before = np.maximum(before - kept[:, week], 0)
    return found


def _opens(place: Place, weeks: int, classes: int) -> list[int]:
    """For how many weeks the referrals of each class still come before this place."""
    limits = place.overtaken_for or (None,) * place.priority
    return [0 if c >= len(limits) else weeks if (limit := limits[c]) is None else limit for c in range(classes)]


def quantiles_of_line(weeks: Floats, levels: Sequence[float]) -> Floats:
    """Smallest sampled week by which a share `level` of the paths has seen the place, (places, levels)."""
    ordered = np.sort(weeks, axis=1)
    at = [int(np.ceil(level * ordered.shape[1] - 1e-9)) - 1 for level in levels]
    return np.asarray(ordered[:, at])


def read_between(wanted: Sequence[int], sampled: Sequence[int], table: Floats) -> Floats:
    """Rows for each of `wanted` places (children ahead) from the rows of `sampled` ones; infinite stays infinite.

    Between two places a straight line; a place between a finite and an infinite one is infinite.
    """
    x, y = np.asarray(sampled, dtype=float), np.asarray(table, dtype=float)
    place = np.clip(np.searchsorted(x, wanted, side="left"), 1, max(1, len(x) - 1))
    if len(x) == 1:
        return np.repeat(y, len(wanted), axis=0)
    low, high = place - 1, place
    gap = np.where(x[high] > x[low], x[high] - x[low], 1.0)
    part = np.clip((np.asarray(wanted, dtype=float) - x[low]) / gap, 0, 1)[:, None]
    with np.errstate(invalid="ignore"):
        between = y[low] + part * (y[high] - y[low])
    between = np.where(part <= 0, y[low], np.where(part >= 1, y[high], between))
    return np.asarray(np.where(np.isnan(between), np.inf, between))
