"""`kept verify search FILE`: rank the services of a file for its queries, and score the rankings by its judgements.

The file holds `services`, `queries` (id, text, perhaps postcode and age, and `relevant`: service id -> grade 0 to 3)
and perhaps `postcodes` (postcode -> latitude, longitude).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kept.rules.search.index import build

DEPTH = 10
_BEST_GRADE, _TOP = 3, 3
AIMS = {"nDCG@10": 0.93, "right answer in the first three": 0.97, "share without a result": 0.01}


@dataclass(frozen=True)
class Scores:
    """Means over queries: nDCG at 10, share with an answer of grade 3 in the first three, share without a result."""

    ndcg: float
    success: float
    empty: float


def answer(document: Any) -> dict[str, Any]:
    """The rankings: query id -> service ids, best first, at most ten. Raises ValueError about a malformed file."""
    services, queries = _lists(document)
    postcodes = {
        place: (float(degrees["latitude"]), float(degrees["longitude"]))
        for place, degrees in document.get("postcodes", {}).items()
    }
    index = build(services, postcodes=postcodes)
    rankings = {}
    for query in queries:
        hits = index.search(str(query["text"]), postcode=query.get("postcode") or "", age=query.get("age"), limit=DEPTH)
        rankings[query["id"]] = [hit.service_id for hit in hits]
    return {"rankings": rankings}


def compare(document: Any, answers: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The lines of the report and whether the aims are met."""
    _, queries = _lists(document)
    found = score(queries, answers["rankings"])
    lines = []
    for query in queries:
        ranking = answers["rankings"][query["id"]]
        one = score([query], answers["rankings"])
        if one.success < 1 or one.ndcg < 0.8:  # noqa: PLR2004 -- what is worth a look
            lines.append(f"{query['id']} “{query['text']}”: nDCG {one.ndcg:.2f}, first {', '.join(ranking[:_TOP])}")
    figures = zip(AIMS.items(), (found.ndcg, found.success, found.empty), strict=True)
    lines += [f"{name}: {figure:.3f} (aim {aim})" for (name, aim), figure in figures]
    agrees = (
        found.ndcg >= AIMS["nDCG@10"]
        and found.success >= AIMS["right answer in the first three"]
        and found.empty <= AIMS["share without a result"]
    )
    return lines, agrees


def score(queries: Sequence[Mapping[str, Any]], rankings: Mapping[str, Sequence[str]]) -> Scores:
    """The three means over queries: gain 2^grade - 1, discount log2(rank + 1)."""
    if not queries:
        raise ValueError("There are no queries to score.")
    ndcgs = [_ndcg(query["relevant"], rankings[query["id"]]) for query in queries]
    right = [
        any(query["relevant"].get(service) == _BEST_GRADE for service in rankings[query["id"]][:_TOP])
        for query in queries
    ]
    empty = [not rankings[query["id"]] for query in queries]
    return Scores(sum(ndcgs) / len(queries), sum(right) / len(queries), sum(empty) / len(queries))


def _ndcg(relevant: Mapping[str, int], ranking: Sequence[str]) -> float:
    best = _dcg(sorted(relevant.values(), reverse=True))
    return _dcg([relevant.get(service, 0) for service in ranking]) / best if best else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1)))


def _lists(document: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The services and queries. Raises ValueError with a sentence when they are not as they should be."""
    if not isinstance(document, dict):
        raise ValueError("the file should hold an object with “services” and “queries”.")
    for name, needed in (("services", ("id", "name")), ("queries", ("id", "text"))):
        rows = document.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"“{name}” should be a list of objects.")
        if not all(row.get(key) for row in rows for key in needed):
            raise ValueError(f"each of “{name}” needs “{needed[0]}” and “{needed[1]}”.")
    return document["services"], document["queries"]
