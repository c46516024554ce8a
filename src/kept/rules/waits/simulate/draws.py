"""The draws of one block: referrals, today's list, slots that are lost."""

from __future__ import annotations

import numpy as np

from ..numbers import Floats, Integers, binomial_pmf
from .job import Arrivals, Job, Stage, WaitingList
from .streams import Purpose, stream


def referrals(job: Job, stage: Stage, block: int, size: int) -> Integers:
    """Referrals accepted, (weeks, size, priorities), counted in the week of referral.

    A scenario's factor thins or adds to the same base draws, so two scenarios differ by as little as they can.
    """
    arrivals = stage.arrivals
    if arrivals is None:
        return np.zeros((job.weeks, size, job.priorities), dtype=np.int64)
    base = np.asarray(arrivals.weekly, dtype=float)[:, None, None] * np.asarray(arrivals.mix)
    luck = _level(job, stage.name, arrivals, block, size)
    mean = base * luck[:, :, None]
    drawn = stream(job.seed, block, Purpose.REFERRALS, stage.name).poisson(mean, (job.weeks, size, job.priorities))
    factor = np.ones(job.weeks) if arrivals.multiplier is None else np.asarray(arrivals.multiplier, dtype=float)
    factor = factor * arrivals.accepted
    if np.all(factor == 1):
        return np.asarray(drawn, dtype=np.int64)
    extra = stream(job.seed, block, Purpose.DEMAND_CHANGE, stage.name)
    kept = extra.binomial(drawn, np.minimum(factor, 1)[:, None, None])
    added = extra.poisson(mean * np.maximum(factor - 1, 0)[:, None, None])
    return np.asarray(kept + added, dtype=np.int64)


def _level(job: Job, name: str, arrivals: Arrivals, block: int, size: int) -> Floats:
    """(weeks, size): the level of the replication times the gamma factor of the week."""
    rng = stream(job.seed, block, Purpose.LEVEL, name)
    factor = np.ones((job.weeks, size))
    if arrivals.level_shape is not None:
        factor *= rng.gamma(arrivals.level_shape, 1 / arrivals.level_shape, size)
    if arrivals.dispersion is not None:
        factor *= rng.gamma(arrivals.dispersion, 1 / arrivals.dispersion, (job.weeks, size))
    return factor


def waiting_now(job: Job, found: WaitingList, block: int, size: int, classes: int) -> Integers:
    """Today's list, (classes of attempts, priorities, size, oldest + 1), last axis = week of referral, oldest first."""
    start = np.zeros((classes, job.priorities, size, job.oldest + 1), dtype=np.int64)
    if found.backlog is None:
        return start
    counts = found.backlog.counts
    shape = (counts.shape[0], counts.shape[1], size, counts.shape[2])
    if found.backlog.is_mean:
        drawn = stream(job.seed, block, Purpose.BACKLOG, found.name).poisson(counts[:, :, None, :], shape)
    else:
        drawn = np.broadcast_to(counts[:, :, None, :], shape).astype(np.int64)
    for used in range(counts.shape[0]):
        start[min(used, classes - 1), :, :, job.oldest + 1 - counts.shape[2] :] += drawn[used][:, :, ::-1]
    return start


class SlotsLost:
    """Lost slots ~ Binomial(slots, missed) by inversion: one uniform per list, week and replication.

    The same uniform serves every plan, so a plan with more slots never loses fewer.
    """

    def __init__(self, missed: float, most: int) -> None:
        self.width = most + 1
        rows = [np.concatenate((np.cumsum(binomial_pmf(n, missed)), np.ones(most - n))) for n in range(most + 1)]
        table = np.minimum(np.array(rows), 1.0)
        table[:, -1] = 1.0
        self.flat = (table + np.arange(most + 1)[:, None]).ravel()

    def draw(self, slots: Integers, uniform: Floats) -> Integers:
        """Slots lost out of `slots`, same shape."""
        at = np.searchsorted(self.flat, slots + uniform, side="left")
        return np.asarray(np.minimum(at - slots * self.width, slots), dtype=np.int64)


def kept_slots(job: Job, block: int, size: int, offered: Integers) -> Integers:
    """(weeks, size, lists): slots kept for simple lists, offered for the others. `offered` is (1 or size, ...)."""
    table = np.broadcast_to(offered, (size, job.weeks, len(job.lists))).transpose(1, 0, 2).copy()
    for i, found in enumerate(job.lists):
        if found.missed > 0 and found.simple:
            uniform = stream(job.seed, block, Purpose.SLOTS_LOST, found.name).random((job.weeks, size))
            column = table[:, :, i]
            table[:, :, i] = column - SlotsLost(found.missed, int(column.max())).draw(column, uniform)
    return np.asarray(table)


def survival(stage: Stage, longest: int) -> Floats | None:
    """Chance to be still wanting the service after a wait of 0, 1, ... weeks; None without withdrawals.

    `withdrawal` (from weeks waited, hazard): the hazard of week a to a + 1 is that of the last band that a has reached.
    """
    if not any(hazard > 0 for _, hazard in stage.withdrawal):
        return None
    hazard = np.zeros(longest + 1)
    for start, value in sorted(stage.withdrawal):
        hazard[start:] = value
    return np.concatenate(([1.0], np.cumprod(1 - hazard)))
