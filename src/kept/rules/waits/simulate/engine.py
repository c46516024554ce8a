"""One block of replications, week by week: referrals arrive, withdrawals are applied, slots are used.

All arrays run over replications x lists; only weeks and the walk along the cohorts are Python loops. Withdrawals are
applied when a cohort comes to the head of its list and whenever the whole list is looked at, which is exact in law.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..numbers import Integers
from . import draws
from .job import Job
from .joined import Joined
from .lanes import Lanes
from .leaving import Leaving
from .record import Record
from .serving import Serving
from .state import Missed, begin
from .streams import Purpose


class Block:
    """One block of replications. `run()` gives its record."""

    def __init__(self, job: Job, block: int, size: int) -> None:
        self.job, self.n = job, size
        names = [one.name for one in job.lists]
        self.offered = job.capacity.slots(job.seed, block, size, job.weeks, names)
        self.kept = draws.kept_slots(job, block, size, self.offered)
        self.arrivals = [draws.referrals(job, stage, block, size) for stage in job.stages]
        self.state = begin(job, block, size)
        self.lanes = self.state.lanes
        self.leaving = Leaving(self.state)
        self.serving = Serving(self.state, self.leaving)
        self.follow = {i for i, stage in enumerate(job.stages) if len(stage.lists) > 1 or stage.onward is not None}
        self.seen = {i: self._seen_at_start(i) for i in self.follow}
        self.done = {i: self.seen[i].min(axis=0) for i in self.follow}
        self.joined = [
            Joined(self.state, i, self._lists_of(i), self.seen[i])
            for i, stage in enumerate(job.stages)
            if len(stage.lists) > 1 and stage.withdrawal
        ]

    def run(self, watch: Callable[[int, Lanes], None] | None = None) -> Record:
        """All weeks; `watch` is shown the lanes at the end of each."""
        record = self.state.record
        for now in range(self.job.weeks):
            self._arrive(now)
            for stage in self.joined:
                stage.withdraw(now)
            room = self.kept[now].T.reshape(-1).copy()
            self.serving.week(now, room)
            record.unused(room)
            for i in self.follow:
                self._complete(i, now)
            if now % self.job.report_every == 0 or now == self.job.weeks - 1:
                self.leaving.everywhere(now)
                record.look(now, self.lanes, self.state.returned)
            if watch is not None:
                watch(now, self.lanes)
        record.finish(np.broadcast_to(self.offered, (self.n, self.job.weeks, len(self.job.lists))), self.kept)
        return record

    # --- who comes -------------------------------------------------------------------------------------------------

    def _lists_of(self, stage: int) -> list[int]:
        return [k for k, i in enumerate(self.state.stage_of) if i == stage]

    def _arrive(self, now: int) -> None:
        for i, stage in enumerate(self.job.stages):
            week = now - (stage.arrivals.acceptance_weeks if stage.arrivals is not None else 0)
            if stage.arrivals is not None and week >= 0:
                self._refer(i, self.arrivals[i][week].T, week)
        for group in self.state.missed.pop(now, []):
            self._come_back(group, now)
        for i, lane, slot, children in self.state.onward.pop(now, []):
            self._move_on(i, lane, slot, children, now)

    def _refer(self, stage: int, children: Integers, week: int) -> None:
        """`children` (priorities, replications) join every list of the stage."""
        slot, shape = week + self.lanes.oldest, (self.job.priorities, len(self.job.lists), self.n)
        for k in self._lists_of(stage):
            self.lanes.counts[0].reshape(*shape, -1)[:, k, :, slot] += children.astype(np.int32)
            self.lanes.size.reshape(shape)[:, k] += children
            pointer = self.lanes.pointer.reshape(shape)
            pointer[:, k] = np.minimum(pointer[:, k], slot)
        self.state.record.referred(stage, slot, children)

    def _come_back(self, group: Missed, now: int) -> None:
        since = np.full(len(group.left), group.since)
        left = group.left - self.leaving.draw(group.lane, group.slot, group.left, since, now)
        if group.rejoined is None:
            self.leaving.places(group.lane, group.slot, now)
            self.lanes.put(group.used, group.lane, group.slot, left)
            self.lanes.thinned[self.lanes.at(group.lane, group.slot)] = now
        elif self.state.returned is not None:
            some = left > 0
            lane, slot, used = group.lane[some], group.slot[some], group.used[some]
            self.state.returned.push(lane, slot, used, left[some], rejoined=group.rejoined, now=now)

    def _move_on(self, stage: int, lane: Integers, slot: Integers, children: Integers, now: int) -> None:
        """Children of (priority x replication) lanes join every list of the stage, at the place of their referral."""
        priority, replication = np.divmod(lane, self.n)
        none_used = np.zeros(len(lane), dtype=np.int64)
        for k in self._lists_of(stage):
            rows = priority * self.state.rows + k * self.n + replication
            self.leaving.places(rows, slot, now)
            self.lanes.put(none_used, rows, slot, children)
            self.lanes.thinned[self.lanes.at(rows, slot)] = now
            self.lanes.size[rows] += children
        self.state.record.moved_on(stage, priority, replication, slot, children)

    # --- stages ----------------------------------------------------------------------------------------------------

    def _waiting(self, stage: int) -> Integers:
        """(lists of the stage, priorities, replications, slots) of those waiting."""
        table = self.lanes.by_slot().reshape(self.job.priorities, len(self.job.lists), self.n, -1)
        return table[:, self._lists_of(stage)].swapaxes(0, 1)

    def _seen_at_start(self, stage: int) -> Integers:
        """Children on some but not all lists of a stage have been seen in the others: the longest list is the whole."""
        waiting = self._waiting(stage)
        whole = waiting.max(axis=0)
        self.state.record.waiting_for_stage(stage, whole)
        return np.asarray(whole - waiting)

    def _complete(self, stage: int, now: int) -> None:
        """A child is through once the last list has seen it; within a cohort every list keeps the same order."""
        first = self._lists_of(stage)[0]
        for k, lane, slot, n in self.state.record.of_week(now, self._lists_of(stage)):
            at = k - first
            np.add.at(self.seen[stage][at].reshape(-1, self.lanes.slots), (lane, slot), n)
        through = self.seen[stage].min(axis=0)
        priority, replication, slot = np.nonzero(through > self.done[stage])
        if not len(slot):
            return
        children = (through - self.done[stage])[priority, replication, slot].astype(np.int64)
        self.done[stage] = through
        self.state.record.through(stage, now, (priority, replication, slot), children)
        onward = self.job.stages[stage].onward
        if onward is None:
            return
        name, portion, weeks = onward
        if portion < 1:
            children = self.state.draws(Purpose.ONWARD, now).binomial(children, portion)
        target = [other.name for other in self.job.stages].index(name)
        some = children > 0
        lane = priority * self.n + replication
        self.state.onward[now + max(1, weeks)].append((target, lane[some], slot[some], children[some]))


def run_block(task: tuple[Job, int, int]) -> Record:
    """Simulate (job, number of the block, its size). A plain function, so that any map or cluster can call it."""
    job, block, size = task
    return Block(job, block, size).run()
