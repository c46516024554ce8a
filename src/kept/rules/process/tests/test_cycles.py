"""Cycles in living cases: what belongs to this year's review is never done by what next year's brought."""

import pytest

from kept.rules.process import cycles, table

from .cases import D, brief, on
from .test_rounds import rounds

NEVER_HELD = ("plan_first_made 2024-04-01", "review_meeting 2025-03-03")
NEXT_YEAR = (
    "review_notice_given 2026-02-10",
    "review_advice_circulated 2026-02-12",
    "review_meeting 2026-03-02",
    "review_report_issued 2026-03-10",
    "review_decision 2026-03-20 outcome=amend",
    "amendment_notice_sent 2026-03-20",
    "amended_plan_sent 2026-05-01",
)


def last(name, as_of, *events):
    return on(as_of, *events, every=True).clock(name)


@pytest.mark.parametrize(
    ("name", "first", "second", "why"),
    [
        ("review.meeting_notice", "2025-02-17", "2026-02-16 met", "that is the day of the meeting"),
        ("review.advice_circulated", "2025-02-17", "2026-02-16 met", "that is the day of the meeting"),
        ("review.report", "2025-03-17", "2026-03-16 met", "another review meeting took its place"),
        ("review.decision", "2025-03-31", "2026-03-30 met", "another review meeting took its place"),
    ],
)
def test_a_meeting_that_came_to_nothing_is_not_met_late_by_the_next_review(name, first, second, why):
    assert rounds(name, "2026-06-01", *NEVER_HELD, *NEXT_YEAR) == [f"{first} superseded", second]
    never = on("2026-06-01", *NEVER_HELD, *NEXT_YEAR, every=True)
    one = next(found for found in never.clocks if found.id == name)
    assert (one.stop, one.days, one.missed) == (None, None, True)
    since = "3 March 2025" if name.endswith(("notice", "circulated")) else "2 March 2026"
    assert f"It was not done, and since {since} it no longer can be: {why}." in one.explanation


def test_what_is_not_done_stays_owed_until_the_next_review_takes_its_place():
    assert rounds("review.decision", "2026-03-01", *NEVER_HELD, *NEXT_YEAR) == ["2025-03-31 overdue 335"]
    assert rounds("review.decision", "2026-03-02", *NEVER_HELD, *NEXT_YEAR) == [
        "2025-03-31 superseded",
        "2026-03-30 open",
    ]
    decided_late = "review_decision 2025-12-01 outcome=maintain"
    assert rounds("review.decision", "2026-06-01", *NEVER_HELD, decided_late, *NEXT_YEAR)[0] == "2025-03-31 late 245"


def test_a_planned_meeting_takes_no_place_before_its_day():
    story = (*NEVER_HELD, "review_meeting 2026-03-02")
    assert rounds("review.report", "2026-03-01", *story) == ["2025-03-17 overdue 349"]
    assert rounds("review.meeting_notice", "2026-02-10", *story) == ["2025-02-17 superseded", "2026-02-16 open"]


def test_the_twelve_month_review_is_late_all_the_same():
    assert rounds("review.first", "2026-06-01", *NEVER_HELD, *NEXT_YEAR) == ["2025-03-31 late 354"]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("2025-05-26", ["2025-03-31 late 70"]),  # 12 weeks to the day: the same review, continued
        ("2025-05-27", ["2025-03-31 superseded", "2025-06-24 met"]),
    ],
)
def test_a_meeting_continued_within_twelve_weeks_buys_no_time(second, found):
    story = ("review_meeting 2025-03-03", f"review_meeting {second}", "review_decision 2025-06-09 outcome=maintain")
    assert rounds("review.decision", "2025-07-01", *story) == found


def test_a_continued_meeting_asks_for_no_second_report_and_a_decided_review_does():
    story = ("review_meeting 2025-03-03", "review_report_issued 2025-03-10", "review_meeting 2025-03-24")
    assert rounds("review.report", "2025-04-20", *story) == ["2025-03-17 met"]
    decided = ("review_decision 2025-03-20 outcome=maintain",)
    assert rounds("review.report", "2025-04-20", *story, *decided) == ["2025-03-17 met", "2025-04-07 overdue 13"]


def test_a_notice_given_after_the_meeting_is_no_notice_of_it():
    late = ("review_meeting 2025-03-03", "review_notice_given 2025-03-03")
    assert rounds("review.meeting_notice", "2025-04-01", *late) == ["2025-02-17 late 14"]
    after = ("review_meeting 2025-03-03", "review_notice_given 2025-03-04")
    assert rounds("review.meeting_notice", "2025-04-01", *after) == ["2025-02-17 superseded"]
    assert brief(on("2025-04-01", *after), "review.meeting_notice") == "2025-02-17 late 15"


def test_a_meeting_recorded_twice_has_one_notice():
    twice = ("review_notice_given 2025-02-10", "review_meeting 2025-03-03", "review_meeting 2025-03-03")
    assert rounds("review.meeting_notice", "2025-04-01", *twice) == ["2025-02-17 met"]


AMENDING = (
    "review_meeting 2025-03-03",
    "review_decision 2025-03-10 outcome=amend",
    "amendment_notice_sent 2025-03-10",
    "review_meeting 2026-03-02",
)
AGAIN = ("review_decision 2026-03-20 outcome=amend", "amendment_notice_sent 2026-03-20")


def test_changes_that_were_never_made_are_not_made_late_by_next_years():
    story = (*AMENDING, *AGAIN, "amended_plan_sent 2026-05-01")
    assert rounds("amend.final", "2026-06-01", *story) == ["2025-05-05 superseded", "2026-05-15 met"]
    assert rounds("review.longstop", "2026-06-01", *story) == ["2025-05-26 superseded", "2026-05-25 met"]
    none = (*AMENDING, *AGAIN, "no_amendment_decision 2026-05-01")
    assert rounds("amend.no_change_notice", "2026-06-01", *none) == ["2025-05-05 superseded", "2026-05-15 met"]


def test_changes_made_after_the_next_meeting_are_still_the_first_reviews():
    story = (*AMENDING, "amended_plan_sent 2026-03-10", *AGAIN)
    assert rounds("amend.final", "2026-06-01", *story) == ["2025-05-05 late 309", "2026-05-15 overdue 17"]
    assert rounds("review.longstop", "2026-06-01", *story) == ["2025-05-26 late 288", "2026-05-25 overdue 7"]


def test_last_years_twelve_weeks_are_no_cap_on_this_years_changes():
    story = (*AMENDING, "amendment_notice_sent 2026-03-20")
    assert rounds("amend.final", "2026-04-01", *story) == ["2025-05-05 superseded", "2026-05-15 open"]
    gone = (*AMENDING[:3], "plan_transferred 2025-04-01", "amendment_notice_sent 2025-07-01")
    assert rounds("amend.final", "2025-07-02", *gone) == ["2025-05-05 superseded", "2025-08-26 open"]


def test_a_second_notice_within_the_same_review_buys_no_time():
    story = (*AMENDING[:3], "amendment_notice_sent 2025-08-01", "amended_plan_sent 2025-08-20")
    assert rounds("amend.final", "2025-09-01", *story) == ["2025-05-05 late 107"]
    alone = ("amendment_notice_sent 2025-03-10", "review_meeting 2025-03-31", "amendment_notice_sent 2025-04-20")
    assert rounds("amend.final", "2025-09-01", *alone) == ["2025-05-05 overdue 119"]
    much_later = (*alone[:2], "amendment_notice_sent 2025-06-03")
    assert rounds("amend.final", "2025-09-01", *much_later) == ["2025-05-05 superseded", "2025-07-29 overdue 34"]


def test_a_plan_for_one_move_of_phase_is_not_for_another():
    moves = ("phase_transfer 2025-09-01 kind=other", "phase_transfer 2030-09-02 kind=other")
    late = "phase_plan_finalised 2025-10-10"
    assert rounds("phase.general", "2030-03-01", *moves, late) == ["2025-02-14 late 238", "2030-02-14 overdue 15"]
    never = "phase_plan_finalised 2030-02-01"
    assert rounds("phase.general", "2030-03-01", *moves, never) == ["2025-02-14 superseded", "2030-02-14 met"]
    assert rounds("phase.general", "2029-03-01", *moves) == ["2025-02-14 overdue 1476", "2030-02-14 open"]
    assert rounds("phase.general", "2029-03-02", *moves) == ["2025-02-14 superseded", "2030-02-14 open"]
    close = ("phase_transfer 2025-09-01 kind=other", "phase_transfer 2026-09-01 kind=other")
    both = ("phase_plan_finalised 2025-02-01", "phase_plan_finalised 2026-02-01")
    assert rounds("phase.general", "2026-03-01", *close, *both) == ["2025-02-14 met", "2026-02-14 met"]


def test_mediation_of_one_decision_is_not_that_of_another():
    first = ("decision_notice_sent 2024-03-01 decision=refuse_assess", "mediation_requested 2024-04-01")
    second = ("decision_notice_sent 2026-03-02 decision=final_plan", "mediation_requested 2026-04-01")
    held = "mediation_held 2026-04-20"
    assert rounds("mediation.arrange_la", "2026-06-01", *first, *second, held) == [
        "2024-05-01 superseded",
        "2026-05-01 met",
    ]
    same = ("decision_notice_sent 2024-03-01 decision=refuse_assess", "mediation_requested 2024-04-01")
    repeated = ("mediation_requested 2024-08-01", "mediation_held 2024-08-20")
    assert rounds("mediation.arrange_la", "2026-06-01", *same, *repeated) == ["2024-05-01 late 111"]
    soon = (*first, "decision_notice_sent 2024-04-10 decision=final_plan", "mediation_requested 2024-04-20")
    assert rounds("mediation.arrange_la", "2024-06-01", *soon) == ["2024-05-01 overdue 31"]


def test_every_decision_has_its_own_time_to_call_the_adviser():
    story = (
        "decision_notice_sent 2024-03-01 decision=final_plan",
        "decision_notice_sent 2026-03-02 decision=not_amend",
    )
    assert rounds("mediation.contact_adviser", "2026-03-10", *story) == ["2024-05-01 overdue 678", "2026-05-02 open"]
    called = (*story, "mediation_adviser_contacted 2026-03-20")
    assert rounds("mediation.contact_adviser", "2026-04-01", *called) == ["2024-05-01 overdue 700", "2026-05-02 met"]


def test_every_order_is_owed_on_its_own():
    story = ("tribunal_order 2024-03-01 kind=amend", "tribunal_order 2026-03-02 kind=amend")
    assert rounds("order.amend", "2026-03-10", *story) == ["2024-04-05 overdue 704", "2026-04-06 open"]
    done = (*story, "amended_plan_sent 2026-04-01")
    assert rounds("order.amend", "2026-05-01", *done) == ["2024-04-05 late 726", "2026-04-06 met"]
    assert rounds("order.amend", "2026-05-01", story[0], *story) == ["2024-04-05 overdue 756", "2026-04-06 overdue 25"]
    twice = ("health_recommendation_made 2026-01-05", "health_recommendation_made 2026-03-02")
    assert rounds("recommendation.health", "2026-03-10", *twice) == ["2026-02-08 overdue 30", "2026-04-05 open"]


def test_a_review_of_a_child_under_five_is_not_kept_by_the_decision_that_began_its_time():
    story = ("review_completed 2025-02-20", "review_decision 2025-02-20 outcome=maintain")
    assert rounds("review.under5", "2025-09-01", *story) == ["2025-08-20 overdue 12"]
    assert brief(on("2025-09-01", *story), "review.under5") == "2025-08-20 met"


def test_what_the_law_itself_sets_aside_was_not_missed():
    refused = ("request_received 2025-01-06", "assess_decision 2025-12-01 outcome=refuse")
    assert not last("assess.final_plan", "2026-01-05", *refused).missed
    asked = ("advice_requested 2025-02-03 from=health", "final_plan_sent 2025-05-20")
    gone = last("advice.response", "2026-01-05", *asked)
    assert (gone.missed, gone.superseded_on) == (True, D("2025-05-20"))
    assert "it no longer can be: the final plan was sent" in gone.explanation
    early = last("advice.response", "2026-01-05", asked[0], "final_plan_sent 2025-03-01")
    assert (early.status, early.missed) == ("superseded", False)


def test_every_cycle_of_the_table_is_known():
    named = {clock.cycle for clock in table.clocks().values()}
    assert named == set(table.CYCLES) == set(cycles.SPANS)


def test_a_letter_is_of_the_latest_decision_before_it():
    decided = [f"review_decision {year}-03-20 outcome=maintain" for year in (2025, 2026)]
    letter = "decision_notice_sent 2026-03-25 decision=not_amend"
    state = on("2026-06-01", *decided, letter, every=True)
    assert [one.sent for one in state.notices] == [None, D("2026-03-25")]
    first = on("2026-06-01", decided[0], "decision_notice_sent 2026-03-19 decision=not_amend", decided[1], every=True)
    assert [one.sent for one in first.notices] == [D("2026-03-19"), None]
