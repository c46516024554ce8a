"""Whole histories, each worked out by hand from the law before it was tried: odd orders, exceptions, moves, orders.

A line of what is expected reads `clock[@instance]: due status days`; the sums are in the comments.
"""

from __future__ import annotations

import pytest

from .cases import brief, exception, on

AMEND = "review_decision 2025-03-04 outcome=amend"
HISTORIES = {
    # 1 Sep + 42 = 13 Oct, + 112 = 22 Dec, + 125 = 4 Jan, + 140 = 19 Jan. The first request counts, whoever asks again.
    "asked twice, told out of order": (
        "2026-01-25",
        [
            "final_plan_sent 2026-01-20",
            "draft_plan_served 2026-01-05",
            "became_responsible 2025-10-01",
            "request_received 2025-09-10 by=school",
            "assess_decision 2025-10-14 outcome=assess",
            "request_received 2025-09-01 by=parent",
        ],
        [
            "assess.decision: 2025-10-13 late 1",
            "assess.no_plan_notice: 2025-12-22 superseded",
            "draft.latest_safe_service: 2026-01-04 late 1",
            "draft.representations: 2026-01-19 window_closed",
            "assess.final_plan: 2026-01-19 late 1",
        ],
        [],
        (141, False, 0),
    ),
    # 3 Mar + 42 = 14 Apr, + 140 = 21 Jul. 25 Jun + 14 = 9 Jul, + 70 = 3 Sep, + 98 = 1 Oct. The certificate of 30 Jun
    # gives a month to appeal, to 30 Jul; 72 days later nobody had.
    "refused, mediated, agreed to assess": (
        "2025-10-10",
        [
            "request_received 2025-03-03 by=parent",
            "assess_decision 2025-04-14 outcome=refuse",
            "decision_notice_sent 2025-04-14 decision=refuse_to_assess",
            "mediation_adviser_contacted 2025-06-02",
            "mediation_requested 2025-06-02 health=false",
            "mediation_held 2025-06-25",
            "mediation_agreement 2025-06-25 kind=assess la_party=true",
            "mediation_certificate_issued 2025-06-30",
            "order_assess_notified 2025-07-10",
            "draft_plan_served 2025-08-20",
            "final_plan_sent 2025-09-30",
        ],
        [
            "assess.decision: 2025-04-14 met",
            "assess.final_plan: 2025-07-21 superseded",
            "mediation.contact_adviser: 2025-06-14 met",
            "mediation.arrange_la: 2025-07-02 met",
            "mediation.tell_icb: not_running",
            "mediation.certificate_held: 2025-06-30 met",
            "mediation.certificate_declined: not_running",
            "mediation.agreement_tell_la: not_running",
            "order.assess_notify: 2025-07-09 late 1",
            "order.assess_no_plan: 2025-09-03 superseded",
            "order.assess_final_plan: 2025-10-01 met",
            "appeal.lodge: 2025-07-30 overdue 72",
            "draft.representations: 2025-09-03 window_closed",
        ],
        [],
        (211, False, 0),
    ),
    # The 15th working day before Monday 5 Jan is 10 Dec (Christmas, Boxing and New Year's Day do not count). The plan's
    # last review, not its first day, gives 12 months; three from the transfer are later and end on Easter Monday.
    "a move known in good time": (
        "2026-03-01",
        [
            "plan_first_made 2023-06-01",
            "review_decision 2025-02-10 outcome=maintain",
            "review_completed 2025-02-10",
            "move_known 2025-11-03",
            "moved 2026-01-05",
            "plan_transferred 2026-01-07",
            "new_la_notice 2026-02-18",
        ],
        [
            "review.first: 2024-05-31 late 255",
            "review.next: 2026-02-09 overdue 20",
            "move.transfer_plan: 2026-01-05 late 2",
            "move.inform_family: 2026-02-18 met",
            "move.review: 2026-04-06 open",
            "move.icb_notify: 2026-01-23 overdue 37",
        ],
        [],
        None,
    ),
    # From Thursday 2 Apr, that day in: Good Friday and Easter Monday out, so the 15th is 24 Apr.
    "a move learnt of afterwards, over Easter": (
        "2026-05-01",
        ["moved 2026-03-27", "move_known 2026-04-02", "plan_transferred 2026-04-24"],
        ["move.transfer_plan: 2026-04-24 met", "move.inform_family: 2026-06-05 open"],
        [],
        None,
    ),
    # Six months before 31 Aug end on 28 Feb, so the window opens on 1 Mar: the day before is outside it. 27 days away
    # are not four weeks; circumstances from 20 Dec are. 16 Sep + 98 = 23 Dec.
    "assessed again, one exception good and one not": (
        "2026-01-05",
        [
            "previous_assessment_completed 2025-02-28",
            "reassessment_requested 2025-08-31 by=parent",
            "reassessment_decision 2025-09-16 outcome=reassess",
            exception("2025-11-03", "reassess.final_plan", "reg27_3.absence_4w",
                      absent_from="2025-10-01", returned="2025-10-28"),
            exception("2025-12-22", "reassess.final_plan", "reg27_3.exceptional_personal",
                      **{"from": "2025-12-20", "description": "Bereavement"}),
            "amended_plan_sent 2025-12-24",
        ],
        [
            "reassess.decision: 2025-09-15 late 1",
            "reassess.bar: 2025-03-01 bar_not_available",
            "reassess.final_plan: 2025-12-23 released 1",
        ],
        ["exception_rejected:reg27_3.absence_4w"],
        None,
    ),
    # 2 months: Saturday 23 Aug; a month from the certificate: 28 Aug; August moves it to Monday 1 Sep. 30 Tribunal days
    # after 8 Sep: 20 Oct. 17 Oct + 35 = 21 Nov, + 77 = 2 Jan. 27 days away are too few for reg 13(3).
    "an appeal in August that is not opposed": (
        "2026-01-10",
        [
            "decision_notice_sent 2025-06-23 decision=no_plan",
            "mediation_adviser_contacted 2025-07-20",
            "mediation_declined 2025-07-22",
            "mediation_certificate_issued 2025-07-28",
            "appeal_lodged 2025-09-01",
            "appeal_sent_to_la 2025-09-08",
            "unopposed_notified 2025-10-17 kind=make_plan",
            "draft_plan_served 2025-11-20",
            exception("2026-01-02", "unopposed.plan_final", "reg45_7.reg13_3_circumstances",
                      absent_from="2025-12-05", returned="2026-01-01"),
            "final_plan_sent 2026-01-05",
        ],
        [
            "mediation.contact_adviser: 2025-08-23 met",
            "mediation.certificate_declined: 2025-07-25 late 3",
            "appeal.lodge: 2025-09-01 met",
            "appeal.response: 2025-10-20 superseded",
            "unopposed.plan_draft: 2025-11-21 met",
            "unopposed.plan_final: 2026-01-02 late 3",
            "assess.final_plan: not_running",
        ],
        ["exception_rejected:reg45_7.reg13_3_circumstances"],
        None,
    ),
    # 19 Dec + 35 = 23 Jan; two whole weeks away are enough for an order. Inclusive: 19 Dec + 34 = 22 Jan, + 6 = 28 Jan.
    "ordered to amend before Christmas, with recommendations": (
        "2026-02-10",
        [
            "tribunal_order 2025-12-19 kind=amend",
            "health_recommendation_made 2025-12-19",
            exception("2026-01-20", "order.amend", "reg44_3.absence_2w",
                      absent_from="2025-12-20", returned="2026-01-03"),
            "health_recommendation_answered 2026-01-22",
            "recommendation_answered 2026-01-22",
            "amended_plan_sent 2026-01-26",
            "recommendation_copied 2026-01-29",
            "provision_in_place 2026-02-02",
        ],
        [
            "order.amend: 2026-01-23 released 3",
            "order.school_only: not_running",
            "recommendation.health: 2026-01-22 met",
            "recommendation.copy_to_sos: 2026-01-28 late 1",
            "provision.secure: 2026-01-26 late 7",
            "provision.health: 2026-01-26 overdue 15",
        ],
        [],
        None,
    ),
    # 12 months starting on 29 Feb end on 28 Feb. 3 Feb + 84 = 28 Apr comes before 4 Mar + 56 = 29 Apr.
    "reviewed from a leap day, a day late all along": (
        "2026-03-03",
        [
            "plan_first_made 2024-02-29",
            "final_plan_sent 2024-02-29",
            "review_notice_given 2025-01-20",
            "review_advice_circulated 2025-01-21",
            "review_meeting 2025-02-03",
            "review_report_issued 2025-02-17",
            AMEND,
            "review_completed 2025-03-04",
            "amendment_notice_sent 2025-03-04",
            "amended_plan_sent 2025-04-28",
        ],
        [
            "review.first: 2025-02-28 late 4",
            "review.under5: 2024-08-29 late 187",
            "review.meeting_notice: 2025-01-20 met",
            "review.advice_circulated: 2025-01-20 late 1",
            "review.report: 2025-02-17 met",
            "review.decision: 2025-03-03 late 1",
            "review.amendment_notice: 2025-03-03 late 1",
            "review.longstop: 2025-04-28 met",
            "amend.representations: 2025-03-18 window_closed",
            "amend.final: 2025-04-28 met",
            "amend.no_change_notice: 2025-04-29 superseded",
            "review.next: 2026-03-03 open",
        ],
        [],
        None,
    ),
    "to secondary school, two days late": (
        "2026-03-01",
        ["phase_transfer 2026-09-02 kind=other", "phase_plan_finalised 2026-02-16"],
        ["phase.general: 2026-02-14 late 2", "phase.post16: not_running"],
        [],
        None,
    ),
    # Five months before 31 Jul is the last day of February.
    "to college on the last lawful day, and on from it": (
        "2026-03-10",
        ["phase_transfer 2026-09-03 kind=secondary_to_post16", "post16_move 2026-07-31"],
        ["phase.post16: 2026-03-30 open", "phase.post16_to_post16: 2026-02-28 overdue 10"],
        [],
        None,
    ),
    # 1 Jul + 42 = 12 Aug, + 112 = 21 Oct, + 140 = 18 Nov. Five working days after Friday 27 Jun: 4 Jul.
    "in custody, and released before it was finished": (
        "2025-11-30",
        [
            "detention_known 2025-06-27",
            "detained_brought_to_attention 2025-07-01",
            "plan_sent_to_custody 2025-07-07",
            "detained_assess_decision 2025-08-13 outcome=assess",
            exception("2025-08-12", "detained.decision", "det.early_years_closure",
                      closed_from="2025-07-01", reopens="2025-09-01", advice_requested_on="2025-07-01"),
            "released 2025-10-01 same_la=true",
            "final_plan_sent 2025-11-18",
        ],
        [
            "detained.send_plan: 2025-07-04 late 3",
            "detained.decision: 2025-08-12 late 1",
            "detained.no_plan_notice: 2025-10-21 overdue 40",
            "detained.final_plan: 2025-11-18 overdue 12",
            "detained.incomplete_on_release: 2025-11-18 met",
            "detained.review_on_release: open",
        ],
        ["exception_rejected:det.early_years_closure"],
        None,
    ),
    # A month from the certificate: Sunday 28 Dec, which the Tribunal moves to Friday 2 Jan; the plan is kept that day.
    "ceasing, with the last day to appeal over Christmas": (
        "2026-01-02",
        [
            "cease_considered 2025-09-01",
            "cease_decision 2025-10-15",
            "decision_notice_sent 2025-10-17 decision=cease",
            "mediation_adviser_contacted 2025-11-20",
            "mediation_certificate_issued 2025-11-28",
        ],
        [
            "mediation.contact_adviser: 2025-12-17 met",
            "appeal.lodge: 2026-01-02 open",
            "cease.earliest: 2026-01-03 gate_closed",
        ],
        [],
        None,
    ),
    "ceasing, appealed and decided": (
        "2026-05-01",
        [
            "cease_decision 2025-10-15",
            "decision_notice_sent 2025-10-17 decision=cease",
            "appeal_lodged 2025-12-10",
            "appeal_finally_determined 2026-05-01",
        ],
        ["appeal.lodge: 2025-12-17 met", "cease.earliest: 2026-05-01 gate_open"],
        [],
        None,
    ),
    # 13 Jan + 140 = 2 Jun. The answer to the first draft is none to the second, whose 15 days end on 3 Jun.
    "a second draft, finished within its fifteen days": (
        "2025-06-03",
        [
            "request_received 2025-01-13 by=parent",
            "draft_plan_served 2025-05-01",
            "school_consulted 2025-05-02 school=Ash",
            "school_consulted 2025-05-05 school=Oak",
            "family_responded 2025-05-10",
            "school_replied 2025-05-19 school=Ash",
            "draft_plan_served 2025-05-20",
            "final_plan_sent 2025-06-02",
        ],
        [
            "assess.decision: 2025-02-24 overdue 99",
            "draft.representations: 2025-06-03 window_open",
            "draft.school_consultation@Ash: 2025-05-17 late 2",
            "draft.school_consultation@Oak: 2025-05-20 overdue 14",
            "assess.final_plan: 2025-06-02 met",
        ],
        ["finalised_inside_window"],
        (140, True, 0),
    ),
    # 20 Apr + 42 = 1 Jun, + 140 = 7 Sep. Closed 22 Jul to 2 Sep: asked between 15 Jul and 27 Aug, both in.
    "schools closed: asked on the last day, a day too early, and no such exception": (
        "2026-10-01",
        [
            "request_received 2026-04-20 by=parent",
            "assess_decision 2026-06-03 outcome=assess",
            exception("2026-06-01", "assess.decision", "reg5_4.school_closure",
                      closed_from="2026-07-22", reopens="2026-09-03", advice_requested_on="2026-07-14"),
            "advice_requested 2026-06-03 from=Ash received=2026-06-03",
            exception("2026-07-14", "advice.response", "reg8_2.school_closure",
                      closed_from="2026-07-22", reopens="2026-09-03", advice_requested_on="2026-07-15"),
            exception("2026-09-01", "assess.final_plan", "reg13_3.school_closure",
                      closed_from="2026-07-22", reopens="2026-09-03", advice_requested_on="2026-08-27"),
            "draft_plan_served 2026-08-28",
            "final_plan_sent 2026-09-14",
        ],
        [
            "assess.decision: 2026-06-01 late 2",
            "advice.response@Ash: 2026-07-15 overdue 78",
            "draft.representations: 2026-09-11 window_closed",
            "assess.final_plan: 2026-09-07 released 7",
        ],
        ["exception_rejected:reg5_4.school_closure", "exception_rejected:reg8_2.school_closure"],
        (147, False, 1),
    ),
    # Three months starting on 30 Nov end on the last day of February. An appointment missed on the last day counts.
    "appointments missed, payments, and comments": (
        "2026-03-02",
        [
            "local_offer_comments_published 2025-02-28",
            "advice_requested 2025-10-01 from=EP received=2025-10-01",
            "advice_requested 2025-10-01 from=health received=2025-10-03",
            "advice_received 2025-11-13 from=EP",
            exception("2025-11-13", "advice.response", "reg8_2.missed_appointment", instance="EP", date="2025-11-13"),
            exception("2025-11-17", "advice.response", "reg8_2.missed_appointment", instance="health",
                      date="2025-11-14"),
            "advice_received 2025-11-20 from=health",
            "direct_payment_started 2025-11-30",
            "local_offer_comments_published 2026-02-28",
        ],
        [
            "advice.response@EP: 2025-11-12 late 1",
            "advice.response@health: 2025-11-14 released 6",
            "direct_payment.first_review: 2026-02-28 overdue 2",
            "local_offer.comments: 2026-02-28 met",
        ],
        ["exception_rejected:reg8_2.missed_appointment"],
        None,
    ),
    "withdrawn in the third week": (
        "2025-10-10",
        ["request_received 2025-09-15 by=parent", "withdrawn 2025-10-01"],
        [
            "assess.decision: 2025-10-27 superseded",
            "assess.no_plan_notice: 2026-01-05 open",
            "assess.final_plan: 2026-02-02 open",
            "assess.consult: open",
        ],
        [],
        None,
    ),
    # The summer bank holiday is no first day; nor are Christmas Day, the Monday for Boxing Day and New Year's Day.
    "a change of health commissioner on a bank holiday, and one on Christmas Eve": (
        "2027-01-18",
        ["icb_change_known 2026-08-31", "icb_notified 2026-09-22", "icb_change_known_by_new 2026-12-24"],
        ["icb_change.notify: 2026-09-21 late 1", "move.icb_request: 2027-01-18 open"],
        [],
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_worked_out_by_hand(name):
    as_of, events, expected, flags, sen2 = HISTORIES[name]
    state = on(as_of, *events)
    found = []
    for line in expected:
        clock, _, instance = line.partition(": ")[0].partition("@")
        found.append(f"{line.partition(': ')[0]}: {brief(state, clock, instance or None)}")
    assert found == expected
    assert sorted(state.flags) == sorted(flags)
    told = state.sen2
    assert (told and (told.days_to_plan, told.within_20_weeks, told.week20_exception)) == sen2
