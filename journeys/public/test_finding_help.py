"""A parent finds help in three minutes, and a comment becomes a published action."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system, today_here
from kept.access.roles import Role
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Organisation
from kept.offer.publishing import publish
from kept.offer.tests.conftest import CONTENT
from kept.offer.waits import Measured, record_wait
from tests import made_up

PLAN = {"capacity_on": "2026-01-01", "items": []}


@pytest.fixture
def area(transactional_db):
    DIRECTORIES.forget()
    area = made_up.an_area()
    with acting_as_system(area) as system:
        nhs = Organisation.objects.create(area=area, name="Health Trust", description="Health")
        clinic = publish(by=system, organisation=nhs, content=CONTENT | PLAN)
        talk = {"name": "Sleep talks for parents", "route": "anyone", "how_to_get_it": "", "capacity": ""}
        publish(by=system, organisation=nhs, content=CONTENT | PLAN | talk)
        measured = Measured(
            clock_starts="the referral",
            clock_stops="the first visit",
            weeks_of_seen=tuple(float(week) for week in range(10, 30)),
            weeks_so_far=(5.0,) * 20,
        )
        record_wait(by=system, service=clinic, measured=measured)
    return area


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_parent_finds_help_in_three_minutes(visit, area, phone):
    mara = visit(phone=phone)
    mara.goes_to(f"/local-offer/{area.slug}/")
    mara.finds_the_page_accessible()
    mara.does_not_scroll_sideways()
    # when she types what worries her, misspelt
    mara.fills("What do you need help with?", "my son wont slepe")
    mara.presses("Search")
    mara.sees("2 found")
    mara.finds_the_page_accessible()
    mara.does_not_scroll_sideways()
    # then the page of the clinic says what is true today
    mara.follows("Sleep clinic")
    mara.sees("If you ask today: 8 in 10 are seen between")
    mara.sees("Full: there is a waiting list")
    mara.finds_the_page_accessible()
    mara.does_not_scroll_sideways()
    # and she keeps it without an account
    mara.presses("Save to my list")
    mara.follows("My list (1)")
    mara.sees("Sleep clinic")
    mara.finds_the_page_accessible()


def test_a_comment_becomes_a_published_action(visit, area):
    base = f"/local-offer/{area.slug}/"
    mara = visit()
    mara.goes_to(f"{base}comment/?q=swimming")
    mara.finds_the_page_accessible()
    mara.fills("Your comment", "There is no swimming on Sundays.")
    mara.presses("Send")
    mara.sees("Your reference is LO-")
    # an editor publishes and promises
    edie = visit(made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor"))
    edie.goes_to("/offer/")
    edie.finds_the_page_accessible()
    edie.follows("Read comment")
    edie.finds_the_page_accessible()
    edie.presses("Publish", exact=True)
    edie.chooses("We will do this")
    edie.fills("In your words", "You are right.")
    edie.fills("What will be done", "Open the pool on Sundays")
    edie.fills("Who does it", "Leisure manager")
    edie.fills_date("By when", today_here().replace(year=today_here().year + 1, day=1))
    edie.presses("Publish the answer")
    edie.sees("Promised: Open the pool on Sundays")
    # and everybody can read it
    mara.goes_to(f"{base}you-said-we-did/")
    mara.sees("Open the pool on Sundays")
    mara.finds_the_page_accessible()
    mara.does_not_scroll_sideways()
