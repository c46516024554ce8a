"""Giving work away: who may, what moves, and taking it back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kept.access.acting import Refused
from kept.duties.models import Duty, Handing
from kept.rules.identifiers.keys import uuid7
from kept.worklist import actions
from kept.worklist.models import Handover
from tests import made_up
from tests.budgets import client_of


def holder(office, duty):
    with office.acting(office.manager):
        return Duty.objects.values_list("person__name", "team__name").get(pk=duty.pk)


def test_work_goes_to_a_colleague_and_comes_back(office):
    one, two = office.owe(due=1, to=office.olu), office.owe(due=2, team_id=office.team.pk)
    kept = office.owe(due=2, to=office.ana)
    with office.acting(office.manager) as manager:
        handover = actions.give(by=manager, duties=[one, two, kept], person=office.ana, why="Olu is ill")
    assert holder(office, one) == ("Ana Officer", None)
    assert holder(office, two) == ("Ana Officer", "Assessment team")
    assert len(handover.before) == 2
    with office.acting(office.manager) as manager:
        assert actions.take_back(by=manager, handover=handover) == (2, 0)
        assert actions.take_back(by=manager, handover=handover) == (0, 0)
        assert Handing.objects.filter(duty=one).count() == 2
    assert holder(office, one) == ("Olu Officer", None)
    assert holder(office, two) == (None, "Assessment team")


def test_a_teams_desk_takes_work_and_gives_it_back_to_no_desk(office):
    duty = office.owe(due=1, to=office.olu)
    with office.acting(office.manager) as manager:
        handover = actions.give(by=manager, duties=[duty], team=office.team)
        assert (handover.person, handover.team) == (None, office.team)
    assert holder(office, duty) == (None, "Assessment team")
    with office.acting(office.manager) as manager:
        actions.take_back(by=manager, handover=handover)
    assert holder(office, duty) == ("Olu Officer", None)


def test_what_was_given_on_since_stays_where_it_is(office):
    one, two = office.owe(due=1, to=office.olu), office.owe(due=2, to=office.olu)
    with office.acting(office.manager) as manager:
        handover = actions.give(by=manager, duties=[one, two], person=office.ana)
        actions.give(by=manager, duties=[one], person=office.manager)
        assert actions.take_back(by=manager, handover=handover) == (1, 1)
    assert holder(office, one) == ("Mo Manager", None)
    assert holder(office, two) == ("Olu Officer", None)


def test_nothing_moves_to_somebody_who_works_elsewhere(office):
    duty = office.owe(due=1, to=office.olu)
    stranger = made_up.a_user("Sam Stranger")
    with office.acting(office.manager) as manager:
        for taker in ({"person": stranger}, {"person": office.ed}, {"team": office.psychologists}, {}):
            with pytest.raises(Refused):
                actions.give(by=manager, duties=[duty], **taker)
        assert actions.give(by=manager, duties=[duty], person=office.olu) is None
        assert not Handover.objects.exists()


def test_a_professional_may_not_give_and_nobody_undoes_anothers(office):
    child = office.child()
    made_up.involve(child, office.psychology)
    advice = office.advice(3, source_id=uuid7(), child=child)
    with office.acting(office.ed) as ed, pytest.raises(Refused):
        actions.give(by=ed, duties=[advice], person=office.ed)
    with office.acting(office.manager) as manager:
        handover = actions.give(by=manager, duties=[advice], person=office.ana)
    with office.acting(office.olu) as olu, pytest.raises(Refused):
        actions.take_back(by=olu, handover=handover)


def test_a_handover_to_a_desk_outlives_the_next_event_of_the_case(office):
    case = office.case(office.child(), asked_on=office.day(-10), officer=office.olu)
    from kept.cases import projection

    with office.acting(office.manager) as manager:
        duty = Duty.objects.get(source_id=case.pk, rule="assess.decision")
        actions.give(by=manager, duties=[duty], team=office.team)
        projection.refresh(manager, case)
    assert holder(office, duty) == (None, "Assessment team")


def test_a_whole_filtered_list_is_given_from_its_page(office):
    for due in (-3, -2, 5):
        office.owe(due=due, to=office.olu)
    client = client_of(office.olu)
    back = reverse("worklist:my_work") + "?when=overdue"
    page = client.post(reverse("worklist:give"), {"everything": "1", "back": back}).content.decode()
    assert "2 duties chosen" in page
    with office.acting(office.olu):
        overdue = [str(key) for key in Duty.objects.filter(due_on__lt=office.today).values_list("pk", flat=True)]
    answers = {"duty": overdue, "back": back, "answered": "1"}
    assert client.post(reverse("worklist:give"), answers).status_code == 422
    answer = client.post(reverse("worklist:give"), {**answers, "to": f"person:{office.ana.pk}"}, follow=True)
    assert "2 duties given to Ana Officer" in answer.content.decode()
    assert f'href="{back}"' in answer.content.decode()
    undone = client.post(answer.redirect_chain[-1][0], {"back": back}, follow=True).content.decode()
    assert "Taken back" in undone
    with office.acting(office.olu):
        assert Duty.objects.filter(person=office.olu).count() == 3


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"])
def test_the_way_back_never_leads_outside(office, back):
    page = client_of(office.olu).post(reverse("worklist:give"), {"back": back}).content.decode()
    assert "Nothing is ticked" in page
    assert back not in page
