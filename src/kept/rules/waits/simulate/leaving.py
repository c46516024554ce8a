"""Who leaves unseen. Withdrawals are applied to a cohort when it is looked at, for the weeks since the last look."""

from __future__ import annotations

import numpy as np

from ..numbers import Floats, Integers
from . import draws
from .state import State
from .streams import Purpose


class Leaving:
    """Withdrawals of one block; idle when no stage has any."""

    def __init__(self, state: State) -> None:
        self.state = state
        tables = [
            None if len(stage.lists) > 1 else draws.survival(stage, state.lanes.slots) for stage in state.job.stages
        ]  # a child leaves all lists of a joined stage at once: joined.py
        self.idle = all(table is None for table in tables)
        length = state.lanes.slots + 2
        self.table = np.array([np.ones(length) if table is None else table[:length] for table in tables])

    def _stay(self, stage: Integers, before: Integers, after: Integers) -> Floats:
        was = self.table[stage, before]
        return np.asarray(np.divide(self.table[stage, after], was, out=np.zeros(len(was)), where=was > 0))

    def draw(self, lane: Integers, slot: Integers, left: Integers, since: Integers, now: int) -> Integers:
        """How many of each group have withdrawn since week `since`. Sizes and the record are told."""
        if self.idle or not len(lane):
            return np.zeros(len(lane), dtype=np.int64)
        state = self.state
        week = slot - state.lanes.oldest
        stage = state.row_stage[lane % state.rows]
        before, after = since - week, now - week
        rng = state.draws(Purpose.WITHDRAWALS, now)
        gone = rng.binomial(left, np.clip(1 - self._stay(stage, before, after), 0, 1))
        some = np.flatnonzero(gone)
        if len(some):
            np.subtract.at(state.lanes.size, lane[some], gone[some])
            self._tell(lane[some], slot[some], gone[some], (stage[some], before[some], after[some]), rng)
        return np.asarray(gone)

    def _tell(
        self,
        lane: Integers,
        slot: Integers,
        gone: Integers,
        when: tuple[Integers, Integers, Integers],
        rng: np.random.Generator,
    ) -> None:
        """Record who left, and how many of them before each standard's weeks were over."""
        stage, before, after = when
        early = []
        for weeks in self.state.job.standards:
            limit = np.clip(weeks, before, after)
            lost_in_all = self.table[stage, before] - self.table[stage, after]
            part = np.divide(
                self.table[stage, before] - self.table[stage, limit],
                lost_in_all,
                out=np.ones(len(gone)),
                where=lost_in_all > 0,
            )
            early.append(rng.binomial(gone, np.clip(part, 0, 1)))
        self.state.record.withdrew(lane, slot, gone, early)

    def places(self, lane: Integers, slot: Integers, now: int) -> None:
        """Bring these different places up to week `now`."""
        if self.idle or not len(lane):
            return
        lanes = self.state.lanes
        position = lanes.at(lane, slot)
        since = lanes.thinned[position].astype(np.int64)
        for counts in lanes.flat:
            left = counts[position]
            some = np.flatnonzero((since < now) & (left > 0))
            gone = self.draw(lane[some], slot[some], left[some].astype(np.int64), since[some], now)
            counts[position[some]] -= gone.astype(np.int32)
        lanes.thinned[position] = now

    def returned(self, lane: Integers, at: Integers, now: int) -> None:
        """Bring these different groups at the back of their lists up to week `now`."""
        queue = self.state.returned
        if self.idle or queue is None or not len(lane):
            return
        gone = self.draw(lane, queue.slot[lane, at], queue.left[lane, at], queue.thinned[lane, at], now)
        queue.left[lane, at] -= gone
        queue.thinned[lane, at] = now

    def everywhere(self, now: int) -> None:
        """Bring the whole list up to week `now`."""
        if self.idle:
            return
        lanes = self.state.lanes
        lane, slot = np.nonzero(lanes.by_slot())
        self.places(lane, slot, now)
        if self.state.returned is not None:
            self.returned(*self.state.returned.standing(), now)
