"""Withdrawals from a stage that joins several lists: a child leaves all of them at once.

Within a cohort (class, week of referral) every list keeps the same order, so the first `seen` ranks of each list have
been seen by it and the smallest of these are through. Whoever is not through may leave; which ranks they hold is drawn
without replacement, and each list forgets them where they still wait in it. Applied every week.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..numbers import Integers
from . import draws
from .state import State
from .streams import Purpose


class Joined:
    """The withdrawals of one such stage in one block. `seen` is (lists, classes, replications, slots)."""

    def __init__(self, state: State, stage: int, lists: Sequence[int], seen: Integers) -> None:
        self.state, self.stage, self.lists, self.seen = state, stage, list(lists), seen
        table = draws.survival(state.job.stages[stage], state.lanes.slots + 1)
        self.stay = np.ones(state.lanes.slots + 2) if table is None else table
        backlogs = [state.job.lists[k].backlog for k in lists]
        self.from_referral = all(one is None or one.as_referred for one in backlogs)

    def withdraw(self, now: int) -> None:
        """Draw who leaves in week `now`, and take them off every list on which they wait."""
        lanes, job = self.state.lanes, self.state.job
        shape = (job.priorities, len(job.lists), self.state.n, lanes.slots)
        counts = lanes.counts[0].reshape(shape)[:, self.lists].swapaxes(0, 1)
        inside = counts[0] + self.seen[0] - self.seen.min(axis=0)
        where = np.nonzero(inside)
        if not len(where[0]):
            return
        waited = now - (where[2] - lanes.oldest)
        before = np.maximum(waited - 1, 0)
        if now == 0:
            before = np.zeros_like(waited) if self.from_referral else waited
        was = self.stay[before]
        chance = 1 - np.divide(self.stay[waited], was, out=np.zeros(len(was)), where=was > 0)
        rng = self.state.draws_of(Purpose.WITHDRAWALS, now, job.stages[self.stage].name)
        gone = rng.binomial(inside[where], np.clip(chance, 0, 1))
        some = np.flatnonzero(gone)
        if len(some):
            at = (where[0][some], where[1][some], where[2][some])
            self._take_off(at, inside[at], gone[some], waited[some], rng)

    def _take_off(
        self,
        at: tuple[Integers, Integers, Integers],
        inside: Integers,
        gone: Integers,
        waited: Integers,
        rng: np.random.Generator,
    ) -> None:
        seen = np.stack([table[at] for table in self.seen])
        past = ranks_gone(seen - seen.min(axis=0), inside, gone, rng)
        lanes, record = self.state.lanes, self.state.record
        p, n, slot = at
        for j, k in enumerate(self.lists):
            self.seen[j][at] -= past[j]
            waiting = gone - past[j]
            lane = p * self.state.rows + k * self.state.n + n
            lanes.flat[0][lanes.at(lane, slot)] -= waiting.astype(np.int32)
            np.subtract.at(lanes.size, lane, waiting)
            early = [waiting * (waited <= weeks) for weeks in self.state.job.standards]
            record.withdrew(lane, slot, waiting, early)
        record.left_stage(self.stage, at, gone, waited)


def ranks_gone(seen: Integers, inside: Integers, gone: Integers, rng: np.random.Generator) -> Integers:
    """Of `gone` children out of `inside`, how many had been seen by each list, (lists, cohorts).

    `seen`: how many of those inside each list has seen, always the first ranks. The list that has seen fewest knows the
    fewest of them, so the lists are taken in that order, each adding those between its own rank and the one before.
    """
    order = np.argsort(seen, axis=0, kind="stable")
    ranked = np.take_along_axis(seen, order, axis=0)
    found = np.zeros_like(ranked)
    left, pool = gone.astype(np.int64).copy(), inside.astype(np.int64).copy()
    below = np.zeros_like(left)
    known = np.zeros_like(left)
    for i in range(len(ranked)):
        width = ranked[i] - below
        some = rng.hypergeometric(width, pool - width, left)
        known = known + some
        left, pool, below = left - some, pool - width, ranked[i]
        found[i] = known
    answer = np.zeros_like(found)
    np.put_along_axis(answer, order, found, axis=0)
    return answer
