"""Rounds at their edges: a request repeated while a clock runs, and a step of nobody by name."""

from .cases import on


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
