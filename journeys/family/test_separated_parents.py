"""Two parents have parted; one lives in a refuge. Each sees their child, and nothing of where the other is."""

from __future__ import annotations

import pytest

from kept.access.tests.world import MOTHERS_PHONE, REFUGE, Who, make_world


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_neither_page_nor_copy_shows_one_parent_where_the_other_lives(visit, world):
    street, postcode = REFUGE.split("\n")
    mother, father = visit(world.users[Who.MOTHER]), visit(world.users[Who.FATHER], phone=True)
    # given a mother who asked for a copy of the record
    mother.goes_to(f"/rights/children/{world.nia.pk}/copy/")
    mother.finds_the_page_accessible()
    mother.presses("Ask for a copy")
    mother.sees("You will have the copy by")
    # when the father opens every page of his
    for page in (
        f"/records/children/{world.nia.pk}/who-looked/",
        f"/records/children/{world.nia.pk}/sharing/",
        f"/rights/children/{world.nia.pk}/copy/",
        f"/rights/children/{world.nia.pk}/corrections/",
        f"/rights/children/{world.nia.pk}/passing-on/",
    ):
        father.goes_to(page)
        father.sees("Nia")
        # then nothing of hers is there, not even that she asked or looked
        for secret in (street, postcode, MOTHERS_PHONE, "Mara", "Asked for on"):
            father.does_not_see(secret)
        father.finds_the_page_accessible()
        father.does_not_scroll_sideways()
    # and her own page tells her of the people at work who looked, and not of him
    mother.goes_to(f"/records/children/{world.nia.pk}/who-looked/")
    mother.does_not_see("Father")
