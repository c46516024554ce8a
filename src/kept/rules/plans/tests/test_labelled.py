"""The labelled sets: the three aims hold, and scoring is the data file's own."""

import json
import re
from pathlib import Path

import pytest

from kept.rules.plans import verify

DATA = Path(__file__).parents[5] / "tests" / "data"


def load(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


SETS = ["plan-lint-dev.json", "plan-lint-own.json", "plan-lint-fresh.json", "plan-lint-rounds.json"]
EVERY = {"plan-lint-rounds.json": 7, "plan-lint-own.json": 4, "plan-lint-fresh.json": 4}  # a part keeps the suite quick
# These files have been read: what is asserted is that nothing is lost, not how new text fares.
FLOORS = {"F1": 0.99, "blocker recall": 0.99, "untouched": 0.99}


@pytest.mark.parametrize("name", SETS)
def test_aims_are_met_and_nothing_is_lost(name):
    document = load(name)
    document["excerpts"] = document["excerpts"][:: EVERY.get(name, 1)]
    lines, agrees = verify.compare(document, verify.answer(document))
    assert agrees, "\n".join(lines)
    for figure, floor in FLOORS.items():
        score = re.search(rf"{figure} ([\d.]+)", "\n".join(lines))
        assert score
        assert float(score.group(1)) >= floor, "\n".join(lines)


def test_compare_counts_a_missed_blocker():
    document = {
        "excerpts": [
            {"id": "x", "context": {}, "parts": [], "expected": [{"rule": "F01", "part": "F1"}], "clean": False}
        ]
    }
    lines, agrees = verify.compare(document, [{"id": "x", "findings": []}])
    assert not agrees
    assert lines[0].startswith("x: missed F01")


def test_compare_counts_a_false_alarm_on_a_clean_excerpt():
    document = {"excerpts": [{"id": "x", "context": {}, "parts": [], "expected": [], "clean": True}]}
    findings = [{"rule": "F01", "part": "F1", "words": "", "severity": "blocker"}]
    _, agrees = verify.compare(document, [{"id": "x", "findings": findings}])
    assert not agrees


def test_excerpts_without_labels_are_answered_but_not_compared():
    document = {"excerpts": [{"id": "x", "parts": [{"id": "F1", "section": "F", "text": "Support in class."}]}]}
    answers = verify.answer(document)
    assert "F01" in {each["rule"] for each in answers[0]["findings"]}
    assert verify.compare(document, answers)[1]


@pytest.mark.parametrize("document", [[], {"cases": []}, {"excerpts": 3}, None])
def test_a_file_without_excerpts_gives_a_sentence(document):
    with pytest.raises(ValueError, match="no list of excerpts"):
        verify.answer(document)


def part(**changes):
    return {"id": "F1", "section": "F", "text": "Support in class."} | changes


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("x", "Excerpt 1 is not an object."),
        ({"parts": []}, "Excerpt 1 has no id."),
        ({"id": "x"}, "Excerpt x: parts is missing: it must be a list."),
        ({"id": "x", "parts": 5}, "Excerpt x: parts must be a list, not 5."),
        ({"id": "x", "parts": [5]}, "Excerpt x: parts[0] must be an object, not 5."),
        ({"id": "x", "parts": [part(text=5)]}, "Excerpt x: parts[0]: text must be text, not 5."),
        ({"id": "x", "parts": [part(), part(id=5)]}, "Excerpt x: parts[1]: id must be text, not 5."),
        ({"id": "x", "parts": [part(meets=5)]}, "Excerpt x: parts[0]: meets must be a list, not 5."),
        ({"id": "x", "parts": [], "context": [1]}, "Excerpt x: context must be an object, not a list."),
        ({"id": "x", "parts": [], "context": {"plan_date": "2025-02-30"}}, "plan_date must be a date such as"),
        ({"id": "x", "parts": [], "context": {"stage": "soon"}}, "stage must be one of draft, proposed amendment"),
        ({"id": "x", "parts": [], "context": {"child": {"age": "7"}}}, "age must be a number, not “7”."),
        ({"id": "x", "parts": [], "context": {"child": {"first_name": 5}}}, "first_name must be text, not 5."),
    ],
)
def test_a_malformed_excerpt_is_named_and_refused_alone(bad, words):
    document = {"excerpts": [bad, {"id": "good", "parts": [part()]}]}
    refused, good = verify.answer(document)
    assert words in refused["error"]
    assert "F01" in {each["rule"] for each in good["findings"]}
    assert verify.compare(document, [refused, good])[1]


@pytest.mark.parametrize("expected", ["x", [{}], [3], [{"rule": "F01", "part": [1]}]])
def test_labels_that_cannot_be_read_are_said(expected):
    document = {"excerpts": [{"id": "x", "parts": [], "expected": expected}]}
    lines, agrees = verify.compare(document, verify.answer(document))
    assert not agrees
    assert lines[0].startswith("Excerpt x: ")


def test_labels_of_rules_that_do_not_count_are_ignored():
    document = {"excerpts": [{"id": "x", "parts": [], "expected": [{"rule": "ZZ99", "part": "F1"}], "clean": False}]}
    assert verify.compare(document, verify.answer(document))[1]
