"""The lists: groups, filters, order, reasons, and whose work is whose."""

from __future__ import annotations

import pytest

from kept.access.roles import Role
from kept.rules.identifiers.keys import uuid7
from kept.worklist import queries, slices
from kept.worklist.forms import MyFilterForm
from kept.worklist.queries import Wanted
from tests import made_up


def found(office, user, **wanted):
    with office.acting(user) as actor:
        return queries.find_duties(actor, queries.mine(actor), Wanted(**wanted))


def whats(duties):
    return [line.duty.key for _, lines in duties.groups for line in lines]


@pytest.mark.parametrize(
    ("due", "released", "group"),
    [
        (-1, "", "overdue"),
        (-1, "reg13_3.school_closure", "released"),
        (0, "", "today"),
        (1, "", "week"),
        (7, "", "week"),
        (8, "", "later"),
        (None, "", "none"),
        (30, "reg13_3.school_closure", "released"),
    ],
)
def test_a_duty_stands_in_one_group(office, due, released, group):
    office.owe(due=due, to=office.olu, released_by=released)
    duties = found(office, office.olu)
    assert duties.counts == {group: 1}
    assert [name for name, _ in duties.groups] == [group]
    assert found(office, office.olu, when=group).total == 1
    assert all(found(office, office.olu, when=other).total == 0 for other in slices.GROUPS if other != group)


def test_the_most_urgent_stand_first_whatever_the_order_within_a_group(office):
    later = office.owe(due=30, to=office.olu, child=office.child("Ada", "Aa"))
    late = office.owe(due=-3, to=office.olu, child=office.child("Zoe", "Zz"))
    later_late = office.owe(due=-30, to=office.olu, child=office.child("Bea", "Bb"))
    undated = office.owe(due=None, to=office.olu, child=office.child("Ada", "A"))
    assert whats(found(office, office.olu)) == [later_late.key, late.key, later.key, undated.key]
    assert whats(found(office, office.olu, sort="-child")) == [late.key, later_late.key, later.key, undated.key]


def test_mine_is_what_i_hold_and_what_nobody_holds_on_my_teams_desk(office):
    held = office.owe(due=1, to=office.olu)
    desk = office.owe(due=2, team_id=office.team.pk)
    office.owe(due=3, to=office.ana, team_id=office.team.pk)
    office.owe(due=4)
    assert whats(found(office, office.olu)) == [held.key, desk.key]
    assert whats(found(office, office.olu, holder="me")) == [held.key]
    assert whats(found(office, office.olu, holder="desk")) == [desk.key]


def test_what_is_done_or_ended_is_not_on_a_list(office):
    office.owe(due=1, to=office.olu, met_on=office.today)
    office.owe(due=1, to=office.olu, ended_on=office.today, ended_because="withdrawn")
    assert found(office, office.olu).total == 0


@pytest.mark.parametrize(
    ("wanted", "answers"),
    [
        ({"kind": "review"}, {"review.next"}),
        ({"kind": "review.next"}, {"review.next"}),
        ({"kind": "assess"}, {"assess.final_plan"}),
        ({"kind": "other"}, {"promise"}),
        ({"law": "planning"}, {"draft.latest_safe_service"}),
        ({"law": "statutory"}, {"assess.final_plan", "review.next", "promise"}),
        ({"child": "mer CAS"}, {"review.next"}),
        ({"child": "nobody like this"}, set()),
        ({"stage": "-"}, {"assess.final_plan", "review.next", "promise", "draft.latest_safe_service"}),
        ({"stage": "ASSESSING"}, set()),
    ],
)
def test_a_filter_leaves_what_answers(office, wanted, answers):
    office.owe("assess.final_plan", 3, to=office.olu)
    office.owe("review.next", 3, to=office.olu, child=office.child("Caspar", "Merryweather"))
    office.owe("draft.latest_safe_service", 3, to=office.olu, is_statutory=False)
    office.owe("promise", 3, to=office.olu)
    assert {line.duty.rule for _, lines in found(office, office.olu, **wanted).groups for line in lines} == answers


def test_a_case_is_found_by_its_number_and_its_stage(office):
    case = office.case(office.child(), asked_on=office.day(-10), officer=office.olu)
    office.owe(due=3, to=office.olu)
    by_number = found(office, office.olu, child=case.reference.replace("-0000", "-"))
    assert {line.duty.source_id for _, lines in by_number.groups for line in lines} == {case.pk}
    by_stage = found(office, office.olu, stage="REQUEST_UNDER_CONSIDERATION")
    assert {line.duty.reference for _, lines in by_stage.groups for line in lines} == {case.reference}


def test_a_plan_waits_for_advice_that_is_outstanding(office):
    thing, child = uuid7(), office.child()
    plan = office.owe("assess.final_plan", 20, to=office.olu, source_id=thing, child=child)
    office.advice(-5, source_id=thing, child=child)
    (line,) = [line for _, lines in found(office, office.olu).groups for line in lines if line.duty.pk == plan.pk]
    assert line.is_held_up
    assert line.reasons == ("Waiting for Educational psychologist, 5 days late",)
    assert found(office, office.olu, when="risk").total == 1


@pytest.mark.parametrize(
    ("rule", "plan_due", "advice_due", "is_held"),
    [
        ("assess.final_plan", 20, -5, True),
        ("assess.final_plan", 0, -5, True),
        ("assess.final_plan", 20, 1, False),
        ("assess.final_plan", -1, -5, False),
        ("assess.final_plan", 56, -5, True),
        ("assess.final_plan", 57, -5, False),
        ("review.next", 20, -5, False),
        ("draft.latest_safe_service", 20, -5, True),
    ],
)
def test_only_a_late_earlier_step_of_the_same_pathway_holds_up(office, rule, plan_due, advice_due, is_held):
    thing, child = uuid7(), office.child()
    held = office.owe(rule, plan_due, to=office.olu, source_id=thing, child=child)
    office.advice(advice_due, source_id=thing, child=child)
    duties = found(office, office.olu)
    (line,) = [line for _, lines in duties.groups for line in lines if line.duty.pk == held.pk]
    assert line.is_held_up == is_held
    assert found(office, office.olu, when="risk").total == is_held


def test_a_release_is_said_with_its_regulation(office):
    office.owe("assess.decision", -5, to=office.olu, released_by="reg5_4.exceptional_personal")
    ((_, [line]),) = found(office, office.olu).groups
    assert line.reasons == ("Released: Exceptional personal circumstances (reg 5(4)(c))",)


def test_a_professional_sees_the_advice_owed_by_their_desk_for_children_they_are_joined_to(office):
    mine, other = office.child(), office.child("Bo", "Other")
    made_up.involve(mine, office.psychology)
    advice = office.advice(3, source_id=uuid7(), child=mine)
    office.advice(3, source_id=uuid7(), child=other)
    assert whats(found(office, office.ed)) == [advice.key]


def test_nothing_crosses_an_area(office):
    office.owe(due=-3, to=office.olu)
    elsewhere = made_up.an_area("Elsewhere")
    stranger = made_up.a_person(elsewhere, Role.CASE_MANAGER)
    from kept.access.acting import acting

    with acting(user=stranger, area=elsewhere) as actor:
        assert queries.everybodys(actor).count() == 0


def test_totals_are_of_the_whole_list(office):
    thing, child = uuid7(), office.child()
    for due in (-3, -1, 0, 2, 9, None):
        office.owe(due=due, to=office.olu)
    office.owe("assess.final_plan", 9, to=office.olu, source_id=thing, child=child)
    office.advice(-5, source_id=thing, child=child)
    with office.acting(office.olu) as actor:
        assert queries.totals(actor) == {"all": 7, "overdue": 2, "today": 1, "week": 1, "risk": 1}


def test_only_the_kinds_that_stand_on_the_list_are_offered_and_the_one_in_the_address(office):
    office.owe("review.next", 3, to=office.olu)
    office.owe("order.assess_notify", 3, to=office.ana)
    with office.acting(office.olu) as actor:
        rules = queries.my_rules(actor)
    assert rules == {"review.next"}
    offered = {words: [key for key, _ in group] for words, group in slices.kind_choices(rules)[1:-1]}
    assert offered == {"Annual review": ["review", "review.next"]}
    asked = {words for words, _ in slices.kind_choices(rules, chosen="assess")}
    assert {"Annual review", "First assessment"} <= asked
    form = MyFilterForm({"kind": "assess.final_plan"}, rules=rules)
    assert form.wanted({}).kind == "assess.final_plan"
