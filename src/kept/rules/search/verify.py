"""`kept verify search FILE`: rank the services of a file for its queries, and score the rankings by its judgements.

The file holds `services`, `queries` (id, text, perhaps postcode and age, and `relevant`: service id -> grade 0 to 3)
and perhaps `postcodes` (postcode -> latitude, longitude).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kept.rules.case_files import Case, answered, cases_in, checked, field, fields
from kept.rules.search.index import build

DEPTH = 10
_BEST_GRADE, _TOP, _GRADES = 3, 3, 4
AIMS = {"nDCG@10": 0.93, "right answer in the first three": 0.97, "share without a result": 0.01}


@dataclass(frozen=True)
class Scores:
    """Means over queries: nDCG at 10, share with an answer of grade 3 in the first three, share without a result."""

    ndcg: float
    success: float
    empty: float


def answer(document: Any) -> dict[str, Any]:
    """The rankings: query id -> service ids, best first, at most ten; `refused` lists queries that cannot be answered.

    Raises ValueError about a file without services or queries, or with a service that cannot be read.
    """
    services, queries = _lists(document)
    index = build(services, postcodes=_postcodes(document))

    def ranking(query: Mapping[str, Any]) -> dict[str, Any]:
        hits = index.search(
            field(query, "text", "text"),
            postcode=field(query, "postcode", "text", required=False) or "",
            age=field(query, "age", "number", required=False),
            limit=DEPTH,
        )
        return {"ranking": [hit.service_id for hit in hits]}

    outcomes = answered(queries, ranking, noun="Query")
    rankings = {name: outcome["ranking"] for name, outcome in outcomes if "ranking" in outcome}
    refused = [{"id": name, **outcome} for name, outcome in outcomes if "error" in outcome]
    return {"rankings": rankings, **({"refused": refused} if refused else {})}


def compare(document: Any, answers: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The lines of the report and whether the aims are met. Queries without judgements are passed over."""
    judged, faults = _judged(document)
    if not judged:
        return [*faults, "No query says which services are relevant; nothing to compare."], not faults
    rankings = {query["id"]: answers["rankings"].get(query["id"], []) for query in judged}
    found = score(judged, rankings)
    lines = [*faults, *(line for query in judged if (line := _worth_a_look(query, rankings[query["id"]])))]
    figures = zip(AIMS.items(), (found.ndcg, found.success, found.empty), strict=True)
    lines += [f"{name}: {figure:.3f} (aim {aim})" for (name, aim), figure in figures]
    agrees = (
        found.ndcg >= AIMS["nDCG@10"]
        and found.success >= AIMS["right answer in the first three"]
        and found.empty <= AIMS["share without a result"]
    )
    return lines, agrees and not faults


def _judged(document: Any) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The queries with judgements that can be scored, and a sentence about each whose judgements cannot."""
    judged, faults = [], []
    for query in _lists(document)[1]:
        if query.id is None or query.refusal or query.given.get("relevant") is None:
            continue
        fault = _fault(query.given["relevant"])
        if fault:
            faults.append(f"{query.id}: {fault}")
        else:
            judged.append(query.given)
    return judged, faults


def _worth_a_look(query: Mapping[str, Any], ranking: Sequence[str]) -> str:
    """A line about a query that is not answered well; empty for one that is."""
    one = score([query], {query["id"]: ranking})
    if one.success == 1 and one.ndcg >= 0.8:  # noqa: PLR2004 -- what is worth a look
        return ""
    return f"{query['id']} “{query.get('text')}”: nDCG {one.ndcg:.2f}, first {', '.join(ranking[:_TOP])}"


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


def _lists(document: Any) -> tuple[list[dict[str, Any]], list[Case]]:
    """The services and queries. Raises ValueError with a sentence when they are not as they should be."""
    if not isinstance(document, dict):
        raise ValueError("the file should hold an object with “services” and “queries”.")
    for name in ("services", "queries"):
        if not isinstance(document.get(name), list):
            raise ValueError(f"“{name}” should be a list of objects.")
    services = cases_in(document["services"], noun="Service")
    for _id, outcome in answered(services, _read_service, noun="Service"):
        if "error" in outcome:
            raise ValueError(outcome["error"])
    return [{**case.given} for case in services], cases_in(document["queries"], noun="Query")


def _read_service(service: Mapping[str, Any]) -> dict[str, Any]:
    """Whether every field that search reads is of its kind. Raises ValueError with a sentence that names the field."""
    if not field(service, "name", "text"):
        raise ValueError("name is empty.")
    for name in ("organisation", "description", "postcode", "delivery", "cost"):
        field(service, name, "text", required=False)
    for name in ("latitude", "longitude", "minimum_age", "maximum_age"):
        field(service, name, "number", required=False)
    fields(service, "categories", "text", required=False)
    return {}


def _postcodes(document: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    places = field(document, "postcodes", "object", required=False) or {}
    found = {}
    for place, degrees in places.items():
        at = checked(f"postcodes.{place}", degrees, "object")
        try:
            found[place] = float(field(at, "latitude", "number")), float(field(at, "longitude", "number"))
        except ValueError as error:
            raise ValueError(f"postcodes.{place}: {error}") from None
    return found


def _fault(relevant: Any) -> str:
    """What is wrong with the judgements of a query; empty when nothing is."""
    if not isinstance(relevant, Mapping):
        return "relevant must be an object of grades."
    wrong = [service for service, grade in relevant.items() if isinstance(grade, bool) or grade not in range(_GRADES)]
    return f"the grade of {wrong[0]} must be 0, 1, 2 or 3." if wrong else ""
