"""A SENCO sends a request for a pupil and confirms the roll."""

from __future__ import annotations

from datetime import date

import pytest

from journeys.people import an_area_of_people
from kept.access.acting import acting_as_system, today_here
from kept.partners.models import Told


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
    # a child who is not on the list is told of, and the officer settles who it is
    sen.goes_to("/partners/pupils/")
    sen.follows("Ask for an assessment of a pupil who is not listed")
    sen.fills("Given names", "Robin")
    sen.fills("Family name", "Samplewood")
    sen.fills_date("Date of birth", date(2018, 3, 5))
    sen.fills("Name of the parent", "Kim Samplewood")
    sen.fills("How to reach the parent", "01632 960123")
    sen.fills("What do you see?", "Robin cannot follow two steps yet, and speaks in single words.")
    sen.fills_date("When did you talk with the parent?", today_here())
    sen.finds_the_page_accessible()
    sen.presses("Tell the council")
    sen.sees("The council has been told")
    olu = visit(people.officer, phone=phone)
    with acting_as_system(people.area):
        told = Told.objects.get(family_name="Samplewood")
    olu.goes_to(f"/partners/told/{told.pk}/")
    olu.is_on("Robin Samplewood")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.presses("Save")
    olu.follows_the_error("Who is the child on the record?")
    olu.chooses("Add Robin Samplewood to the record")
    olu.fills("What did you do?", "Called the parent and opened the record.")
    olu.presses("Save")
    olu.sees("Robin Samplewood is linked.")
    olu.sees("the six weeks run from")
