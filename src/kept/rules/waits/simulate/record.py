"""What one block of replications leaves behind: counts by unit, class, replication, week of referral and wait.

A unit is a list, or a stage of several lists (through when the last list has seen the child). Axes, always in this
order: class p, unit u, replication n, then slot s (week of referral + oldest), wait w, or look t.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..numbers import Integers

if TYPE_CHECKING:
    from .job import Job
    from .lanes import Lanes, Returned

WEEKS_PER_PERIOD = 4


def units_of(job: Job) -> list[str]:
    """Names of the units: the lists, then the stages that join several lists."""
    return [one.name for one in job.lists] + [stage.name for stage in job.stages if len(stage.lists) > 1]


def _smallest(table: NDArray[np.int32]) -> NDArray[Any]:
    """The same counts in the smallest type that holds them: they travel between processes and stay in memory."""
    most = int(table.max(initial=0))
    return table.astype(np.min_scalar_type(most)) if int(table.min(initial=0)) >= 0 else table


class Record:
    """Collects while a block runs; `close()` turns the events into counts."""

    def __init__(self, job: Job, n: int, by_slot: Integers) -> None:
        self.n, self.oldest, self.slots = n, job.oldest, job.oldest + job.weeks
        self.p, self.lists, self.standards, self.long_waits = (
            job.priorities,
            len(job.lists),
            job.standards,
            job.long_waits,
        )
        self.stage_of = [i for i, stage in enumerate(job.stages) for _ in stage.lists]
        joined = [i for i, stage in enumerate(job.stages) if len(stage.lists) > 1]
        self.unit_of_stage = {i: self.lists + k for k, i in enumerate(joined)}
        self.u = self.lists + len(joined)
        self.looks = [t for t in range(job.weeks) if t % job.report_every == 0 or t == job.weeks - 1]
        self.entered = np.zeros((self.p, self.u, n, self.slots), dtype=np.int32)
        self.entered[:, : self.lists] = by_slot.reshape(self.p, self.lists, n, self.slots)
        self.left_early = np.zeros((len(self.standards), self.p, self.u, n, self.slots), dtype=np.int32)
        self.withdrawn, self.closed_unseen, self.lost = (
            np.zeros((self.p, self.lists, n), dtype=np.int64) for _ in range(3)
        )
        self.empty = np.zeros((self.lists, n), dtype=np.int64)
        self.slots_offered = np.zeros((self.lists, n), dtype=np.int64)
        self.size = np.zeros((self.p, self.lists, n, len(self.looks)), dtype=np.int32)
        self.long = np.zeros((len(self.long_waits), self.p, self.lists, n, len(self.looks)), dtype=np.int32)
        self.still_waiting = np.zeros((self.p, self.lists, len(self.looks), self.slots), dtype=np.int64)
        self._events: list[tuple[int, Integers, Integers, Integers]] = []
        self._stage_events: list[tuple[int, Integers, Integers, Integers]] = []
        self._week = 0
        self._week_starts = 0

    # --- while the block runs --------------------------------------------------------------------------------------

    def _units(self, stage: int) -> list[int]:
        found = [k for k, i in enumerate(self.stage_of) if i == stage]
        return [*found, self.unit_of_stage[stage]] if stage in self.unit_of_stage else found

    def referred(self, stage: int, slot: int, children: Integers) -> None:
        """(priorities, replications) children entered a stage."""
        for unit in self._units(stage):
            self.entered[:, unit, :, slot] += children.astype(np.int32)

    def waiting_for_stage(self, stage: int, whole: Integers) -> None:
        """Who waits for a stage of several lists at the start: (priorities, replications, slots)."""
        if stage in self.unit_of_stage:
            self.entered[:, self.unit_of_stage[stage]] += whole

    def moved_on(self, stage: int, p: Integers, n: Integers, slot: Integers, children: Integers) -> None:
        """Children came from the stage before."""
        for unit in self._units(stage):
            np.add.at(self.entered[:, unit], (p, n, slot), children)

    def booked(self, lane: Integers, slot: Integers, children: Integers) -> None:
        """Children who held a date."""
        p, k, n = self._split(lane)
        self.entered[p, k, n, slot] += children.astype(np.int32)

    def _split(self, lane: Integers) -> tuple[Integers, Integers, Integers]:
        p, row = np.divmod(lane, self.lists * self.n)
        k, n = np.divmod(row, self.n)
        return p, k, n

    def withdrew(self, lane: Integers, slot: Integers, gone: Integers, early: Sequence[Integers]) -> None:
        """Children left; `early` of them before the weeks of each standard were over."""
        p, k, n = self._split(lane)
        np.add.at(self.withdrawn, (p, k, n), gone)
        for standard, some in enumerate(early):
            np.add.at(self.left_early[standard], (p, k, n, slot), some)

    def seen(self, now: int, lane: Integers, slot: Integers, children: Integers) -> None:
        """Children were seen in week `now`."""
        if now != self._week:
            self._week, self._week_starts = now, len(self._events)
        self._events.append((now, lane, slot, children))

    def of_week(self, now: int, lists: Sequence[int]) -> list[tuple[int, Integers, Integers, Integers]]:
        """(list, class x replications + replication, slot, children) of those seen this week in these lists."""
        if self._week != now:
            return []
        found = []
        for _, lane, slot, children in self._events[self._week_starts :]:
            p, k, n = self._split(lane)
            for one in lists:
                here = k == one
                if here.any():
                    found.append((one, (p * self.n + n)[here], slot[here], children[here]))
        return found

    def left_stage(
        self, stage: int, where: tuple[Integers, Integers, Integers], gone: Integers, waited: Integers
    ) -> None:
        """Children left a stage of several lists; `waited`: weeks by then; `where` = class, replication, slot."""
        for k, weeks in enumerate(self.standards):
            np.add.at(self.left_early[k][:, self.unit_of_stage[stage]], where, gone * (waited <= weeks))

    def through(self, stage: int, now: int, where: tuple[Integers, Integers, Integers], children: Integers) -> None:
        """Children are through a stage of several lists; `where` = class, replication, slot."""
        p, n, slot = where
        if stage in self.unit_of_stage:
            unit = self.unit_of_stage[stage]
            self._stage_events.append((now, (p * self.u + unit) * self.n + n, slot, children))

    def not_brought(self, lane: Integers, missed: Integers) -> None:
        """Slots were lost because the children were not brought."""
        np.add.at(self.lost, self._split(lane), missed)

    def closed(self, lane: Integers, children: Integers) -> None:
        """Children were taken off after their last attempt."""
        np.add.at(self.closed_unseen, self._split(lane), children)

    def unused(self, room: Integers) -> None:
        """Slots that nobody was there to use."""
        self.empty += room.reshape(self.lists, self.n)

    def look(self, now: int, lanes: Lanes, returned: Returned | None) -> None:
        """Count the whole list at the end of week `now`."""
        t = self.looks.index(now)
        table = lanes.by_slot()
        if returned is not None:
            table = table.copy()
            lane, at = returned.standing()
            np.add.at(table, (lane, returned.slot[lane, at]), returned.left[lane, at])
        shaped = table.reshape(self.p, self.lists, self.n, self.slots)
        self.size[..., t] = lanes.size.reshape(self.p, self.lists, self.n)
        self.still_waiting[:, :, t] = shaped.sum(axis=2)
        for k, weeks in enumerate(self.long_waits):
            before = now + self.oldest - weeks
            if before > 0:
                self.long[k, ..., t] = shaped[..., :before].sum(axis=-1)

    # --- afterwards ------------------------------------------------------------------------------------------------

    def finish(self, offered: Integers, kept: Integers) -> None:
        """Take slots `offered` (replications, weeks, lists), `kept` (weeks, replications, lists); count events."""
        self.slots_offered += offered.sum(axis=1).T
        self.lost[0] += (offered.sum(axis=1) - kept.sum(axis=0)).T
        self._count()
        for name in ("entered", "left_early", "waits", "in_time"):
            setattr(self, name, _smallest(getattr(self, name)))

    def _flat_events(self) -> tuple[Integers, Integers, Integers, Integers]:
        """Unit lane ((p x units + unit) x replications + replication), slot, wait, children of every event."""
        parts = []
        for now, lane, slot, children in self._events:
            p, row = np.divmod(lane, self.lists * self.n)
            parts.append((p * self.u * self.n + row, slot, now + self.oldest - slot, children))
        for now, lane, slot, children in self._stage_events:
            parts.append((lane, slot, now + self.oldest - slot, children))
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            return none, none, none, none
        lanes, slots, waits, children = (np.concatenate(part) for part in zip(*parts, strict=True))
        return lanes, slots, waits, children

    def _count(self) -> None:
        lane, slot, wait, children = self._flat_events()
        self._events, self._stage_events = [], []
        shape, lanes = (self.p, self.u, self.n), self.p * self.u * self.n

        def table(at: Integers, weights: Integers, depth: int) -> NDArray[np.int32]:
            counted = np.bincount(lane * depth + at, weights=weights, minlength=lanes * depth)
            return np.asarray(counted.astype(np.int32).reshape(*shape, depth))

        self.waits = table(wait, children, self.slots)
        self.in_time = np.zeros((len(self.standards), *shape, self.slots), dtype=np.int32)
        for k, weeks in enumerate(self.standards):
            self.in_time[k] = table(slot, children * (wait <= weeks), self.slots)
        skip = -(-self.oldest // WEEKS_PER_PERIOD)
        period = (slot - self.oldest) // WEEKS_PER_PERIOD + skip
        periods = skip + -(-(self.slots - self.oldest) // WEEKS_PER_PERIOD)
        at = (lane // self.n * periods + period) * self.slots + wait
        by_period = np.bincount(at, weights=children, minlength=self.p * self.u * periods * self.slots)
        self.waits_by_period = by_period.astype(np.int64).reshape(self.p, self.u, periods, self.slots)
