"""Exceptions at their edges: a fact that is missing, a single day, and which holiday a closure is."""

import pytest

from kept.rules.process import Readings, Settings, fold
from kept.rules.process.due import quoted_deadline
from kept.rules.process.readings import Closure
from kept.rules.process.table import clocks

from .cases import D, ev, exception, on

REQUEST = ev("request_received 2026-06-01")  # decision due 13 July, plan due 19 October
CLOSED = {"closed_from": "2026-07-20", "reopens": "2026-09-01", "advice_requested_on": "2026-07-20"}


def status(clock, name, *, settings=None, **facts):
    events = [REQUEST, exception("2026-06-02", clock, name, **facts)]
    state = on("2026-12-01", *events) if settings is None else fold(events, as_of=D("2026-12-01"), settings=settings)
    return state.clock(clock).status


@pytest.mark.parametrize("missing", [*CLOSED, None])
def test_a_closure_needs_each_of_its_three_days(missing):
    facts = {name: day for name, day in CLOSED.items() if name != missing}
    expected = "overdue" if missing else "released"
    assert status("assess.final_plan", "reg13_3.school_closure", **facts) == expected


def test_circumstances_of_a_single_day_are_enough():
    facts = {"from": "2026-07-13", "to": "2026-07-13", "description": "a bereavement"}
    assert status("assess.decision", "reg5_4.exceptional_personal", **facts) == "released"


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        ([("2026-07-18", "2026-09-02")], "released"),
        ([("2026-05-23", "2026-06-01"), ("2026-07-18", "2026-09-02")], "released"),
        ([("2026-07-18", "2026-09-02"), ("2026-10-24", "2026-11-02")], "released"),
        ([("2026-07-13", "2026-07-20"), ("2026-07-20", "2026-09-02")], "released"),
        ([("2026-07-13", "2026-07-20")], "overdue"),
        ([("2026-09-01", "2026-10-20")], "overdue"),
        ([], "overdue"),
    ],
)
def test_read_by_term_dates_a_closure_is_the_holiday_that_it_falls_in(breaks, expected):
    settings = Settings(
        readings=Readings(a5_closure=Closure.TERM_DATES), term_breaks=tuple((D(a), D(b)) for a, b in breaks)
    )
    assert status("assess.final_plan", "reg13_3.school_closure", settings=settings, **CLOSED) == expected


def test_a_clock_without_a_fixed_date_quotes_none():
    with pytest.raises(ValueError, match=r"^assess\.decision has no fixed date\.$"):
        quoted_deadline(clocks()["assess.decision"], D("2026-09-01"))
