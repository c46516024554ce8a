"""One child followed through one list: what it was told on the day, and what came true.

The child does not withdraw and its first offer counts (the same as being seen, where a missed slot is merely lost).
The child is the last routine one of those referred in a week, the last urgent one where all are urgent; the list is
read at the end of that week, after its slots are used. Position statement: the smallest k for which the expected kept
slots of the next k weeks reach the position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .fluid import FluidList
from .numbers import Floats, Integers, number, whole
from .simulate.engine import Block
from .simulate.lanes import Lanes
from .simulate.streams import blocks
from .standard import (
    MOST,
    ListPlan,
    Rules,
    average,
    job_of,
    or_else,
    periods_of,
    replications_of,
    rules_from,
)

MOST_WEEKS = 2600
SPARE_WEEKS = 52


class Follow:
    """Looks at one block's list: at the week of referral, then until the child's cohort has been served.

    `settle` takes off the list whoever has withdrawn by a week: else children who have left stand before the child.
    """

    def __init__(self, week: int, replications: int, oldest: int, priority: int, settle: Callable[[int], None]) -> None:
        self.week, self.slot, self.priority, self.settle = week, week + oldest, priority, settle
        self.waits = np.full(replications, -1)
        self.position = np.zeros(replications, dtype=np.int64)
        self.waited = np.zeros(replications)

    def __call__(self, now: int, lanes: Lanes) -> None:
        """Called at the end of each week."""
        if now < self.week:
            return
        if now == self.week:
            self.settle(now)
        table = lanes.by_slot().reshape(2, len(self.waits), -1)
        if now == self.week:
            by_slot = table.sum(axis=0, dtype=np.int64)
            self.position = by_slot.sum(axis=1)
            weeks = by_slot @ (self.slot - np.arange(by_slot.shape[1]))
            self.waited = np.divide(weeks, self.position, out=np.zeros(len(weeks)), where=self.position > 0)
        served = (self.waits < 0) & (table[self.priority, :, : self.slot + 1].sum(axis=1) == 0)
        self.waits[served] = now - self.week


def wait_statement(given: Mapping[str, Any]) -> dict[str, float | None]:
    """True mean wait of the child and the bias of two statements made that day, weeks, over the replications.

    ValueError when the child is not reached in fifty years, or the inputs cannot be.
    """
    plan, rules = _plan(given), rules_from(given)
    week = whole("referral_week", given["referral_week"], high=1000)
    weeks = max(_horizon(plan, rules, week), week + 1)
    job = job_of([plan], rules, weeks, replications_of(given))
    follows = []
    for number_, size in blocks(job.replications):
        block = Block(job, number_, size)
        follow = Follow(week, size, job.oldest, 0 if rules.urgent_share == 1 else 1, block.leaving.everywhere)
        block.run(follow)
        follows.append(follow)
    waits = np.concatenate([follow.waits for follow in follows])
    if (waits < 0).any():
        raise ValueError("In some replications the child is not seen within the horizon: no date can be given.")
    slots = np.asarray(block.offered[0, week + 1 :, 0] * (1 - rules.missed), dtype=float)
    told = _weeks_to(np.concatenate([follow.position for follow in follows]), slots)
    waited = np.concatenate([follow.waited for follow in follows])
    return {
        "true_mean_wait": average(waits),
        "bias_mean_waited_so_far": average(waited - waits),
        "bias_position_planned_capacity": average(told - waits),
    }


def _weeks_to(position: Integers, slots: Floats) -> Integers:
    reached = np.concatenate(([0.0], np.cumsum(slots)))
    return np.asarray(np.minimum(np.searchsorted(reached, position - 1e-9), len(slots)))


def _plan(given: Mapping[str, Any]) -> ListPlan:
    periods = periods_of(given, lambda fte: _single("fte", fte))
    whole("weeks", or_else(given.get("weeks"), 1), low=1, high=MOST_WEEKS)
    return ListPlan(
        number("referrals_per_week", given["referrals_per_week"], low=0, high=MOST),
        _single("slots_per_fte_week", given["slots_per_fte_week"]),
        tuple(periods),
        _single("backlog_mean", or_else(given.get("backlog_mean"), 0)),
        whole("backlog_weeks", or_else(given.get("backlog_weeks"), 0), high=1040),
    )


def _single(name: str, value: Any) -> float:
    """One number, also when it comes as a list of one."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    return number(name, one, low=0, high=MOST)


def _horizon(plan: ListPlan, rules: Rules, week: int) -> int:
    """Weeks to simulate so that the child is almost surely seen: its wait in a flow, half as long again, and a year."""
    kept = 1 - rules.missed
    steps = tuple((float(start), fte * plan.slots_per_fte_week * kept) for start, fte in plan.fte)
    wait = FluidList(plan.backlog_mean, plan.referrals_per_week, steps).wait(week)
    if wait is None:
        raise ValueError("With this capacity the child is never reached: no date can be given.")
    urgent = min(0.9, rules.urgent_share * plan.referrals_per_week / max(kept * _slowest(plan), 1e-9))
    weeks = int(week + 1.5 * wait / (1 - urgent) + SPARE_WEEKS)
    if weeks > MOST_WEEKS:
        raise ValueError("The child is not reached within fifty years: no date can be given.")
    return weeks


def _slowest(plan: ListPlan) -> float:
    return min(fte * plan.slots_per_fte_week for _, fte in plan.fte)
