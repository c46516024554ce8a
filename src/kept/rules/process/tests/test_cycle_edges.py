"""Cycles on the day on which they turn; each test is of a change to the rules that nothing else would notice."""

from dataclasses import replace

from kept.rules.process import Readings, Settings, fold
from kept.rules.process import readings as r
from kept.rules.process.flags import window_open_until
from kept.rules.process.judge import _in_effect
from kept.rules.process.table import clocks

from .cases import D, brief, ev, exception, on
from .test_rounds import rounds


def test_a_notice_is_no_longer_possible_from_the_day_of_the_meeting_itself():
    assert rounds("review.meeting_notice", "2025-03-03", "review_meeting 2025-03-03") == ["2025-02-17 superseded"]


def test_last_years_decision_does_not_split_this_years_review():
    story = (
        "review_decision 2024-03-20 outcome=maintain",
        "review_meeting 2025-03-03",
        "review_meeting 2025-03-24",
        "review_decision 2025-04-10 outcome=maintain",
    )
    assert rounds("review.decision", "2025-05-01", *story) == ["2025-03-31 late 10"]


def test_a_meeting_on_the_day_of_the_decision_opens_another_review():
    story = ("review_meeting 2025-03-03", "review_decision 2025-03-24 outcome=amend", "review_meeting 2025-03-24")
    assert rounds("review.report", "2025-03-25", *story) == ["2025-03-17 superseded", "2025-04-07 open"]


def test_a_meeting_recorded_twice_and_decided_on_its_day_is_one_review():
    story = ("review_meeting 2025-03-03", "review_meeting 2025-03-03", "review_decision 2025-03-03 outcome=maintain")
    assert rounds("review.report", "2025-03-10", *story) == ["2025-03-17 open"]


def test_a_decision_on_the_day_of_the_next_meeting_is_of_the_next_review():
    story = ("review_meeting 2025-03-03", "review_meeting 2026-03-02", "review_decision 2026-03-02 outcome=amend")
    found = on("2026-03-10", *story, every=True).clocks
    assert [str(one.trigger) for one in found if one.id == "review.amendment_notice"] == ["2026-03-02"]


SOON = (
    "review_meeting 2025-03-03",
    "review_decision 2025-03-10 outcome=amend",
    "amendment_notice_sent 2025-03-10",
    "review_meeting 2025-04-14",
    "review_decision 2025-04-20 outcome=amend",
)


def test_a_review_soon_after_does_not_end_the_twelve_weeks_of_the_first_before_they_are_over():
    for sent, status in (("2025-05-26", "2025-05-26 overdue 6"), ("2025-05-27", "2025-05-26 superseded")):
        story = (*SOON, f"amendment_notice_sent {sent}")
        assert rounds("review.longstop", "2025-06-01", *story)[0] == status


def test_an_amended_plan_without_a_notice_on_the_record_is_of_its_own_review():
    story = ("review_meeting 2025-03-03", "review_decision 2025-03-10 outcome=amend", "amended_plan_sent 2025-05-01")
    again = ("review_meeting 2026-03-02", "review_decision 2026-03-10 outcome=amend")
    later = (*story, *again, "amendment_notice_sent 2026-03-10")
    assert rounds("review.longstop", "2026-06-01", *later) == ["2025-05-26 met", "2026-05-25 overdue 7"]


def test_a_notice_of_the_same_continued_review_begins_no_other_amendment():
    for meeting in ("2025-03-03", "2025-03-10"):
        story = (f"review_meeting {meeting}", "amendment_notice_sent 2025-03-10", "review_meeting 2025-04-20")
        again = (*story, "amendment_notice_sent 2025-06-20")
        assert rounds("amend.final", "2025-07-01", *again) == ["2025-05-05 overdue 57"]


def test_an_amendment_gives_way_after_twelve_weeks_and_not_on_the_day():
    story = ("amendment_notice_sent 2025-03-10", "review_meeting 2025-04-14")
    on_the_day, day_after = "amendment_notice_sent 2025-06-02", "amendment_notice_sent 2025-06-03"
    assert rounds("amend.final", "2025-06-10", *story, on_the_day) == ["2025-05-05 overdue 36"]
    assert rounds("amend.final", "2025-06-10", *story, day_after) == ["2025-05-05 superseded", "2025-07-29 open"]


def test_moves_of_phase_are_told_apart_to_the_day():
    twice = ("phase_transfer 2025-09-01 kind=other", "phase_transfer 2025-09-01 kind=other")
    assert rounds("phase.general", "2025-03-01", *twice) == ["2025-02-14 overdue 15"]
    close = ("phase_transfer 2025-09-01 kind=other", "phase_transfer 2026-09-01 kind=other")
    on_it = (*close, "phase_plan_finalised 2025-09-01")
    assert rounds("phase.general", "2026-03-01", *on_it) == ["2025-02-14 late 199", "2026-02-14 overdue 15"]
    three = ("phase_transfer 2020-09-01 kind=other", *(f"phase_transfer {y}-09-01 kind=other" for y in (2024, 2028)))
    late = (*three, "phase_plan_finalised 2020-10-05")
    assert rounds("phase.general", "2024-03-01", *late)[:2] == ["2020-02-14 late 234", "2024-02-14 overdue 16"]
    never = on("2024-03-01", *three, every=True).clocks
    first = next(one for one in never if one.id == "phase.general")
    assert (first.superseded_on, first.missed) == (D("2023-03-01"), True)
    assert "since 1 March 2023 it no longer can be: from then on a plan is for the next move" in first.explanation


def test_a_dispute_begins_with_a_decision_after_the_first_request():
    same_day = ("decision_notice_sent 2025-03-03 decision=refuse_assess", "mediation_requested 2025-03-03")
    assert rounds("mediation.arrange_la", "2025-09-01", *same_day, "mediation_requested 2025-08-01") == [
        "2025-04-02 overdue 152"
    ]
    other = (*same_day, "decision_notice_sent 2025-03-10 decision=final_plan")
    twelve = (*other, "mediation_requested 2025-05-26")
    assert rounds("mediation.arrange_la", "2025-06-01", *twelve) == ["2025-04-02 overdue 60"]
    more = (*other, "mediation_requested 2025-05-27")
    assert rounds("mediation.arrange_la", "2025-06-01", *more) == ["2025-04-02 superseded", "2025-06-26 open"]


def test_a_certificate_on_the_day_of_the_next_decision_is_of_the_next():
    story = (
        "decision_notice_sent 2025-03-03 decision=final_plan",
        "decision_notice_sent 2026-03-02 decision=not_amend",
        "mediation_certificate_issued 2026-03-02",
    )
    assert rounds("appeal.lodge", "2026-03-10", *story)[0] == "2025-05-06 overdue 308"
    assert on("2025-03-10", story[0]).clock("appeal.lodge").certificate is None


def test_a_plan_amended_on_the_day_of_its_notice_had_its_cap():
    story = (
        "review_meeting 2025-10-06",
        "review_decision 2025-12-15 outcome=amend",
        "amendment_notice_sent 2025-12-15",
        "amended_plan_sent 2025-12-15",
    )
    assert rounds("amend.final", "2026-01-10", *story) == ["2025-12-29 met"]
    assert rounds("review.longstop", "2026-01-10", *story) == ["2025-12-29 met"]


def test_a_record_made_on_the_day_of_the_next_request_is_of_the_next():
    facts = {"closed_from": "2025-07-19", "reopens": "2025-09-02", "advice_requested_on": "2025-07-14"}
    story = ("request_received 2025-05-12", "final_plan_sent 2025-10-20", "request_received 2027-05-10")
    record = exception("2027-05-10", "assess.final_plan", "reg13_3.school_closure", **facts)
    assert rounds("assess.final_plan", "2027-10-01", *story, record) == ["2025-09-29 late 21", "2027-09-27 released 4"]


def test_a_notice_of_ceasing_sent_the_day_before_counts_in_an_example_as_it_is_written():
    story = ("decision_notice_sent 2026-05-04 decision=cease", "cease_decision 2026-05-05")
    assert brief(on("2026-06-01", *story), "cease.earliest") == "2026-07-07 gate_closed"
    story = ("decision_notice_sent 2026-04-01 decision=cease", "cease_decision 2026-05-05")
    assert brief(on("2026-06-01", *story), "cease.earliest") == "2026-06-02 gate_closed"


def test_a_third_round_that_ends_on_its_own_day_is_the_last():
    story = [f"{kind} 202{n}-01-05" for n in (4, 5, 6) for kind in ("s23_parent_discussion", "s23_notified")]
    found = [one.round for one in on("2026-06-01", *story, every=True).clocks if one.id == "s23.notify"]
    assert found == [1, 2, 3]


def test_a_limit_is_the_law_on_its_last_day():
    clock = replace(clocks()["assess.decision"], effective_to=D("2030-08-31"))
    assert _in_effect(clock, D("2030-08-31"))
    assert not _in_effect(clock, D("2030-09-01"))


def test_a_holiday_that_begins_on_the_day_of_reopening_is_not_the_closure():
    facts = {"closed_from": "2026-07-18", "reopens": "2026-09-02", "advice_requested_on": "2026-08-20"}
    record = exception("2026-10-01", "assess.final_plan", "reg13_3.school_closure", **facts)
    events = [ev("request_received 2026-05-11"), record]
    breaks = ((D("2026-09-02"), D("2026-10-20")), (D("2026-07-18"), D("2026-09-02")))
    chosen = Settings(readings=Readings(a5_closure=r.Closure.TERM_DATES), term_breaks=breaks)
    assert fold(events, as_of=D("2026-10-10"), settings=chosen).clock("assess.final_plan").status == "released"


SUMMER_2025 = {"closed_from": "2025-07-19", "reopens": "2025-09-02", "advice_requested_on": "2025-07-14"}


def closure(day):
    return exception(day, "assess.final_plan", "reg13_3.school_closure", **SUMMER_2025)


def test_a_record_of_a_later_round_never_releases_an_earlier_one():
    story = ("request_received 2025-05-12", "final_plan_sent 2025-10-20", "request_received 2027-05-10")
    refused = (*story, "assess_decision 2027-06-01 outcome=refuse", closure("2027-06-02"))
    assert rounds("assess.final_plan", "2027-10-01", *refused)[0] == "2025-09-29 late 21"
    same_day = (*story[:2], "request_received 2025-10-20", closure("2025-11-01"))
    assert rounds("assess.final_plan", "2025-12-01", *same_day)[0] == "2025-09-29 late 21"


def test_a_record_may_be_made_before_the_request():
    assert brief(on("2025-10-01", "request_received 2025-05-12", closure("2025-05-01")), "assess.final_plan") == (
        "2025-09-29 released 2"
    )


def test_facts_that_are_none_reject_the_record():
    story = ("request_received 2025-05-12", ev("exception_recorded 2025-06-01 clock=assess.final_plan facts=none"))
    odd = replace(story[1], details={**story[1].details, "exception": "reg13_3.school_closure", "impractical": True})
    assert on("2025-06-02", story[0], odd).flags == ("exception_rejected:reg13_3.school_closure",)


def test_proposed_changes_of_a_continued_review_run_from_its_first_meeting():
    story = ("review_meeting 2025-03-03", "review_meeting 2025-03-24", "review_decision 2025-04-07 outcome=amend")
    assert rounds("review.amendment_notice", "2025-04-10", *story) == ["2025-03-31 overdue 10"]
    assert rounds("review.longstop", "2025-04-10", *story) == ["2025-05-26 open"]


def test_a_move_told_twice_before_the_plan_is_sent_on_is_one_move():
    story = ("move_known 2026-03-02", "moved 2026-04-13", "move_known 2026-04-20", "plan_transferred 2026-05-01")
    assert rounds("move.transfer_plan", "2026-06-01", *story) == ["2026-04-13 late 18"]


def test_a_plan_may_go_from_the_day_after_the_familys_window():
    state = on("2026-05-10", "request_received 2026-01-05", "draft_plan_served 2026-05-01")
    plan = ev("final_plan_sent 2026-05-10")
    assert window_open_until(state.facts, plan, state.judge) == D("2026-05-16")
