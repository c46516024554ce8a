"""A young person is over compulsory school age: told, asked, and then decides alone who sees the record."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system
from kept.access.models import Grant, Relation
from kept.access.tests.world import Who, make_world


@pytest.fixture
def world(transactional_db):
    world = make_world()
    with acting_as_system(world.area):
        Grant.objects.create(
            area=world.area,
            child_id=world.zac.pk,
            user=world.users[Who.OTHER_FAMILY],
            relation=Relation.FAMILY,
            starts_on=world.zac.born_on,
        )
    return world


def test_the_rights_pass_and_the_parents_view_ends(visit, world):
    page = f"/rights/children/{world.zac.pk}/passing-on/"
    officer, parent, zac = (visit(world.users[who]) for who in (Who.OFFICER, Who.OTHER_FAMILY, Who.YOUNG_PERSON))
    # given a parent who sees the record
    parent.goes_to(page)
    parent.is_on("Whose rights these are")
    # when the officer forgets to say how he was asked
    officer.goes_to(page)
    officer.finds_the_page_accessible()
    officer.chooses("Told that the rights are now theirs")
    officer.presses("Record")
    officer.sees("There is a problem")
    officer.finds_the_page_accessible()
    # and then records that he was told and decides alone
    officer.chooses("Told that the rights are now theirs")
    officer.fills("How were they asked", "By letter and in a talk at college, with pictures.")
    officer.presses("Record")
    officer.chooses("Decides alone")
    officer.fills("How were they asked", "He said that he wants to do this himself.")
    officer.presses("Record")
    # then it stands there, for him too
    zac.goes_to(page)
    zac.sees("who decides alone")
    zac.sees("He said that he wants to do this himself.")
    zac.finds_the_page_accessible()
    # and the parent's view is over, in a window that was open all the time
    parent.goes_to(page)
    parent.does_not_see("Whose rights these are")
