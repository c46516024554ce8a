"""An administrator invites a colleague, reviews who needs what, and closes a leaver's account after moving the work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.cases.actions import open_case
from tests import made_up


@pytest.fixture
def office(transactional_db):
    cache.clear()
    area = made_up.an_area()
    people = {
        "ada": made_up.a_person(area, Role.ADMINISTRATOR, name="Ada Minister"),
        "olu": made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer"),
        "max": made_up.a_person(area, Role.CASE_MANAGER, name="Max Manager"),
    }
    with acting(user=people["olu"], area=area) as by:
        open_case(
            by=by,
            child=made_up.a_child(area, "Nia", "Sample"),
            kind="request_received",
            on=today_here() - timedelta(days=10),
            details={"by": "parent"},
            officer=people["olu"],
        )
    return people


def proves_again_who_it_is(visitor) -> None:
    """The session is older than a few minutes, so a sensitive page asks for the password first."""
    visitor.is_on("Enter your password again")
    visitor.finds_the_page_accessible()
    visitor.fills("Password", "long enough to type")
    visitor.presses("Continue")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_leavers_work_is_moved_before_the_account_closes(visit, office, phone):
    ada = visit(office["ada"], phone=phone)
    olu = visit(office["olu"])
    ada.goes_to("/")
    ada.is_on("People")
    ada.finds_the_page_accessible()
    ada.does_not_scroll_sideways()
    ada.follows("Olu Officer")
    ada.finds_the_page_accessible()
    ada.follows("They are leaving")
    proves_again_who_it_is(ada)
    # given that a case and its duties are still theirs, named without the child
    ada.sees(re.compile("1 case, "))
    ada.does_not_see("Sample")
    ada.finds_the_page_accessible()
    ada.does_not_scroll_sideways()
    ada.presses("Move all of it")
    ada.follows_the_error("takes the work over")
    ada.selects("Who takes the work over?", "Max Manager")
    ada.presses("Move all of it")
    ada.sees("The work is now with Max Manager")
    # when the account closes
    ada.presses("Close the account")
    ada.sees("can no longer sign in here")
    ada.sees("Closed: cannot sign in")
    # then the leaver's open browser is signed out
    olu.goes_to("/people/")
    olu.is_on("Sign in")


def test_a_colleague_is_invited_and_the_quarter_is_reviewed(visit, office):
    ada = visit(office["ada"])
    ada.goes_to("/administration/invitations/")
    ada.finds_the_page_accessible()
    ada.goes_to("/administration/invitations/new/")
    proves_again_who_it_is(ada)
    ada.finds_the_page_accessible()
    ada.fills("Their name", "Ann Alyst")
    ada.fills("Their work email address", "ann@council.example")
    ada.chooses("Analyst")
    ada.presses("Send the invitation")
    ada.sees("An invitation was sent to ann@council.example")
    assert "Sees figures, never names." in mail.outbox[-1].body
    ada.finds_the_page_accessible()
    ada.follows("Quarterly review")
    ada.finds_the_page_accessible()
    ada.does_not_scroll_sideways()
    ada.chooses("Olu Officer: case officer")
    ada.presses("Still needed")
    ada.sees("Recorded: 1 role is still needed")
    ada.follows("Services and teams")
    ada.finds_the_page_accessible()
