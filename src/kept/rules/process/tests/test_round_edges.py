"""Rounds at their edges: a request repeated while a clock runs, and a step of nobody by name."""

from .cases import brief, exception, on
from .test_rounds import rounds


def test_a_request_repeated_while_the_clock_runs_is_none_and_the_one_after_the_answer_is():
    story = (
        "request_received 2026-01-05",
        "request_received 2026-01-20",
        "assess_decision 2026-02-10 outcome=no",
        "request_received 2026-06-01",
        "request_received 2026-06-10",
        "request_received 2026-06-11",
    )
    states = on("2026-06-12", *story, every=True)
    decisions = [(one.round, str(one.trigger), one.status) for one in states.clocks if one.id == "assess.decision"]
    assert decisions == [(1, "2026-01-05", "met"), (2, "2026-06-01", "open")]


def test_advice_asked_of_nobody_by_name_is_one_clock_without_a_name():
    state = on("2026-03-01", "request_received 2026-01-05", "advice_requested 2026-01-20")
    found = [(one.instance, str(one.due)) for one in state.clocks if one.id == "advice.response"]
    assert found == [("", "2026-03-03")]


def test_consulting_is_met_by_consulting_and_else_left_behind_by_the_decision():
    story = ("request_received 2026-01-05", "assess_decision 2026-02-10 outcome=no")
    left = on("2026-03-01", *story, every=True).clock("assess.consult")
    assert (left.status, left.superseded_by, str(left.superseded_on)) == (
        "superseded",
        "assess_decision",
        "2026-02-10",
    )
    done = on("2026-03-01", *story, "family_consulted 2026-01-10", every=True).clock("assess.consult")
    assert (done.status, done.superseded_by, done.superseded_on) == ("met", None, None)
    alone = on("2026-03-01", *story).clock("assess.consult")
    assert (alone.status, alone.superseded_by) == ("open", None)
    again = ("assess_decision 2025-02-10 outcome=no", "request_received 2026-01-05")
    assert on("2026-03-01", *again, every=True).clock("assess.consult").status == "open"


def test_what_an_earlier_round_decided_starts_no_clock_of_a_later_one():
    story = (
        "review_meeting 2025-03-03",
        "review_decision 2025-03-10 outcome=amend",
        "amendment_notice_sent 2025-03-10",
        "review_meeting 2026-03-02",
        "review_decision 2026-03-20 outcome=maintain",
    )
    found = [one for one in on("2026-04-20", *story, every=True).clocks if one.id == "review.amendment_notice"]
    assert [(str(one.trigger), one.status) for one in found] == [("2025-03-03", "met")]


def test_each_round_is_released_by_its_own_exception():
    illness = {"from": "2025-01-10", "description": "illness"}
    again = {"from": "2026-01-10", "description": "illness again"}
    story = (
        "request_received 2025-01-06",
        exception("2025-01-20", "assess.decision", "reg5_4.exceptional_personal", **illness),
        "assess_decision 2025-04-01 outcome=no",
        "request_received 2026-01-05",
        exception("2026-01-20", "assess.decision", "reg5_4.exceptional_personal", **again),
    )
    assert rounds("assess.decision", "2026-03-01", *story) == ["2025-02-17 released 43", "2026-02-16 released 13"]
    assert rounds("assess.decision", "2026-03-01", *story[:1], *story[2:]) == [
        "2025-02-17 late 43",
        "2026-02-16 released 13",
    ]


def test_a_plan_sent_on_before_the_child_moves_is_one_transfer():
    story = ("move_known 2026-03-02", "plan_transferred 2026-05-01", "moved 2026-05-10")
    assert rounds("move.transfer_plan", "2026-06-01", *story) == ["2026-05-10 met"]


def test_a_plan_sent_on_after_the_move_and_before_it_was_known_is_sent():
    story = ("moved 2026-05-01", "plan_transferred 2026-05-05", "move_known 2026-05-10")
    assert rounds("move.transfer_plan", "2026-07-01", *story) == ["2026-06-01 met"]
    assert brief(on("2026-07-01", *story), "move.transfer_plan") == "2026-06-01 met"


def test_a_move_that_nobody_dated_ends_with_the_transfer():
    story = ("move_known 2026-03-02", "plan_transferred 2026-03-10")
    assert rounds("move.transfer_plan", "2026-06-01", *story) == ["2026-03-20 met"]


def test_a_limit_that_counts_back_from_a_meeting_ends_with_the_meeting():
    story = ("review_meeting 2025-03-03", "review_meeting 2026-03-02")
    assert rounds("review.meeting_notice", "2025-03-02", *story) == ["2025-02-17 overdue 13", "2026-02-16 open"]
    assert rounds("review.meeting_notice", "2026-03-10", *story) == ["2025-02-17 superseded", "2026-02-16 superseded"]
