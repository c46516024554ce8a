"""Living cases: every round of a clock, and what each round remembers."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kept.rules.process import Settings, fold
from kept.rules.process.table import TableError, read_table

from .cases import D, brief, ev, exception, on


def rounds(name, as_of, *events):
    return [
        " ".join(str(part) for part in (one.due, one.status, one.days) if part is not None)
        for one in on(as_of, *events, every=True).clocks
        if one.id == name
    ]


def test_an_amendment_belongs_to_the_review_before_it():
    first = (
        "review_meeting 2025-03-03",
        "review_decision 2025-03-10 outcome=amend",
        "amendment_notice_sent 2025-03-10",
    )
    second = (
        "review_meeting 2026-03-02",
        "review_decision 2026-05-10 outcome=amend",
        "amendment_notice_sent 2026-05-11",
    )
    story = (*first, "amended_plan_sent 2025-05-01", *second)
    assert rounds("review.longstop", "2026-05-12", *story) == ["2025-05-26 met", "2026-05-25 open"]
    assert rounds("amend.final", "2026-05-12", *story) == ["2025-05-05 met", "2026-05-25 open"]
    alone = (*first, "amended_plan_sent 2025-05-01", "amendment_notice_sent 2026-05-11")
    assert rounds("amend.final", "2026-05-12", *alone) == ["2025-05-05 met", "2026-07-06 open"]
    same_day = (
        "review_meeting 2026-03-02",
        "review_decision 2026-03-02 outcome=amend",
        "amendment_notice_sent 2026-03-02",
    )
    assert rounds("amend.final", "2026-05-12", *same_day) == ["2026-04-27 overdue 15"]


def test_a_clock_with_a_condition_runs_only_in_the_round_that_meets_it():
    story = (
        "review_meeting 2024-03-04",
        "review_decision 2024-03-20 outcome=maintain",
        "review_meeting 2025-03-03",
        "review_decision 2025-03-10 outcome=amend",
        "review_meeting 2026-03-02",
        "review_decision 2026-03-20 outcome=maintain",
    )
    assert rounds("review.amendment_notice", "2025-03-20", *story) == ["2025-03-31 open"]
    assert rounds("review.amendment_notice", "2025-04-01", *story[:2]) == []


def test_each_meeting_has_its_own_notice():
    story = ("review_notice_given 2025-02-10", "review_meeting 2025-03-03", "review_meeting 2026-03-02")
    assert rounds("review.meeting_notice", "2026-02-20", *story) == ["2025-02-17 met", "2026-02-16 overdue 4"]
    given = "review_notice_given 2026-02-16"
    assert rounds("review.meeting_notice", "2026-02-20", *story, given) == ["2025-02-17 met", "2026-02-16 met"]
    same_day = "review_notice_given 2025-03-03"
    assert rounds("review.meeting_notice", "2026-02-20", *story, same_day)[1] == "2026-02-16 overdue 4"


def test_each_decision_gives_the_family_its_own_time():
    story = (
        "decision_notice_sent 2025-03-03 decision=refuse_assess",
        "decision_notice_sent 2026-03-02 decision=final_plan",
        "mediation_certificate_issued 2026-04-20",
        "appeal_lodged 2026-05-01",
    )
    assert rounds("appeal.lodge", "2026-06-01", *story) == ["2025-05-06 overdue 391", "2026-05-20 met"]
    same = (*story[:2], "appeal_lodged 2026-03-02")
    assert rounds("appeal.lodge", "2026-06-01", *same) == ["2025-05-06 overdue 391", "2026-05-05 met"]


def test_a_second_decision_to_cease_has_its_own_gate():
    story = (
        "cease_decision 2024-05-07",
        "decision_notice_sent 2024-05-07 decision=cease",
        "appeal_lodged 2024-06-01",
        "appeal_finally_determined 2024-09-01",
        "cease_decision 2026-05-05",
    )
    assert rounds("cease.earliest", "2026-06-01", *story) == ["2026-07-07 gate_closed"]
    assert brief(on("2026-06-01", *story), "cease.earliest") == "2024-09-01 gate_open"


def test_earlier_appeals_and_certificates_do_not_touch_the_gate():
    earlier = ("appeal_lodged 2025-01-01", "appeal_finally_determined 2025-06-01", "plan_ceased 2025-01-01")
    state = on("2026-06-01", *earlier, "cease_decision 2026-05-05", "mediation_certificate_issued 2026-05-30")
    assert brief(state, "cease.earliest") == "2026-07-07 gate_closed"
    assert state.clock("cease.earliest").certificate == D("2026-05-30")
    assert state.clock("cease.earliest").stop is None
    open_again = on(
        "2026-09-01", "appeal_finally_determined 2026-05-01", "cease_decision 2026-05-05", "appeal_lodged 2026-06-01"
    )
    assert brief(open_again, "cease.earliest") == "gate_closed"


def test_the_bar_looks_at_the_latest_request_in_a_living_case():
    story = (
        "previous_assessment_completed 2025-12-01",
        "reassessment_requested 2024-01-10",
        "reassessment_requested 2026-04-20",
    )
    assert rounds("reassess.bar", "2026-05-01", *story) == ["2025-10-21 bar_available"]
    assert brief(on("2026-05-01", *story), "reassess.bar") == "2023-07-11 bar_not_available"
    assert on("2026-05-01", *story, every=True).clock("reassess.bar").stop == D("2025-12-01")


def test_a_second_move_is_counted_on_its_own():
    story = (
        "move_known 2024-03-01",
        "moved 2024-04-15",
        "plan_transferred 2024-04-15",
        "move_known 2026-04-01",
        "moved 2026-04-13",
    )
    assert rounds("move.transfer_plan", "2026-04-10", *story) == ["2024-04-15 met", "2026-04-23 open"]
    assert [one.round for one in on("2026-04-10", *story, every=True).clocks if one.id == "move.transfer_plan"] == [
        1,
        2,
    ]
    assert brief(on("2026-04-10", *story), "move.transfer_plan") == "2024-04-15 met"


def test_a_record_belongs_to_the_round_in_which_it_is_made():
    facts = {"closed_from": "2025-07-19", "reopens": "2025-09-02", "advice_requested_on": "2025-07-14"}
    record = exception("2025-09-22", "assess.final_plan", "reg13_3.school_closure", **facts)
    late = exception("2027-09-22", "assess.final_plan", "reg13_3.school_closure", **facts)
    story = ("request_received 2025-05-12", "final_plan_sent 2025-10-20", "request_received 2027-05-10")
    assert rounds("assess.final_plan", "2027-10-01", *story, record) == [
        "2025-09-29 released 21",
        "2027-09-27 overdue 4",
    ]
    assert rounds("assess.final_plan", "2027-10-01", *story, late) == ["2025-09-29 late 21", "2027-09-27 released 4"]
    repeated = ("request_received 2025-05-12", "request_received 2025-06-01", record)
    assert rounds("assess.final_plan", "2025-10-01", *repeated) == ["2025-09-29 released 2"]
    on_the_day = exception("2027-05-10", "assess.final_plan", "reg13_3.school_closure", **facts)
    assert rounds("assess.final_plan", "2027-10-01", *story, on_the_day)[1] == "2027-09-27 released 4"


def test_an_invalid_record_does_not_hide_a_valid_one():
    wrong = exception("2026-07-01", "assess.decision", "reg5_4.absence_4w")
    right = exception(
        "2026-07-02", "assess.decision", "reg5_4.exceptional_personal", description="illness", **{"from": "2026-06-02"}
    )
    state = on("2026-08-01", "request_received 2026-06-01", wrong, right)
    assert state.clock("assess.decision").released_by == "reg5_4.exceptional_personal"
    assert state.flags == ("exception_rejected:reg5_4.absence_4w",)
    other = exception("2026-07-01", "advice.response", "reg8_2.missed_appointment", instance="ep", date="2026-06-10")
    mine = exception("2026-07-02", "advice.response", "reg8_2.missed_appointment", instance="health", date="2026-06-10")
    asked = "advice_requested 2026-06-01 from=health"
    assert on("2026-08-01", asked, other, mine).clock("advice.response").status == "released"


def test_what_a_clock_remembers():
    state = on(
        "2026-06-01",
        "request_received 2026-01-05",
        "family_consulted 2026-01-10",
        "assess_decision 2026-02-01 outcome=refuse",
        "draft_plan_served 2026-03-01",
        "family_responded 2026-03-04",
    )
    consult, decision, plan = (state.clock(f"assess.{name}") for name in ("consult", "decision", "final_plan"))
    assert (consult.stop, consult.stop_event) == (D("2026-01-10"), "family_consulted")
    assert (decision.trigger, decision.trigger_event) == (D("2026-01-05"), "request_received")
    assert (plan.superseded_by, plan.superseded_on) == ("assess_decision", D("2026-02-01"))
    assert state.clock("draft.representations").stop == D("2026-03-04")
    early = on("2026-06-01", "family_responded 2026-02-01", "draft_plan_served 2026-03-01")
    assert early.clock("draft.representations").stop is None


def test_a_limit_counts_only_while_it_is_the_law():
    assert brief(on("2018-05-01", "health_recommendation_made 2018-04-02"), "recommendation.health") == "not_running"
    assert (
        brief(on("2018-05-01", "health_recommendation_made 2018-04-03"), "recommendation.health") == "2018-05-07 open"
    )
    later = ("health_recommendation_made 2018-04-02", "health_recommendation_made 2018-04-10")
    assert brief(on("2018-05-01", *later), "recommendation.health") == "2018-05-14 open"
    assert brief(on("2014-09-10", "moved 2014-08-31"), "move.transfer_plan") == "not_running"
    assert brief(on("2014-09-10", "moved 2014-09-01"), "move.transfer_plan") == "2014-09-19 open"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"counting": "SOON"}, "counting is not known"),
        ({"unit": "months"}, "unit does not go"),
        ({"length": 0}, "needs a length"),
        ({"trigger_event": "party"}, "not a known event"),
        ({"trigger_event": "request_received[colour=red]"}, "no field"),
        ({"stop_event": ""}, "has no stop"),
        ({"verified": "perhaps"}, "verification mark"),
        ({"kind": "custom"}, "kind is not known"),
        ({"citation": ""}, "no citation"),
        ({"cap_clock": "no.such"}, "is not a clock"),
        ({"effective_to": "2000-01-01"}, "ends before it begins"),
        ({"effective_from": "soon"}, "Clock assess.decision"),
    ],
)
def test_an_unsound_table_is_refused(change, words):
    document = json.loads(files("kept.rules.process").joinpath("clocks.json").read_text(encoding="utf-8"))
    row = next(one for one in document["clocks"] if one["id"] == "assess.decision")
    with pytest.raises(TableError, match=words):
        read_table({"clocks": [row | change]})
    with pytest.raises(TableError, match="stands twice"):
        read_table({"clocks": [row, row]})


def test_what_is_done_wins_over_what_supersedes_save_where_it_stays_superseded():
    order = "tribunal_order 2026-07-20 kind=assess"
    state = on("2026-10-01", order, "draft_plan_served 2026-09-01", "no_plan_decision 2026-09-20")
    assert brief(state, "order.assess_no_plan") == "2026-09-28 met"
    superseded = on("2026-10-01", order, "draft_plan_served 2026-09-01").clock("order.assess_no_plan")
    assert (superseded.superseded_by, superseded.superseded_on) == ("draft_plan_served", D("2026-09-01"))
    done = on(
        "2026-06-01", "request_received 2026-01-05", "assess_decision 2026-02-01 outcome=assess", "withdrawn 2026-03-01"
    )
    assert done.clock("assess.decision").superseded_by is None


def test_a_clock_met_in_time_was_not_released():
    record = exception(
        "2026-07-01", "assess.decision", "reg5_4.absence_4w", absent_from="2026-06-08", returned="2026-07-06"
    )
    state = on("2026-08-01", "request_received 2026-06-01", "assess_decision 2026-07-13 outcome=assess", record)
    assert (state.clock("assess.decision").status, state.clock("assess.decision").released_by) == ("met", None)
    assert state.flags == ()


def test_extra_bank_holidays_move_the_day_to_work_to_and_nothing_else():
    events = [ev("request_received 2026-01-05"), ev("assess_decision 2026-02-10 outcome=refuse")]
    extra = Settings(extra_bank_holidays=frozenset({D("2026-02-16"), D("2026-05-25"), D("2026-05-22")}))
    plain, moved = (fold(events, as_of=D("2026-03-01"), settings=chosen) for chosen in (Settings(), extra))
    assert [one.due for one in plain.clocks] == [one.due for one in moved.clocks]
    assert moved.clock("assess.decision").operational_target == D("2026-02-13")
    assert moved.clock("assess.final_plan").operational_target == D("2026-05-21")
    assert plain.clock("assess.final_plan").operational_target == D("2026-05-22")


def test_every_plan_sent_is_held_against_the_window_open_on_its_day():
    first = ("draft_plan_served 2025-03-03", "final_plan_sent 2025-04-20", "family_responded 2025-03-05")
    assert on("2026-06-01", *first, "draft_plan_served 2026-03-02", "final_plan_sent 2026-03-05").flags
    assert on("2026-06-01", *first, "draft_plan_served 2026-03-02", "final_plan_sent 2026-03-02").flags
    assert on("2026-06-01", "final_plan_sent 2026-03-01", "draft_plan_served 2026-03-02").flags == ()


def test_the_third_round_of_many_is_found():
    decided = [
        f"{kind} {year}-0{n}-02{more}"
        for year in (2024, 2025, 2026)
        for n, kind, more in (
            (1, "request_received", ""),
            (1, "request_received", " by=school"),
            (2, "assess_decision", " outcome=refuse"),
        )
    ]
    assert [due.split()[0] for due in rounds("assess.decision", "2026-06-01", *decided)] == [
        "2024-02-13",
        "2025-02-13",
        "2026-02-13",
    ]
