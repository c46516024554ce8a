"""Statistics as the R package NHSRwaitinglist 0.1.2 gives them, for people who compare. Whole days.

These estimators overstate short lists (n referrals give n + 1 gaps); the product's own figure is 7n/D, given beside.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .formulas import target_capacity
from .numbers import number

FACTOR = 4.0
LONGEST_WINDOW = 200_000


@dataclass(frozen=True)
class PeerStatistics:
    """One list in its window: rates per week, children, days, cv without unit; None = nothing to divide."""

    demand_weekly: float | None
    demand_count: int
    demand_cv: float | None
    capacity_weekly: float | None
    capacity_cv: float | None
    load: float | None
    queue: int
    target_queue: float | None
    mean_wait_days: float | None
    target_capacity: float | None
    unbiased_demand_weekly: float | None
    queue_series: list[int]


def queue_series(referrals: Sequence[int], removals: Sequence[int | None], start: int, end: int) -> list[int]:
    """Children waiting at the end of each day from start to end: referrals so far less removals so far.

    Earlier referrals count from `start`; removals outside the window are not counted, as in the peer.
    """
    if end < start:
        raise ValueError("end cannot be before start.")
    if end - start > LONGEST_WINDOW:
        raise ValueError(f"A window of more than {LONGEST_WINDOW} days is too long.")
    change = np.zeros(end - start + 1, dtype=np.int64)
    for day in referrals:
        if day <= end:
            change[max(day, start) - start] += 1
    for removed in removals:
        if removed is not None and start <= removed <= end:
            change[removed - start] -= 1
    return [int(n) for n in np.cumsum(change)]


def _rate(gaps: Sequence[int]) -> tuple[float | None, float | None]:
    """Per week and coefficient of variation of the gaps; a single gap has no spread."""
    if not gaps or sum(gaps) == 0:
        return None, None
    mean = sum(gaps) / len(gaps)
    return 7 / mean, (statistics.stdev(gaps) / mean if len(gaps) > 1 else 0.0)


def demand_gaps(referrals: Sequence[int], start: int, end: int) -> list[int]:
    """Gaps of the sequence start, referrals inside the window, end."""
    days = [start, *sorted(day for day in referrals if start <= day <= end), end]
    return [later - earlier for earlier, later in pairwise(days)]


def capacity_gaps(referrals: Sequence[int], removals: Sequence[int | None], start: int) -> list[int]:
    """Gap of each removal to the item before it: a removal, a day on which the list is empty, or the start.

    Days with an empty list come from the series between the first and the last referral; on one day they sort first.
    """
    if not referrals:
        return []
    first, last = min(referrals), max(referrals)
    daily = queue_series(referrals, removals, first, last)
    items = [(first + i, 0) for i, size in enumerate(daily) if size == 0]
    items += [(day, 1) for day in removals if day is not None]
    gaps, before = [], start
    for day, is_removal in sorted(items):
        if is_removal:
            gaps.append(day - before)
        before = day
    return gaps


def peer_statistics(
    referrals: Sequence[int], removals: Sequence[int | None], start: int, end: int, target_weeks: float
) -> PeerStatistics:
    """The peer's statistics of one list. ValueError when the two lists differ in length or the window is impossible."""
    if len(referrals) != len(removals):
        raise ValueError("removal_days needs one entry per referral, null for a child still waiting.")
    target = number("target_weeks", target_weeks, above=0)
    arrived = demand_gaps(referrals, start, end)
    demand, demand_cv = _rate(arrived)
    capacity, capacity_cv = _rate(capacity_gaps(referrals, removals, start))
    series = queue_series(referrals, removals, start, end)
    waiting = [
        end - day for day, gone in zip(referrals, removals, strict=True) if day <= end and (gone is None or gone > end)
    ]
    inside = sum(start <= day <= end for day in referrals)
    steady = None
    if demand is not None and demand_cv is not None:
        steady = target_capacity(demand, target, FACTOR, demand_cv, capacity_cv or 0.0)
    return PeerStatistics(
        demand_weekly=demand,
        demand_count=len(arrived),
        demand_cv=demand_cv,
        capacity_weekly=capacity,
        capacity_cv=capacity_cv,
        load=None if demand is None or not capacity else demand / capacity,
        queue=series[-1],
        target_queue=None if demand is None else demand * target / FACTOR,
        mean_wait_days=sum(waiting) / len(waiting) if waiting else None,
        target_capacity=steady,
        unbiased_demand_weekly=7 * inside / (end - start) if end > start else None,
        queue_series=series,
    )


def schedule(referrals: Sequence[int], slots: Sequence[int]) -> tuple[list[int | None], list[int]]:
    """Oldest first; a slot is used only when strictly later than the referral, else it is lost.

    Gives the removal day per referral (oldest first; None without a slot) and 1 or 0 per slot, in the order given.
    """
    waiting = sorted(referrals)
    removed: list[int | None] = [None] * len(waiting)
    used, nxt = [0] * len(slots), 0
    for place in sorted(range(len(slots)), key=slots.__getitem__):
        if nxt < len(waiting) and slots[place] > waiting[nxt]:
            removed[nxt] = slots[place]
            used[place] = 1
            nxt += 1
    return removed, used
