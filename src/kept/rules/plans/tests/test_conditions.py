"""Conditions of a promise are sorted by what they turn on; one that turns on what can be seen leaves nothing open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.plans.conditions import Turns, conditions
from kept.rules.plans.text import Text

MEANS, DECISION, JUDGEMENT, CHANGE = Turns.MEANS, Turns.DECISION, Turns.JUDGEMENT, Turns.CHANGE


@pytest.mark.parametrize(
    ("sentence", "turns"),
    [
        ("so long as the team is fully staffed, he will be seen every week", MEANS),
        ("should the grant be renewed, a tutor will teach her", MEANS),
        ("subject to what the panel decides, an assistant will sit with him", DECISION),
        ("once the results of the assessment are in, sessions will start", DECISION),
        ("where it is judged to help, an adult will take her out", JUDGEMENT),
        ("if he gets wound up, an adult will take him out", JUDGEMENT),
        ("the hours stay as they are unless the manager changes them", CHANGE),
        ("if she hands over her red card, an adult will take her out at once", None),
        ("if the pool is closed, the session will be in the hall at the same time", None),
        ("should a session be cancelled, it will be given within ten days", None),
        ("he will practise asking when he needs a break", None),
        ("the amount will not change unless the plan is amended", None),
    ],
)
def test_what_a_condition_turns_on(sentence, turns):
    found = [each.turns for each in conditions(sentence)]
    assert found[:1] == ([turns] if turns else [])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "if",
                "unless",
                "should",
                "the",
                "team",
                "has",
                "funds",
                "he",
                "needs",
                "it",
                "agreed",
                ",",
                ".",
                "will",
                "at",
                "once",
                "when",
            ]
        )
    )
)
def test_every_condition_stands_within_its_sentence(words):
    sentence = " ".join(words)
    for each in conditions(sentence):
        assert 0 <= each.start < each.end <= len(sentence)


@pytest.mark.parametrize("raw", ["May will sit. In May 2026 May may rest.", "May's desk, May, and may"])
def test_a_name_that_is_a_word_is_no_word_and_keeps_its_place(raw):
    text = Text(raw, frozenset({"May"}))
    assert len(text.low) == len(raw)
    assert text.low.startswith("qay")
    assert text.low.endswith(("may", "may rest."))
    assert ("may 2026" in text.low) == ("May 2026" in raw)
