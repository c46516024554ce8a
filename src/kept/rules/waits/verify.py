"""Answers to a file of cases about waiting lists, and the comparison with the answers in the file.

A case has `id`, `kind`, `input` and perhaps `expected` and `tolerance`. A case that cannot be answered gets a result
with `error`, a sentence; the other cases are answered all the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .kinds import KINDS

REL = 1e-6
ABS_AT_ZERO = 1e-9
SERIES = ("queue_series", "removal_days", "slot_used")


def answer(document: Any) -> list[dict[str, Any]]:
    """`[{"id", "result": {...}}]` for every case of the file. ValueError when it is no file of cases."""
    cases = document.get("cases") if isinstance(document, Mapping) else document
    if not isinstance(cases, Sequence) or isinstance(cases, str):
        raise ValueError("The file needs a list called cases.")
    return [{"id": _id(case, place), "result": _result(case)} for place, case in enumerate(cases)]


def _id(case: Any, place: int) -> Any:
    return case.get("id", place) if isinstance(case, Mapping) else place


def _result(case: Any) -> dict[str, Any]:
    try:
        return _answer_one(case)
    except ValueError as error:
        return {"error": str(error)}


def _answer_one(case: Any) -> dict[str, Any]:
    if not isinstance(case, Mapping) or not isinstance(case.get("input"), Mapping):
        raise ValueError("A case needs a kind and an input.")
    kind = case.get("kind")
    if kind not in KINDS:
        raise ValueError(f"There is no kind {kind!r}; the kinds are {', '.join(KINDS)}.")
    try:
        found = KINDS[kind](case["input"])
    except KeyError as error:
        raise ValueError(f"The input of this {kind} needs {error.args[0]}.") from None
    except (TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ValueError(f"The input of this {kind} has not the form that is expected: {error}.") from None
    return {key: _finite(value) for key, value in found.items()}


def _finite(value: Any) -> Any:
    """JSON knows no infinity: what has no finite value is null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_finite(one) for one in value]
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    return value


def compare(document: Any, answers: Sequence[Mapping[str, Any]]) -> tuple[list[str], bool]:
    """Lines about every difference and a last line with the count; True when all expected results agree."""
    cases: Sequence[Any] = document["cases"] if isinstance(document, Mapping) else document
    lines, agreed, checked = [], 0, 0
    for case, given in zip(cases, answers, strict=True):
        if not isinstance(case, Mapping) or case.get("expected") is None:
            continue
        checked += 1
        found = _differences("", case["expected"], given["result"], case.get("tolerance") or {})
        if "error" in given["result"]:
            found = [given["result"]["error"]]
        lines += [f"{given['id']}: {line}" for line in found]
        agreed += not found
    lines.append(f"{agreed} of {checked} cases agree.")
    return lines, agreed == checked


def _differences(path: str, expected: Any, found: Any, tolerance: Mapping[str, Any]) -> list[str]:
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            return [f"{path} is missing."]
        return [
            line
            for key, value in expected.items()
            for line in _differences(f"{path}.{key}" if path else key, value, found.get(key), tolerance)
        ]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{path}: expected {expected}, found {found}."]
        return [
            line
            for i, value in enumerate(expected)
            for line in _differences(f"{path}[{i}]", value, found[i], tolerance)
        ]
    return [] if _agrees(path, expected, found, tolerance) else [f"{path}: expected {expected}, found {found}."]


def _allowed(path: str, tolerance: Mapping[str, Any]) -> tuple[str, float]:
    """("exact" | "abs" | "rel", size) for a result by its name."""
    names = path.replace("[", ".[").split(".")
    named = next((tolerance[name] for name in names if name in tolerance and name != "rel"), None)
    if named == "exact" or (tolerance.get("series") == "exact" and any(name in SERIES for name in names)):
        return "exact", 0.0
    if isinstance(named, int | float):
        return "abs", float(named)
    if names[0] in ("mape_percent", "bias_percent_h1") and "mape_abs" in tolerance:
        return "abs", float(tolerance["mape_abs"])
    if names[0] == "national_growth2" and "national_rel" in tolerance:
        return "rel", float(tolerance["national_rel"])
    return "rel", float(tolerance.get("rel", REL))


def _agrees(path: str, expected: Any, found: Any, tolerance: Mapping[str, Any]) -> bool:
    if not isinstance(expected, int | float) or isinstance(expected, bool):
        return bool(expected == found)
    if not isinstance(found, int | float) or isinstance(found, bool):
        return False
    how, size = _allowed(path, tolerance)
    if how == "exact":
        return bool(expected == found)
    if how == "abs":
        return abs(found - expected) <= size
    return abs(found - expected) <= max(size * abs(expected), ABS_AT_ZERO if expected == 0 else 0.0)
