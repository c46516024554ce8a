"""Tests of the clock of replies."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kept.rules.replies import Said, Standard, centile, turns

FRIDAY = date(2026, 5, 22)  # the Monday after is a bank holiday


def test_the_clock_counts_working_days_and_leaves_out_bank_holidays():
    (turn,) = turns([Said(FRIDAY, theirs=True)], Standard())
    assert turn.acknowledge_by == date(2026, 5, 27)
    assert turn.answer_by == date(2026, 6, 8)
    assert turn.answered_on is None


def test_a_second_message_does_not_begin_the_clock_anew():
    first, second = Said(FRIDAY, theirs=True), Said(date(2026, 6, 1), theirs=True)
    assert turns([first, second], Standard()) == turns([first], Standard())


def test_an_acknowledgement_is_not_an_answer():
    said = [Said(FRIDAY, theirs=True), Said(date(2026, 5, 26), theirs=False)]
    (turn,) = turns(said, Standard())
    assert (turn.acknowledged_on, turn.answered_on) == (date(2026, 5, 26), None)
    (turn,) = turns([*said, Said(date(2026, 6, 2), theirs=False, answers=True)], Standard())
    assert (turn.acknowledged_on, turn.answered_on) == (date(2026, 5, 26), date(2026, 6, 2))


def test_what_is_asked_after_an_answer_is_a_turn_of_its_own():
    said = [
        Said(FRIDAY, theirs=True),
        Said(FRIDAY, theirs=False, answers=True),
        Said(date(2026, 6, 3), theirs=True),
    ]
    assert [(turn.number, turn.asked_on, turn.answered_on) for turn in turns(said, Standard())] == [
        (1, FRIDAY, FRIDAY),
        (2, date(2026, 6, 3), None),
    ]


def test_our_own_first_message_is_owed_no_answer():
    assert turns([Said(FRIDAY, theirs=False)], Standard()) == []


def test_the_centile_is_the_nearest_rank():
    assert [centile(range(1, 11), share) for share in (0.5, 0.9, 1.0)] == [5, 9, 10]
    assert centile([], 0.5) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=20))
def test_no_turn_is_answered_before_it_is_acknowledged_and_only_the_last_is_open(said):
    facts = [Said(FRIDAY, theirs=theirs, answers=answers) for theirs, answers in said]
    found = turns(facts, Standard())
    assert all(turn.answered_on for turn in found[:-1])
    assert all(turn.acknowledged_on for turn in found if turn.answered_on)
