"""Slots that are known beforehand, and the arithmetic that turns rates into whole slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..numbers import Floats, Integers
from .streams import Purpose, stream


def whole_slots(rates: Floats, axis: int = -1) -> Integers:
    """Whole slots per week = growth of floor(cumulative rate), so that fractions carry forward exactly."""
    total = np.floor(np.cumsum(rates, axis=axis) + 1e-9)
    first = np.take(total, [0], axis=axis)
    return np.asarray(np.concatenate((first, np.diff(total, axis=axis)), axis=axis), dtype=np.int64)


def by_period(periods: Sequence[tuple[int, Sequence[float]]], weeks: int) -> Floats:
    """(weeks, n) from (from week, n values) valid until the next entry; nothing before the first."""
    if not periods:
        raise ValueError("At least one period is needed.")
    ordered = sorted(periods, key=lambda period: period[0])
    table = np.zeros((weeks, len(ordered[0][1])))
    for start, values in ordered:
        if len(values) != table.shape[1]:
            raise ValueError("Every period needs one value per list.")
        table[max(0, start) :] = values
    return table


def slots_from_fte(
    periods: Sequence[tuple[int, Sequence[float]]], slots_per_fte_week: Sequence[float], weeks: int
) -> Integers:
    """Slots (weeks, lists): growth of floor(cumulative FTE x slots per FTE-week)."""
    rates = by_period(periods, weeks) * np.asarray(slots_per_fte_week, dtype=float)
    if np.any(rates < 0):
        raise ValueError("FTE and slots per FTE-week cannot be negative.")
    return whole_slots(rates, axis=0)


@dataclass(frozen=True)
class FixedSlots:
    """A plan without uncertainty: slots offered, (weeks, lists), in the order of the job's lists."""

    table: Integers

    def slots(self, seed: int, block: int, replications: int, weeks: int, lists: Sequence[str]) -> Integers:
        """The same slots in every replication, (1, weeks, lists). ValueError when the table does not fit the job."""
        if self.table.shape != (weeks, len(lists)):
            raise ValueError(f"The slots have to be a table of {weeks} weeks and {len(lists)} lists.")
        if np.any(self.table < 0):
            raise ValueError("Slots cannot be negative.")
        return self.table[None]

    def notes(self) -> dict[str, float]:
        """Nothing to add."""
        return {}


@dataclass(frozen=True)
class AsLately:
    """Slots of one list as they were kept lately, where no posts are recorded: whole runs of weeks drawn from the past.

    `kept`: kept a week, oldest first; runs of `run` weeks keep holidays together. `spread` is the standard deviation of
    the level of the years to come (log scale), drawn once per replication: the plan is the uncertainty.
    """

    list: str
    kept: tuple[int, ...]
    spread: float = 0.15
    run: int = 4

    def slots(self, seed: int, block: int, replications: int, weeks: int, lists: Sequence[str]) -> Integers:
        """(replications, weeks, lists); nothing on other lists. ValueError without a past or below zero."""
        past = np.asarray(self.kept, dtype=float)
        if not len(past) or (past < 0).any():
            raise ValueError("Slots kept lately have to be 0 or more, for at least one week.")
        rng = stream(seed, block, Purpose.STAFF, self.list)
        level = np.exp(self.spread * rng.standard_normal(replications) - self.spread**2 / 2)
        runs = -(-weeks // self.run)
        first = rng.integers(0, max(1, len(past) - self.run + 1), (replications, runs))
        at = np.minimum(first[:, :, None] + np.arange(self.run), len(past) - 1).reshape(replications, -1)[:, :weeks]
        table = np.zeros((replications, weeks, len(lists)), dtype=np.int64)
        table[:, :, [*lists].index(self.list)] = whole_slots(past[at] * level[:, None], axis=1)
        return table

    def notes(self) -> dict[str, float]:
        """Nothing to add."""
        return {}
