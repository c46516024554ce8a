"""A provider keeps an entry true, and the editor closes the gaps."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Organisation
from kept.offer.publishing import publish
from kept.offer.tests.conftest import CONTENT
from tests import made_up


@pytest.fixture
def area(transactional_db):
    DIRECTORIES.forget()
    return made_up.an_area()


def test_a_provider_keeps_an_entry_true(visit, area):
    agency = made_up.an_agency(area, AgencyKind.COMMUNITY, "Rest Easy")
    with acting_as_system(area) as system:
        organisation = Organisation.objects.create(area=area, name="Rest Easy", description="A charity", agency=agency)
        entry = publish(by=system, organisation=organisation, content=CONTENT)
    pat = visit(made_up.a_person(area, Role.PROVIDER, agency=agency, name="Pat Provider"))
    pat.goes_to("/offer/entries/")
    pat.finds_the_page_accessible()
    pat.presses("Still right")
    pat.sees("is marked as checked today")
    # a change waits for an editor
    pat.follows("Sleep clinic")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.fills("Cost", "£5 a visit")
    pat.presses("Send to an editor")
    pat.sees("An editor looks at it within 7 days")
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"))
    edie.goes_to("/offer/?kind=proposals")
    edie.follows("Sleep clinic")
    edie.sees("£5 a visit")
    edie.finds_the_page_accessible()
    edie.chooses("Yes, publish it")
    edie.presses("Decide")
    edie.goes_to(f"/local-offer/{area.slug}/service/{entry.pk}/")
    edie.sees("£5 a visit")


def test_the_editor_closes_a_gap(visit, area):
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"))
    edie.goes_to("/offer/?kind=gaps")
    edie.sees("LO-01 Education and training in the area")
    edie.goes_to("/offer/coverage/")
    edie.finds_the_page_accessible()
    edie.page.locator("#LO-02 summary").click()
    edie.page.locator("#na-LO-02").fill("No child of ours is educated outside the area")
    edie.presses("Save LO-02")
    edie.sees("26 gaps are in the ledger of duties")
