"""When a record's time is up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.retention import RULES, Account, Record, account_due, check_period, record_due

BORN = date(1990, 2, 28)
DAYS = st.dates(date(1980, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("facts", "on", "rule"),
    [
        ({"had_plan": True, "last_entry_on": date(2014, 1, 1)}, date(2021, 2, 28), "child.with_plan"),
        ({"had_plan": True, "born_on": date(1992, 2, 29)}, date(2023, 3, 1), "child.with_plan"),
        ({"last_entry_on": date(2012, 5, 6)}, date(2018, 5, 6), "child.without_plan"),
        ({"last_entry_on": date(1999, 5, 6)}, date(2014, 2, 28), "child.without_plan"),
        ({}, date(2014, 2, 28), "child.without_plan"),
    ],
)
def test_when_a_record_may_go(facts, on, rule):
    due = record_due(
        Record(**{"born_on": BORN, "added_on": date(1998, 1, 1), "had_plan": False, "has_open_case": False} | facts)
    )
    assert (due.on, due.rule.key) == (on, rule)


@settings(max_examples=40)
@given(born_on=DAYS, added_on=DAYS, had_plan=st.booleans(), last=st.none() | DAYS)
def test_never_before_the_24th_birthday_and_never_while_a_case_runs(born_on, added_on, had_plan, last):
    facts = {"born_on": born_on, "added_on": added_on, "had_plan": had_plan, "last_entry_on": last}
    assert record_due(Record(**facts, has_open_case=True)) is None
    assert record_due(Record(**facts, has_open_case=False)).on.year >= born_on.year + 24


def test_an_account_goes_two_years_after_its_last_role():
    assert account_due(Account(None)) is None
    assert account_due(Account(date(2024, 2, 29))).on == date(2026, 3, 1)


def test_an_area_keeps_longer_by_its_own_period_and_never_shorter_than_claims_may_be_made():
    facts = {"born_on": BORN, "added_on": date(1998, 1, 1), "has_open_case": False, "last_entry_on": date(2014, 1, 1)}
    had_plan, none = Record(**facts, had_plan=True), Record(**facts, had_plan=False)
    assert record_due(had_plan, {"child.with_plan": 35}).on == date(2025, 2, 28)
    assert record_due(had_plan, {"child.with_plan": 12}).on == date(2021, 2, 28)
    assert record_due(none, {"child.without_plan": 10}).on == date(2024, 1, 1)
    assert account_due(Account(date(2024, 2, 29)), {"account": 7}).on == date(2031, 3, 1)
    check_period("child.with_plan", 31)
    with pytest.raises(ValueError, match=r"until the 31st birthday. A plan may last"):
        check_period("child.with_plan", 30)
    with pytest.raises(ValueError, match="100 years is the most"):
        check_period("account", 101)
    with pytest.raises(ValueError, match="no such rule"):
        check_period("everything", 3)


def test_periods_in_words():
    assert RULES["child.with_plan"].lasting(33) == "until the 33rd birthday"
    assert RULES["account"].lasting(1) == "1 year after the last role ended"
    assert RULES["child.without_plan"].how_long.startswith("6 years after the last entry of their case, and")


def test_every_rule_names_its_authority():
    assert all(rule.authority and rule.why and rule.mark in {"primary", "secondary"} for rule in RULES.values())
