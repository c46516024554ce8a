"""The children of one block of replications, as counts per lane and week of referral.

A lane is one priority class of one list in one replication; row = list x replications + replication. Children who go to
the back of a list after a missed appointment stand in a second queue per lane, with the week in which they rejoined.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..numbers import Integers

FIRST_WIDTH = 64


class Returned:
    """First-in-first-out queues of children who went to the back: one per lane, growing as needed.

    `rejoined` is the week that gives their place, `slot` their week of referral, `used` their attempts so far.
    """

    def __init__(self, lanes: int) -> None:
        self.width = FIRST_WIDTH
        self.rejoined, self.slot, self.used, self.left, self.thinned = (
            np.zeros((lanes, self.width), dtype=np.int64) for _ in range(5)
        )
        self.head = np.zeros(lanes, dtype=np.int64)
        self.tail = np.zeros(lanes, dtype=np.int64)

    def push(self, lane: Integers, slot: Integers, used: Integers, left: Integers, *, rejoined: int, now: int) -> None:
        """Put one group at the end of each of these (different) lanes."""
        at = self.tail[lane]
        if len(at) and at.max() >= self.width:
            self._widen()
        self.rejoined[lane, at] = rejoined
        self.slot[lane, at] = slot
        self.used[lane, at] = used
        self.left[lane, at] = left
        self.thinned[lane, at] = now
        self.tail[lane] += 1

    def _widen(self) -> None:
        for name in ("rejoined", "slot", "used", "left", "thinned"):
            table = getattr(self, name)
            setattr(self, name, np.concatenate((table, np.zeros_like(table)), axis=1))
        self.width *= 2

    def first(self, lane: Integers) -> tuple[NDArray[np.bool_], Integers]:
        """Whether anybody stands in these queues, and the week in which the first of them rejoined."""
        at = np.minimum(self.head[lane], self.width - 1)
        return np.asarray(self.head[lane] < self.tail[lane]), np.asarray(self.rejoined[lane, at])

    def standing(self) -> tuple[Integers, Integers]:
        """(lane, place) of every group that is still in a queue."""
        place = np.arange(self.width)
        here = (place >= self.head[:, None]) & (place < self.tail[:, None]) & (self.left > 0)
        lane, at = np.nonzero(here)
        return lane, at


class Lanes:
    """Counts by attempts used, lane and slot (week of referral + `oldest`), and a pointer to each lane's first slot.

    `thinned` is the week up to which withdrawals have been applied, at first the week of referral.
    No child stands before the pointer. `size` counts everybody who waits, also those who wait to be offered again.
    """

    def __init__(self, start: Integers, priorities: int, rows: int, weeks: int, oldest: int) -> None:
        self.rows, self.oldest, self.slots = rows, oldest, oldest + weeks
        lanes = priorities * rows
        self.counts = np.zeros((start.shape[0], lanes, self.slots), dtype=np.int32)
        self.counts[:, :, : oldest + 1] = start.reshape(start.shape[0], lanes, oldest + 1)
        self.flat = self.counts.reshape(start.shape[0], -1)
        self.pointer = np.zeros(lanes, dtype=np.int64)
        self.thinned = np.tile((np.arange(self.slots) - oldest).astype(np.int16), lanes)
        self.size = self.counts.sum(axis=(0, 2), dtype=np.int64)

    def at(self, lane: Integers, slot: Integers) -> Integers:
        """Flat positions of (lane, slot)."""
        return np.asarray(lane * self.slots + slot)

    def put(self, used: Integers, lane: Integers, slot: Integers, n: Integers) -> None:
        """Children at the place of their referral; each (lane, slot) at most once per call. Sizes are left alone."""
        self.flat[used, self.at(lane, slot)] += n.astype(np.int32)
        self.pointer[lane] = np.minimum(self.pointer[lane], slot)

    def total(self, position: Integers) -> Integers:
        """Children at flat positions, whatever the attempts."""
        if len(self.flat) == 1:
            return np.asarray(self.flat[0][position], dtype=np.int64)
        return np.asarray(self.flat[:, position].sum(axis=0), dtype=np.int64)

    def by_slot(self) -> Integers:
        """(lanes, slots), whatever the attempts."""
        return np.asarray(self.counts[0] if len(self.counts) == 1 else self.counts.sum(axis=0), dtype=np.int32)
