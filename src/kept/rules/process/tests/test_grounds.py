"""Why an exception does not hold is said just when it does not hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.process.exceptions import TESTS, Period
from kept.rules.process.grounds import ASKED, grounds_of, listed_for, why_not
from kept.rules.process.readings import DEFAULT
from kept.rules.process.table import clocks

START, DUE = date(2026, 3, 2), date(2026, 7, 20)
EVERY = [(clock, one, ground) for clock in clocks().values() for one in clock.exceptions for ground in grounds_of(one)]
days = st.dates(START - timedelta(days=60), DUE + timedelta(days=60))


@pytest.mark.parametrize(("clock", "listed", "ground"), EVERY, ids=lambda one: getattr(one, "id", one))
def test_every_listed_exception_says_which_facts_it_needs(clock, listed, ground):
    assert ASKED[ground]
    assert listed_for(clock, listed.id) == listed


@pytest.mark.parametrize("test", sorted({one.test for _, one, _ in EVERY}))
@given(data=st.data())
def test_a_reason_is_given_just_when_the_law_says_no(test, data):
    listed = next(one for _, one, _ in EVERY if one.test == test)
    ground = data.draw(st.sampled_from(grounds_of(listed)))
    facts = {
        asked.name: data.draw(days).isoformat() if asked.kind == "date" else data.draw(st.sampled_from(["", "Illness"]))
        for asked in ASKED[ground]
        if asked.required or data.draw(st.booleans())
    }
    holds = TESTS[listed.test](facts, Period(START, DUE), listed, DEFAULT)
    reasons = why_not(listed, ground, facts, trigger=START, due=DUE, impractical=True)
    assert (not reasons) == holds
    assert not any("do not meet the condition" in reason for reason in reasons)


def test_the_sentences_carry_the_figures():
    listed = listed_for(clocks()["assess.final_plan"], "reg13_3.absence_4w")
    short = {"absent_from": "2026-04-01", "returned": "2026-04-20"}
    said = why_not(listed, "absence", short, trigger=START, due=DUE, impractical=False)
    assert said[0] == "They were away for 19 days; the law asks for at least 28 in one stretch."
    assert "impractical" in said[1]
    outside = {"absent_from": "2026-07-10", "returned": "2026-08-20"}
    said = why_not(listed, "absence", outside, trigger=START, due=DUE, impractical=True)
    assert said == ("Only 11 days of the absence fall between 2 March 2026 and 20 July 2026; 28 days must.",)


def test_an_exception_of_another_clock_is_not_listed():
    assert listed_for(clocks()["assess.decision"], "reg13_3.absence_4w") is None
