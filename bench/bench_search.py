"""Local Offer search beside other engines that run inside a process: relevance and time.

Relevance: nDCG@10 and right-answer-in-three on the development set (60 services, 40 queries of a fictional area).
Time: one search each of those queries over 5,000 generated services, on one core, after one warm round; the first round
is reported as well. Peers get the same texts: any word, stemmed where the engine can, name weighed above the rest.

Run: python bench/bench_search.py [services]
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kept.rules.search import build
from kept.rules.search.verify import score

DEVELOPMENT = Path(__file__).parents[1] / "tests" / "data" / "offer-search-dev.json"
EMBEDDED = ("tantivy", "whoosh", "lunr", "rank_bm25", "bm25s", "duckdb")
ELSEWHERE = {"tantivy": "compared in bench_offer, behind the same web server"}
ROUNDS = 3
Search = Callable[[Mapping[str, Any]], list[str]]


def generated(services: Sequence[Mapping[str, Any]], count: int) -> list[dict[str, Any]]:
    """`count` services, each with the sentences of two and a name of its own; the same for the same count."""
    chance = random.Random(20_14)
    places = [f"{first}{second}" for first in ("North", "South", "Brook", "Fen", "Ash", "Gull", "Mill", "Stone")
              for second in ("ham", "mere", "ton", "wick", "field", "ford")]  # fmt: skip
    made = []
    for number in range(count):
        base, other = chance.choice(services), chance.choice(services)
        made.append(
            {
                **base,
                "id": f"made-{number}",
                "name": f"{base['name']} {chance.choice(places)}",
                "description": f"{base['description']} {other['description'].split('. ')[0]}. {chance.choice(places)}.",
                "latitude": 53.9 + chance.uniform(-0.3, 0.3),
                "longitude": 1.5 + chance.uniform(-0.3, 0.3),
            }
        )
    return made


def ours(services: Sequence[Mapping[str, Any]], postcodes: Mapping[str, tuple[float, float]]) -> Search:
    """Kept's own search."""
    index = build(services, postcodes=postcodes)
    return lambda query: [
        hit.service_id
        for hit in index.search(query["text"], postcode=query.get("postcode", ""), age=query.get("age"), limit=10)
    ]


def fts5(services: Sequence[Mapping[str, Any]], _: object) -> Search:
    """SQLite's full-text search: Porter stems, BM25 with name 4, categories 2, description 1; any word."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table offer using fts5(id unindexed, name, categories, text, tokenize='porter ascii')")
    base.executemany(
        "insert into offer values (?, ?, ?, ?)",
        [(row["id"], row["name"], " ".join(row["categories"]), row["description"]) for row in services],
    )

    def search(query: Mapping[str, Any]) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query["text"].lower()))
        found = base.execute(
            "select id from offer where offer match ? order by bm25(offer, 0, 4, 2, 1) limit 10", [words]
        )
        return [row[0] for row in found]

    return search


def timed(search: Search, queries: Sequence[Mapping[str, Any]]) -> list[float]:
    """Milliseconds of each query."""
    taken = []
    for query in queries:
        start = time.perf_counter()
        search(query)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main(count: int) -> None:
    """Print the table."""
    document = json.loads(DEVELOPMENT.read_text(encoding="utf-8"))
    services, queries = document["services"], document["queries"]
    postcodes = {place: (at["latitude"], at["longitude"]) for place, at in document["postcodes"].items()}
    many = generated(services, count)
    print(
        f"{'engine':<22}{'nDCG@10':>9}{'top 3':>8}{'empty':>8}{'build s':>9}{'first p95':>11}{'p50 ms':>9}{'p95 ms':>9}"
    )
    for name, engine in (("Kept", ours), (f"SQLite FTS5 {sqlite3.sqlite_version}", fts5)):
        small = engine(services, postcodes)
        found = score(queries, {query["id"]: small(query) for query in queries})
        start = time.perf_counter()
        large = engine(many, postcodes)
        built = time.perf_counter() - start
        first = timed(large, queries)
        warm = [value for _ in range(ROUNDS) for value in timed(large, queries)]
        figures = (found.ndcg, found.success, found.empty, built, percentile(first, 0.95))
        figures += (statistics.median(warm), percentile(warm, 0.95))
        print(f"{name:<22}" + "".join(f"{figure:>11.3f}" for figure in figures))
    for name in EMBEDDED:
        installed = importlib.util.find_spec(name) is not None
        print(
            f"{name:<22}{ELSEWHERE.get(name) or ('importable, but no adapter here' if installed else 'not installed')}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
