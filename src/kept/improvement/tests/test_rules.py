"""The fifteen rules that stop box-ticking, each with its test. Pure: no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kept.improvement import judging, queries
from kept.improvement.judging import (
    ActionFacts,
    FindingFacts,
    MeasureFacts,
    MilestoneFacts,
    NotAllowed,
    VerdictFacts,
    standing,
)  # fmt: skip
from kept.improvement.words import Answer, CauseState, Claim, Delivery, EvidenceKind, Impact, Method, Stage

TODAY = date(2026, 6, 20)
DONE = ActionFacts(
    starts_on=date(2025, 1, 1),
    lag_months=6,
    milestones=(MilestoneFacts(promised_on=date(2025, 6, 30), accepted_on=date(2025, 6, 1)),),
)
GOOD = MeasureFacts(
    code="T1", better_off=True, has_data=True, improvement=True, passes_target=True, last_on=date(2026, 5, 31),
    points_after_signal=6, is_statutory=True, rebased=True,
)  # fmt: skip
FLAT = replace(GOOD, improvement=False, passes_target=False, points_after_signal=0)
YES = (
    VerdictFacts(on=date(2026, 6, 1), method=Method.PANEL, answer=Answer.YES),
    VerdictFacts(on=date(2026, 6, 2), method=Method.SURVEY, answer=Answer.PARTLY),
)
NO = (VerdictFacts(on=date(2026, 6, 3), method=Method.PANEL, answer=Answer.NO),)
CLOSE = {"reaudited": True, "both_officers": True, "disputed": False, "left_behind": False}


def stage(**facts: object) -> Stage:
    return standing(FindingFacts(**facts), TODAY).stage


def test_rule_1_two_statuses_never_blended() -> None:
    now = standing(FindingFacts(actions=(DONE,), measures=(FLAT,)), TODAY)
    assert (now.delivery, now.impact) == (Delivery.DELIVERED, Impact.NONE_SHOWN)
    now = standing(FindingFacts(measures=(GOOD,)), TODAY)
    assert (now.delivery, now.impact) == (Delivery.PLANNED, Impact.RELIABLE)


def test_rule_2_finishing_actions_closes_nothing() -> None:
    assert stage(actions=(DONE,), measures=(FLAT,)) == Stage.NOT_SHOWN
    with pytest.raises(NotAllowed, match="No measure shows a real improvement"):
        judging.check_close(measures=[FLAT], verdicts=YES, **CLOSE)


@pytest.mark.parametrize("causes", [[], [CauseState.GUESS], [CauseState.TESTED, CauseState.REJECTED]])
def test_rule_3_no_action_against_a_guess(causes: list[CauseState]) -> None:
    with pytest.raises(NotAllowed, match="root cause"):
        judging.check_action(causes, effect=True, lag=True, because=True, enables=False)


@pytest.mark.parametrize("missing", ["effect", "lag", "because"])
def test_rule_3_an_action_says_what_it_moves_unless_it_enables_another(missing: str) -> None:
    said = {"effect": True, "lag": True, "because": True} | {missing: False}
    with pytest.raises(NotAllowed, match="by how much"):
        judging.check_action([CauseState.TESTED], **said, enables=False)
    judging.check_action([CauseState.TESTED], **said, enables=True)


@pytest.mark.parametrize(
    ("today", "impact"),
    [(date(2025, 12, 1), Impact.TOO_EARLY), (date(2025, 12, 2), Impact.NONE_SHOWN), (TODAY, Impact.NONE_SHOWN)],
)
def test_rule_4_too_early_expires_with_the_lag(today: date, impact: Impact) -> None:
    measure = replace(FLAT, last_on=today)
    assert judging.impact_status([measure], [DONE], today) == impact


def test_rule_4_the_lag_of_a_short_month() -> None:
    assert judging.add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        (EvidenceKind.DOCUMENT, {Claim.DELIVERY}),
        (EvidenceKind.AUDIT, {Claim.DELIVERY, Claim.PRACTICE}),
        (EvidenceKind.MEASURE, {Claim.PRACTICE, Claim.IMPACT}),
        (EvidenceKind.FAMILIES, {Claim.PRACTICE, Claim.IMPACT}),
    ],
)
def test_rule_5_evidence_proves_only_what_it_can(kind: EvidenceKind, claims: set[Claim]) -> None:
    for claim in Claim:
        if claim in claims:
            judging.check_evidence(kind, claim)
        else:
            with pytest.raises(NotAllowed, match="cannot prove"):
                judging.check_evidence(kind, claim)


def test_rule_5_nobody_marks_their_own_evidence() -> None:
    for same_agency in (True, False):
        with pytest.raises(NotAllowed, match="You submitted"):
            judging.check_reviewer(same_person=True, same_agency=same_agency)
    with pytest.raises(NotAllowed, match="your own agency"):
        judging.check_reviewer(same_person=False, same_agency=True)


@pytest.mark.parametrize("answers", [[], ["We hired two people"], ["We hired two people", "  "]])
def test_rule_6_each_line_against_a_claim_is_answered(answers: list[str]) -> None:
    with pytest.raises(NotAllowed, match="12 appeals"):
        judging.check_answers(["9 over the limit", "12 appeals"], answers)


def test_rule_7_a_target_needs_a_counter_measure_and_one_in_concern_stops_the_claim() -> None:
    with pytest.raises(NotAllowed, match="no counter-measure"):
        judging.check_target("T6", ())
    worse = replace(GOOD, counter_in_concern=("T6",))
    assert judging.has_signal([GOOD])
    assert not judging.has_signal([worse])
    assert judging.impact_status([worse], [DONE], TODAY) != Impact.RELIABLE


def test_rule_9_a_moved_forecast_does_not_make_it_on_time_and_the_moves_are_counted() -> None:
    promised = TODAY - timedelta(days=1)
    forecasts = tuple(TODAY + timedelta(days=30 * n) for n in range(1, 6))
    moved = MilestoneFacts(promised_on=promised, forecasts=forecasts)
    action = ActionFacts(starts_on=date(2026, 1, 1), lag_months=3, milestones=(moved,), told_on=TODAY)
    now = standing(FindingFacts(actions=(action,), measures=(FLAT,)), TODAY)
    assert (now.delivery, now.moves, moved.expected_on) == (Delivery.LATE, 5, forecasts[-1])


@pytest.mark.parametrize(("days", "delivery"), [(45, Delivery.ON_TIME), (46, Delivery.UNKNOWN)])
def test_rule_10_a_status_older_than_45_days_is_unknown(days: int, delivery: Delivery) -> None:
    ahead = MilestoneFacts(promised_on=TODAY + timedelta(days=90))
    told = TODAY - timedelta(days=days)
    action = ActionFacts(starts_on=date(2026, 1, 1), lag_months=3, milestones=(ahead,), told_on=told)
    assert judging.delivery_status([action], TODAY) == delivery
    impact = judging.impact_status([replace(GOOD, last_on=told)], [action], TODAY)
    assert (impact == Impact.UNKNOWN) == (delivery == Delivery.UNKNOWN)


def test_rule_11_disagreement_prints_as_disputed() -> None:
    assert stage(actions=(DONE,), measures=(GOOD,), verdicts=NO) == Stage.DISPUTED
    assert stage(actions=(DONE,), measures=(GOOD,), verdicts=YES) == Stage.SUSTAINED
    assert stage(actions=(DONE,), measures=(replace(GOOD, points_after_signal=5),), verdicts=YES) == Stage.AGREED
    assert stage(actions=(DONE,), measures=(GOOD,), verdicts=YES[:1]) == Stage.SIGNAL


def test_rule_11_a_survey_without_the_forums_panel_is_not_agreement() -> None:
    assert not judging.families_agree(YES[1:])
    assert not judging.families_agree((*YES, *NO))


def test_rule_13_one_in_ten_is_drawn_by_nobodys_choice() -> None:
    closed = [f"finding {n}" for n in range(25)]
    drawn = judging.drawn_for_reaudit(closed, "2026Q2")
    assert len(drawn) == 3
    assert drawn == judging.drawn_for_reaudit(closed[::-1], "2026Q2")
    assert drawn != judging.drawn_for_reaudit(closed, "2026Q3")
    assert judging.drawn_for_reaudit(["only"], "2026Q2") == ["only"]
    assert judging.drawn_for_reaudit([], "2026Q2") == []


def test_rule_14_breaches_of_the_law_are_counted_whatever_the_chart_says() -> None:
    tail = replace(GOOD, breaches=9, older_breaches=1)
    now = standing(FindingFacts(actions=(DONE,), measures=(tail,), verdicts=YES), TODAY)
    assert (now.impact, now.breaches, now.stage) == (Impact.RELIABLE, 9, Stage.AGREED)


def test_rule_15_a_group_left_behind_blocks_claim_and_closing() -> None:
    behind = replace(GOOD, left_behind=("ethnicity: Mixed",))
    assert not judging.has_signal([behind])
    with pytest.raises(NotAllowed, match="ethnicity: Mixed"):
        judging.check_close(measures=[behind], verdicts=YES, **CLOSE | {"left_behind": True})
    judging.check_close(measures=[GOOD], verdicts=YES, **CLOSE)


@pytest.mark.parametrize("gap", [{"reaudited": False}, {"both_officers": False}, {"disputed": True}])
def test_closing_names_what_lacks(gap: dict[str, bool]) -> None:
    with pytest.raises(NotAllowed, match="cannot be closed"):
        judging.check_close(measures=[GOOD], verdicts=YES, **CLOSE | gap)


def test_without_a_better_off_measure_nothing_can_be_claimed() -> None:
    assert judging.impact_status([replace(GOOD, better_off=False)], [DONE], TODAY) == Impact.NO_MEASURE
    assert judging.impact_status([replace(GOOD, has_data=False)], [DONE], TODAY) == Impact.NO_DATA
    assert judging.impact_status([replace(GOOD, concern=True)], [DONE], TODAY) == Impact.WORSE
    assert stage(measures=(replace(GOOD, concern=True),), closed_on=TODAY) == Stage.REGRESSED


def test_rule_6_the_same_children_are_not_held_against_a_claim_twice() -> None:
    def of(code: str, **more: object) -> SimpleNamespace:
        return SimpleNamespace(aim=SimpleNamespace(code=code), facts=replace(GOOD, code=code, **more))

    late, old = of("R1", breaches=54, older_breaches=687), of("R4", breaches=687)
    alone = queries.counter_evidence([late], SimpleNamespace(verdicts=()), {})
    both = queries.counter_evidence([late, old], SimpleNamespace(verdicts=()), {})
    assert [line.split(":")[0] for line in alone] == ["R1 Annual review completed on time", "R4"]
    assert [line.split(":")[0] for line in both] == ["R1 Annual review completed on time", "R4 Annual reviews overdue"]
