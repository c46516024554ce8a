"""A cluster as the `map` of a run: Dask's client, or anything with its `submit`, `cancel` and futures.

    with LocalCluster() as cluster, Client(cluster) as client:
        results = sweep(jobs, map=on_cluster(client))

Answers come in order, a few are kept ahead, and a run that is cancelled takes back what it has not started. The results
are those of one process, to the bit. Dask is not needed to run the product; it is not imported here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .runs import Map

AHEAD = 64


def on_cluster(client: Any, ahead: int = AHEAD) -> Map:
    """The `map` of a Dask client; at most `ahead` tasks are with the cluster at a time."""

    def mapped(work: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        waiting = iter(tasks)
        sent: deque[Any] = deque()
        try:
            while True:
                while len(sent) < ahead and (task := next(waiting, None)) is not None:
                    sent.append(client.submit(work, task, pure=False))
                if not sent:
                    return
                yield sent.popleft().result()
        finally:
            if sent:
                client.cancel(list(sent))

    return mapped
