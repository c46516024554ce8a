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


def event(kind, **details):
    return {"type": kind, "date": "2026-01-01", **details}


def test_a_file_of_something_else_is_refused():
    with pytest.raises(ValueError, match="list of cases"):
        answer({})


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (3, "Case 1 is not an object"),
        ({}, "Case 1 has no id"),
        ({"id": [1]}, "Case 1: id must be text or a whole number, not a list"),
        (case(as_of="soon"), "Case X-1: as_of must be a date such as 2026-01-31, not “soon”."),
        (case(as_of=None), "Case X-1: as_of is missing"),
        (case(events=None), "Case X-1: events is missing: it must be a list."),
        (case(events={}), "Case X-1: events must be a list, not an object."),
        (case(events=["a"]), "Case X-1: event 1 is not an object"),
        (case(events=[event("party")]), "Case X-1: event 1: “party” is not a known type of event."),
        (
            case(events=[event("assess_decision", outcome="refused")]),
            "outcome must be assess or refuse, not “refused”.",
        ),
        (
            case(events=[event("phase_transfer") | {"kind": "primary"}]),
            "kind must be other or secondary_to_post16, not",
        ),
        (case(events=[event("released", same_la="yes")]), "(released): same_la must be true or false, not “yes”."),
        (case(events=[event("request_received", by=["parent"])]), "by must be text, not a list."),
        (case(events=[event("moved", date="2026-02-30")]), "X-1: event 1 (moved): date must be a date such as"),
        (case(events=[event("moved", date="1800-02-01")]), "is not between 1950 and 2150"),
        (case(events=[event("advice_requested", **{"from": "ep", "received": "x"})]), "received must be a date"),
        (case(events=[event("advice_requested")]), "event 1 (advice_requested): from is missing"),
        (case(events=[event("school_consulted", school=3)]), "school must be text, not 3"),
        (case(events=[event("exception_recorded", facts=3)]), "facts must be an object"),
        (case(events=[event("exception_recorded", facts={"to": "2025-02-30"})]), "facts.to must be a date"),
    ],
)
def test_a_malformed_item_is_named_and_refused_alone(bad, words):
    good = {"id": "good", "as_of": "2026-01-01", "events": [event("request_received")], "expected": {"flags": []}}
    document = [bad, good]
    refused, given = answer(document)
    assert words in refused["error"]
    assert given["stage"] == "REQUEST_UNDER_CONSIDERATION"
    assert compare(document, [refused, given]) == (["1 of 1 cases agree."], True)


def test_of_two_cases_with_one_id_the_first_is_answered():
    document = [case(expected={}), case(as_of="2026-02-01", expected={})]
    first, second = answer(document)
    assert "clocks" in first
    assert second == {"id": "X-1", "error": "Case X-1 stands twice; the first is the one that is answered."}
    assert compare(document, [first, second]) == (["X-1: no answer", "1 of 2 cases agree."], False)


def test_a_case_that_is_refused_does_not_agree():
    document = [case(as_of=None, expected={})]
    assert compare(document, answer(document)) == (["X-1: no answer", "0 of 1 cases agree."], False)


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (3, "X-1: expected is not an object"),
        ({"clocks": 5}, "X-1: expected.clocks must be a list, not 5."),
        ({"clocks": ["a"]}, "X-1: expected.clocks[0] must be an object, not “a”."),
        ({"flags": 5}, "X-1: expected.flags must be a list, not 5."),
    ],
)
def test_expectations_that_cannot_be_read_are_said(expected, words):
    document = [case(expected=expected)]
    assert compare(document, answer(document))[0][0] == words
