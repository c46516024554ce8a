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


@pytest.mark.parametrize("document", [[], {"cases": []}, {"excerpts": [{"id": "x"}]}, {"excerpts": ["x"]}])
def test_malformed_files_give_a_sentence(document):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        verify.answer(document)
