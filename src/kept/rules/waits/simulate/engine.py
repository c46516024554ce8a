"""One block of replications, week by week: referrals arrive, withdrawals are applied, slots are used.

All arrays run over replications x lists; only weeks and the walk along the cohorts are Python loops. Withdrawals are
applied when a cohort comes to the head of its list and whenever the whole list is looked at, which is exact in law.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ..numbers import Integers
from . import draws
from .job import Job, Order, Stage
from .lanes import Lanes, Returned, stay
from .record import Record
from .streams import Purpose, stream


@dataclass(frozen=True)
class Group:
    """Children of different lanes who come back after a missed appointment: week due, and whether to the back."""

    lane: Integers
    slot: Integers
    used: Integers
    left: Integers
    since: int
    rejoined: int | None


class Block:
    """The state of one block. `run()` gives its record."""

    def __init__(self, job: Job, block: int, size: int) -> None:
        self.job, self.block, self.n = job, block, size
        self.lists = job.lists
        self.rows = len(self.lists) * size
        self.stage_of = [i for i, stage in enumerate(job.stages) for _ in stage.lists]
        self.classes = max((one.max_attempts or 1) for one in self.lists)
        self.offered = job.capacity.slots(job.seed, block, size, job.weeks, [one.name for one in self.lists])
        self.kept = draws.kept_slots(job, block, size, self.offered)
        self.arrivals = [draws.referrals(job, stage, block, size) for stage in job.stages]
        self.lanes = Lanes(self._start(), job.priorities, self.rows, job.weeks, job.oldest)
        self.returned = None if all(one.keeps_place for one in self.lists) else Returned(job.priorities * self.rows)
        self._settings()
        self.groups: dict[int, list[Group]] = defaultdict(list)
        self.onward: dict[int, list[tuple[int, Integers, Integers, Integers]]] = defaultdict(list)
        self.record = Record(job, size, self.lanes.waiting_by_slot())
        self.joined = {
            i: np.zeros((len(stage.lists), job.priorities, size, self.lanes.slots), dtype=np.int32)
            for i, stage in enumerate(job.stages)
            if len(stage.lists) > 1
        }
        self.joined_done: dict[int, Integers] = {}
        for i in self.joined:
            self._start_joined(i)

    def _start(self) -> Integers:
        found = [draws.waiting_now(self.job, one, self.block, self.n, self.classes) for one in self.lists]
        for one, start in zip(self.lists, found, strict=True):
            limit = one.max_attempts or 1
            if limit < self.classes:
                start[limit - 1] += start[limit:].sum(axis=0)
                start[limit:] = 0
        return np.stack(found, axis=2).reshape(self.classes, self.job.priorities, self.rows, self.job.oldest + 1)

    def _settings(self) -> None:
        repeat = np.repeat
        self.simple = repeat([one.simple for one in self.lists], self.n)
        self.attends = repeat([1.0 if one.simple else 1 - one.missed for one in self.lists], self.n)
        self.limit = repeat([one.max_attempts or 0 for one in self.lists], self.n)
        self.back = repeat([not one.keeps_place for one in self.lists], self.n)
        self.pause = repeat([one.rebook_weeks for one in self.lists], self.n)
        self.all_simple = bool(self.simple.all())
        longest = self.lanes.slots
        tables = [draws.survival(stage, longest) for stage in self.job.stages]
        self.withdraws = any(table is not None for table in tables)
        self.stay = np.array([np.ones(longest + 2) if table is None else table for table in tables])
        self.row_stage = repeat(self.stage_of, self.n)

    def _start_joined(self, i: int) -> None:
        """Children whom one list of a joined stage has seen already count as seen there: the longest list is the whole."""
        waiting = self._stage_view(self.lanes.waiting_by_slot(), i)
        whole = waiting.max(axis=0)
        self.joined[i][:] = whole - waiting
        self.joined_done[i] = np.zeros_like(whole)
        self.record.joined_start(i, whole)

    def _stage_view(self, by_lane: Integers, i: int) -> Integers:
        """(lists of the stage, priorities, replications, slots) out of (lanes, slots)."""
        table = by_lane.reshape(self.job.priorities, len(self.lists), self.n, -1)
        return np.asarray(table[:, [k for k, stage in enumerate(self.stage_of) if stage == i]].swapaxes(0, 1))

    def run(self) -> Record:
        """All weeks."""
        for t in range(self.job.weeks):
            self._arrive(t)
            room = self.kept[t].T.reshape(-1).copy()
            before = int(room.sum())
            if before:
                self._draws_of_week = None
                self._serve_booked(t, room)
                self._serve(t, room)
            self.record.slots_unused(t, room)
            for i in self.joined:
                self._complete_joined(t, i)
            if t % self.job.report_every == 0 or t == self.job.weeks - 1:
                self._look(t)
        self.record.finish(self.offered, self.kept)
        return self.record

    # --- who comes -------------------------------------------------------------------------------------------------

    def _arrive(self, t: int) -> None:
        for i, stage in enumerate(self.job.stages):
            delay = 0 if stage.arrivals is None else stage.arrivals.acceptance_weeks
            if stage.arrivals is not None and t >= delay:
                self._enter_stage(i, self.arrivals[i][t - delay], t - delay)
        for group in self.groups.pop(t, []):
            self._come_back(group, t)
        for i, lane, slot, children in self.onward.pop(t, []):
            self._move_on(i, lane, slot, children, t)

    def _enter_stage(self, i: int, children: Integers, week: int) -> None:
        slot = week + self.job.oldest
        table = self.lanes.counts[0].reshape(self.job.priorities, len(self.lists), self.n, -1)
        sizes = self.lanes.size.reshape(self.job.priorities, len(self.lists), self.n)
        pointers = self.lanes.pointer.reshape(self.job.priorities, len(self.lists), self.n)
        for k in (k for k, stage in enumerate(self.stage_of) if stage == i):
            table[:, k, :, slot] += children.T.astype(np.int32)
            sizes[:, k] += children.T
            pointers[:, k] = np.minimum(pointers[:, k], slot)
        self.record.entered(i, children.T, slot)

    def _come_back(self, group: Group, t: int) -> None:
        left = group.left
        if self.withdraws:
            left = left - self._thin(group.lane, group.slot, left, np.full(len(left), group.since), t)
        some = left > 0
        lane, slot, used, left = group.lane[some], group.slot[some], group.used[some], left[some]
        if group.rejoined is None:
            position = self.lanes.at(lane, slot)
            self._thin_places(lane, slot, position, t)
            self.lanes.size[lane] -= left
            self.lanes.add(used, lane, slot, left, t)
        elif self.returned is not None:
            self.returned.push(lane, group.rejoined, slot, used, left, t)

    def _move_on(self, i: int, lane: Integers, slot: Integers, children: Integers, t: int) -> None:
        """Children of (priority x replication) lanes enter every list of stage i at the place of their first referral."""
        priority, replication = np.divmod(lane, self.n)
        for k in (k for k, stage in enumerate(self.stage_of) if stage == i):
            rows = priority * self.rows + k * self.n + replication
            if self.withdraws:
                self._thin_places(rows, slot, self.lanes.at(rows, slot), t)
            self.lanes.add(0, rows, slot, children, t)
        self.record.moved_on(i, priority, replication, slot, children)

    # --- who leaves unseen -----------------------------------------------------------------------------------------

    def _week_draws(self, purpose: Purpose, t: int) -> np.random.Generator:
        key = (purpose, t)
        if getattr(self, "_draw_key", None) is None or key not in self._draw_key:
            if not hasattr(self, "_draw_key") or self._draw_week != t:
                self._draw_key: dict[tuple[Purpose, int], np.random.Generator] = {}
                self._draw_week = t
            self._draw_key[key] = stream(self.job.seed, self.block, purpose, step=t)
        return self._draw_key[key]

    def _thin(self, lane: Integers, slot: Integers, left: Integers, since: Integers, t: int) -> Integers:
        """How many of these children have withdrawn since week `since`; each entry stands for itself."""
        week = slot - self.job.oldest
        stage = self.row_stage[lane % self.rows]
        before, after = since - week, t - week
        gone = self._week_draws(Purpose.WITHDRAWALS, t).binomial(left, 1 - stay(self.stay, stage, before, after))
        some = np.flatnonzero(gone)
        if len(some):
            np.subtract.at(self.lanes.size, lane[some], gone[some])
            self.record.withdrew(
                lane[some],
                slot[some],
                gone[some],
                before[some],
                after[some],
                self.stay[stage[some]],
                self._early_draws(t),
            )
        return np.asarray(gone)

    def _early_draws(self, t: int) -> np.random.Generator:
        return self._week_draws(Purpose.ONWARD, -1 - t) if False else self._week_draws(Purpose.WITHDRAWALS, t)

    def _thin_places(self, lane: Integers, slot: Integers, position: Integers, t: int) -> None:
        """Apply the withdrawals at these different places up to week t."""
        since = self.lanes.thinned[position].astype(np.int64)
        for used in range(self.classes):
            left = self.lanes.flat[used][position]
            some = np.flatnonzero((since < t) & (left > 0))
            if len(some):
                gone = self._thin(lane[some], slot[some], left[some].astype(np.int64), since[some], t)
                self.lanes.flat[used][position[some]] -= gone.astype(np.int32)
        self.lanes.thinned[position] = t
