"""A mother asks for a copy of everything; what is about somebody else is hidden; she disputes an entry."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system
from kept.access.tests.world import Who, make_world
from kept.duties.actions import DutyFacts, sync
from kept.rules.identifiers.keys import uuid7


@pytest.fixture
def world(transactional_db):
    world = make_world()
    with acting_as_system(world.area) as kept:
        facts = DutyFacts(
            key="talk",
            what="Talk with her friend Esme about the bus",
            authority="a promise",
            owed_by="Her school",
            starts_on=world.today,
            due_on=world.today,
        )
        sync(by=kept, source="test", source_id=uuid7(), child_id=world.nia.pk, duties=[facts])
    return world


def test_a_copy_is_asked_for_prepared_read_and_disputed(visit, world):
    mother, officer = visit(world.users[Who.MOTHER]), visit(world.users[Who.OFFICER])
    # given a mother who asks
    mother.goes_to(f"/rights/children/{world.nia.pk}/copy/")
    mother.presses("Ask for a copy")
    # when the officer tries to give it at once, they are told what stands against it
    officer.goes_to("/rights/copies/")
    officer.finds_the_page_accessible()
    officer.follows("Nia Sampelworth")
    officer.finds_the_page_accessible()
    officer.presses("Give the copy")
    officer.sees("may be about somebody else")
    # and so they hide the name
    officer.follows("Talk with her friend Esme")
    officer.finds_the_page_accessible()
    officer.chooses("Hide some of the words")
    officer.fills("Words to hide", "Esme")
    officer.presses("Save")
    officer.sees("Say why this is hidden")
    officer.fills("Why is it hidden?", "Another child")
    officer.presses("Save")
    officer.presses("Give the copy")
    officer.sees("can read the copy now")
    # then she reads everything but the name
    mother.goes_to(f"/rights/children/{world.nia.pk}/copy/")
    mother.follows("Read it")
    mother.sees("Talk with her friend [hidden: about somebody else] about the bus")
    mother.does_not_see("Esme")
    mother.finds_the_page_accessible()
    # and says that an entry is wrong
    mother.goes_to(f"/rights/children/{world.nia.pk}/corrections/")
    mother.finds_the_page_accessible()
    mother.follows("Nia Sampelworth")
    mother.fills("What is wrong?", "She is called Nía.")
    mother.finds_the_page_accessible()
    mother.presses("Ask for a correction")
    mother.sees("Not decided yet")
    # and gets an answer
    officer.goes_to("/rights/copies/")
    officer.follows("Nia Sampelworth: Nia Sampelworth")
    officer.chooses("Not changed")
    officer.fills("Why?", "As on the birth certificate.")
    officer.finds_the_page_accessible()
    officer.presses("Save")
    officer.sees("As on the birth certificate.")
