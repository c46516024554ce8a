"""Every clock of the table by a hand-worked case: trigger, stop, due date and status."""

from __future__ import annotations

import pytest

from kept.rules.process.table import clocks

from .cases import brief, on

REQ = "request_received 2026-01-05"  # Monday
ORDER = "tribunal_order 2026-07-20 kind="
CONCEDED = "unopposed_notified 2026-03-02 kind="
CUSTODY = "detained_brought_to_attention 2026-01-05"

CASES = [
    ("assess.consult", "2026-02-01", [REQ], "open"),
    ("assess.consult", "2026-02-01", [REQ, "family_consulted 2026-01-20"], "met"),
    ("assess.decision", "2026-02-16", [REQ], "2026-02-16 open"),
    ("assess.decision", "2026-02-17", [REQ], "2026-02-16 overdue 1"),
    ("assess.decision", "2026-02-17", [REQ, "withdrawn 2026-02-01"], "2026-02-16 superseded"),
    ("assess.decision", "2026-02-17", [REQ, "assess_decision 2026-01-04 outcome=assess"], "2026-02-16 overdue 1"),
    (
        "assess.decision",
        "2026-02-16",
        ["became_responsible 2026-01-05", "request_received 2026-01-09"],
        "2026-02-16 open",
    ),
    ("advice.response", "2026-03-01", ["advice_requested 2026-02-16 from=ep received=2026-02-18"], "2026-04-01 open"),
    ("assess.no_plan_notice", "2026-05-01", [REQ, "draft_plan_served 2026-03-01"], "2026-04-27 superseded"),
    (
        "assess.no_plan_notice",
        "2026-05-01",
        [REQ, "draft_plan_served 2026-03-01", "no_plan_decision 2026-04-28"],
        "2026-04-27 late 1",
    ),
    (
        "assess.no_plan_notice",
        "2026-05-01",
        [REQ, "tribunal_order 2026-03-01 kind=assess", "no_plan_decision 2026-04-20"],
        "2026-04-27 superseded",
    ),
    (
        "assess.final_plan",
        "2026-12-01",
        [REQ, "assess_decision 2026-02-01 outcome=refuse", "final_plan_sent 2026-04-01"],
        "2026-05-25 superseded",
    ),
    ("assess.final_plan", "2026-12-01", [REQ, "mediation_agreement 2026-03-01 kind=amend"], "2026-05-25 overdue 190"),
    ("assess.final_plan", "2026-12-01", [REQ, "mediation_agreement 2026-03-01 kind=assess"], "2026-05-25 superseded"),
    ("assess.final_plan", "2026-12-01", ["tribunal_order 2026-01-01 kind=assess", REQ], "2026-05-25 overdue 190"),
    (
        "assess.final_plan",
        "2026-12-01",
        [REQ, "final_plan_sent 2026-05-25", "tribunal_order 2026-07-01 kind=amend"],
        "2026-05-25 met",
    ),
    ("draft.representations", "2026-03-16", ["draft_plan_served 2026-03-02"], "2026-03-16 window_open"),
    (
        "draft.representations",
        "2026-03-17",
        ["draft_plan_served 2026-03-02", "family_responded 2026-03-05"],
        "2026-03-16 window_closed",
    ),
    (
        "draft.representations",
        "2026-03-17",
        ["draft_plan_served 2026-03-02", "draft_plan_served 2026-03-10"],
        "2026-03-24 window_open",
    ),
    ("draft.school_consultation", "2026-03-20", ["school_consulted 2026-03-02 school=Oak"], "2026-03-17 overdue 3"),
    ("draft.latest_safe_service", "2026-06-01", [REQ, "draft_plan_served 2026-05-11"], "2026-05-10 late 1"),
    ("review.first", "2026-06-01", ["plan_first_made 2025-03-01"], "2026-02-28 overdue 93"),
    ("review.first", "2026-06-01", ["final_plan_sent 2025-03-01"], "not_running"),
    (
        "review.next",
        "2026-06-01",
        ["review_decision 2026-01-20 outcome=maintain", "review_completed 2026-01-20"],
        "2027-01-19 open",
    ),
    (
        "review.next",
        "2027-06-01",
        ["review_completed 2026-01-20", "review_decision 2027-01-20 outcome=maintain"],
        "2027-01-19 late 1",
    ),
    ("review.under5", "2026-06-01", ["plan_first_made 2025-08-31"], "2026-02-28 overdue 93"),
    ("review.meeting_notice", "2026-03-01", ["review_meeting 2026-03-20"], "2026-03-06 open"),
    ("review.advice_circulated", "2026-03-08", ["review_meeting 2026-03-20"], "2026-03-06 overdue 2"),
    ("review.report", "2026-03-01", ["review_meeting 2026-03-20"], "not_running"),
    ("review.report", "2026-03-20", ["review_meeting 2026-03-20"], "2026-04-03 open"),
    ("review.decision", "2026-03-20", ["review_meeting 2026-03-20"], "2026-04-17 open"),
    (
        "review.amendment_notice",
        "2026-05-01",
        ["review_meeting 2026-03-20", "review_decision 2026-04-17 outcome=amend"],
        "2026-04-17 overdue 14",
    ),
    ("review.longstop", "2026-05-01", ["review_meeting 2026-03-20"], "not_running"),
    (
        "review.longstop",
        "2026-07-01",
        [
            "review_meeting 2026-03-20",
            "review_decision 2026-04-17 outcome=amend",
            "amendment_notice_sent 2026-04-17",
            "no_amendment_decision 2026-06-12",
        ],
        "2026-06-12 met",
    ),
    ("amend.representations", "2026-05-01", ["amendment_notice_sent 2026-04-17"], "2026-05-01 window_open"),
    ("amend.final", "2026-05-01", ["amendment_notice_sent 2026-04-17"], "2026-06-12 open"),
    (
        "amend.final",
        "2026-07-01",
        ["amendment_notice_sent 2026-04-17", "no_amendment_decision 2026-06-01"],
        "2026-06-12 superseded",
    ),
    (
        "amend.no_change_notice",
        "2026-07-01",
        ["amendment_notice_sent 2026-04-17", "amended_plan_sent 2026-06-01"],
        "2026-06-12 superseded",
    ),
    ("phase.general", "2026-02-14", ["phase_transfer 2026-09-01 kind=other"], "2026-02-14 open"),
    ("phase.post16", "2026-04-01", ["phase_transfer 2026-09-01 kind=secondary_to_post16"], "2026-03-30 overdue 2"),
    ("phase.post16_to_post16", "2026-01-05", ["post16_move 2026-07-31"], "2026-02-28 open"),
    ("reassess.decision", "2026-04-01", ["reassessment_requested 2026-03-02"], "2026-03-17 overdue 15"),
    ("reassess.final_plan", "2026-04-01", ["reassessment_own_initiative 2026-03-02"], "2026-06-08 open"),
    ("reassess.final_plan", "2026-04-01", ["reassessment_decision 2026-03-02 outcome=refuse"], "not_running"),
    (
        "reassess.bar",
        "2026-05-01",
        ["previous_assessment_completed 2025-10-21", "reassessment_requested 2026-04-20"],
        "2025-10-21 bar_available",
    ),
    (
        "reassess.bar",
        "2026-05-01",
        ["reassessment_requested 2026-04-20", "previous_assessment_completed 2026-04-21"],
        "2025-10-21 bar_not_available",
    ),
    (
        "reassess.bar",
        "2026-05-01",
        [
            "previous_assessment_completed 2025-01-01",
            "previous_assessment_completed 2026-04-20",
            "reassessment_requested 2026-04-20",
        ],
        "2025-10-21 bar_available",
    ),
    ("move.transfer_plan", "2026-03-10", ["move_known 2026-03-19", "moved 2026-04-13"], "2026-05-01 open"),
    ("move.transfer_plan", "2026-03-20", ["move_known 2026-03-19", "moved 2026-04-13"], "2026-04-13 open"),
    ("move.transfer_plan", "2026-03-23", ["move_known 2026-03-23", "moved 2026-04-13"], "2026-04-14 open"),
    ("move.transfer_plan", "2026-03-20", ["move_known 2026-03-02"], "2026-03-20 open"),
    ("move.inform_family", "2026-06-01", ["plan_transferred 2026-04-13"], "2026-05-25 overdue 7"),
    ("move.review", "2026-05-01", ["plan_transferred 2026-04-13"], "2026-07-12 open"),
    (
        "move.review",
        "2026-05-01",
        ["plan_first_made 2024-01-10", "review_completed 2025-12-01", "plan_transferred 2026-04-13"],
        "2026-11-30 open",
    ),
    ("move.icb_notify", "2026-05-20", ["moved 2026-04-13", "icb_notified 2026-05-05"], "2026-05-01 late 4"),
    ("move.icb_request", "2026-05-01", ["icb_change_known_by_new 2026-04-13"], "2026-05-01 open"),
    ("icb_change.notify", "2026-05-01", ["icb_change_known 2026-04-12"], "2026-05-01 open"),
    (
        "mediation.contact_adviser",
        "2026-03-01",
        ["decision_notice_sent 2025-12-31 decision=cease"],
        "2026-02-28 overdue 1",
    ),
    ("mediation.certificate_declined", "2026-04-07", ["mediation_declined 2026-04-02"], "2026-04-09 open"),
    ("mediation.arrange_la", "2026-04-07", ["mediation_requested 2026-04-02"], "2026-05-02 open"),
    ("mediation.tell_icb", "2026-04-07", ["mediation_requested 2026-04-02 health=false"], "not_running"),
    ("mediation.tell_icb", "2026-04-07", ["mediation_requested 2026-04-02 health=true"], "2026-04-09 open"),
    ("mediation.arrange_icb", "2026-04-07", ["mediation_icb_informed 2026-04-02 health_only=false"], "not_running"),
    ("mediation.arrange_icb", "2026-04-07", ["mediation_icb_informed 2026-04-02 health_only=true"], "2026-05-02 open"),
    (
        "mediation.certificate_unarranged",
        "2026-04-10",
        ["mediation_unarranged_reported 2026-04-02"],
        "2026-04-09 overdue 1",
    ),
    (
        "mediation.certificate_held",
        "2026-04-10",
        ["mediation_held 2026-04-02", "mediation_certificate_issued 2026-04-10"],
        "2026-04-09 late 1",
    ),
    (
        "mediation.agreement_other",
        "2026-04-10",
        ["mediation_agreement 2026-04-02 kind=non_appealable"],
        "2026-04-16 open",
    ),
    ("mediation.agreement_tell_la", "2026-04-10", ["mediation_agreement 2026-04-02 kind=amend"], "not_running"),
    (
        "mediation.agreement_tell_la",
        "2026-04-10",
        ["mediation_agreement 2026-04-02 kind=amend la_party=false"],
        "2026-04-09 overdue 1",
    ),
    ("appeal.lodge", "2026-06-10", ["decision_notice_sent 2026-06-05 decision=cease"], "2026-09-01 open"),
    (
        "appeal.lodge",
        "2026-01-10",
        ["decision_notice_sent 2025-10-27 decision=cease"],
        "2026-01-02 overdue 8",
    ),
    (
        "appeal.lodge",
        "2026-03-01",
        [
            "mediation_certificate_issued 2025-06-01",
            "decision_notice_sent 2026-01-05 decision=cease",
            "mediation_certificate_issued 2026-02-27",
        ],
        "2026-03-27 open",
    ),
    ("appeal.response", "2026-07-20", ["appeal_sent_to_la 2026-07-17"], "2026-09-28 open"),
    ("appeal.response", "2026-07-20", ["appeal_sent_to_la 2026-07-17", CONCEDED + "amend"], "2026-09-28 open"),
    ("appeal.response", "2026-03-03", ["appeal_sent_to_la 2026-02-17", CONCEDED + "amend"], "2026-03-31 superseded"),
    ("order.assess_notify", "2026-08-03", [ORDER + "assess"], "2026-08-03 open"),
    ("order.assess_no_plan", "2026-08-03", [ORDER + "assess"], "2026-09-28 open"),
    ("order.assess_no_plan", "2026-09-03", [ORDER + "assess", "draft_plan_served 2026-09-01"], "2026-09-28 superseded"),
    ("order.assess_final_plan", "2026-08-03", [ORDER + "assess"], "2026-10-26 open"),
    (
        "order.assess_final_plan",
        "2026-09-30",
        [ORDER + "assess", "no_plan_decision 2026-09-28"],
        "2026-10-26 superseded",
    ),
    ("order.plan_draft", "2026-08-03", ["mediation_agreement 2026-07-20 kind=make_plan"], "2026-08-24 open"),
    ("order.plan_final", "2026-08-03", [ORDER + "make_plan"], "2026-10-05 open"),
    ("order.reconsider", "2026-08-04", [ORDER + "reconsider"], "2026-08-03 overdue 1"),
    ("order.amend", "2026-08-04", [ORDER + "amend"], "2026-08-24 open"),
    ("order.school_only", "2026-08-04", [ORDER + "school_only", "amended_plan_sent 2026-08-03"], "2026-08-03 met"),
    ("order.school_only", "2026-08-04", [ORDER + "amend"], "not_running"),
    ("order.maintain", "2026-07-20", [ORDER + "maintain"], "2026-07-20 open"),
    ("order.maintain_amend", "2026-07-20", [ORDER + "maintain_amend"], "2026-08-24 open"),
    ("order.cease", "2026-07-25", [ORDER + "dismiss_cease", "plan_ceased 2026-07-22"], "2026-07-20 late 2"),
    ("unopposed.assess_notify", "2026-03-03", [CONCEDED + "assess"], "2026-03-16 open"),
    ("unopposed.assess_no_plan", "2026-03-03", [CONCEDED + "assess"], "2026-05-11 open"),
    ("unopposed.assess_final_plan", "2026-03-03", [CONCEDED + "assess"], "2026-06-08 open"),
    ("unopposed.amend", "2026-03-03", [CONCEDED + "amend"], "2026-04-06 open"),
    ("unopposed.school_only", "2026-03-03", [CONCEDED + "school_only"], "2026-03-16 open"),
    ("unopposed.plan_draft", "2026-03-03", [CONCEDED + "make_plan"], "2026-04-06 open"),
    ("unopposed.plan_final", "2026-03-03", [CONCEDED + "make_plan"], "2026-05-18 open"),
    ("unopposed.maintain", "2026-03-03", [CONCEDED + "maintain"], "2026-03-02 overdue 1"),
    ("recommendation.health", "2026-03-03", ["health_recommendation_made 2026-03-02"], "2026-04-05 open"),
    ("recommendation.social_care", "2026-03-03", ["care_recommendation_made 2026-03-02"], "2026-04-05 open"),
    ("recommendation.copy_to_sos", "2026-03-03", ["recommendation_answered 2026-03-02"], "2026-03-08 open"),
    ("detained.decision", "2026-01-06", [CUSTODY], "2026-02-16 open"),
    ("detained.advice", "2026-03-01", ["detained_advice_requested 2026-02-16 from=ep"], "2026-03-30 open"),
    (
        "detained.no_plan_notice",
        "2026-02-01",
        [CUSTODY, "detained_final_plan_sent 2026-01-20"],
        "2026-04-27 superseded",
    ),
    ("detained.final_plan", "2026-02-01", [CUSTODY, "detained_no_plan_decision 2026-01-20"], "2026-05-25 superseded"),
    ("detained.representations", "2026-03-17", ["detained_draft_served 2026-03-02"], "2026-03-16 window_closed"),
    ("detained.send_plan", "2026-04-14", ["detention_known 2026-04-02"], "2026-04-13 overdue 1"),
    ("detained.incomplete_on_release", "2026-04-14", [CUSTODY, "released 2026-03-01 same_la=false"], "not_running"),
    ("detained.incomplete_on_release", "2026-04-14", [CUSTODY, "released 2026-03-01 same_la=true"], "2026-05-25 open"),
    ("detained.review_on_release", "2026-04-14", ["released 2026-03-01 same_la=true"], "open"),
    ("provision.secure", "2026-03-05", ["final_plan_sent 2026-03-02"], "2026-03-02 overdue 3"),
    (
        "provision.health",
        "2026-03-05",
        ["amended_plan_sent 2026-03-02", "health_provision_in_place 2026-03-02"],
        "2026-03-02 met",
    ),
    ("s23.notify", "2026-03-05", ["s23_parent_discussion 2026-03-02", "s23_notified 2026-03-03"], "met"),
    ("direct_payment.first_review", "2026-03-05", ["direct_payment_started 2025-11-30"], "2026-02-28 overdue 5"),
    ("local_offer.comments", "2026-03-05", ["local_offer_comments_published 2025-03-01"], "2026-03-01 overdue 4"),
    (
        "local_offer.comments",
        "2026-03-05",
        ["local_offer_comments_published 2025-03-01", "local_offer_comments_published 2026-03-01"],
        "2026-03-01 met",
    ),
    ("cease.earliest", "2026-07-07", ["cease_decision 2026-05-05"], "2026-07-07 gate_open"),
    (
        "cease.earliest",
        "2026-07-07",
        ["cease_decision 2026-05-05", "decision_notice_sent 2026-05-08 decision=cease"],
        "2026-07-09 gate_closed",
    ),
    (
        "cease.earliest",
        "2026-07-20",
        ["cease_decision 2026-05-05", "mediation_certificate_issued 2026-07-01"],
        "2026-09-02 gate_closed",
    ),
    ("cease.earliest", "2026-08-01", ["cease_decision 2026-05-05", "appeal_lodged 2026-06-01"], "gate_closed"),
    (
        "cease.earliest",
        "2026-08-01",
        ["cease_decision 2026-05-05", "appeal_lodged 2026-06-01", "appeal_finally_determined 2026-07-31"],
        "2026-07-31 gate_open",
    ),
]


@pytest.mark.parametrize(("clock", "as_of", "events", "expected"), CASES)
def test_clock(clock, as_of, events, expected):
    assert brief(on(as_of, *events), clock) == expected


def test_every_clock_has_a_case_that_runs():
    assert {case[0] for case in CASES if case[3] != "not_running"} == set(clocks())


def test_the_order_of_arrival_does_not_matter_and_ties_do():
    early, late = "request_received 2026-01-05", "request_received 2026-02-02"
    assert brief(on("2026-02-10", late, early), "assess.decision") == "2026-02-16 open"
    same_day = ["no_plan_decision 2026-03-01", "tribunal_order 2026-03-01 kind=assess"]
    assert brief(on("2026-04-01", REQ, *same_day), "assess.no_plan_notice").endswith("met")
    assert brief(on("2026-04-01", REQ, *reversed(same_day)), "assess.no_plan_notice").endswith("superseded")


def test_the_cap_holds_only_where_a_review_led_to_the_amendment():
    meeting = "review_meeting 2025-10-06"
    notice = "amendment_notice_sent 2025-12-01"
    assert brief(on("2026-01-10", meeting, notice), "amend.final") == "2026-01-26 open"
    state = on("2026-01-10", meeting, "review_decision 2025-12-01 outcome=amend", notice)
    assert brief(state, "amend.final") == "2025-12-29 overdue 12"
    assert state.clock("amend.final").capped


def test_quoted_deadline_cutoff_and_target():
    state = on("2026-01-10", "phase_transfer 2026-09-01 kind=other", "moved 2026-04-13")
    assert str(state.clock("phase.general").quoted_deadline) == "2026-02-15"
    assert str(state.clock("phase.general").operational_target) == "2026-02-13"
    assert str(state.clock("move.transfer_plan").cutoff) == "2026-03-19"
    assert str(state.clock("move.icb_notify").cutoff) == "2026-03-19"
    assert on("2026-03-20", "move_known 2026-03-02").clock("move.transfer_plan").cutoff is None
    for gate in ("cease_decision 2026-05-05", "reassessment_requested 2026-04-20", "draft_plan_served 2026-05-01"):
        shown = on("2026-06-01", gate).clocks
        assert [one.id for one in shown if one.operational_target is None] == [shown[-1].id]


def test_one_entry_for_each_body_asked():
    asked = ["advice_requested 2026-02-16 from=ep", "advice_requested 2026-02-16 from=health received=2026-02-20"]
    again = "advice_requested 2026-03-10 from=ep"
    state = on("2026-04-02", *asked, again, "advice_received 2026-04-01 from=health")
    assert [one.instance for one in state.clocks] == ["ep", "health"]
    assert brief(state, "advice.response", "ep") == "2026-03-30 overdue 3"
    assert brief(state, "advice.response", "health") == "2026-04-03 met"
