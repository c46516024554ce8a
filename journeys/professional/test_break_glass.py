"""A therapist whose service is not involved must see a record; the family and the data protection officer see it."""

from __future__ import annotations

import pytest

from kept.access.tests.world import Who, make_world

REASON = "Brought in unconscious; we need to know her allergies."


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_record_is_opened_in_an_emergency_in_sight_of_the_family(visit, world, phone):
    therapist = visit(world.users[Who.OTHER_PROFESSIONAL], phone=phone)
    # given a record that is not theirs
    therapist.goes_to(f"/people/{world.nia.pk}/")
    therapist.does_not_see("Sampelworth")
    # when they open the door without a reason, then with a name that is not quite right
    therapist.goes_to("/records/emergency/")
    therapist.finds_the_page_accessible()
    therapist.does_not_scroll_sideways()
    therapist.fills("Given names", "Nia")
    therapist.fills("Family name", "Sampleworth")
    therapist.fills_date("Date of birth", world.nia.born_on)
    therapist.presses("Open the record")
    therapist.sees("There is a problem")
    therapist.fills("Why do you need to see this record now?", REASON)
    therapist.presses("Open the record")
    therapist.sees("No child with exactly these details")
    # and then as it is written
    therapist.fills("Family name", "Sampelworth")
    therapist.presses("Open the record")
    therapist.sees("open to you for four hours")
    therapist.sees("Sampelworth")
    # then the family reads who, and why
    mother = visit(world.users[Who.MOTHER])
    mother.goes_to(f"/records/children/{world.nia.pk}/who-looked/")
    mother.sees("Opened in an emergency by")
    mother.sees(REASON)
    mother.finds_the_page_accessible()
    # and so does the data protection officer, who does not read the record
    protector = visit(world.users[Who.DATA_PROTECTION])
    protector.goes_to("/records/emergencies/")
    protector.sees(REASON)
    protector.does_not_see("Sampelworth")
    protector.finds_the_page_accessible()
    protector.goes_to("/records/trails/security/")
    protector.sees("Emergency opening")
    protector.finds_the_page_accessible()
