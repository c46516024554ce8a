"""In a living case a clock ends when there is nothing left to do; the reference's examples are read to the letter."""

from datetime import date

import pytest

from kept.rules.process import DEFAULT, REFERENCE, Event, fold

ASKED = [
    Event("request_received", date(2025, 1, 6)),
    Event("assess_decision", date(2025, 2, 3), {"outcome": "assess"}),
    Event("advice_requested", date(2025, 2, 4), {"from": "Health trust"}),
]
TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("events", "settings", "status"),
    [
        (ASKED, DEFAULT, "overdue"),
        ([*ASKED, Event("final_plan_sent", date(2025, 5, 20))], DEFAULT, "superseded"),
        ([*ASKED, Event("final_plan_sent", date(2025, 5, 20))], REFERENCE, "overdue"),
        ([*ASKED, Event("no_plan_decision", date(2025, 4, 20))], DEFAULT, "superseded"),
        (
            [
                *ASKED,
                Event("advice_received", date(2025, 4, 1), {"from": "Health trust"}),
                Event("final_plan_sent", date(2025, 5, 20)),
            ],
            DEFAULT,
            "late",
        ),
    ],
)
def test_advice_that_never_came_is_no_longer_asked_for_once_the_assessment_is_over(events, settings, status):
    clock = fold(events, as_of=TODAY, settings=settings).clock("advice.response", "Health trust")
    assert clock.status == status


def test_consulting_the_family_ends_with_the_decision_in_a_living_case_only():
    assert fold(ASKED, as_of=TODAY).clock("assess.consult").status == "superseded"
    assert fold(ASKED, as_of=TODAY, settings=REFERENCE).clock("assess.consult").status == "open"
    assert fold(ASKED[:1], as_of=TODAY).clock("assess.consult").status == "open"


PLAN = [
    *ASKED[:2],
    Event("draft_plan_served", date(2025, 4, 1)),
    Event("final_plan_sent", date(2025, 5, 20)),
    Event("plan_first_made", date(2025, 5, 20)),
]
LATER = date(2027, 1, 5)


@pytest.mark.parametrize("end", ["plan_ceased", "plan_transferred"])
def test_a_plan_that_ended_here_is_reviewed_here_no_more(end):
    assert fold(PLAN, as_of=LATER).clock("review.first").status == "overdue"
    ended = [*PLAN, Event(end, date(2025, 9, 1))]
    assert fold(ended, as_of=LATER).clock("review.first").status == "superseded"
    assert fold(ended, as_of=LATER, settings=REFERENCE).clock("review.first").status == "overdue"


def test_the_planning_day_for_the_draft_falls_with_a_refusal():
    refused = [ASKED[0], Event("assess_decision", date(2025, 2, 3), {"outcome": "refuse"})]
    assert fold(refused, as_of=TODAY).clock("draft.latest_safe_service").status == "superseded"


def test_the_sixteen_week_limit_is_the_open_question_until_it_is_answered():
    assert fold(ASKED, as_of=date(2025, 3, 1)).clock("assess.no_plan_notice").name.startswith("Decide whether")
    told = fold([*ASKED, Event("no_plan_decision", date(2025, 4, 20))], as_of=TODAY).clock("assess.no_plan_notice")
    assert told.name.startswith("Tell the family that")
