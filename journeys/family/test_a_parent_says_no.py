"""A mother sees on her phone what the school says came, and says no."""

from __future__ import annotations

import pytest

from journeys.delivered import provision, week
from kept.delivery import confirming
from kept.delivery.models import Reconciliation


@pytest.fixture
def people(transactional_db):
    found = provision()
    with found.acting(found.senco) as senco:
        confirming.confirm_week(by=senco, setting=found.school, monday=found.monday, planned=[found.child.pk])
    return found


def test_a_parent_says_no(visit, people):
    pat = visit(people.mother, phone=True)
    pat.goes_to(week(f"/delivery/family/{people.child.pk}/", people.monday))
    pat.sees("The school says:")
    pat.sees("nobody can count whether it came")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.presses("Send my answers")
    pat.follows_the_error("Answer for at least one")
    pat.page.get_by_role("group", name="Teaching: did it come?").get_by_label("No", exact=True).check()
    pat.fills("Teaching: anything to add", "The assistant was away")
    pat.presses("Send my answers")
    pat.sees("Your answers stand beside what the school says.")
    pat.sees("we must find out by")
    pat.follows("Teaching, week of")
    pat.sees("The assistant was away")
    pat.finds_the_page_accessible()
    pat.goes_to(f"/delivery/children/{people.child.pk}/")
    pat.sees("no 1")
    pat.finds_the_page_accessible()
    pat.goes_to(week(f"/delivery/family/{people.child.pk}/", people.monday))
    pat.chooses("Every week")
    pat.presses("Keep my choice")
    pat.sees("We will ask you as you chose.")
    with people.acting(people.officer):
        assert Reconciliation.objects.get().family_says == "no"
