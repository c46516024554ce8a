"""A notice of one year is not that of another: what was sent for one step was not sent for the one before."""

from __future__ import annotations

from datetime import date

from kept.notices.counting import owed_by
from kept.rules.process import Event, fold

FIRST = (
    Event("plan_first_made", date(2024, 4, 2)),
    Event("review_notice_given", date(2025, 2, 10)),
    Event("review_meeting", date(2025, 3, 3)),
    Event("review_decision", date(2025, 3, 20), {"outcome": "maintain"}),
)
PLANNED = Event("review_meeting", date(2026, 3, 2))
AGAIN = (
    PLANNED,
    Event("review_decision", date(2026, 3, 20), {"outcome": "maintain"}),
    Event("decision_notice_sent", date(2026, 3, 20), {"decision": "not_amend"}),
)


def owed(as_of, *events):
    found = owed_by(fold([*FIRST, *events], as_of=as_of))
    return {(one.sort.key, one.on): (one.sent, one.due) for one in found}


def test_last_years_notice_of_the_meeting_is_not_this_years():
    found = owed(date(2026, 1, 5), PLANNED)
    assert found["N6", date(2026, 3, 2)] == (None, date(2026, 2, 16))
    given = Event("review_notice_given", date(2026, 2, 2))
    assert owed(date(2026, 2, 5), PLANNED, given)["N6", date(2026, 3, 2)] == (date(2026, 2, 2), date(2026, 2, 16))


def test_this_years_letter_was_not_sent_for_last_years_decision():
    found = owed(date(2026, 4, 1), *AGAIN)
    assert found["N7-maintain", date(2025, 3, 20)] == (None, date(2025, 3, 31))
    assert found["N7-maintain", date(2026, 3, 20)] == (date(2026, 3, 20), date(2026, 3, 30))
    late = Event("decision_notice_sent", date(2025, 9, 1), {"decision": "not_amend"})
    assert owed(date(2026, 4, 1), *AGAIN, late)["N7-maintain", date(2025, 3, 20)][0] == date(2025, 9, 1)


def test_a_plan_amended_twice_has_two_letters():
    amended = (Event("amended_plan_sent", date(2025, 5, 1)), Event("amended_plan_sent", date(2026, 5, 1)))
    letter = Event("decision_notice_sent", date(2026, 5, 1), {"decision": "amended_plan"})
    found = owed_by(fold([*FIRST, *amended, letter], as_of=date(2026, 6, 1)))
    assert [one.sent for one in found if one.event == "amended_plan_sent"] == [None, date(2026, 5, 1)]
