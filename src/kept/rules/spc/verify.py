"""Check files of series: answer them, and compare answers with what was expected.

A document is `{"series": [{"id", "input", "expected"}]}`; numbers agree to the document's relative `tolerance`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kept.rules.case_files import Case, answered, cases_in, field, fields, shown
from kept.rules.spc.engine import analyse
from kept.rules.spc.facts import SHORTEST_FIXED_BASELINE, Chart, Direction, Segment, Series

TOLERANCE = 1e-6
NEAR_ZERO = 1e-9
NOUN = "Series"
LARGEST = 1e15


def answer(document: Any) -> list[dict[str, Any]]:
    """One `{"id", "result"}` per series, in order. A series that is refused has `{"error": sentence}` as its result.

    Raises ValueError when the document is not a file of series.
    """
    return [{"id": name, "result": outcome} for name, outcome in answered(_series(document), _answer, noun=NOUN)]


def compare(document: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> tuple[list[str], bool]:
    """A line per series (`agrees`, or each difference) and whether everything expected was answered so.

    Series without `expected` are passed over.
    """
    given = {item["id"]: item["result"] for item in reversed(answers) if item["id"] is not None}
    try:
        tolerance = field(document, "tolerance", "number", required=False)
    except ValueError as error:
        return [str(error)], False
    lines: list[str] = []
    good = True
    for case in _series(document):
        expected = case.given.get("expected")
        if expected is None or case.id is None:
            continue
        if case.id not in given or case.refusal or "error" in given[case.id]:
            differences = ["not answered"]
        else:
            differences = list(_differences(expected, given[case.id], TOLERANCE if tolerance is None else tolerance))
        good = good and not differences
        lines += [f"{case.id}: {text}" for text in differences or ["agrees"]]
    return lines or ["No series says what is expected; nothing to compare."], good


def series_from(item: Mapping[str, Any]) -> Series:
    """A series from its entry in a check file. Raises ValueError, with a sentence, when it cannot be charted."""
    given = field(item, "input", "object")
    direction = field(given, "improvement_direction", "text")
    if direction not in list(Direction):
        raise ValueError(f"improvement_direction must be {', '.join(Direction)}, not {shown(direction)}.")
    dates, values = fields(given, "dates", "date"), fields(given, "values", "number", gaps=True)
    target = field(given, "target", "number", required=False)
    baseline = field(given, "fix_after_n_points", "whole", required=False)
    if not dates:
        raise ValueError("dates must hold at least one date.")
    if baseline is not None and baseline < SHORTEST_FIXED_BASELINE:
        raise ValueError(f"fix_after_n_points must be {SHORTEST_FIXED_BASELINE} or more, not {baseline}.")
    for name, value in (*((f"values[{place}]", value) for place, value in enumerate(values)), ("target", target)):
        if value is not None and not -LARGEST <= value <= LARGEST:
            raise ValueError(f"{name} is too large: it must lie between -{LARGEST:g} and {LARGEST:g}.")
    return Series(
        dates=tuple(dates),
        values=tuple(None if value is None else float(value) for value in values),
        direction=Direction(direction),
        target=target,
        rebase=tuple(fields(given, "rebase_dates", "date", required=False)),
        baseline_n=baseline,
        screen=bool(field(given, "screen_outliers", "yes_no", required=False)),
        title=field(item, "title", "text", required=False) or "",
        unit=field(item, "unit", "text", required=False) or "",
    )


def result_of(chart: Chart) -> dict[str, Any]:
    """A chart in the keys of the check file, with the rule set and the generated words."""
    return {
        "segments": [_segment(segment) for segment in chart.segments],
        "special_cause": [point.special_cause for point in chart.points],
        "special_cause_points": [point.position for point in chart.points if point.rules],
        "rules_fired": {
            str(point.position): [rule.value for rule in point.rules] for point in chart.points if point.rules
        },
        "point_type": [point.point_type.value for point in chart.points],
        "variation": chart.variation.value,
        "assurance": chart.assurance.value if chart.assurance else None,
        "rule_set": chart.rule_set,
        "warnings": list(chart.warnings),
        "text": chart.text,
    }


def _series(document: Any) -> list[Case]:
    if not isinstance(document, Mapping) or "series" not in document:
        raise ValueError('it should be an object with a list named "series".')
    return cases_in(document["series"], noun=NOUN)


def _answer(item: Mapping[str, Any]) -> dict[str, Any]:
    return result_of(analyse(series_from(item)))


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "index": segment.index,
        "n": segment.n,
        "mean": segment.limits.mean,
        "lower_process_limit": segment.limits.lower,
        "upper_process_limit": segment.limits.upper,
        "short_warning": segment.short_warning,
    }


def _differences(expected: Any, given: Any, tolerance: float, where: str = "") -> Iterator[str]:
    """What of `expected` is not in `given`; further keys of `given` are allowed."""
    if isinstance(expected, Mapping) and isinstance(given, Mapping):
        if where.endswith("rules_fired") and set(given) != set(expected):
            yield f"{where} has rows {sorted(given, key=int)}, expected {sorted(expected, key=int)}"
        for key, value in expected.items():
            name = f"{where}.{key}" if where else key
            if key in given:
                yield from _differences(value, given[key], tolerance, name)
            else:
                yield f"{name} is missing"
    elif isinstance(expected, list) and isinstance(given, list):
        if len(expected) != len(given):
            yield f"{where} has {len(given)} entries, expected {len(expected)}"
        for index, (value, other) in enumerate(zip(expected, given, strict=False)):
            yield from _differences(value, other, tolerance, f"{where}[{index}]")
    elif not _equal(expected, given, tolerance):
        yield f"{where} is {given!r}, expected {expected!r}"


def _equal(expected: Any, given: Any, tolerance: float) -> bool:
    numbers = all(isinstance(item, int | float) and not isinstance(item, bool) for item in (expected, given))
    if numbers:
        return math.isclose(given, expected, rel_tol=tolerance, abs_tol=NEAR_ZERO)
    return type(expected) is type(given) and bool(expected == given)
