"""Sampled futures of one list for a statement: slots kept and children who will be served first. From a job."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .numbers import Integers
from .simulate import Job
from .simulate.draws import kept_slots, referrals
from .simulate.streams import blocks


@dataclass(frozen=True)
class Paths:
    """(paths, weeks) tables for one list: slots kept, referrals of more urgent classes; `referred` (.., classes)."""

    kept: Integers
    urgent: Integers
    referred: Integers


def sample_paths(job: Job, list_name: str, priority: int = 0) -> Paths:
    """The job's own capacity (with vacancies, leave and sickness) and referrals, one path per replication.

    ValueError for an unknown list, or one where a missed appointment does more than lose a slot.
    """
    names = [one.name for one in job.lists]
    if list_name not in names:
        raise ValueError(f"There is no list called {list_name}.")
    k = names.index(list_name)
    if not job.lists[k].simple:
        raise ValueError("Paths can be sampled only for a list on which a missed child keeps its place.")
    stage = next(one for one in job.stages if job.lists[k] in one.lists)
    kept, referred = [], []
    for number, size in blocks(job.replications):
        offered = job.capacity.slots(job.seed, number, size, job.weeks, names)
        kept.append(kept_slots(job, number, size, offered)[:, :, k].T)
        referred.append(referrals(job, stage, number, size).transpose(1, 0, 2))
    came = np.concatenate(referred)
    return Paths(np.concatenate(kept), came[:, :, :priority].sum(axis=2), came)
