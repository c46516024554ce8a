"""Days of meetings, changes of phase, and what may be said of outcomes and help."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.calendar import ENGLAND
from kept.rules.reviews import (
    NotProven,
    Shown,
    Verdict,
    advice_by,
    check_judgement,
    earliest_meeting,
    latest_meeting,
    next_transfer,
    notice_by,
    propose,
    spread,
)

TODAY = date(2026, 9, 21)
days = st.dates(date(2026, 10, 1), date(2028, 3, 1))


@settings(max_examples=50, deadline=None)
@given(days, days)
def test_the_latest_meeting_leaves_time_for_what_follows(due, transfer_by):
    latest = latest_meeting(due=due, transfer_by=transfer_by)
    assert latest.day + timedelta(weeks=4) <= due
    assert latest.day + timedelta(weeks=12) <= transfer_by
    assert ENGLAND.is_working_day(latest.day)
    assert notice_by(latest.day) <= latest.day - timedelta(days=15)
    assert advice_by(latest.day) <= notice_by(latest.day)


def test_without_a_limit_no_day_is_proposed():
    assert latest_meeting(due=None, transfer_by=None) is None
    assert propose(None, today=TODAY) is None


def test_a_meeting_is_never_proposed_before_people_can_be_invited():
    latest = latest_meeting(due=TODAY + timedelta(days=10), transfer_by=None)
    assert propose(latest, today=TODAY) == earliest_meeting(TODAY) > latest.day


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(days, st.integers(0, 40)), min_size=1, max_size=40))
def test_thirty_meetings_are_spread_and_stay_in_time_where_there_is_room(wanted):
    asked = {n: (ENGLAND.on_or_before(day), day + timedelta(days=more)) for n, (day, more) in enumerate(wanted)}
    asked = {n: (max(day, earliest_meeting(TODAY)), last) for n, (day, last) in asked.items()}
    found = spread(asked, today=TODAY)
    assert set(found) == set(asked)
    for key, day in found.items():
        assert day >= earliest_meeting(TODAY)
        assert day <= max(asked[key])
    counts = Counter(found.values())
    for key, day in found.items():  # a full day is passed by as long as the one before it has room
        before = ENGLAND.on_or_before(day - timedelta(days=1))
        assert counts[day] <= 2 or before < earliest_meeting(TODAY) or day > asked[key][0] or counts[before] >= 2


def test_a_day_on_which_the_school_is_shut_is_taken_only_where_no_other_is_in_time():
    day = date(2026, 11, 20)
    shut = {day, date(2026, 11, 19)}
    asked = {1: (day, day + timedelta(days=9))}
    assert spread(asked, today=TODAY, is_open=lambda one: one not in shut) == {1: date(2026, 11, 18)}
    assert spread(asked, today=TODAY, is_open=lambda one: one > date(2026, 11, 22)) == {1: date(2026, 11, 23)}
    assert spread(asked, today=TODAY, is_open=lambda one: False) == {1: day}


@pytest.mark.parametrize(
    ("born", "kind", "on"),
    [
        (date(2016, 1, 9), "other", date(2027, 9, 1)),
        (date(2011, 1, 9), "secondary_to_post16", date(2027, 9, 1)),
        (date(2022, 9, 1), "other", date(2027, 9, 1)),
        (date(2015, 8, 31), None, None),
        (date(2012, 5, 1), "secondary_to_post16", date(2028, 9, 1)),
    ],
)
def test_who_changes_phase_and_when(born, kind, on):
    found = next_transfer(born, TODAY)
    assert (found and found.kind, found and found.on) == (kind, on)


@pytest.mark.parametrize(
    ("shown", "because", "fine"),
    [
        (Shown(1000, 950), "", True),
        (Shown(1000, 800), "", True),
        (Shown(1000, 799), "", False),
        (Shown(1000, 799), "They say it came", False),
        (Shown(1000, 100, unknown=900), "", False),
        (Shown(1000, 100, unknown=900), "The therapist’s own register", True),
        (Shown(1000, 100, unknown=100), "The register", False),
        (None, "", False),
        (None, "The register", True),
    ],
)
def test_help_that_was_not_given_cannot_have_failed(shown, because, fine):
    facts = {"section": "F", "verdict": Verdict.DID_NOT_WORK, "evidence": "No progress", "shown": shown}
    if fine:
        check_judgement(**facts, given_because=because)
    else:
        with pytest.raises(NotProven):
            check_judgement(**facts, given_because=because)


def test_every_judgement_has_evidence_and_fits_its_section():
    with pytest.raises(NotProven, match="what shows it"):
        check_judgement(section="E", verdict=Verdict.MET, evidence=" ")
    with pytest.raises(NotProven, match="cannot be said of section E"):
        check_judgement(section="E", verdict=Verdict.WORKED, evidence="Yes")
    with pytest.raises(NotProven, match="none of it was given"):
        check_judgement(section="G", verdict=Verdict.WORKED, evidence="Yes", shown=Shown(100, 0))
    check_judgement(section="H1", verdict=Verdict.NOT_DELIVERED, evidence="None came", shown=Shown(100, 0))
