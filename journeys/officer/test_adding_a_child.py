"""A case officer puts a child on the record, and is asked first whether the child is already there."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import acting
from kept.access.roles import Role
from kept.people import actions
from tests import made_up


@pytest.fixture
def officer(transactional_db):
    area = made_up.an_area()
    user = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    with acting(user=user, area=area) as actor:
        actions.add_child(
            by=actor, given_names="Nia", family_name="Sample", born_on=date(2016, 5, 4), postcode="QX1 1AB"
        )
    return user


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_misspelt_child_is_found_and_a_new_one_added(visit, officer, phone):
    olu = visit(officer, phone=phone)
    # given a search that finds the child under another spelling
    olu.goes_to("/people/")
    olu.fills("Name, date of birth", "Nya Sampel")
    olu.presses("Search")
    olu.sees("1 child found")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    # when they add a child whose date of birth has day and month swapped
    olu.follows("Add a child")
    olu.fills("Given names", "Nia")
    olu.fills("Family name", "Sampel")
    olu.fills_date("Date of birth", date(2016, 4, 5))
    olu.finds_the_page_accessible()
    olu.presses("Continue")
    # then they are asked first, with the reasons
    olu.is_on("This child may already be on the record")
    olu.sees("birth date with day and month swapped")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.presses("Continue")
    olu.follows_the_error("Answer the question")
    olu.chooses("None of these: add a new child")
    olu.presses("Continue")
    olu.sees("Nia Sampel is on the record")
    # and can go on to the family
    olu.follows("Add a parent or carer")
    olu.fills("Full name", "Pat Sampel")
    olu.fills("Relationship", "mother")
    olu.page.get_by_role("group", name="Do they have parental responsibility?").get_by_label("Yes").check()
    olu.page.get_by_role("group", name="Does the child live with them").get_by_label("Yes").check()
    olu.presses("Add", exact=True)
    olu.sees("The parent or carer was added.")
    olu.sees("No evidence is recorded yet")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()


def test_a_date_that_cannot_be_is_said_beside_its_box(visit, officer):
    olu = visit(officer)
    olu.goes_to("/people/add/")
    olu.fills("Given names", "Leo")
    olu.fills("Family name", "Zebra")
    olu.page.get_by_label("Day").fill("30")
    olu.page.get_by_label("Month").fill("2")
    olu.page.get_by_label("Year").fill("2016")
    olu.presses("Continue")
    olu.follows_the_error("Date of birth")
    olu.sees("February 2016")
    olu.finds_the_page_accessible()
