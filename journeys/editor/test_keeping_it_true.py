"""A provider keeps an entry true, and the editor closes the gaps."""

from __future__ import annotations

import pytest

from kept.access.acting import acting, acting_as_system
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


def test_the_editor_keeps_words_organisations_and_places(visit, area):
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"), phone=True)
    edie.goes_to("/offer/words/?try=zonkers")
    edie.finds_the_page_accessible()
    edie.does_not_scroll_sideways()
    edie.follows("Add these words")
    edie.fills("Also search for", "sleep")
    edie.finds_the_page_accessible()
    edie.presses("Save")
    edie.sees("Search uses it now")
    edie.goes_to("/offer/organisations/add/")
    edie.fills("Name", "Rest Easy")
    edie.fills("What it does", "A charity")
    edie.finds_the_page_accessible()
    edie.presses("Save")
    edie.sees("Rest Easy")
    edie.finds_the_page_accessible()
    edie.does_not_scroll_sideways()
    edie.goes_to("/offer/places/add/")
    edie.fills("Name of the place", "Hall")
    edie.fills("Building and street", "1 Road")
    edie.fills("Town or city", "Town")
    edie.fills("Postcode", "nonsense")
    edie.presses("Save")
    edie.sees("Enter a full UK postcode")
    edie.fills("Postcode", "qx11ab")
    edie.presses("Save")
    edie.sees("QX1 1AB (not known where)")
    edie.finds_the_page_accessible()
    edie.does_not_scroll_sideways()


def test_the_editor_keeps_guidance_and_writes_down_who_was_asked_and_what_was_said(visit, area):
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"), phone=True)
    edie.goes_to("/offer/guidance/add/")
    edie.fills("Title", "Ask for an assessment")
    edie.fills("End of its address", "ask")
    edie.fills("The page", "Write to us.")
    edie.finds_the_page_accessible()
    edie.presses("Save")
    edie.sees("The page counts as checked today")
    edie.finds_the_page_accessible()
    edie.follows("Ask for an assessment")
    edie.fills("The page", "Ring us.")
    edie.presses("Save")
    edie.sees("The page counts as checked today")
    edie.follows("Ask for an assessment")
    edie.follows("What it said before")
    edie.sees("Version 2: Changed")
    edie.finds_the_page_accessible()
    edie.does_not_scroll_sideways()
    edie.presses("Go back to version 1")
    edie.sees("Version 3: Back to version 1")
    edie.goes_to("/offer/consulted/")
    edie.finds_the_page_accessible()
    edie.does_not_scroll_sideways()
    edie.fills("How were they asked?", "An evening at the library")
    edie.presses("Save")
    edie.sees("14 lines of 15 not asked yet this year")
    edie.goes_to("/offer/comments/write-down/")
    edie.finds_the_page_accessible()
    edie.chooses("In a group")
    edie.chooses("Something I could not find")
    edie.fills("What was said", "There is no swimming.")
    edie.fills("How many people said it", "12")
    edie.presses("Save")
    edie.sees("It waits to be read and published")
    edie.goes_to("/offer/postcodes/")
    edie.finds_the_page_accessible()
    file = {"name": "places.csv", "mimeType": "text/csv", "buffer": b"postcode,latitude,longitude\nQX1 1AB,53.9,1.5\n"}
    edie.page.set_input_files("input[type=file]", file)
    edie.presses("Read the file")
    edie.sees("Dry run: nothing was changed. 1 postcode would be kept, from QX11AB to QX11AB")


def test_a_trusted_providers_change_is_looked_at_afterwards(visit, area):
    agency = made_up.an_agency(area, AgencyKind.COMMUNITY, "Rest Easy")
    with acting_as_system(area) as system:
        facts = {"name": "Rest Easy", "description": "A charity", "agency": agency, "is_trusted": True}
        organisation = Organisation.objects.create(area=area, **facts)
        entry = publish(by=system, organisation=organisation, content=CONTENT)
    pat = made_up.a_person(area, Role.PROVIDER, agency=agency, name="Pat Provider")
    with acting(user=pat, area=area) as actor:
        publish(by=actor, organisation=organisation, content=CONTENT | {"fees": "£99"}, service=entry)
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"))
    edie.goes_to("/offer/?kind=samples")
    edie.follows("Sleep clinic")
    edie.sees("£99")
    edie.finds_the_page_accessible()
    edie.chooses("No, put back what was there before")
    edie.fills("What is wrong, if you put it back", "It is free")
    edie.presses("Save")
    edie.goes_to(f"/local-offer/{area.slug}/service/{entry.pk}/")
    edie.does_not_see("£99")
    # and another of theirs is invited to keep the entries
    edie.goes_to("/offer/organisations/")
    edie.follows("Invite")
    edie.finds_the_page_accessible()
    edie.fills("Their name", "Sam")
    edie.fills("Their email address", "sam@rest.example")
    edie.presses("Send the invitation")
    edie.sees("An invitation was sent to sam@rest.example")
