"""Figures for charts and tables: fans of quantiles, never a lone line; success counted by week of referral.

Weeks of referral count from 0 = now; negative weeks are today's list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..numbers import Floats, Integers
from .record import WEEKS_PER_PERIOD
from .result import Result

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)
WAIT_LEVELS = (0.5, 0.8, 0.92, 0.95)
Z95 = 1.959964


@dataclass(frozen=True)
class Fan:
    """Quantiles over replications: `values[level][i]` belongs to `weeks[i]`. Not a number where there is nobody."""

    weeks: list[int]
    levels: tuple[float, ...]
    values: list[list[float]]


@dataclass(frozen=True)
class Chance:
    """A share of replications with its 95% Wilson interval."""

    probability: float
    low: float
    high: float
    replications: int


def _fan(weeks: Sequence[int] | Integers, table: Floats, levels: Sequence[float]) -> Fan:
    """From (replications, weeks)."""
    values = np.full((len(levels), table.shape[1]), np.nan)
    some = ~np.isnan(table).all(axis=0)
    if some.any():
        values[:, some] = np.nanquantile(table[:, some], levels, axis=0)
    return Fan([int(week) for week in weeks], tuple(levels), values.tolist())


def wilson(successes: int, n: int, z: float = Z95) -> Chance:
    """A proportion with its Wilson interval; the whole range when there are no trials."""
    if n == 0:
        return Chance(math.nan, 0.0, 1.0, 0)
    p, half = successes / n, z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Chance(p, max(0.0, (p + half - spread) / (1 + 2 * half)), min(1.0, (p + half + spread) / (1 + 2 * half)), n)


def list_size(
    result: Result, unit: str | None = None, priority: int | None = None, levels: Sequence[float] = LEVELS
) -> Fan:
    """Children waiting at the end of the looked-at weeks."""
    table = result.size[np.ix_(result.classes(priority), _lists(result, unit))].sum(axis=(0, 1), dtype=np.int64)
    return _fan(result.look_weeks, table.astype(float), levels)


def waiting_longer(
    result: Result, weeks: int, unit: str | None = None, levels: Sequence[float] = (0.5, 0.9)
) -> tuple[Fan, list[float]]:
    """Children who have waited more than `weeks` (one of the job's long waits): a fan and the expected number."""
    if weeks not in result.job.long_waits:
        raise ValueError(f"{weeks} weeks is not one of the long waits of this job.")
    which = result.job.long_waits.index(weeks)
    table = result.long[which][:, _lists(result, unit)].sum(axis=(0, 1), dtype=np.int64).astype(float)
    return _fan(result.look_weeks, table, levels), table.mean(axis=0).tolist()


def _lists(result: Result, unit: str | None) -> list[int]:
    found = result.unit(unit)
    if any(k >= len(result.job.lists) for k in found):
        raise ValueError(f"{unit} is a stage of several lists; list sizes are kept per list.")
    return found


def _percentile_of(counts: Integers, level: float) -> float:
    total = counts.sum()
    return float((np.cumsum(counts) >= level * total - 1e-9).argmax()) if total else math.nan


def waits_by_referral(
    result: Result, unit: str | None = None, priority: int | None = None, levels: Sequence[float] = WAIT_LEVELS
) -> Fan:
    """Waits of those seen by four-week period of referral, all replications pooled. `weeks` = first week of the period.

    Periods near the end of the horizon hold only those seen early: read them only up to horizon less the wait.
    """
    table = result.waits_by_period[np.ix_(result.classes(priority), result.unit(unit))].sum(axis=(0, 1))
    skip = -(-result.oldest // WEEKS_PER_PERIOD)
    weeks = [(i - skip) * WEEKS_PER_PERIOD for i in range(len(table))]
    values = [[_percentile_of(row, level) for row in table] for level in levels]
    return Fan(weeks, tuple(levels), values)


def waits_of_those_waiting(
    result: Result, unit: str | None = None, priority: int | None = None, levels: Sequence[float] = WAIT_LEVELS
) -> Fan:
    """Weeks waited so far by those on the list at each look, all replications pooled."""
    table = result.still_waiting[np.ix_(result.classes(priority), _lists(result, unit))].sum(axis=(0, 1))
    values = [
        [
            _percentile_of(row[: week + result.oldest + 1][::-1], level)
            for week, row in zip(result.look_weeks, table, strict=True)
        ]
        for level in levels
    ]
    return Fan([int(week) for week in result.look_weeks], tuple(levels), values)


def cohort_counts(
    result: Result, within: int, unit: str | None = None, priority: int | None = None
) -> tuple[Integers, Integers]:
    """(in time, referred less those who withdrew in time), each (replications, weeks of referral from -oldest).

    ValueError when `within` is not one of the job's standards.
    """
    if within not in result.job.standards:
        raise ValueError(f"{within} weeks is not one of the standards of this job.")
    k = result.job.standards.index(within)
    at = np.ix_(result.classes(priority), result.unit(unit))
    entered = result.entered[at].sum(axis=(0, 1), dtype=np.int64)
    left = result.left_early[k][at].sum(axis=(0, 1), dtype=np.int64)
    return result.in_time[k][at].sum(axis=(0, 1), dtype=np.int64), entered - left


def share_in_time(
    result: Result, within: int, unit: str | None = None, priority: int | None = None, levels: Sequence[float] = LEVELS
) -> Fan:
    """Share seen within the standard by four-week period of referral, for periods whose outcome is known."""
    good, came = cohort_counts(result, within, unit, priority)
    last = result.job.weeks - within
    weeks = list(range(0, max(0, last - WEEKS_PER_PERIOD + 1), WEEKS_PER_PERIOD))
    table = np.full((good.shape[0], len(weeks)), np.nan)
    for i, week in enumerate(weeks):
        span = slice(week + result.oldest, week + result.oldest + WEEKS_PER_PERIOD)
        total = came[:, span].sum(axis=1)
        np.divide(good[:, span].sum(axis=1), total, out=table[:, i], where=total > 0)
    return _fan(weeks, table, levels)


def chance_of_target(
    result: Result, within: int, first: int, last: int, *, needed: float = 0.95, units: Sequence[str] | None = None
) -> Chance:
    """Chance that at least `needed` of the children referred in weeks first..last are seen within the standard.

    With several units each one has to succeed (jointly). Counted by referral, so seeing the newest first gains nothing.
    ValueError when the outcome of the last week lies beyond the horizon.
    """
    if not 0 <= first <= last or last + within >= result.job.weeks:
        raise ValueError(f"Weeks {first} to {last} and {within} weeks of waiting do not lie inside the horizon.")
    span = slice(first + result.oldest, last + result.oldest + 1)
    success = np.ones(result.job.replications, dtype=bool)
    for unit in units if units is not None else [None]:
        good, came = cohort_counts(result, within, unit)
        success &= good[:, span].sum(axis=1) >= needed * came[:, span].sum(axis=1) - 1e-9
    return wilson(int(success.sum()), len(success))


def first_week_that_holds(
    result: Result, within: int, unit: str | None = None, *, needed: float = 0.95, hold: int = 26
) -> tuple[Integers, float]:
    """Per replication the first week of referral from which the target holds for `hold` weeks running.

    -1 = not within the horizon; the second figure is the share of replications in which it is reached.
    """
    good, came = (table[:, result.oldest :] for table in cohort_counts(result, within, unit))
    known = result.job.weeks - within
    holds = (good >= needed * came - 1e-9)[:, : max(0, known)]
    if holds.shape[1] < hold:
        return np.full(len(good), -1), 0.0
    total = np.cumsum(np.pad(holds, ((0, 0), (1, 0))), axis=1)
    whole: NDArray[np.bool_] = np.asarray(total[:, hold:] - total[:, :-hold] == hold)
    weeks = np.where(whole.any(axis=1), whole.argmax(axis=1), -1)
    return weeks, float((weeks >= 0).mean())


def slots_table(result: Result) -> list[dict[str, float | str]]:
    """Per list, mean over replications: slots offered, lost because the child was not brought, empty, children seen."""
    rows: list[dict[str, float | str]] = []
    for k, one in enumerate(result.job.lists):
        rows.append(
            {
                "list": one.name,
                "offered": float(result.slots_offered[k].mean()),
                "lost": float(result.lost[:, k].sum(axis=0).mean()),
                "empty": float(result.empty[k].mean()),
                "seen": float(result.seen(one.name).mean()),
                "withdrawn": float(result.withdrawn[:, k].sum(axis=0).mean()),
                "closed after missed appointments": float(result.closed_unseen[:, k].sum(axis=0).mean()),
            }
        )
    return rows


def difference(
    plan: Floats, other: Floats, levels: Sequence[float] = (0.1, 0.5, 0.9)
) -> dict[str, float | list[float]]:
    """Plan less other, replication by replication: both runs share their luck, so the error is that of the difference.

    Use with `mean_wait`, `seen` and so on of two results of the same seed; one factor switched off at a time gives the
    attribution of a change to backlog, growth, vacancies, missed appointments and leave.
    """
    gap = np.asarray(plan, dtype=float) - np.asarray(other, dtype=float)
    gap = gap[~np.isnan(gap)]
    if not len(gap):
        return {"mean": math.nan, "standard_error": math.nan, "quantiles": []}
    error = float(gap.std(ddof=1) / math.sqrt(len(gap))) if len(gap) > 1 else math.nan
    return {"mean": float(gap.mean()), "standard_error": error, "quantiles": np.quantile(gap, levels).tolist()}
