from datetime import date

from kept.rules.process import Readings, Settings, fold
from kept.rules.process import readings as r

from .cases import brief, ev, exception, on

AMEND_NOTICE = (
    "review_meeting 2025-10-06",
    "review_decision 2025-12-01 outcome=amend",
    "amendment_notice_sent 2025-12-01",
)
SUMMER = {"closed_from": "2026-07-18", "reopens": "2026-09-02", "advice_requested_on": "2026-08-26"}


def both(clock, reading, as_of, *events):
    return brief(on(as_of, *events), clock), brief(on(as_of, *events, readings=reading), clock)


def test_a1_day_one():
    day_one = Readings(a1_receipt_day=r.ReceiptDay.DAY_ONE)
    assert both("assess.decision", day_one, "2026-01-06", "request_received 2026-01-05") == (
        "2026-02-16 open",
        "2026-02-15 open",
    )
    assert both("review.report", day_one, "2026-03-20", "review_meeting 2026-03-20")[1] == "2026-04-03 open"


def test_a2_by_the_date():
    by = Readings(a2_fixed_date=r.FixedDate.BY_THE_DATE)
    assert both("phase.general", by, "2026-01-06", "phase_transfer 2026-09-01 kind=other") == (
        "2026-02-14 open",
        "2026-02-15 open",
    )


def test_a3_meeting_held():
    held = Readings(a3_last_reviewed=r.LastReviewed.MEETING_HELD)
    events = ("plan_first_made 2025-03-01", "review_meeting 2026-02-20", "review_decision 2026-03-10 outcome=maintain")
    assert both("review.first", held, "2026-04-01", *events) == ("2026-02-28 late 10", "2026-02-28 met")
    assert both("review.next", held, "2026-04-01", *events) == ("not_running", "2027-02-19 open")
    assert both("move.review", held, "2026-04-01", *events, "plan_transferred 2026-03-20") == (
        "2026-06-19 open",
        "2027-02-19 open",
    )


def test_a4_clear_days():
    clear = Readings(a4_at_least_two_weeks=r.AtLeastTwoWeeks.CLEAR_DAYS)
    assert both("review.meeting_notice", clear, "2026-03-01", "review_meeting 2026-03-20") == (
        "2026-03-06 open",
        "2026-03-05 open",
    )
    assert both("phase.post16_to_post16", clear, "2026-01-05", "post16_move 2026-07-31")[1] == "2026-02-28 open"


def test_a5_term_dates():
    request = ev("request_received 2026-06-01")
    record = exception("2026-09-01", "assess.final_plan", "reg13_3.school_closure", **SUMMER)
    read = Readings(a5_closure=r.Closure.TERM_DATES)
    short, long = ((date(2026, 7, 18), date(2026, 8, 14)),), ((date(2026, 7, 22), date(2026, 9, 3)),)
    for breaks, status in ((short, "overdue"), (long, "released"), ((), "overdue")):
        state = fold([request, record], as_of=date(2026, 12, 1), settings=Settings(readings=read, term_breaks=breaks))
        assert status in brief(state, "assess.final_plan")


def test_a6_exclusive_end():
    exclusive = Readings(a6_window_end=r.WindowEnd.EXCLUSIVE)
    record = exception("2026-09-01", "assess.final_plan", "reg13_3.school_closure", **SUMMER)
    inside, outside = both("assess.final_plan", exclusive, "2026-12-01", "request_received 2026-06-01", record)
    assert "released" in inside
    assert "overdue" in outside
    events = ("previous_assessment_completed 2026-04-20", "reassessment_requested 2026-04-20")
    assert both("reassess.bar", exclusive, "2026-05-01", *events) == (
        "2025-10-21 bar_available",
        "2025-10-21 bar_not_available",
    )


def test_a7_eight_weeks_from_a_late_notice():
    uncapped = Readings(a7_late_notice=r.LateNotice.EIGHT_WEEKS_FROM_NOTICE)
    assert both("amend.final", uncapped, "2026-01-10", *AMEND_NOTICE) == ("2025-12-29 overdue 12", "2026-01-26 open")


def test_a8_has_one_reading():
    assert [one.value for one in r.WorkingDay] == ["weekdays_less_bank_holidays"]


def test_a9_the_day_an_order_is_heard_or_received():
    order = "tribunal_order 2026-07-20 kind=amend heard=2026-07-13 received=2026-07-22"
    heard, received = Readings(a9_order_made=r.OrderMade.HEARD), Readings(a9_order_made=r.OrderMade.RECEIVED)
    assert both("order.amend", heard, "2026-07-23", order) == ("2026-08-24 open", "2026-08-17 open")
    assert both("order.amend", received, "2026-07-23", order)[1] == "2026-08-26 open"
    assert both("order.amend", received, "2026-07-23", "tribunal_order 2026-07-20 kind=amend")[1] == "2026-08-24 open"


def test_a10_any_overlap():
    overlap = Readings(a10_absence=r.Absence.ANY_OVERLAP)
    facts = {"absent_from": "2026-07-13", "returned": "2026-08-10"}
    record = exception("2026-09-01", "assess.decision", "reg5_4.absence_4w", **facts)
    strict, loose = both("assess.decision", overlap, "2026-12-01", "request_received 2026-06-01", record)
    assert ("overdue" in strict, "released" in loose) == (True, True)
    shorter = exception("2026-09-01", "assess.decision", "reg5_4.absence_4w", **(facts | {"returned": "2026-08-09"}))
    assert "overdue" in both("assess.decision", overlap, "2026-12-01", "request_received 2026-06-01", shorter)[1]


def test_a11_a_health_notification_starts_the_clocks():
    automatic = Readings(a11_health_notification=r.HealthNotification.AUTOMATICALLY)
    assert both("assess.decision", automatic, "2026-01-06", "s23_notified 2026-01-05") == (
        "not_running",
        "2026-02-16 open",
    )


def test_a12_two_weeks_for_the_placement():
    two = Readings(a12_contents_and_placement=r.ContentsAndPlacement.TWO_WEEKS_FOR_PLACEMENT)
    order = "tribunal_order 2026-07-20 kind=amend section_i=true"
    assert both("order.school_only", two, "2026-07-23", order) == ("not_running", "2026-08-03 open")
    assert both("order.school_only", two, "2026-07-23", "tribunal_order 2026-07-20 kind=amend")[1] == "not_running"
    assert both("order.amend", two, "2026-07-23", order)[1] == "2026-08-24 open"


def test_a13_an_exception_and_then_a_refusal():
    released = Readings(a13_exception_and_end=r.ExceptionAndEnd.RELEASED)
    illness = {"from": "2026-02-02", "description": "illness"}
    asked = "request_received 2026-01-05"
    ill = exception("2026-05-01", "assess.final_plan", "reg13_3.exceptional_personal", **illness)
    refused = "assess_decision 2026-02-10 outcome=refuse"
    after = (asked, ill, refused, "final_plan_sent 2026-07-01")
    for events in ((asked, ill, refused), after):
        assert both("assess.final_plan", released, "2026-07-10", *events) == (
            "2026-05-25 superseded",
            "2026-05-25 released 46",
        )
    assert both("assess.final_plan", released, "2026-07-10", asked, refused) == ("2026-05-25 superseded",) * 2
    assert both("assess.final_plan", released, "2026-05-25", *after) == (
        "2026-05-25 superseded",
        "2026-05-25 released",
    )
    state = on("2026-07-10", *after, readings=released).clock("assess.final_plan")
    assert (state.released_by, state.stop, state.superseded_by) == ("reg13_3.exceptional_personal", None, None)
