"""A therapist's Monday: outcomes of last week, referrals to answer, a clinic to fill, one slip taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kept.waiting import actions
from kept.waiting.models import Referral
from kept.waiting.tests.house import an_area_with_lists, refer
from kept.waiting.words import EventKind, State
from tests import made_up

NAMES = [("Ada", "Ash", 400), ("Ben", "Birch", 300), ("Cai", "Cedar", 60)]


@pytest.fixture
def people(transactional_db):
    people = an_area_with_lists()
    people.waiting = {}
    for first, last, days in NAMES:
        child = made_up.a_child(people.area, first, last)
        people.waiting[first] = refer(people, people.lists.first, days, child=child)
    with people.system(people.today - timedelta(days=20)) as by:
        day = people.today - timedelta(days=3)
        actions.record(by=by, referral=people.waiting["Ada"], kind=EventKind.OFFERED, for_on=day)
    refer(people, people.lists.first, 2, accept=False)
    return people


def state_of(people, name):
    return Referral.objects.get(pk=people.waiting[name].pk).state


def given_she_opens_her_list(tam, people):
    tam.goes_to("/waiting/")
    tam.is_on("Waiting lists")
    tam.finds_the_page_accessible()
    tam.follows("Autism assessment: Assessment")
    tam.sees("Ada Ash")
    tam.finds_the_page_accessible()
    tam.does_not_scroll_sideways()


def when_she_says_what_came_of_last_week(tam, people):
    """One key with scripts, one press without."""
    if tam.uses_keys:
        tam.follows("start at the first child")
        tam.page.keyboard.press("a")
    else:
        tam.presses("Attended, Ada Ash")
    tam.sees("Ada Ash: attended.")
    tam.sees("Recorded just now: Ada Ash, attended.")


def then_a_slip_is_taken_back(tam, people):
    """The focus is in the next child's row, from where one key takes the last press back."""
    if tam.uses_keys:
        tam.page.keyboard.press("u")
    else:
        tam.presses("Undo: attended, Ada Ash")
    tam.sees("Taken back: attended, Ada Ash.")
    if tam.uses_keys:  # the focus is back in her row
        tam.page.wait_for_function("document.activeElement.closest('tr')?.innerText.includes('Ada Ash')")
        tam.page.keyboard.press("n")
    else:
        tam.presses("Not brought, Ada Ash")
    tam.sees("somebody has to check that the child is safe")


def when_she_answers_the_new_referral(tam, people):
    tam.goes_to(reverse("waiting:list", args=[people.lists.first.pk]) + "?state=referred")
    tam.presses("Accept, Nia Sample")
    tam.sees("Nia Sample: accepted.")


def then_she_fills_the_clinic(tam, people):
    tam.goes_to(reverse("waiting:list", args=[people.lists.first.pk]))
    tam.fills_date("Clinic on", people.today + timedelta(days=21))
    tam.fills("Places", "2")
    tam.presses("Offer to the next")
    tam.sees("Offered for")
    tam.fills("Name, NHS number or reference", "birch")
    tam.presses("Show")
    tam.sees("Ben Birch")
    tam.does_not_see("Cai Cedar")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_therapists_monday(visit, people, phone):
    if phone and not visit().has_scripts:
        pytest.skip("once without scripts is enough")
    tam = visit(people.therapist, phone=phone)
    tam.uses_keys = tam.has_scripts and not phone
    given_she_opens_her_list(tam, people)
    when_she_says_what_came_of_last_week(tam, people)
    then_a_slip_is_taken_back(tam, people)
    when_she_answers_the_new_referral(tam, people)
    then_she_fills_the_clinic(tam, people)
    with people.system():
        assert [state_of(people, name) for name, *_ in NAMES] == [State.OFFERED, State.OFFERED, State.WAITING]
