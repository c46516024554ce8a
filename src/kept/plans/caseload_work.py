"""The linter over many plans, in processes side by side. Plain facts in, plain facts out: no database, no Django."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from kept.rules.plans import Plan, lint

AT_ONCE = 25
WORTH_PROCESSES = 100


@dataclass(frozen=True)
class Noted:
    """A finding, small enough to send between processes."""

    rule: str
    severity: str
    part: str
    words: str


Job = tuple[UUID, Plan]
Done = tuple[UUID, tuple[Noted, ...]]


def lint_some(jobs: list[Job]) -> list[Done]:
    """The findings on a few plans."""
    return [
        (key, tuple(Noted(one.rule, one.severity.value, one.part, one.words) for one in lint(plan)))
        for key, plan in jobs
    ]


def lint_many(jobs: Iterable[Job], *, total: int, workers: int | None = None) -> Iterator[Done]:
    """The findings on every plan, in order. A small number is done here; more in a process for each processor."""
    many = workers or (os.cpu_count() or 1 if total >= WORTH_PROCESSES else 1)
    if many == 1:
        for part in _parts(jobs):
            yield from lint_some(part)
        return
    with ProcessPoolExecutor(many, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done in pool.map(lint_some, _parts(jobs)):
            yield from done


def _parts(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while part := list(islice(rest, AT_ONCE)):
        yield part
