"""Statuses at the day, the count and the measure where they turn. Pure: no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kept.improvement import judging
from kept.improvement.judging import (
    ActionFacts,
    FindingFacts,
    MeasureFacts,
    MilestoneFacts,
    VerdictFacts,
    standing,
)  # fmt: skip
from kept.improvement.words import Answer, Delivery, Impact, Method, Stage

TODAY = date(2026, 6, 20)
A_DAY = timedelta(days=1)
DONE = ActionFacts(
    starts_on=date(2025, 1, 1),
    lag_months=6,
    milestones=(MilestoneFacts(promised_on=date(2025, 6, 30), accepted_on=date(2025, 6, 1)),),
)
OPEN = ActionFacts(
    starts_on=date(2026, 1, 1), lag_months=3, milestones=(MilestoneFacts(promised_on=TODAY),), told_on=TODAY
)
GOOD = MeasureFacts(
    code="T1", better_off=True, has_data=True, improvement=True, passes_target=True, last_on=TODAY,
    points_after_signal=6, is_statutory=True, rebased=True,
)  # fmt: skip
FLAT = replace(GOOD, improvement=False, passes_target=False, points_after_signal=0)
NO = VerdictFacts(on=date(2026, 6, 3), method=Method.PANEL, answer=Answer.NO)


def test_an_action_that_starts_today_runs() -> None:
    assert judging.delivery_status([replace(OPEN, starts_on=TODAY)], TODAY) == Delivery.ON_TIME
    assert judging.delivery_status([replace(OPEN, starts_on=TODAY + A_DAY)], TODAY) == Delivery.PLANNED


def test_a_milestone_of_an_action_that_starts_today_can_be_late_already() -> None:
    late = (MilestoneFacts(promised_on=TODAY - A_DAY),)
    assert judging.delivery_status([replace(OPEN, starts_on=TODAY, milestones=late)], TODAY) == Delivery.LATE


def test_a_promise_can_be_kept_on_its_last_day() -> None:
    assert judging.delivery_status([OPEN], TODAY) == Delivery.ON_TIME
    assert judging.delivery_status([OPEN], TODAY + A_DAY) == Delivery.LATE


def test_silence_about_what_is_delivered_or_not_begun_is_no_silence() -> None:
    later = replace(OPEN, starts_on=TODAY + A_DAY, told_on=TODAY - timedelta(days=200))
    assert judging.delivery_status([DONE, OPEN, later], TODAY) == Delivery.ON_TIME
    quiet = replace(OPEN, told_on=TODAY - timedelta(days=46))
    assert judging.delivery_status([DONE, quiet], TODAY) == Delivery.UNKNOWN


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2031, 8, 31), 6, date(2032, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, then: date) -> None:
    assert judging.add_months(day, months) == then


def test_too_early_needs_every_action_delivered_and_lasts_as_long_as_the_longest_lag() -> None:
    assert judging.too_early_until([DONE, OPEN]) is None
    assert judging.too_early_until([]) is None
    assert judging.too_early_until([DONE, replace(DONE, lag_months=9)]) == date(2026, 3, 1)
    assert judging.impact_status([FLAT], [DONE, OPEN], TODAY) == Impact.NO_CHANGE


def test_an_improvement_is_reliable_only_when_every_measure_that_improved_passes_its_target() -> None:
    short = replace(GOOD, code="T2", passes_target=False)
    assert judging.impact_status([GOOD, short], [DONE], TODAY) == Impact.IMPROVING
    assert judging.impact_status([GOOD, replace(FLAT, code="T2")], [DONE], TODAY) == Impact.RELIABLE


def test_figures_counted_by_another_definition_are_no_signal() -> None:
    assert not judging.has_signal([replace(GOOD, counted_otherwise_on=TODAY)])


@pytest.mark.parametrize(
    ("impact", "delivery", "disputed"),
    [
        (Impact.IMPROVING, Delivery.LATE, True),
        (Impact.RELIABLE, Delivery.ON_TIME, True),
        (Impact.NONE_SHOWN, Delivery.DELIVERED, True),
        (Impact.NONE_SHOWN, Delivery.ON_TIME, False),
    ],
)
def test_families_dispute_either_a_delivery_or_an_improvement(
    impact: Impact, delivery: Delivery, disputed: bool
) -> None:
    assert judging.is_disputed(impact, delivery, [NO]) is disputed
    assert not judging.is_disputed(impact, delivery, [replace(NO, answer=Answer.UNSURE)])
    assert not judging.is_disputed(impact, delivery, [])


def test_the_latest_verdict_counts_whatever_the_order() -> None:
    yes = replace(NO, on=NO.on + A_DAY, answer=Answer.YES)
    assert judging.latest([yes, NO]) is yes
    assert judging.latest([]) is None
    assert not judging.is_disputed(Impact.RELIABLE, Delivery.DELIVERED, [yes, NO])


def test_a_standing_carries_the_dispute_the_verdict_and_the_reasons() -> None:
    improving = standing(FindingFacts(actions=(OPEN,), measures=(GOOD,), verdicts=(NO,)), TODAY)
    assert (improving.disputed, improving.verdict, improving.stage) == (True, NO, Stage.DISPUTED)
    delivered = standing(FindingFacts(actions=(DONE,), measures=(FLAT,), verdicts=(NO,)), TODAY)
    assert (delivered.disputed, delivered.reasons) == (True, tuple(judging.why_no_signal([FLAT])))
    quiet = standing(FindingFacts(actions=(DONE,), measures=(GOOD,)), TODAY)
    assert (quiet.disputed, quiet.verdict, quiet.reasons) == (False, None, ())


def test_breaches_are_those_of_the_legal_measure_that_has_most() -> None:
    measures = (replace(GOOD, breaches=3), replace(GOOD, breaches=7), replace(GOOD, breaches=9, is_statutory=False))
    assert standing(FindingFacts(measures=measures), TODAY).breaches == 7
    assert standing(FindingFacts(measures=measures[2:]), TODAY).breaches == 0


def test_only_a_better_off_measure_that_improved_has_to_hold() -> None:
    process = replace(GOOD, code="P1", better_off=False, points_after_signal=0)
    flat = replace(FLAT, code="T2")
    assert judging.is_sustained([GOOD, process, flat])
    assert not judging.is_sustained([process])
    assert not judging.is_sustained([flat])


def test_a_finding_goes_from_open_to_causes_to_delivery() -> None:
    assert standing(FindingFacts(), TODAY).stage == Stage.OPEN
    assert standing(FindingFacts(causes_agreed=True), TODAY).stage == Stage.CAUSES
    assert standing(FindingFacts(causes_agreed=True, actions=(OPEN,)), TODAY).stage == Stage.DELIVERING


def test_only_what_was_closed_or_had_improved_can_get_worse_again() -> None:
    worse = (replace(FLAT, concern=True),)
    assert standing(FindingFacts(measures=worse, had_signal=True), TODAY).stage == Stage.REGRESSED
    assert standing(FindingFacts(measures=worse, actions=(OPEN,)), TODAY).stage == Stage.DELIVERING
    assert standing(FindingFacts(measures=(GOOD,), closed_on=TODAY), TODAY).stage == Stage.CLOSED
