"""The check file of development series: answers, and a comparison that notices every kind of difference."""

import copy
import json
from pathlib import Path

import pytest

from kept.rules.spc.verify import answer, compare

DOCUMENT = json.loads((Path(__file__).parents[5] / "tests" / "data" / "spc-dev.json").read_text())


def test_every_development_series_agrees():
    lines, good = compare(DOCUMENT, answer(DOCUMENT))
    assert good
    assert lines == [f"{item['id']}: agrees" for item in DOCUMENT["series"]]
    assert len(lines) == 14


def _nudge_mean(expected):
    expected["segments"][0]["mean"] *= 1 + 3e-6


def _relabel(expected):
    expected["special_cause"][0] = "outside_above"


def _drop_rule(expected):
    expected["rules_fired"].pop(next(iter(expected["rules_fired"])))


def _cut(expected):
    expected["point_type"].pop()


def _ask_more(expected):
    expected["something"] = 1


def _flag(expected):
    expected["segments"][0]["short_warning"] = 0


@pytest.mark.parametrize("change", [_nudge_mean, _relabel, _drop_rule, _cut, _ask_more, _flag])
def test_a_difference_is_named(change):
    document = {"tolerance": 1e-6, "series": [copy.deepcopy(DOCUMENT["series"][0])]}
    answers = answer(document)
    change(document["series"][0]["expected"])
    lines, good = compare(document, answers)
    assert not good
    assert lines
    assert all(line.startswith("W1: ") and line != "W1: agrees" for line in lines)


def test_a_difference_within_the_tolerance_is_none():
    document = {"series": [copy.deepcopy(DOCUMENT["series"][0])]}
    document["series"][0]["expected"]["segments"][0]["mean"] *= 1 + 3e-7
    assert compare(document, answer(document))[1]


def test_a_refused_series_says_why_and_does_not_stop_the_rest():
    bad = copy.deepcopy(DOCUMENT["series"][0])
    bad["id"], bad["input"]["fix_after_n_points"] = "bad", 5
    document = {"series": [bad, DOCUMENT["series"][1]]}
    answers = answer(document)
    assert "at least 12 rows" in answers[0]["result"]["error"]
    lines, good = compare(document, answers)
    assert not good
    assert lines[-1] == "W2-screened: agrees"
    assert compare(document, answers[1:])[0][0] == "bad: not answered"


@pytest.mark.parametrize("document", [[], {}, {"series": 3}, {"series": [{"input": {}}]}])
def test_a_file_of_something_else_is_refused(document):
    with pytest.raises(ValueError, match="should be an object"):
        answer(document)


def test_a_series_without_values_is_refused_alone():
    good = DOCUMENT["series"][0]
    halves = {"id": "half", "input": {"dates": ["2024-01-01"]}}
    answers = answer({"series": [halves, good]})
    assert answers[0]["result"] == {"error": "The series has no 'values'."}
    assert answers[1]["result"]["variation"] == "common_cause"
