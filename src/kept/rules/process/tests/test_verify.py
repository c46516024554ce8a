import copy
import json
from pathlib import Path

import pytest

from kept.rules.process.table import clocks
from kept.rules.process.verify import answer, compare

FILE = Path(__file__).parents[5] / "tests" / "data" / "clock-examples.json"
EXAMPLES = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item["id"])
def test_example(item):
    assert compare([item], answer([item])) == (["1 of 1 cases agree."], True)


def test_every_clock_is_answered_with_exactly_its_keys():
    for given in answer(EXAMPLES):
        assert {entry["clock"] for entry in given["clocks"]} == set(clocks())
        for entry in given["clocks"]:
            idle = entry["status"] == "not_running"
            assert ("instance" in entry) == (not idle and clocks()[entry["clock"]].per is not None)
            assert not idle or set(entry) == {"clock", "due", "status"}
            assert ("days" in entry) == (entry["status"] in ("late", "overdue") or entry.get("days", 0) > 0)


def test_a_wrong_answer_is_reported():
    item = copy.deepcopy(EXAMPLES[0])
    item["expected"]["clocks"][0]["due"] = "2025-10-14"
    item["expected"]["flags"] = ["finalised_inside_window"]
    item["expected"]["sen2"]["days_to_plan"] = 1
    lines, agrees = compare([item], answer([item]))
    assert not agrees
    assert len(lines) == 4
    assert "2025-10-14" in lines[0]
    assert compare([item], [])[0][0] == "EX-01: no answer"


def test_an_unexpected_flag_is_a_difference():
    item = next(one for one in copy.deepcopy(EXAMPLES) if one["expected"].get("flags"))
    del item["expected"]["flags"]
    assert not compare([item], answer([item]))[1]


def test_items_without_expectations_are_answered():
    item = {"id": "a", "as_of": "2026-01-01", "events": []}
    given = answer([item])
    assert {entry["status"] for entry in given[0]["clocks"]} == {"not_running"}
    assert (given[0]["flags"], given[0]["sen2"]) == ([], None)
    assert compare([item], given) == (["0 of 0 cases agree."], True)


def case(**changes):
    return {"id": "X-1", "as_of": "2026-01-01", "events": []} | changes


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "list of cases"),
        ([3], "Case 1 is not an object"),
        ([{}], "Case 1 has no id"),
        ([case(), case()], "X-1 stands twice"),
        ([case(as_of="soon")], "X-1: as_of must be a date"),
        ([case(events=None)], "X-1 has no list of events"),
        ([case(events=["a"])], "X-1, event 1 is not an object"),
        ([case(events=[{"type": "party", "date": "2026-01-01"}])], "X-1, event 1: “party” is not a known type"),
        ([case(events=[{"type": "moved", "date": "2026-02-30"}])], "X-1, event 1 .moved.: the date must be a date"),
        (
            [case(events=[{"type": "advice_requested", "date": "2026-01-01", "from": "ep", "received": "x"}])],
            "received must be a date",
        ),
        ([case(events=[{"type": "school_consulted", "date": "2026-01-01", "school": 3}])], "school must be text"),
        ([case(events=[{"type": "exception_recorded", "date": "2026-01-01", "facts": 3}])], "facts must be an object"),
    ],
)
def test_a_malformed_item_is_named(document, words):
    with pytest.raises(ValueError, match=words):
        answer(document)
