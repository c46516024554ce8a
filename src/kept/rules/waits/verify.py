"""Answers to a file of cases about waiting lists, and the comparison with the answers in the file.

A case has `id`, `kind`, `input` and perhaps `expected` and `tolerance`. A case that cannot be answered gets a result
with `error`, a sentence; the other cases are answered all the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kept.rules.case_files import Case, answered, cases_in, field, shown

from .kinds import KINDS

REL = 1e-6
ABS_AT_ZERO = 1e-9
SERIES = ("queue_series", "removal_days", "slot_used")


def answer(document: Any) -> list[dict[str, Any]]:
    """`[{"id", "result": {...}}]` for every case of the file. ValueError when it is no file of cases."""
    return [{"id": name, "result": outcome} for name, outcome in answered(_cases(document), _answer_one)]


def _cases(document: Any) -> list[Case]:
    if isinstance(document, Mapping) and "cases" not in document:
        raise ValueError("the file needs a list called cases.")
    return cases_in(document["cases"] if isinstance(document, Mapping) else document)


def _answer_one(case: Mapping[str, Any]) -> dict[str, Any]:
    kind, given = field(case, "kind", "text"), field(case, "input", "object")
    if kind not in KINDS:
        raise ValueError(f"there is no kind {shown(kind)}; the kinds are {', '.join(KINDS)}.")
    try:
        found = KINDS[kind](given)
    except KeyError as error:
        raise ValueError(f"the input of this {kind} needs {error.args[0]}.") from None
    except ArithmeticError:
        raise ValueError(f"the numbers in the input of this {kind} are too large to calculate with.") from None
    except (TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"the input of this {kind} has not the form that is expected: {error}.") from None
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
    lines, agreed, checked = [], 0, 0
    for case, given in zip(_cases(document), answers, strict=True):
        expected, tolerance = case.given.get("expected"), case.given.get("tolerance") or {}
        if expected is None:
            continue
        checked += 1
        if "error" in given["result"]:
            found = ["no answer"]
        elif not isinstance(tolerance, Mapping) or not all(map(_is_tolerance, tolerance.values())):
            found = ["tolerance must be an object of numbers or “exact”."]
        else:
            found = _differences("", expected, given["result"], tolerance)
        lines += [f"{given['id']}: {line}" for line in found]
        agreed += not found
    lines.append(f"{agreed} of {checked} cases agree.")
    return lines, agreed == checked


def _is_tolerance(value: Any) -> bool:
    return value == "exact" or (isinstance(value, int | float) and not isinstance(value, bool))


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
    if tolerance.get("rel") == "exact":
        return "exact", 0.0
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
