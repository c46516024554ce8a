"""Family and school say different things; an officer finds out, and the ledger counts what was found."""

from __future__ import annotations

import pytest

from journeys.delivered import provision
from kept.delivery import confirming, families


@pytest.fixture
def people(transactional_db):
    found = provision()
    with found.acting(found.senco) as senco:
        confirming.confirm_week(by=senco, setting=found.school, monday=found.monday, planned=[found.child.pk])
    with found.acting(found.mother) as mother:
        families.say(
            by=mother, child=found.child, week=found.monday, said={found.phonics.pk: ("partly", "Twice, she says")}
        )
    return found


def test_an_officer_settles_a_difference(visit, people):
    olu = visit(people.officer)
    olu.goes_to("/work/")
    olu.sees("Settle whether teaching came")
    olu.goes_to("/delivery/differences/")
    olu.finds_the_page_accessible()
    olu.follows("Nia Sample")
    olu.sees("Twice, she says")
    olu.chooses("It came in part")
    olu.presses("Settle")
    olu.follows_the_error("Say how many minutes came.")
    olu.fills("Minutes that came, if in part", "20")
    olu.fills("How do you know?", "The register of the group says two days.")
    olu.finds_the_page_accessible()
    olu.presses("Settle", exact=True)
    olu.sees("It is settled.")
    olu.goes_to(f"/delivery/children/{people.child.pk}/")
    olu.sees("20 min")
    olu.page.get_by_role("link", name="half of the").last.click()
    olu.sees("settled between family and setting")
    olu.finds_the_page_accessible()
    sen = visit(people.senco)
    sen.goes_to("/delivery/differences/?state=settled")
    sen.follows("Nia Sample")
    sen.sees("The register of the group says two days.")
