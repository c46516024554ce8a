"""What the rules of a programme say when they refuse: whole sentences, as a person reads them. No database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kept.improvement import judging
from kept.improvement.judging import MeasureFacts, NotAllowed, VerdictFacts
from kept.improvement.words import Answer, CauseState, Claim, EvidenceKind, Method

GOOD = MeasureFacts(
    code="T1", better_off=True, has_data=True, improvement=True, passes_target=True, last_on=date(2026, 5, 31),
    points_after_signal=6, is_statutory=True, rebased=True,
)  # fmt: skip
YES = (
    VerdictFacts(on=date(2026, 6, 1), method=Method.PANEL, answer=Answer.YES),
    VerdictFacts(on=date(2026, 6, 2), method=Method.SURVEY, answer=Answer.PARTLY),
)
NOTHING_MISSING = {
    "measures": [GOOD], "verdicts": YES, "reaudited": True, "both_officers": True, "disputed": False,
    "left_behind": False,
}  # fmt: skip
SAID = {"effect": True, "lag": True, "because": True, "enables": False}
CANNOT = "This finding cannot be closed. "


def close(**gap: object) -> Callable[[], None]:
    return lambda: judging.check_close(**NOTHING_MISSING | gap)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            lambda: judging.check_evidence(EvidenceKind.AUDIT, Claim.IMPACT),
            "“Audit or observation of real cases” cannot prove that children and families are better off. It can only "
            "prove that it was delivered or that practice changed. Attach a measure or the families' verdict to claim "
            "that they are better off.",
        ),
        (
            lambda: judging.check_reviewer(same_person=True, same_agency=True),
            "You submitted this evidence, so somebody from another agency reviews it.",
        ),
        (
            lambda: judging.check_reviewer(same_person=False, same_agency=True),
            "This evidence came from your own agency. Ask somebody from another agency to review it.",
        ),
        (
            lambda: judging.check_action([CauseState.GUESS], **SAID),
            "Name a root cause that was tested first. An action against a guess is a guess.",
        ),
        (
            lambda: judging.check_action([CauseState.TESTED], **SAID | {"lag": False}),
            "Say which measure this will move, by how much, after how many months and why; or name the action that it "
            "makes possible.",
        ),
        (
            lambda: judging.check_target("T6", ()),
            "T6 has no counter-measure, so a target for it could be met by making something else worse.",
        ),
        (
            lambda: judging.check_answers(["9 over the limit", "2 complaints", "12 appeals"], ["", "We asked", " "]),
            "Answer each line of evidence against the claim. Not yet answered: 9 over the limit; 12 appeals.",
        ),
        (close(disputed=True), CANNOT + "Families dispute it."),
        (
            close(verdicts=YES[1:]),
            CANNOT + "Families have not said yes or partly by a panel of the forum and one other method.",
        ),
        (close(left_behind=True), CANNOT + "A group of children is left behind."),
        (close(reaudited=False), CANNOT + "It has not been audited again by the forum and another agency."),
        (
            close(both_officers=False),
            CANNOT + "Both accountable officers, of the council and of the NHS, must agree.",
        ),
        (
            close(measures=[replace(GOOD, older_breaches=1)]),
            CANNOT + "It has not been sustained for six further months without older breaches of the law. "
            "T1: children still wait past the longest wait that was agreed.",
        ),
        (
            close(disputed=True, reaudited=False),
            CANNOT + "Families dispute it. It has not been audited again by the forum and another agency.",
        ),
    ],
)
def test_a_refusal_says_what_is_missing_and_what_to_do(act: Callable[[], None], sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        act()
    assert str(refused.value) == sentence


def test_a_group_left_behind_is_named_once() -> None:
    with pytest.raises(NotAllowed) as refused:
        close(measures=[replace(GOOD, left_behind=("need: SLCN",))], left_behind=True)()
    assert "T1 got worse for a group (need: SLCN)." in str(refused.value)
    assert "A group of children is left behind." not in str(refused.value)


@pytest.mark.parametrize(
    ("measures", "sentences"),
    [
        ([], ["There is no measure of whether children and families are better off."]),
        (
            [replace(GOOD, improvement=False)],
            ["No measure shows a real improvement on its last two points against the fixed baseline."],
        ),
        (
            [replace(GOOD, counted_otherwise_on=date(2026, 4, 1))],
            ["T1 is counted by another definition since 1 April 2026, so the figures before and after do not compare."],
        ),
        ([replace(GOOD, counter_in_concern=("T6",))], ["The counter-measure T6 of T1 got worse."]),
        ([GOOD], []),
    ],
)
def test_what_speaks_against_a_claim_of_impact(measures: list[MeasureFacts], sentences: list[str]) -> None:
    assert judging.why_no_signal(measures) == sentences


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"points_after_signal": 4}, ["T1 has to hold for 2 more periods."]),
        ({"points_after_signal": 5}, ["T1 has to hold for 1 more period."]),
        (
            {"rebased": False},
            ["An analyst or a case manager has not set new limits for T1 yet, with the reason."],
        ),
        ({"older_breaches": 2}, ["T1: children still wait past the longest wait that was agreed."]),
        ({"older_breaches": 2, "is_statutory": False}, []),
        ({"improvement": False, "points_after_signal": 0}, []),
    ],
)
def test_what_an_improvement_lacks_to_be_sustained(change: dict[str, object], sentences: list[str]) -> None:
    assert judging.why_not_sustained([replace(GOOD, **change)]) == sentences


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (["a"], "a group (a)"),
        (["a", "b"], "2 groups (a; b)"),
        (["a", "b", "c", "d"], "4 groups (a; b; c; d)"),
        (["a", "b", "c", "d", "e", "f"], "6 groups (a; b; c; d; and 2 more)"),
    ],
)
def test_few_groups_are_named_and_the_rest_counted(groups: list[str], words: str) -> None:
    assert judging.in_words(groups) == words
