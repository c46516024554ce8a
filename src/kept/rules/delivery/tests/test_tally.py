"""One week at a time: what each kind of record answers for, and what is left unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kept.rules.delivery import Amount, Expectation, ProvisionItem, Reason, Record, Standing, Status, Step, Unit, tally
from kept.rules.delivery.model import Settings
from kept.rules.delivery.tally import Count, band, standing, total

MONDAY, FRIDAY = date(2026, 1, 12), date(2026, 1, 16)
AFTER = date(2026, 1, 19)
A_DAY = timedelta(days=1)
ITEM = ProvisionItem("x", "speech", MONDAY, (Step(Amount(3, 20, Unit.WEEK)),), group_max=4)
WEEK = Expectation(MONDAY, FRIDAY, 3, 60)
HOURS = Expectation(MONDAY, FRIDAY, 0, 300)
HELD = Record(MONDAY, Status.DELIVERED, id="a")
TICK = Record(MONDAY, Status.DELIVERED, whole_week=True, id="w")


def counted(*records: Record, week: Expectation = WEEK) -> Count:
    counts, astray = tally(ITEM, [week], records, today=AFTER)
    assert not astray
    return counts[0]


def parts(count: Count) -> dict[str, float]:
    """What is not nought of a count."""
    names = ("due", "delivered", "part", "missing", "offered", "absent", "closed", "extra", "unknown")
    return {name: value for name in names if (value := getattr(count, name))}


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (HELD, {"due": 60, "delivered": 20, "unknown": 40}),
        (replace(HELD, sessions=2), {"due": 60, "delivered": 40, "unknown": 20}),
        (replace(HELD, minutes=20), {"due": 60, "delivered": 20, "unknown": 40}),
        (replace(HELD, minutes=15), {"due": 60, "delivered": 15, "missing": 5, "unknown": 40}),
        (replace(HELD, minutes=1), {"due": 60, "delivered": 1, "missing": 19, "unknown": 40}),
        (replace(HELD, minutes=25), {"due": 60, "delivered": 20, "extra": 5, "unknown": 40}),
        (replace(HELD, status=Status.REPLACED), {"due": 60, "delivered": 20, "unknown": 40}),
        (replace(HELD, status=Status.MISSED), {"due": 60, "missing": 20, "unknown": 40}),
        (replace(HELD, status=Status.CLOSED), {"due": 60, "missing": 20, "unknown": 40}),
        (replace(HELD, status=Status.DECLINED), {"due": 60, "offered": 20, "unknown": 40}),
        (replace(HELD, status=Status.ABSENT), {"due": 40, "absent": 20, "unknown": 40}),
        (replace(HELD, status=Status.ABSENT, authorised=False), {"due": 60, "offered": 20, "unknown": 40}),
        (replace(HELD, pupils=4), {"due": 60, "delivered": 20, "unknown": 40}),
        (replace(HELD, pupils=5), {"due": 60, "part": 20, "unknown": 40}),
        (replace(HELD, pupils=5, minutes=15), {"due": 60, "part": 15, "missing": 5, "unknown": 40}),
        (replace(HELD, right_role=False), {"due": 60, "part": 20, "unknown": 40}),
        (TICK, {"due": 60, "delivered": 60}),
        (replace(TICK, status=Status.MISSED), {"due": 60, "missing": 60}),
        (replace(TICK, status=Status.ABSENT), {"absent": 60}),
        (replace(TICK, status=Status.CLOSED), {"closed": 60}),
        (replace(TICK, minutes=45), {"due": 60, "delivered": 45, "missing": 15}),
        (replace(TICK, absent=1), {"due": 40, "delivered": 40, "absent": 20}),
        (replace(TICK, declined=2), {"due": 60, "delivered": 20, "offered": 40}),
        (replace(TICK, absent=1, declined=1), {"due": 40, "delivered": 20, "offered": 20, "absent": 20}),
        (replace(TICK, absent=2, declined=2), {"due": 20, "offered": 20, "absent": 40}),
        (replace(TICK, absent=9), {"absent": 60}),
    ],
)
def test_one_record_of_a_week_of_three_sessions(record: Record, found: dict[str, float]) -> None:
    assert parts(counted(record)) == found


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (replace(HELD, minutes=90), {"due": 300, "delivered": 90, "unknown": 210}),
        (HELD, {"due": 300, "delivered": 60, "unknown": 240}),
        (replace(HELD, minutes=350), {"due": 300, "delivered": 300, "extra": 50}),
        (replace(HELD, status=Status.MISSED), {"due": 300, "missing": 60, "unknown": 240}),
        (replace(TICK, absent=1), {"due": 240, "delivered": 240, "absent": 60}),
        (replace(TICK, declined=2), {"due": 300, "delivered": 180, "offered": 120}),
    ],
)
def test_hours_of_a_week_without_sessions_are_a_fifth_a_day(record: Record, found: dict[str, float]) -> None:
    assert parts(counted(record, week=HOURS)) == found


def test_the_reason_is_the_one_given_or_the_plain_one() -> None:
    missed = replace(HELD, status=Status.MISSED)
    assert counted(missed).reasons == {Reason.UNKNOWN: 20}
    assert counted(replace(missed, status=Status.CLOSED)).reasons == {Reason.CLOSED: 20}
    assert counted(replace(missed, status=Status.DECLINED)).reasons == {Reason.REFUSED: 20}
    assert counted(replace(missed, reason=Reason.SICKNESS)).reasons == {Reason.SICKNESS: 20}
    assert counted(replace(missed, status=Status.DECLINED, reason=Reason.CLASH)).reasons == {Reason.CLASH: 20}
    assert counted(replace(HELD, minutes=15)).reasons == {Reason.UNKNOWN: 5}
    assert counted(HELD).reasons == counted(HELD).part_reasons == {}
    assert counted(replace(HELD, pupils=5)).part_reasons == {Reason.GROUP: 20}
    assert counted(replace(HELD, right_role=False)).part_reasons == {Reason.ROLE: 20}
    assert counted(replace(HELD, pupils=5, right_role=False)).part_reasons == {Reason.GROUP: 20}


@pytest.mark.parametrize(
    ("record", "found", "reasons"),
    [
        ({"status": Status.DECLINED}, {"due": 60, "offered": 40, "unknown": 20}, {Reason.REFUSED: 40}),
        ({"status": Status.MISSED}, {"due": 60, "missing": 40, "unknown": 20}, {Reason.UNKNOWN: 40}),
        ({"status": Status.ABSENT}, {"due": 20, "absent": 40, "unknown": 20}, {}),
        ({"minutes": 25}, {"due": 60, "delivered": 40, "extra": 10, "unknown": 20}, {}),
        ({"pupils": 5, "minutes": 19}, {"due": 60, "part": 38, "missing": 2, "unknown": 20}, {Reason.UNKNOWN: 2}),
    ],
)
def test_two_records_of_a_kind_add_up(record: dict, found: dict[str, float], reasons: dict) -> None:
    made = counted(replace(HELD, **record), replace(HELD, id="b", **record))
    assert (parts(made), made.reasons) == (found, reasons)
    assert made.part_reasons == ({Reason.GROUP: 38} if "pupils" in record else {})


def test_a_tick_adds_its_absences_to_those_written_down_and_answers_for_no_more_than_is_left() -> None:
    absent, declined = replace(HELD, status=Status.ABSENT), replace(HELD, status=Status.DECLINED, id="b")
    made = counted(absent, declined, replace(TICK, absent=1, declined=1))
    assert parts(made) == {"due": 20, "offered": 20, "absent": 40}
    made = counted(absent, declined, replace(TICK, declined=1))
    assert parts(made) == {"due": 40, "offered": 40, "absent": 20}
    twice = counted(replace(TICK, absent=1, declined=1), replace(TICK, id="x"))
    assert parts(twice) == {"due": 40, "delivered": 20, "offered": 20, "absent": 20}


def test_what_was_given_counts_before_what_was_not_and_both_before_the_tick_for_the_week() -> None:
    missed = replace(HELD, status=Status.MISSED, sessions=3, id="0")
    made = counted(TICK, missed, replace(HELD, on=FRIDAY, sessions=2, id="z"))
    assert (made.records, made.delivered, made.missing) == (["z", "0", "w"], 40, 20)


def test_records_of_one_kind_are_taken_in_the_order_of_their_days() -> None:
    made = counted(replace(HELD, on=FRIDAY, id="a"), replace(HELD, on=MONDAY, id="c"), replace(HELD, id="b"))
    assert made.records == ["b", "c", "a"]


def test_a_tick_for_a_week_is_one_session_of_what_is_owed_by_the_term() -> None:
    long = Expectation(MONDAY, MONDAY + timedelta(days=60), 3, 60)
    assert tally(ITEM, [long], [TICK], today=AFTER + timedelta(days=90))[0][0].delivered == 20


def test_a_record_belongs_to_the_week_of_the_day_it_stands_for_and_else_lies_astray() -> None:
    later = Expectation(MONDAY + timedelta(days=14), FRIDAY + timedelta(days=14), 3, 60)
    days = {
        "before": MONDAY - A_DAY, "monday": MONDAY, "sunday": MONDAY + timedelta(days=6),
        "gap": MONDAY + timedelta(days=7), "later": MONDAY + timedelta(days=14), "after": MONDAY + timedelta(days=21),
    }  # fmt: skip
    said = [Record(day, Status.DELIVERED, id=name) for name, day in days.items()]
    said.append(Record(days["gap"], Status.REPLACED, for_on=FRIDAY, id="replaced"))
    counts, astray = tally(ITEM, [WEEK, later], said, today=date(2026, 6, 1))
    assert [sorted(one.records) for one in counts] == [["monday", "replaced", "sunday"], ["later"]]
    assert [one.id for one in astray] == ["before", "gap", "after"]


def test_a_week_that_still_runs_counts_once_all_of_it_is_accounted_for() -> None:
    assert tally(ITEM, [WEEK], [HELD], today=FRIDAY) == ([], [])
    assert len(tally(ITEM, [WEEK], [HELD], today=FRIDAY + A_DAY)[0]) == 1
    assert len(tally(ITEM, [WEEK], [TICK], today=MONDAY)[0]) == 1
    assert tally(ITEM, [WEEK], [], today=MONDAY)[0] == []
    nothing_owed = Expectation(MONDAY, FRIDAY, 0, 0)
    assert tally(ITEM, [nothing_owed], [], today=FRIDAY)[0] == []


def test_single_days_are_joined_into_their_weeks_and_longer_periods_are_not() -> None:
    days = [Expectation(MONDAY + timedelta(days=n), MONDAY + timedelta(days=n), 1, 10) for n in (0, 2, 4, 7)]
    longer = [Expectation(day, day + A_DAY, 1, 10) for day in (date(2026, 2, 2), date(2026, 2, 4))]
    counts, _ = tally(ITEM, [*days, *longer], [], today=date(2026, 6, 1))
    assert [(one.starts_on, one.ends_on, one.sessions, one.due) for one in counts] == [
        (MONDAY, FRIDAY, 3, 30.0),
        (AFTER, AFTER, 1, 10.0),
        *((one.starts_on, one.ends_on, 1, 10.0) for one in longer),
    ]


def test_a_sum_keeps_every_part_the_first_day_and_the_last() -> None:
    one = counted(replace(TICK, minutes=45, pupils=5, absent=1))
    two = counted(replace(HELD, minutes=25, id="b"), replace(HELD, status=Status.DECLINED, id="c"))
    two.starts_on, two.ends_on = AFTER, AFTER + A_DAY
    both = total([two, one])
    for name in ("sessions", "due", "delivered", "part", "missing", "offered", "absent", "closed", "extra"):
        assert getattr(both, name) == getattr(one, name) + getattr(two, name)
    assert (both.starts_on, both.ends_on) == (MONDAY, AFTER + A_DAY)
    assert both.records == ["b", "c", "w"]
    assert both.reasons == one.reasons + two.reasons
    assert both.part_reasons == {Reason.GROUP: 40}
    assert total([]) == Count()


def test_rates_are_of_what_is_due_and_unknown_is_neither_come_nor_missed() -> None:
    count = Count(due=100.0, delivered=50.0, part=20.0, missing=5.0, offered=5.0)
    assert (count.unknown, count.rate, count.rate_with_part, count.rate_at_best) == (20, 0.5, 0.7, 0.7)
    assert count.shortfall == 25
    over = Count(due=10.0, delivered=10.0, missing=5.0)
    assert over.unknown == 0
    nothing = Count(delivered=3.0)
    assert (nothing.rate, nothing.rate_with_part, nothing.rate_at_best) == (None, None, None)


@pytest.mark.parametrize(
    ("rate", "colour"),
    [
        (None, Standing.NOTHING_DUE),
        (1.0, Standing.GREEN),
        (0.95, Standing.GREEN),
        (0.949, Standing.AMBER),
        (0.80, Standing.AMBER),
        (0.799, Standing.RED),
        (0.0, Standing.RED),
    ],
)
def test_a_colour_begins_at_its_share(rate: float | None, colour: Standing) -> None:
    assert band(rate) is colour


def test_an_area_may_set_its_own_shares() -> None:
    strict = Settings(green=1.0, amber=0.9)
    almost = Count(due=100.0, delivered=95.0, missing=5.0)
    assert (standing(almost), standing(almost, strict)) == (Standing.GREEN, Standing.AMBER)
    open_end = Count(due=100.0, delivered=95.0)
    assert (standing(open_end), standing(open_end, strict)) == (Standing.GREEN, Standing.UNKNOWN)
