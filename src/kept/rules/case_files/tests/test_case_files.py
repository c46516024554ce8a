"""Any JSON at all in a file of cases: each entry has one answer or one sentence, and none spoils another."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.case_files import answered, cases_in, field, fields, refusals, shown
from kept.rules.plans import verify as lint
from kept.rules.process import verify as clocks
from kept.rules.search import verify as search
from kept.rules.spc import verify as spc
from kept.rules.waits import verify as waits

WORDS = ["a", "1", "", "2026-01-31", "2026-02-30", "moved", "F", "increase", "mmc", "fong_calc"]
KEYS = [
    *("id", "as_of", "events", "type", "date", "from", "facts", "expected", "clocks", "flags", "input", "kind"),
    *("dates", "values", "improvement_direction", "lambda", "c", "demand", "target_wait", "parts", "context", "text"),
    *("section", "child", "age", "stage", "postcode", "relevant", "tolerance", "rule", "series", "cases", "excerpts"),
]
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(WORDS)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
)
ENTRY = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6) | JSON
FILES = {
    "clocks": (clocks, lambda entries: entries),
    "spc": (spc, lambda entries: {"series": entries}),
    "waits": (waits, lambda entries: {"cases": entries}),
    "lint": (lint, lambda entries: {"excerpts": entries}),
    "search": (search, lambda entries: {"services": [{"id": "s", "name": "Autism team"}], "queries": entries}),
}


@pytest.mark.parametrize("subject", FILES)
@settings(max_examples=40, deadline=None)
@given(entries=st.lists(ENTRY, max_size=4))
def test_whatever_stands_in_a_file_it_is_answered_or_refused_with_a_sentence(subject, entries):
    module, around = FILES[subject]
    document = around(entries)
    answers = module.answer(document)
    count = len(answers["rankings"]) + len(answers.get("refused", ())) if subject == "search" else len(answers)
    assert count == len(entries)
    assert all(sentence.strip().endswith((".", ".”")) for sentence in refusals(answers))
    lines, _ = module.compare(document, answers)
    assert lines
    json.dumps(answers, allow_nan=False)


@pytest.mark.parametrize("subject", FILES)
@given(document=SCALARS | st.dictionaries(st.sampled_from(KEYS), SCALARS, max_size=2))
@settings(max_examples=15, deadline=None)
def test_a_file_of_anything_else_is_refused_with_a_sentence(subject, document):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        FILES[subject][0].answer(document)


def test_ids_may_be_words_or_numbers_and_stand_once():
    cases = cases_in([{"id": "a"}, {"id": 7}, {"id": "a"}, {"id": True}, {"id": ""}, 5])
    assert [case.id for case in cases] == ["a", 7, "a", None, None, None]
    assert [bool(case.refusal) for case in cases] == [False, False, True, True, True, True]


def test_a_slip_in_the_work_is_a_sentence_too():
    def work(given):
        return {"half": 1 / given["n"]}

    outcomes = dict(answered(cases_in([{"id": "a", "n": 2}, {"id": "b", "n": 0}, {"id": "c"}]), work))
    assert outcomes["a"] == {"half": 0.5}
    assert outcomes["b"]["error"] == "Case b has not the form that is expected: division by zero."
    assert outcomes["c"]["error"] == "Case c: n is missing."


def test_fields_are_read_by_their_kind():
    row = {"day": "2024-02-29", "whole": 3.0, "gaps": [1, None], "none": None}
    assert field(row, "day", "date") == date(2024, 2, 29)
    assert field(row, "whole", "whole") == 3
    assert fields(row, "gaps", "number", gaps=True) == [1, None]
    assert field(row, "none", "text", required=False) is None
    assert fields(row, "none", "text", required=False) == []
    with pytest.raises(ValueError, match=r"gaps\[1\] must be a number, not null"):
        fields(row, "gaps", "number")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "null"), (True, "true"), ([1], "a list"), ({}, "an object"), ("x" * 90, f"“{'x' * 39}…")],
)
def test_a_value_in_a_sentence_is_short(value, words):
    assert shown(value) == words


def test_a_number_too_large_for_arithmetic_is_none():
    with pytest.raises(ValueError, match="age must be a number, not 1000"):
        field({"age": 10**400}, "age", "number")
    assert field({"age": 10**300}, "age", "number") == 10**300
