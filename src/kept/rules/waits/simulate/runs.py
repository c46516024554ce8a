"""Running jobs: in this process, in several, or on a cluster, with the same code and the same results to the bit.

`map` is anything that calls a function on each task and gives the answers in order: the built-in, the `map` of a
concurrent.futures executor, or `on_cluster(client)` for Dask (cluster.py).
"""

from __future__ import annotations

import builtins
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any

from .engine import run_block
from .job import Job
from .record import Record
from .result import Result, gather
from .streams import blocks

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


class Cancelled(Exception):
    """The run was stopped before it was finished."""


def tasks_of(job: Job) -> list[tuple[Job, int, int]]:
    """The tasks of a job, one per block of replications."""
    return [(job, number, size) for number, size in blocks(job.replications)]


def sweep(
    jobs: Sequence[Job],
    *,
    map: Map = builtins.map,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """Run several jobs; the blocks of all of them go to `map` in one stream.

    `cancelled` is asked before each block's answer is used; `progress` hears (blocks done, blocks in all).
    Raises Cancelled.
    """
    tasks = [task for job in jobs for task in tasks_of(job)]
    answers = iter(map(run_block, tasks))
    try:
        records = list(_watched(answers, len(tasks), cancelled, progress))
    finally:
        close = getattr(answers, "close", None)
        if close is not None:
            close()
    left = iter(records)
    return [gather(job, list(islice(left, len(tasks_of(job))))) for job in jobs]


def _watched(
    answers: Iterator[Record],
    total: int,
    cancelled: Callable[[], bool] | None,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Record]:
    for done in range(total):
        if cancelled is not None and cancelled():
            raise Cancelled(f"Stopped after {done} of {total} blocks.")
        yield next(answers)
        if progress is not None:
            progress(done + 1, total)


def run(
    job: Job,
    *,
    map: Map = builtins.map,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Run one job. See `sweep`."""
    return sweep([job], map=map, cancelled=cancelled, progress=progress)[0]


def run_in_processes(
    jobs: Sequence[Job],
    workers: int = 2,
    *,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """Run jobs in fresh processes on this machine. The results do not depend on `workers`."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return sweep(jobs, map=pool.map, cancelled=cancelled, progress=progress)
