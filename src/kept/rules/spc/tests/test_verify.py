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
    assert "12 or more, not 5" in answers[0]["result"]["error"]
    lines, good = compare(document, answers)
    assert not good
    assert lines[-1] == "W2-screened: agrees"
    assert compare(document, answers[1:])[0][0] == "bad: not answered"


@pytest.mark.parametrize("document", [[], {}, 3, None, {"series": 3}])
def test_a_file_of_something_else_is_refused(document):
    with pytest.raises(ValueError, match=r"should be an object|must be a list"):
        answer(document)


def changed(name, value):
    one = copy.deepcopy(DOCUMENT["series"][0])
    one["input"][name] = value
    return one


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (3, "Series 1 is not an object."),
        ({"input": {}}, "Series 1 has no id."),
        ({"id": "W0"}, "Series W0: input is missing"),
        ({"id": "half", "input": {"dates": ["2024-01-01"], "improvement_direction": "increase"}}, "values is missing"),
        (
            changed("dates", ["2024-02-30"] * 38),
            "Series W1: dates[0] must be a date such as 2026-01-31, not “2024-02-30”.",
        ),
        (changed("dates", 5), "Series W1: dates must be a list, not 5."),
        (changed("values", [1, "2"]), "Series W1: values[1] must be a number, not “2”."),
        (changed("values", [True] * 38), "values[0] must be a number, not true"),
        (changed("values", [float("nan")]), "values[0] must be a number, not nan"),
        (changed("values", []), "There are 38 dates but 0 values."),
        (
            changed("improvement_direction", "up"),
            "improvement_direction must be increase, decrease, neutral, not “up”.",
        ),
        (changed("target", "60"), "target must be a number, not “60”."),
        (changed("rebase_dates", "2024-01-01"), "rebase_dates must be a list"),
        (changed("fix_after_n_points", 12.5), "fix_after_n_points must be a whole number, not 12.5."),
        (changed("fix_after_n_points", 11), "fix_after_n_points must be 12 or more, not 11."),
        (changed("dates", []), "dates must hold at least one date."),
        (changed("values", [1e308, -1e308] * 19), "values[0] is too large"),
        (changed("target", 10**400), "target must be a number"),
        (changed("target", -1e200), "target is too large"),
        (changed("screen_outliers", "no"), "screen_outliers must be true or false, not “no”."),
    ],
)
def test_a_malformed_series_is_named_and_refused_alone(bad, words):
    document = {"series": [bad, DOCUMENT["series"][1]]}
    refused, good = answer(document)
    assert words in refused["result"]["error"]
    assert good["result"]["variation"] == "common_cause"
    assert compare(document, [refused, good])[0][-1] == "W2-screened: agrees"


def test_series_without_expectations_are_answered_but_not_compared():
    one = {key: value for key, value in DOCUMENT["series"][0].items() if key != "expected"}
    lines, good = compare({"series": [one]}, answer({"series": [one]}))
    assert good
    assert lines == ["No series says what is expected; nothing to compare."]


def test_a_tolerance_that_is_no_number_is_said():
    document = {"tolerance": "fine", "series": []}
    assert compare(document, answer(document)) == (["tolerance must be a number, not “fine”."], False)
