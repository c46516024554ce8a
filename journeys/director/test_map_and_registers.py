"""A school sends its register; the director sees on a map where nobody has said how the children are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journeys.people import a_case, an_area_of_people
from kept.access.acting import acting_as_system
from kept.offer.models import Place
from kept.people.models import Address


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def test_a_register_is_read_in_and_the_map_says_what_is_left(visit, people, tmp_path):
    a_case(people)
    with acting_as_system(people.area) as system:
        Address.objects.create(
            area=system.area, child=people.child, lines="1 Road", postcode="QX1 1BB", starts_on=people.today
        )
        Place.objects.create(area=system.area, name="QX11AA", latitude=53.9, longitude=1.4)
    # given a director who looks at the map
    di = visit(people.director, phone=True)
    di.goes_to("/whereabouts/")
    di.follows("See them on a map")
    di.sees("QX1 1")
    di.finds_the_page_accessible()
    di.does_not_scroll_sideways()
    di.follows("QX1 1")
    di.sees("Never confirmed")
    # when the school sends a file in which one row is wrong
    senco = visit(people.senco)
    senco.goes_to("/whereabouts/roll/")
    senco.follows("send your register as a file")
    senco.finds_the_page_accessible()
    file = tmp_path / "register.csv"
    file.write_text("Surname,Forename,DOB,Possible,Attended\nSample,Nia,04/05/2016,10,4\nSample,Nia,31/02/2016,10,4\n")
    senco.page.locator("input[type=file]").set_input_files(file)
    senco.presses("Look at the file")
    senco.sees("Say which days the file is about")
    senco.finds_the_page_accessible()
    senco.fills_date("First day of the period", people.today - timedelta(days=7))
    senco.fills_date("Last day of the period", people.today)
    senco.presses("Check again")
    senco.sees("Row 3")
    senco.sees("4 of 10")
    senco.finds_the_page_accessible()
    senco.presses("Keep 1 row")
    senco.sees("Kept: 1. Wrong: 1.")
    # then the director sees how she attends, and by what
    di.goes_to("/whereabouts/?state=severe")
    di.sees("4 of 10 sessions")
    di.goes_to("/whereabouts/map/?unconfirmed=1")
    di.sees("No child of this list has a postcode")
