"""What must hold of every ledger: nothing counts twice, nothing unknown counts as delivered, nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.delivery import (
    Amount,
    BadCalendar,
    HalfTerm,
    ProvisionItem,
    Reason,
    Record,
    Standing,
    Status,
    Step,
    Unit,
    calendar,
    expectations,
    silence,
    spliced,
    standing,
    statement,
    tally,
    total,
    usual_calendar,
)
from kept.rules.delivery.tests.test_vectors import AFTER, the_year

YEAR = the_year()
FIRST = YEAR.days[0]
amounts = st.builds(
    Amount,
    st.integers(1, 6),
    st.sampled_from([0, 10, 20, 45, 60]),
    st.sampled_from([Unit.DAY, Unit.WEEK, Unit.FORTNIGHT, Unit.HALF_TERM, Unit.TERM]),
    st.integers(1, 3),
)
records = st.builds(
    Record,
    on=st.sampled_from(YEAR.days),
    status=st.sampled_from(list(Status)),
    minutes=st.integers(0, 90),
    whole_week=st.booleans(),
    pupils=st.none() | st.integers(1, 9),
    right_role=st.booleans(),
    authorised=st.booleans(),
    absent=st.integers(0, 3),
    declined=st.integers(0, 3),
)


def an_item(amount: Amount, starts_on: date = FIRST, ends_on: date | None = None) -> ProvisionItem:
    return ProvisionItem("x", "speech", starts_on, (Step(amount),), ends_on, group_max=4)


@settings(max_examples=50, deadline=None)
@given(amounts, st.lists(records, max_size=40))
def test_all_that_is_due_is_accounted_for_once_and_silence_is_never_delivery(amount, said):
    item = an_item(amount)
    expected = expectations(item, YEAR)
    counts, astray = tally(item, expected, said, today=AFTER)
    whole = total(counts)
    owed = sum(one.quantity for one in expected)
    assert whole.due + whole.absent + whole.closed == pytest.approx(owed)
    parts = whole.delivered + whole.part + whole.missing + whole.offered + whole.unknown
    assert parts == pytest.approx(whole.due)
    assert len(astray) + sum(len(one.records) for one in counts) == len(said)
    nothing = total(tally(item, expected, [], today=AFTER)[0])
    assert (nothing.delivered, nothing.unknown) == (0, nothing.due)
    assert not expected or standing(nothing) is Standing.UNKNOWN


@settings(max_examples=50, deadline=None)
@given(amounts, amounts, st.sampled_from(YEAR.days))
def test_an_amendment_in_the_middle_of_a_term_is_never_counted_twice(before, after, day):
    old = expectations(an_item(before, ends_on=day - timedelta(days=1)), YEAR)
    new = expectations(an_item(after, starts_on=day), YEAR)
    alone = expectations(an_item(before), YEAR)
    assert len(old) <= len(alone)
    if before.unit is Unit.WEEK and before == after and before.every == 1:
        assert len(old) + len(new) == len(alone)
    assert all(one.ends_on < day for one in old)
    assert all(one.ends_on >= day for one in new)


def test_a_calendar_changed_in_the_middle_of_the_year_keeps_the_days_before():
    later = calendar(YEAR.half_terms, closed=YEAR.between(date(2026, 1, 5), date(2026, 1, 9)))
    both = spliced([(FIRST, YEAR), (date(2026, 1, 1), later)])
    assert both.between(FIRST, date(2025, 12, 31)) == YEAR.between(FIRST, date(2025, 12, 31))
    weekly = an_item(Amount(1, 30, Unit.WEEK))
    assert len(expectations(weekly, both)) == len(expectations(weekly, YEAR)) - 1
    moved = spliced([(FIRST, later), (date(2026, 1, 6), YEAR)])
    assert date(2026, 1, 5) not in moved.open_days
    assert date(2026, 1, 6) in moved.open_days


def test_a_calendar_that_cannot_be_is_refused_in_a_sentence():
    with pytest.raises(BadCalendar, match="overlap"):
        calendar([HalfTerm("a", date(2026, 1, 5), date(2026, 2, 1)), HalfTerm("b", date(2026, 2, 1), date(2026, 3, 1))])


def test_a_short_week_owes_its_share_rounded_up_for_the_child():
    short = calendar(YEAR.half_terms, closed=[FIRST])
    assert expectations(an_item(Amount(2, 30, Unit.WEEK)), short)[0].sessions == 2
    assert expectations(an_item(Amount(10, 5, Unit.WEEK)), short)[0].sessions == 8
    assert expectations(an_item(Amount(0, 900, Unit.WEEK)), short)[0].quantity == 720


def test_a_therapist_is_believed_before_the_schools_tick_and_a_week_said_twice_counts_once():
    item = an_item(Amount(1, 45, Unit.WEEK))
    week = expectations(item, YEAR)[:1]
    tick = Record(FIRST, Status.DELIVERED, whole_week=True, id="b")
    count = tally(item, week, [tick, Record(FIRST, Status.MISSED, reason=Reason.SICKNESS, id="a")], today=AFTER)[0][0]
    assert (count.delivered, count.missing, count.reasons[Reason.SICKNESS]) == (0, 45, 45)
    assert tally(item, week, [tick, tick], today=AFTER)[0][0].delivered == 45


def closed_in_the_first_full_week(amount: Amount, *said: Record, shut: tuple[date, ...] = ()):
    year = calendar(YEAR.half_terms, closed=shut)
    item = an_item(amount)
    counts, astray = tally(item, expectations(item, year), said, today=AFTER)
    return next(one for one in counts if one.starts_on >= MONDAY), astray


MONDAY = next(day for day in YEAR.days if day.weekday() == 0 and day > FIRST)
WEEKDAYS = [MONDAY + timedelta(days=number) for number in range(5)]


@pytest.mark.parametrize("sessions", [1, 2])
def test_a_day_on_which_the_setting_was_closed_is_not_due(sessions):
    came = [Record(day, Status.DELIVERED, sessions=sessions) for day in WEEKDAYS[1:]]
    count, _ = closed_in_the_first_full_week(
        Amount(sessions, 10, Unit.DAY), Record(MONDAY, Status.CLOSED, reason=Reason.CLOSED), *came
    )
    assert (count.due, count.delivered, count.missing) == (40 * sessions, 40 * sessions, 0)
    assert (count.closed, standing(count)) == (10 * sessions, Standing.GREEN)


def test_a_closed_day_of_the_calendar_is_not_taken_off_twice():
    count, astray = closed_in_the_first_full_week(
        Amount(1, 10, Unit.DAY), Record(MONDAY, Status.CLOSED), shut=(MONDAY,)
    )
    assert (count.due, count.closed, count.unknown) == (40, 0, 40)
    assert [one.on for one in astray] == [MONDAY]


def test_a_closed_week_is_not_due_but_a_weekly_session_can_be_held_on_another_day():
    weekly = Amount(1, 45, Unit.WEEK)
    week, _ = closed_in_the_first_full_week(weekly, Record(MONDAY, Status.CLOSED, whole_week=True))
    assert (week.due, week.closed, week.rate) == (0, 45, None)
    day, _ = closed_in_the_first_full_week(weekly, Record(MONDAY, Status.CLOSED))
    assert (day.due, day.missing, day.reasons) == (45, 45, {Reason.CLOSED: 45})


def test_a_colour_is_shown_only_when_the_unknown_could_not_change_it():
    item = an_item(Amount(1, 10, Unit.WEEK))
    expected = expectations(item, YEAR)
    missed = [Record(one.starts_on, Status.MISSED, id=str(one.starts_on)) for one in expected[:10]]
    counts, _ = tally(item, expected, missed, today=AFTER)
    assert standing(total(counts)) is Standing.RED
    assert standing(total(tally(item, expected, missed[:3], today=AFTER)[0])) is Standing.UNKNOWN


def test_fifteen_school_days_of_silence():
    found = silence(YEAR, last=None, owed_since=FIRST, today=YEAR.days[13])
    assert (found.days, found.is_too_long(), found.too_long_on) == (14, False, YEAR.days[14])
    assert silence(YEAR, last=None, owed_since=FIRST, today=YEAR.days[14]).is_too_long()


def test_a_statement_keeps_services_and_measures_apart():
    item = an_item(Amount(1, 45, Unit.WEEK))
    vague = ProvisionItem("y", "mentoring", FIRST, why_not=("This does not say how often.",))
    expected = expectations(item, YEAR)
    said = [Record(expected[0].starts_on, Status.MISSED, reason=Reason.CAPACITY, id="1")]
    made = statement([(item, tally(item, expected, said, today=AFTER)[0]), (vague, [])])
    assert [line.service for line in made.lines] == ["speech"]
    assert made.lines[0].owed_back == 45
    assert made.lines[0].reasons == {Reason.CAPACITY: 45}
    assert made.not_measurable == (vague,)


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_usual_year_has_six_half_terms_of_about_thirty_eight_weeks(year):
    whole = usual_calendar(year, year)
    assert len(whole.half_terms) == 6
    assert 185 <= len(whole.days) <= 197
    assert all(term.starts_on.weekday() == 0 for term in whole.half_terms)
    assert whole.half_terms[0].key == f"{year}-autumn-1"
