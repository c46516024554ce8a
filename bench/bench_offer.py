"""The Local Offer in memory with 5,000 services: a search with its counts, and a page of the feed.

In one process, without HTTP and without the database: what a page costs beyond them. `bench_search.py` has the peers.

Run: python bench/bench_offer.py [services]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
os.environ.setdefault("KEPT_MODE", "test")
import django  # noqa: E402

django.setup()
from bench_search import DEVELOPMENT, generated  # noqa: E402

from kept.offer.api_answers import encoded  # noqa: E402
from kept.offer.directory import Directory  # noqa: E402
from kept.offer.finding import find  # noqa: E402
from kept.rules.oruk import documents, model  # noqa: E402

TODAY = date(2026, 3, 10)
SPACE = UUID(int=1)


def directory(services: list[dict[str, Any]]) -> Directory:
    """A directory of the generated services."""
    organisation = model.Organisation(str(SPACE), "Trust", "A trust")
    entries = {}
    for row in services:
        key = str(uuid5(SPACE, row["id"]))
        content = {name: row.get(name) for name in ("name", "description", "minimum_age", "maximum_age")}
        names = row["categories"]
        terms = tuple(model.Term(str(uuid5(SPACE, name)), "needs", str(SPACE), name, name) for name in names)
        entries[key] = model.Entry(key, content | {"fees": "Free"}, organisation, terms=terms, assured_on=TODAY,
                                   review_on=date(2026, 6, 1))  # fmt: skip
    return Directory(SPACE, "Area", 1, TODAY, entries, (), {}, {}, {}, {}, ())


def milliseconds(times: list[float]) -> str:
    """Median and 95th percentile."""
    return (
        f"median {1000 * statistics.median(times):.1f} ms, 95th {1000 * statistics.quantiles(times, n=20)[-1]:.1f} ms"
    )


def main(count: int) -> None:
    """Measure and print."""
    development = json.loads(DEVELOPMENT.read_text(encoding="utf-8"))
    made = directory(generated(development["services"], count))
    start = time.perf_counter()
    made.index  # noqa: B018
    print(f"{count} services; index built in {time.perf_counter() - start:.1f} s")
    for words in ("first round", "again"):
        times = []
        for query in development["queries"]:
            start = time.perf_counter()
            find(made, {"q": query["text"], "age": query.get("age")})
            times.append(time.perf_counter() - start)
        print(f"search with filters' counts, {words}: {milliseconds(times)}")
    page = made.ordered[:50]
    ready = {entry.id: encoded(documents.service_in_list(entry, TODAY)) for entry in page}
    start = time.perf_counter()
    for _ in range(200):
        b",".join(ready[entry.id] for entry in page)
    ours = (time.perf_counter() - start) / 200
    start = time.perf_counter()
    for _ in range(50):
        encoded([documents.service_in_list(entry, TODAY) for entry in page])
    fresh = (time.perf_counter() - start) / 50
    print(f"page of 50 services: {1e6 * ours:.0f} µs from kept bytes, {1e6 * fresh:.0f} µs written anew")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
