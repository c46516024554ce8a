import pytest

from .cases import brief, exception, on

REQ = "request_received 2026-06-01"  # decision due 13 July, plan due 19 October
AWAY = "reg5_4.absence_4w"


def judged(clock, name, *, impractical=True, as_of="2026-12-01", before=(REQ,), instance=None, **facts):
    record = exception("2026-06-02", clock, name, impractical=impractical, instance=instance, **facts)
    state = on(as_of, *before, record)
    return brief(state, clock), list(state.flags)


def valid(clock, name, **facts):
    text, flags = judged(clock, name, **facts)
    assert flags == ([] if "released" in text else [f"exception_rejected:{name}"])
    return "released" in text


@pytest.mark.parametrize(
    ("absent_from", "returned", "expected"),
    [
        ("2026-06-08", "2026-07-06", True),
        ("2026-06-08", "2026-07-05", False),
        ("2026-05-20", "2026-06-29", True),  # counted from the trigger: 28 days
        ("2026-05-20", "2026-06-28", False),
        ("2026-06-16", "2026-09-01", True),  # counted to the due date: 16 June to 13 July
        ("2026-06-17", "2026-09-01", False),
        ("2026-06-08", None, False),
        ("not a date", "2026-07-06", False),
    ],
)
def test_absence_of_four_weeks_inside_the_period(absent_from, returned, expected):
    assert valid("assess.decision", AWAY, absent_from=absent_from, returned=returned) is expected


@pytest.mark.parametrize(
    ("closed", "reopens", "asked", "expected"),
    [
        ("2026-07-18", "2026-09-02", "2026-07-11", True),
        ("2026-07-18", "2026-09-02", "2026-07-10", False),
        ("2026-07-18", "2026-09-02", "2026-08-26", True),
        ("2026-07-18", "2026-09-02", "2026-08-27", False),
        ("2026-07-18", "2026-08-15", "2026-07-20", True),
        ("2026-07-18", "2026-08-14", "2026-07-20", False),
        ("2026-07-18", "2026-09-02", None, False),
    ],
)
def test_closure_of_four_weeks_and_the_window_for_asking(closed, reopens, asked, expected):
    for name in ("reg13_3.school_closure", "reg13_3.early_years_closure"):
        facts = {"closed_from": closed, "reopens": reopens, "advice_requested_on": asked}
        assert valid("assess.final_plan", name, **facts) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"from": "2026-07-13", "description": "a bereavement"}, True),
        ({"from": "2026-07-14", "description": "a bereavement"}, False),
        ({"from": "2026-05-01", "to": "2026-06-01", "description": "illness"}, True),
        ({"from": "2026-05-01", "to": "2026-05-31", "description": "illness"}, False),
        ({"from": "2026-06-10", "to": "2026-06-09", "description": "illness"}, False),
        ({"description": "illness"}, False),
        ({"from": "2026-06-10"}, False),
    ],
)
def test_exceptional_circumstances_touch_the_period(facts, expected):
    assert valid("assess.decision", "reg5_4.exceptional_personal", **facts) is expected


@pytest.mark.parametrize("impractical", [False, None, "true", 1])
def test_without_impracticality_nothing_is_released(impractical):
    text, flags = judged(
        "assess.decision", AWAY, impractical=impractical, absent_from="2026-06-08", returned="2026-07-06"
    )
    assert text == "2026-07-13 overdue 141"
    assert flags == [f"exception_rejected:{AWAY}"]


@pytest.mark.parametrize(
    ("clock", "name"),
    [
        ("assess.decision", "reg13_3.absence_4w"),  # listed elsewhere
        ("review.decision", "reg5_4.absence_4w"),  # no exceptions, not running
        ("no.such_clock", "reg5_4.absence_4w"),
        ("reassess.final_plan", "reg27_3.absence_4w"),  # listed, not running
    ],
)
def test_a_record_for_the_wrong_clock_is_rejected(clock, name):
    record = exception("2026-06-02", clock, name, absent_from="2026-06-08", returned="2026-07-06")
    assert on("2026-12-01", REQ, record).flags == (f"exception_rejected:{name}",)


def test_a_missed_appointment_helps_the_body_it_names():
    asked = ("advice_requested 2026-06-01 from=health", "advice_requested 2026-06-01 from=ep")
    record = exception(
        "2026-07-01", "advice.response", "reg8_2.missed_appointment", instance="health", date="2026-07-13"
    )
    state = on("2026-07-14", *asked, record)
    assert brief(state, "advice.response", "health") == "2026-07-13 released 1"
    assert brief(state, "advice.response", "ep") == "2026-07-13 overdue 1"
    assert state.flags == ()


def test_a_record_without_an_instance_helps_each_body_whose_period_fits():
    asked = ("advice_requested 2026-06-01 from=health", "advice_requested 2026-07-20 from=ep")
    record = exception("2026-07-01", "advice.response", "reg8_2.missed_appointment", date="2026-07-13")
    state = on("2026-10-01", *asked, record)
    assert "released" in brief(state, "advice.response", "health")
    assert "overdue" in brief(state, "advice.response", "ep")
    assert state.flags == ()
    nobody = exception("2026-07-01", "advice.response", "reg8_2.missed_appointment", instance="x", date="2026-07-13")
    assert on("2026-10-01", *asked, nobody).flags == ("exception_rejected:reg8_2.missed_appointment",)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"absent_from": "2026-07-21", "returned": "2026-08-18"}, True),
        ({"absent_from": "2026-07-21", "returned": "2026-08-17"}, False),
        ({"closed_from": "2026-07-18", "reopens": "2026-09-02", "advice_requested_on": "2026-07-21"}, True),
        ({"from": "2026-08-01", "description": "illness"}, True),
        ({}, False),
    ],
)
def test_orders_take_any_of_the_circumstances_of_reg_13_3(facts, expected):
    record = exception("2026-08-01", "order.amend", "reg44_3.reg13_3_circumstances", **facts)
    state = on("2026-10-01", "tribunal_order 2026-07-20 kind=amend", record)
    assert ("released" in brief(state, "order.amend")) is expected


def test_two_weeks_away_are_enough_for_an_order():
    for returned, expected in (("2026-08-04", "released"), ("2026-08-03", "overdue")):
        record = exception(
            "2026-08-01", "order.amend", "reg44_3.absence_2w", absent_from="2026-07-21", returned=returned
        )
        assert expected in brief(on("2026-10-01", "tribunal_order 2026-07-20 kind=amend", record), "order.amend")


def test_another_time_agreed_in_writing_releases_the_two_weeks():
    record = exception("2026-07-21", "mediation.agreement_other", "reg42_5.written_agreement")
    state = on("2026-08-04", "mediation_agreement 2026-07-20 kind=non_appealable", record)
    assert brief(state, "mediation.agreement_other") == "2026-08-03 released 1"


def test_a_valid_record_counts_for_sen2_even_in_time_and_adds_no_days():
    record = exception(
        "2026-07-01", "assess.final_plan", "reg13_3.absence_4w", absent_from="2026-06-08", returned="2026-07-20"
    )
    state = on("2026-12-01", REQ, record, "final_plan_sent 2026-10-19")
    assert brief(state, "assess.final_plan") == "2026-10-19 met"
    assert (state.sen2.days_to_plan, state.sen2.within_20_weeks, state.sen2.week20_exception) == (140, True, 1)
    late = on("2026-12-01", REQ, record, "final_plan_sent 2026-10-20")
    assert brief(late, "assess.final_plan") == "2026-10-19 released 1"
    assert not late.sen2.within_20_weeks
    assert brief(on("2026-10-19", REQ, record), "assess.final_plan") == "2026-10-19 released"
    assert on("2026-10-19", REQ, record).sen2 is None


def test_a_record_dated_after_the_day_is_not_known_yet():
    record = exception("2026-12-02", "assess.decision", "workforce_shortage")
    assert on("2026-12-01", REQ, record).flags == ()


@pytest.mark.parametrize(
    ("served", "sent"),
    [
        ("draft_plan_served", "final_plan_sent"),
        ("amendment_notice_sent", "amended_plan_sent"),
        ("detained_draft_served", "detained_final_plan_sent"),
    ],
)
def test_a_plan_sent_inside_the_window_without_a_response(served, sent):
    window = f"{served} 2026-03-02"
    assert on("2026-06-01", window, f"{sent} 2026-03-16").flags == ("finalised_inside_window",)
    assert on("2026-06-01", window, f"{sent} 2026-03-17").flags == ()
    assert on("2026-06-01", window, f"{sent} 2026-03-16", "family_responded 2026-03-16").flags == ()
    assert on("2026-06-01", window, f"{sent} 2026-03-16", "family_responded 2026-03-02").flags == ()
    assert on("2026-06-01", window, f"{sent} 2026-03-10", "family_responded 2026-03-01").flags
    assert on("2026-06-01", window, f"{sent} 2026-03-10", "family_responded 2026-03-11").flags
    again = (f"{served} 2026-03-10", f"{sent} 2026-03-20", "family_responded 2026-03-05")
    assert on("2026-06-01", window, *again).flags == ("finalised_inside_window",)
