"""A SENCO sends a request for a pupil and confirms the roll."""

from __future__ import annotations

import pytest

from journeys.people import an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_school_sends_a_request_and_confirms_its_roll(visit, people, phone):
    sen = visit(people.senco, phone=phone)
    sen.goes_to("/partners/pupils/")
    sen.sees("Nia Sample")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    sen.follows("Send a request")
    sen.sees("Sent with it, from the record")
    sen.fills("Why do you ask?", "She needs more help than we have. We tried two terms of small groups.")
    sen.presses("Send the request")
    sen.follows_the_error("Talk with the family first")
    sen.chooses("The family knows that we ask")
    sen.finds_the_page_accessible()
    sen.presses("Send the request")
    sen.sees("The six weeks run.")
    sen.follows("Confirm where our pupils are")
    sen.selects("Nia Sample: where?", "On roll, part-time timetable")
    sen.presses("Confirm")
    sen.follows_the_error("Nia Sample: say how many hours a week.")
    sen.fills("Nia Sample: hours a week", "12.5")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    sen.presses("Confirm")
    sen.sees("All are confirmed.")
