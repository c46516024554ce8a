"""What the parts of the engine share in one block of replications."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from ..numbers import Integers
from . import draws
from .job import Job
from .lanes import Lanes, Returned
from .record import Record
from .streams import Purpose, stream


@dataclass(frozen=True)
class Missed:
    """Children who come back after a missed appointment; `rejoined` None = to their old place, else to the back."""

    lane: Integers
    slot: Integers
    used: Integers
    left: Integers
    since: int
    rejoined: int | None


@dataclass
class State:
    """One block. `missed` and `onward` hold who comes in a later week."""

    job: Job
    block: int
    n: int
    lanes: Lanes
    returned: Returned | None
    record: Record
    missed: dict[int, list[Missed]] = field(default_factory=lambda: defaultdict(list))
    onward: dict[int, list[tuple[int, Integers, Integers, Integers]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.week_streams: dict[Purpose, np.random.Generator] = {}
        self.streams_week = -1
        self.stage_of = [i for i, stage in enumerate(self.job.stages) for _ in stage.lists]
        self.rows = len(self.stage_of) * self.n
        self.row_stage = np.repeat(self.stage_of, self.n)

    def draws(self, purpose: Purpose, week: int) -> np.random.Generator:
        """The stream of a purpose in a week, so that two plans that part ways agree on their luck again next week."""
        if week != self.streams_week:
            self.week_streams.clear()
            self.streams_week = week
        if purpose not in self.week_streams:
            self.week_streams[purpose] = stream(self.job.seed, self.block, purpose, step=week)
        return self.week_streams[purpose]

    def draws_of(self, purpose: Purpose, week: int, name: str) -> np.random.Generator:
        """The stream of a purpose in a week for one stage alone."""
        return stream(self.job.seed, self.block, purpose, name, week)


def begin(job: Job, block: int, size: int) -> State:
    """The state on the eve of week 0: today's list drawn or loaded."""
    classes = max(one.attempt_classes for one in job.lists)
    found = [draws.waiting_now(job, one, block, size, classes) for one in job.lists]
    for one, start in zip(job.lists, found, strict=True):
        limit = one.attempt_classes
        start[limit - 1] += start[limit:].sum(axis=0)
        start[limit:] = 0
    rows = len(job.lists) * size
    start = np.stack(found, axis=2).reshape(classes, job.priorities, rows, job.oldest + 1)
    lanes = Lanes(start, job.priorities, rows, job.weeks, job.oldest)
    for k, one in enumerate(job.lists):
        if one.backlog is None or not one.backlog.as_referred:
            shaped = lanes.thinned.reshape(job.priorities, len(job.lists), size, lanes.slots)
            shaped[:, k] = np.maximum(shaped[:, k], 0)
    returned = None if all(one.keeps_place for one in job.lists) else Returned(job.priorities * rows)
    return State(job, block, size, lanes, returned, Record(job, size, lanes.by_slot()))
