"""A therapist without an account answers through a single-use link."""

from __future__ import annotations

import pytest

from journeys.people import a_case, advice_asked, an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_therapist_answers_by_link(visit, people, phone):
    asked = advice_asked(people, a_case(people))
    # given a link that the officer makes
    olu = visit(people.officer)
    olu.goes_to(f"/partners/requests/{asked.pk}/")
    olu.finds_the_page_accessible()
    olu.follows("Send a link to somebody without an account")
    olu.fills("Name of the professional", "Lou Locum")
    olu.fills("Work email address", "lou@example.org")
    olu.presses("Make the link")
    olu.is_on("The link is made")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    address = olu.page.locator("code").inner_text()
    # when the therapist opens it, nothing is shown before the date of birth
    lou = visit(phone=phone)
    lou.goes_to(address)
    lou.does_not_see("Nia")
    lou.finds_the_page_accessible()
    lou.fills_date("date of birth", people.child.born_on)
    lou.presses("Open")
    lou.is_on("Advice about Nia Sample")
    assert people.area.name in lou.page.locator("header").first.inner_text()
    lou.fills("What are the child’s needs?", "Short sentences help her.")
    lou.presses("Save the draft")
    lou.sees("The draft was saved")
    lou.finds_the_page_accessible()
    lou.does_not_scroll_sideways()
    # then advice with gaps is not returned, and whole advice is
    lou.fills("Your job", "Speech and language therapist")
    lou.presses("Return the advice")
    lou.follows_the_error("What help is needed?")
    lou.fills("What should change, and by when?", "Asks for help by July.")
    lou.fills("What help is needed?", "45 minutes a week with a therapist.")
    lou.presses("Return the advice")
    lou.is_on("Thank you")
    lou.finds_the_page_accessible()
    lou.goes_to(address)
    lou.sees("This link was used")
    lou.finds_the_page_accessible()
    lou.does_not_scroll_sideways()
