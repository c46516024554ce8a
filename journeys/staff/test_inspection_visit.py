"""A manager plans an inspection visit; inspectors see the sampled children and no others, in sight of families."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journeys.people import a_case, an_area_of_people
from kept.access.models import Grant, Reading, Relation
from kept.access.roles import Role
from tests import made_up

NAME = "Area SEND inspection"
READS_ON = ("The plan:", "What the plan promises", "Reviews of the plan", "What Nia said", "Papers")


@pytest.fixture
def people(transactional_db):
    people = an_area_of_people()
    people.case = a_case(people)
    people.manager = made_up.a_person(people.area, Role.CASE_MANAGER, name="Max Manager")
    people.inspector = made_up.a_person(people.area, Role.INSPECTOR, name="Ines Pector")
    people.other = made_up.a_child(people.area, "Tom", "Otherby", date(2015, 3, 2))
    made_up.a_child(people.area, "Una", "Unseenly")
    return people


def plans_a_visit(manager, people) -> None:
    """A fortnight from today, the last day mistaken first."""
    manager.goes_to("/visits/")
    manager.finds_the_page_accessible()
    manager.presses("Plan a visit")
    manager.fills("What is the visit called?", NAME)
    manager.fills_date("First day", people.today)
    manager.fills_date("Last day", people.today - timedelta(days=1))
    manager.chooses("Ines Pector")
    manager.presses("Plan the visit")
    manager.sees("The last day must not be before the first.")
    manager.finds_the_page_accessible()
    manager.fills_date("Last day", people.today + timedelta(days=13))
    manager.presses("Plan the visit")


def chooses_children(manager) -> None:
    """One by chance, and one whom the inspector asked for."""
    manager.fills("How many children?", "5")
    manager.fills("Seed", "41")
    manager.presses("Draw")
    manager.sees("Drawn from 1 child, seed 41")
    manager.follows("Add a child by name")
    manager.fills("Name, date of birth or number", "2/3/2015")
    manager.presses("Search")
    manager.finds_the_page_accessible()
    manager.presses("Add Tom Otherby")
    manager.sees("Tom Otherby is in the sample.")
    manager.sees("Added by name")
    manager.finds_the_page_accessible()
    manager.does_not_scroll_sideways()


def ends_the_visit(manager) -> None:
    """Before its last day."""
    manager.follows("End the visit now")
    manager.finds_the_page_accessible()
    manager.fills("Why does it end now?", "The inspectors have finished")
    manager.presses("End the visit")
    manager.sees("The visit is over")


def test_an_inspector_sees_the_sample_and_nobody_else(visit, people):
    manager, inspector = visit(people.manager), visit(people.inspector, phone=True)
    # given an inspector whom nothing was given yet
    inspector.goes_to("/")
    inspector.is_on("Your visits")
    inspector.sees("No visit is planned for you")
    # when the manager plans a visit and chooses its children
    plans_a_visit(manager, people)
    chooses_children(manager)
    # then the inspector sees these two and no other
    inspector.goes_to("/")
    inspector.finds_the_page_accessible()
    inspector.does_not_scroll_sideways()
    inspector.sees("Tom Otherby")
    inspector.goes_to("/people/")
    inspector.sees("Tom Otherby")
    inspector.does_not_see("Unseenly")
    inspector.goes_to("/visits/mine/")
    inspector.follows(people.case.reference)
    inspector.finds_the_page_accessible()
    for words in READS_ON:
        inspector.goes_to(f"/cases/{people.case.pk}/")
        inspector.follows(words)
        inspector.sees("Nia")
        inspector.does_not_scroll_sideways()
        inspector.does_not_see("Send papers")
        inspector.does_not_see("Add what Nia said")
    inspector.goes_to(f"/cases/{people.case.pk}/")
    inspector.follows("Your visits")
    inspector.is_on("Your visits")
    # and the family reads who looked, and why
    mother = visit(people.mother)
    mother.goes_to(f"/records/children/{people.child.pk}/who-looked/")
    mother.sees("Ines Pector")
    mother.sees(f"Inspection visit: {NAME}")
    # when Tom is taken out, and the visit ends
    manager.goes_to("/visits/")
    manager.follows(NAME)
    manager.sees("last")
    manager.presses("Take out Tom Otherby")
    manager.sees("no longer see this child")
    inspector.goes_to("/visits/mine/")
    inspector.does_not_see("Otherby")
    ends_the_visit(manager)
    # then nothing is left to see, but what was looked at stays
    inspector.goes_to("/visits/mine/")
    inspector.sees("You no longer see the children of this visit.")
    inspector.goes_to("/people/")
    inspector.does_not_see("Nia")
    inspector.goes_to(f"/people/{people.child.pk}/")
    inspector.does_not_see("Sample")
    with people.acting(people.manager):
        assert Reading.objects.filter(person=people.inspector, child_id=people.child.pk).exists()
        assert not Grant.objects.filter(relation=Relation.VISIT, ends_at=None).exists()
