"""All replications of a job together, with what has to be visible beside every figure."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..numbers import Floats, Integers
from .job import Job
from .record import Record, units_of

VERSION = "1"
REPLICATION_AXIS = {
    "entered": 2,
    "left_early": 3,
    "withdrawn": 2,
    "closed_unseen": 2,
    "lost": 2,
    "empty": 1,
    "slots_offered": 1,
    "size": 2,
    "long": 3,
    "waits": 2,
    "in_time": 3,
}
POOLED = ("still_waiting", "waits_by_period")


@dataclass(frozen=True)
class Provenance:
    """What a run was made from; stored with its results."""

    inputs_hash: str
    version: str
    seed: int
    replications: int
    warnings: tuple[str, ...]


def provenance(job: Job, more: Sequence[str] = ()) -> Provenance:
    """Hash of the inputs (everything but the seed and the number of replications), seed, replications, warnings."""
    parts = (job.stages, job.capacity, job.weeks, job.priorities, job.discipline, job.standards, VERSION)
    digest = hashlib.sha256(pickle.dumps(parts, protocol=4)).hexdigest()
    return Provenance(digest, VERSION, job.seed, job.replications, (*job.warnings, *more))


@dataclass(frozen=True)
class Result:
    """Counts with axes class p, unit u (lists first, then joined stages), replication n, and last slot, wait or look.

    `entered`, `in_time`, `left_early` end in the week of referral + `oldest`; `waits` in weeks waited; `size` and
    `long` in the looks (`look_weeks`). `in_time` and `left_early` begin with the standard, `long` with the long wait.
    """

    job: Job
    units: tuple[str, ...]
    oldest: int
    look_weeks: Integers
    entered: Integers
    left_early: Integers
    withdrawn: Integers
    closed_unseen: Integers
    lost: Integers
    empty: Integers
    slots_offered: Integers
    size: Integers
    long: Integers
    waits: Integers
    in_time: Integers
    still_waiting: Integers
    waits_by_period: Integers
    provenance: Provenance

    def unit(self, name: str | None) -> list[int]:
        """Positions of one unit, or of all lists for None. KeyError with a sentence for an unknown name."""
        if name is None:
            return list(range(len(self.job.lists)))
        if name not in self.units:
            raise KeyError(f"There is no list or joined stage called {name}.")
        return [self.units.index(name)]

    def classes(self, priority: int | None) -> list[int]:
        """Positions of one class, or of all for None."""
        return list(range(self.job.priorities)) if priority is None else [priority]

    def wait_counts(self, unit: str | None = None, priority: int | None = None) -> Integers:
        """Children seen by replication and weeks waited, (n, w)."""
        table = self.waits[np.ix_(self.classes(priority), self.unit(unit))]
        return np.asarray(table.sum(axis=(0, 1), dtype=np.int64))

    def seen(self, unit: str | None = None, priority: int | None = None) -> Integers:
        """Children seen, by replication."""
        return np.asarray(self.wait_counts(unit, priority).sum(axis=1))

    def mean_wait(self, unit: str | None = None, priority: int | None = None) -> Floats:
        """Mean wait of those seen, weeks, by replication; not a number where nobody was seen."""
        counts = self.wait_counts(unit, priority)
        total = counts.sum(axis=1)
        weeks = counts @ np.arange(counts.shape[1])
        return np.asarray(np.divide(weeks, total, out=np.full(len(total), np.nan), where=total > 0))

    def share_seen_within(self, weeks: int, unit: str | None = None, priority: int | None = None) -> Floats:
        """Share of those seen who waited no longer than `weeks`, by replication (counted by month seen: flatters)."""
        counts = self.wait_counts(unit, priority)
        total = counts.sum(axis=1)
        some = counts[:, : weeks + 1].sum(axis=1)
        return np.asarray(np.divide(some, total, out=np.full(len(total), np.nan), where=total > 0))

    def wait_percentile(self, level: float, unit: str | None = None, priority: int | None = None) -> Floats:
        """Smallest whole week by which a share `level` of those seen had waited no longer, by replication."""
        counts = np.cumsum(self.wait_counts(unit, priority), axis=1)
        total = counts[:, -1]
        weeks = (counts >= level * total[:, None] - 1e-9).argmax(axis=1).astype(float)
        weeks[total == 0] = np.nan
        return np.asarray(weeks)


def gather(job: Job, records: Sequence[Record]) -> Result:
    """One result from the records of all blocks, in the order of the blocks."""
    joined = {
        name: np.concatenate([getattr(record, name) for record in records], axis=axis)
        for name, axis in REPLICATION_AXIS.items()
    }
    pooled = {name: np.sum([getattr(record, name) for record in records], axis=0) for name in POOLED}
    first = records[0]
    grows = _growing(job, joined)
    return Result(
        job=job,
        units=tuple(units_of(job)),
        oldest=first.oldest,
        look_weeks=np.array(first.looks),
        provenance=provenance(job, grows),
        **joined,
        **pooled,
    )


def _growing(job: Job, tables: dict[str, Integers]) -> list[str]:
    """A warning per list whose referrals (less withdrawals) are as many as or more than its kept slots."""
    found = []
    for k, one in enumerate(job.lists):
        came = tables["entered"][:, k, :, job.oldest :].sum(dtype=np.int64) - tables["withdrawn"][:, k].sum()
        kept = tables["slots_offered"][k].sum() - tables["lost"][:, k].sum()
        if came and came >= kept:
            found.append(f"load one or above: {one.name} grows over these weeks")
    return found
