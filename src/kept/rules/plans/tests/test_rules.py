"""The rules as data, precedence, offsets, and the rules that need facts besides words."""

from datetime import date

import pytest

from kept.rules.plans import (
    Child,
    Context,
    Delivery,
    Ordered,
    Part,
    Plan,
    Process,
    Severity,
    Stage,
    authorities,
    implemented,
    lint,
    lint_section,
    rules,
    unimplemented,
)


def found(*parts, **context):
    return {each.rule for each in lint(Plan(parts, Context(**context)))}


def test_every_rule_is_computed_or_listed():
    assert len(rules()) == 120
    assert implemented() | set(unimplemented()) == set(rules())
    assert not implemented() & set(unimplemented())


def test_every_rule_cites_a_known_authority_and_speaks_plainly():
    for rule in rules().values():
        assert rule.authority
        assert set(rule.authority) <= set(authorities())
        assert rule.plain.endswith(".")
        assert len(rule.plain.split()) <= 25
    assert {each.mark for each in authorities().values()} == {"P", "S", "U"}


def test_rules_before_the_act_came_into_force_are_silent():
    part = Part("F1", "F", "Support in class.")
    assert not found(part, effective_on=date(2013, 1, 1))
    assert found(part, effective_on=date(2026, 1, 1))


def test_offsets_hold_with_curly_quotes_and_wide_letters():
    text = "İpek\u2019s helper \u201cwaits\u201d. Ipek will have access to regular therapy as required."
    for each in lint_section("F", text):
        assert text[each.start : each.end] == each.words


@pytest.mark.parametrize(
    ("text", "silencer", "silenced"),
    [
        ("The school will determine the support.", "F12", {"F01", "F02", "F09", "F11"}),
        ("Band E top-up funding.", "F13", {"F01", "F02", "F08", "F11"}),
        ("Regular speech and language therapy.", "F03", {"F02"}),
    ],
)
def test_precedence(text, silencer, silenced):
    raised = found(Part("F1", "F", text))
    assert silencer in raised
    assert not raised & silenced


def test_special_schools_ease_group_size_by_one_step():
    part = Part(
        "F1", "F", "A qualified teacher will teach her in a small group for 30 minutes each day to blend sounds."
    )
    severity = [
        next(each.severity for each in lint(Plan((part,), Context(special_school=special))) if each.rule == "F10")
        for special in (False, True)
    ]
    assert severity == [Severity.MAJOR, Severity.MINOR]


def test_quoted_words_are_not_the_plan_speaking():
    quoted = (
        'A qualified teacher will teach him one-to-one for 20 minutes each day to read the label "use as required".'
    )
    assert "F05" not in found(Part("F1", "F", quoted))
    assert "F05" in found(Part("F1", "F", quoted.replace('"', "")))


def test_missing_sections_only_for_a_whole_plan():
    part = Part("B1", "B", "He reads ten words a minute and cannot yet blend.")
    assert "S01" in found(part, whole_plan=True)
    assert "S01" not in found(part)


def test_ordered_wording_must_stand():
    part = Part("F1", "F", "Two hours each week.")
    assert "S20" in found(part, ordered=(Ordered("F1", "Three hours each week."),))
    assert "S20" not in found(part, ordered=(Ordered("F1", "Two  hours each week"),))


REVIEW = {"issued_on": date(2025, 3, 10), "review_meeting_on": date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("process", "rule", "raised"),
    [
        (Process(issued_on=date(2025, 3, 10)), "R01", True),
        (Process(issued_on=date(2025, 3, 11)), "R01", False),
        (Process(review_meeting_on=date(2026, 1, 5), amendment_notice_on=date(2026, 2, 2)), "R02", False),
        (Process(review_meeting_on=date(2026, 1, 5), amendment_notice_on=date(2026, 2, 3)), "R02", True),
        (Process(changes_marked=False), "R03", True),
        (Process(unchanged_reviews=2), "R04", True),
        (Process(confirmed_recipients=frozenset({"family", "setting"})), "R05", True),
        (Process(confirmed_recipients=frozenset({"family", "setting", "health"})), "R05", False),
        (Process(phase_transfer_deadline=date(2026, 2, 15), phase_final_issued=False), "I06", True),
        (Process(phase_transfer_deadline=date(2026, 2, 15), phase_final_issued=True), "I06", False),
    ],
)
def test_process_dates(process, rule, raised):
    assert (rule in found(plan_date=date(2026, 3, 10), process=process)) is raised


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (Delivery("F1", days_since_session=15), "L01"),
        (Delivery("F1", rate=0.79), "L02"),
        (Delivery("F1", provider_assigned=False), "L03"),
        (Delivery("F1", days_since_issue_or_change=21, in_place_checked=False), "L04"),
        (Delivery("F1", missed_without_reason=1), "L05"),
        (Delivery("F1", capacity_reasons=1), "L06"),
        (Delivery("F1", family_says_not_happening=True, recorded_as_delivered=True), "L07"),
    ],
)
def test_delivery(row, rule):
    assert found(delivery=(row,)) == {rule}
    assert not found(delivery=(Delivery("F1", days_since_session=14, rate=0.8, in_place_checked=True),))


def test_links():
    need, met = Part("B1", "B", "He cannot yet hold a pencil."), Part("F1", "F", "x", meets=("B1",))
    assert "B03" not in found(need, met)
    assert "B03" in found(need, Part("F1", "F", "x", meets=()))
    assert "F18" in found(need, Part("F1", "F", "x", meets=()))
    assert "E05" in found(Part("E1", "E", "x", serves=()))
    assert not {"B03", "F18", "E05"} & found(need, Part("F1", "F", "x"), Part("E1", "E", "x"))


def test_weaker_than_advice_unless_a_reason_is_recorded():
    advice = Part("K1", "K", "Advice: 45 minutes twice a week, one-to-one.", about="F1")
    text = "A registered speech and language therapist will see her one-to-one for 45 minutes {} to build sentences."
    assert "F20" in found(Part("F1", "F", text.format("once a week")), advice)
    assert "F20" not in found(Part("F1", "F", text.format("twice a week")), advice)
    assert "F20" not in found(Part("F1", "F", text.format("once a week"), departure_reason="Trial in March."), advice)


def test_section_i_by_stage():
    named = Part("I1", "I", "Hillside School. Type: maintained special school.")
    assert "S03" in found(named, stage=Stage.DRAFT)
    assert "S03" not in found(named, stage=Stage.FINAL)
    assert "S03" not in found(named, stage=Stage.PROPOSED_AMENDMENT, setting="Hillside School")
    assert "S04" in found(Part("I1", "I", ""), stage=Stage.FINAL)
    assert "S04" not in found(Part("I1", "I", ""), stage=Stage.FINAL, eotas=True)


def test_case_facts():
    girl = Child("Mabel", "she/her", 6, 1)
    assert "S06" in found(Part("B1", "B", "Oliver cannot yet read."), child=girl)
    assert "S06" not in found(Part("B1", "B", "Oliver cannot yet read."), child=girl, known_people=("Oliver",))
    assert "S07" in found(Part("B1", "B", "Mabel waits. He cannot yet read."), child=girl)
    assert "S08" in found(Part("B1", "B", "Mabel is in Year 4."), child=girl)
    assert "S08" not in found(Part("B1", "B", "Mabel is in Year 1 and works at a Year 4 level."), child=girl)


@pytest.mark.parametrize(
    ("words", "is_need"),
    [
        ("The officer confirmed on 11 September 2026 that Nia has no health needs related to her needs.", False),
        ("None identified.", False),
        ("Nia has epilepsy. She has no other health needs.", True),
    ],
)
def test_a_statement_that_there_are_no_such_needs_asks_for_no_provision(words, is_need):
    need, outcome = Part("b", "B", "Nia joins two words."), Part("e", "E", "By July 2027 Nia reads.", serves=("b",))
    help_given = Part("f", "F", "A teacher will read with Nia each day.", meets=("b",), supports=("e",))
    told = found(Part("c", "C", words), need, outcome, help_given, whole_plan=True, whole_section=True)
    assert ({"C02", "E14"} <= told, bool({"C02", "E14"} & told)) == (is_need, is_need)


def test_a_therapists_sessions_and_the_assistants_practice_are_two_things():
    therapy = (
        "A speech and language therapist will deliver speech and language therapy one-to-one for {} minutes, once each "
        "fortnight, to build three-word phrases."
    )
    practice = (
        "A teaching assistant trained in Nia's speech programme by the speech and language therapist will practise "
        "phrases with her one-to-one for ten minutes each school day."
    )
    first, other = Part("F1", "F", therapy.format(45)), Part("F3", "F", therapy.format(30))
    assert "S18" not in found(first, Part("F2", "F", practice), whole_plan=True)
    assert "S18" in found(first, other, whole_plan=True)
