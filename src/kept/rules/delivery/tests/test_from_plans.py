"""From the typed facts of a plan's provision to what the ledger counts: each field, and what is vague."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.rules.delivery import Amount, Measure, ProvisionItem, Step, Unit, item_of
from kept.rules.delivery.from_plans import A_WEEK_OF_PRESENCE, NO_QUANTITY
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften, Ratio
from kept.rules.plans.provision import Step as DatedStep

FORCE = date(2026, 1, 5)
LATER = date(2026, 3, 2)
WEEKLY = {"session_minutes": 30, "often": HowOften(1, "week")}


def an_item(*, until: date | None = None, service: str = "", **facts: object) -> ProvisionItem:
    return item_of(Provision(**facts), id="p1", in_force_on=FORCE, until=until, service=service)


def test_an_item_keeps_its_own_name_and_who_gives_it() -> None:
    made = an_item(**WEEKLY, service="speech and language therapy", role="therapist")
    assert (made.id, made.service, made.role, made.measure) == (
        "p1", "speech and language therapy", "therapist", Measure.MINUTES,
    )  # fmt: skip
    assert an_item(**WEEKLY, service="therapy of speech", until=None).service == "therapy of speech"
    assert item_of(Provision(service="a", **WEEKLY), id="x", in_force_on=FORCE, service="b").service == "b"
    assert an_item(**WEEKLY).service == "provision"


@pytest.mark.parametrize(
    ("start", "end", "until", "starts", "ends"),
    [
        (None, None, None, FORCE, None),
        (LATER, None, None, LATER, None),
        (FORCE - timedelta(days=90), None, None, FORCE, None),
        (None, LATER, None, FORCE, LATER),
        (None, None, LATER, FORCE, LATER),
        (None, LATER, LATER + timedelta(days=1), FORCE, LATER),
        (None, LATER + timedelta(days=1), LATER, FORCE, LATER),
    ],
)
def test_a_provision_is_owed_while_both_it_and_its_version_hold(start, end, until, starts, ends) -> None:
    made = an_item(**WEEKLY, start=start, end=end, until=until)
    assert (made.starts_on, made.ends_on) == (starts, ends)


@pytest.mark.parametrize(
    ("weeks", "year_round"), [("year-round", True), ("term-time", False), ("", False), ("YEAR-ROUND", False)]
)
def test_the_holidays_are_owed_only_when_the_plan_says_so(weeks: str, year_round: bool) -> None:
    assert an_item(**WEEKLY, weeks=weeks).year_round is year_round


@pytest.mark.parametrize(
    ("ratio", "largest"), [(None, None), (Ratio(4), 4), (Ratio(1), 1), (Ratio(12, adults=2, of="class"), None)]
)
def test_a_group_has_a_largest_size_for_one_adult(ratio: Ratio | None, largest: int | None) -> None:
    assert an_item(**WEEKLY, ratio=ratio).group_max == largest


@pytest.mark.parametrize(
    ("facts", "amount", "measure"),
    [
        ({"weekly_minutes": 900}, Amount(0, 900, Unit.WEEK), Measure.MINUTES),
        (
            {"session_minutes": 45, "often": HowOften(2, "term", 3)},
            Amount(2, 45, Unit.TERM, 3),
            Measure.MINUTES,
        ),
        ({"session_minutes": 20, "often": HowOften(1, "school day")}, Amount(1, 20, Unit.DAY), Measure.MINUTES),
        ({"session_minutes": 5, "often": HowOften(1, "lesson")}, A_WEEK_OF_PRESENCE, Measure.PRESENCE),
        ({"trigger": "the bell rings"}, A_WEEK_OF_PRESENCE, Measure.PRESENCE),
        ({"coverage": "full time"}, A_WEEK_OF_PRESENCE, Measure.PRESENCE),
    ],
)
def test_how_much_is_counted_in_minutes_or_else_in_weeks_of_presence(facts, amount, measure) -> None:
    made = an_item(**facts)
    assert (made.steps, made.measure, made.why_not) == ((Step(amount),), measure, ())


@pytest.mark.parametrize("facts", [{}, {"session_minutes": 30}, {"often": HowOften(1, "week")}])
def test_what_says_no_amount_cannot_be_counted(facts: dict[str, object]) -> None:
    made = an_item(**facts)
    assert (made.steps, made.why_not, made.schedulable) == ((), (NO_QUANTITY,), False)


def test_reasons_of_the_plan_are_kept_and_no_amount_is_made_up() -> None:
    made = an_item(**WEEKLY, reasons=("It says “regular”.",))
    assert (made.steps, made.measure, made.why_not) == ((), Measure.MINUTES, ("It says “regular”.",))


@pytest.mark.parametrize(
    ("mode", "measure"),
    [
        ("equipment", Measure.CHECK),
        ("environment", Measure.CHECK),
        ("training", Measure.CERTIFICATE),
        ("programme writing", Measure.CERTIFICATE),
    ],
)
def test_what_is_no_session_is_known_by_a_check_or_a_certificate(mode: str, measure: Measure) -> None:
    made = an_item(**WEEKLY, mode=mode)
    assert (made.measure, made.steps, made.why_not) == (measure, (), ())


def test_dated_steps_come_in_the_order_of_their_days_and_then_the_main_amount() -> None:
    first, second = date(2026, 2, 13), date(2026, 3, 27)
    steps = (DatedStep(second, 30, HowOften(1, "week")), DatedStep(first, 60, HowOften(2, "week")))
    tapered = (Step(Amount(2, 60, Unit.WEEK), first), Step(Amount(1, 30, Unit.WEEK), second))
    assert an_item(steps=steps).steps == tapered
    assert an_item(steps=steps, session_minutes=15, often=HowOften(1, "fortnight")).steps == (
        *tapered,
        Step(Amount(1, 15, Unit.FORTNIGHT)),
    )


def test_minutes_of_some_steps_are_minutes_of_all() -> None:
    steps = (DatedStep(LATER, 5, HowOften(1, "lesson")),)
    assert an_item(steps=steps, **WEEKLY).measure is Measure.MINUTES
    assert an_item(steps=steps, trigger="the bell rings").measure is Measure.PRESENCE


def test_listed_weeks_are_known_by_their_mondays() -> None:
    assert an_item(**WEEKLY, week_list=(date(2026, 1, 14),)).weeks == (date(2026, 1, 12),)
