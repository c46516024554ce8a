"""Tests of what is picked out of advice: nothing that asks is missed, and what only tells is left."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.plans.recommended import Asks, recommendations

REPORT = """Speech and language therapy report
Nia was seen on 3 March. She likes trains. The previous report recommended a hearing test in 2023.

It is essential that adults check that she has understood. I would recommend direct therapy for 45 minutes each
week from a registered therapist. These sessions are one-to-one. It should be noted that she was tired.

Recommendations
1. A programme written by the therapist, carried out by a trained assistant for 15 minutes each day.
2. Termly review with school
- Makaton training for all staff. This takes two hours.
By the end of Year 6 Nia will be able to retell a story in four sentences.

Who was there
Her mother was present.
She will need:
- a visual timetable
- a quiet place to work
Her father likes football."""
statements = st.sampled_from(
    [
        "Nia needs a quiet place to work.",
        "An adult will sit with her for 20 minutes each day.",
        "Weekly therapy for 30 minutes",
        "Visual timetable",
        "Should have a laptop.",
    ]
)


def test_a_report_gives_up_all_that_it_asks_for_and_nothing_else():
    found = [(each.asks, each.text.split(".")[0][:40]) for each in recommendations(REPORT)]
    assert found == [
        ("provision", "It is essential that adults check that s"),
        ("provision", "I would recommend direct therapy for 45 "),
        ("provision", "A programme written by the therapist, ca"),
        ("provision", "Termly review with school"),
        ("provision", "Makaton training for all staff"),
        ("outcome", "By the end of Year 6 Nia will be able to"),
        ("provision", "a visual timetable"),
        ("provision", "a quiet place to work"),
    ]
    therapy = recommendations(REPORT)[1]
    assert therapy.text.endswith("These sessions are one-to-one.")
    assert "each week from" in therapy.text


@settings(max_examples=40, deadline=None)
@given(st.lists(statements, max_size=6), st.sampled_from(["", "- ", "2) "]), st.sampled_from(["needs", "provision"]))
def test_in_a_section_that_asks_no_statement_is_dropped_and_offsets_hold(said, mark, section):
    words = "\n".join(f"{mark}{each}" for each in said)
    found = recommendations(words, section=section)
    assert len(found) == len(said)
    assert [words[each.start : each.end] for each in found] == [each.text for each in found] == said


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aZ .:\n-1)", max_size=60), st.sampled_from(["", "needs", "provision"]))
def test_any_text_is_read_in_order_without_overlap(words, section):
    found = recommendations(words, section=section)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(words[each.start : each.end].split() == each.text.split() for each in found)


@pytest.mark.parametrize(("words", "left_open"), [
    ("Therapy each week from a speech and language therapist.", "for how long"),
    ("Thirty minutes of therapy from a speech and language therapist.", "how often"),
])  # fmt: skip
def test_advice_says_what_it_leaves_open(words, left_open):
    (found,) = recommendations(words, section="provision")
    assert any(left_open in each for each in found.unsaid)


def test_empty_answers_ask_for_nothing():
    assert recommendations("None.", section="needs") == []
    assert recommendations("No further recommendations.", section="provision") == []
    assert recommendations("", section="outcomes") == []
    assert recommendations("Nia will tell a story by July.", section="outcomes")[0].asks is Asks.OUTCOME
