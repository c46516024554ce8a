"""The director finds the children of whom nobody said where they are, and confirms one after a call."""

from __future__ import annotations

import pytest

from journeys.people import a_case, an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def test_a_director_finds_and_confirms(visit, people):
    a_case(people)
    di = visit(people.director)
    di.goes_to("/whereabouts/")
    di.sees("Never confirmed")
    di.sees("01632 960003")
    di.finds_the_page_accessible()
    di.follows("Confirm where Nia Sample is")
    di.finds_the_page_accessible()
    di.chooses("On roll, not attending")
    di.fills("Who said so?", "Head teacher, Harbour Primary")
    di.chooses("By phone")
    di.presses("Confirm")
    di.sees("Nia Sample is confirmed.")
    di.goes_to("/whereabouts/?unconfirmed=1")
    di.sees("No child is in this list.")
    di.goes_to("/whereabouts/?state=not")
    di.sees("Head teacher, Harbour Primary")
