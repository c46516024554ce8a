"""A mother is invited by the case officer, joins with the link, and comes back with a code by email."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache

from kept.access.acting import acting
from kept.access.roles import Role
from kept.people import actions
from tests import made_up


@pytest.fixture
def family(transactional_db):
    cache.clear()
    area = made_up.an_area()
    officer = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    child = made_up.a_child(area, "Nia", "Sample")
    with acting(user=officer, area=area) as by:
        mother = actions.add_carer(by=by, name="Pat Sample", email="pat@home.example")
        actions.link_carer(
            by=by,
            child=child,
            carer=mother,
            relationship="mother",
            has_responsibility=True,
            lives_with=True,
            starts_on=child.born_on,
        )
    return officer, child, mother


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_mother_joins_and_comes_back(visit, family, phone):
    officer, child, mother = family
    # given an invitation that the officer sends
    olu = visit(officer)
    olu.goes_to(f"/invite/{child.pk}/carer/{mother.pk}/")
    olu.is_on("Send an invitation")
    olu.finds_the_page_accessible()
    olu.presses("Send the invitation")
    olu.sees("An invitation was sent to pat@home.example")
    link = re.search(r"http\S+/join/\S+", mail.outbox[-1].body).group(0)
    # when the mother opens it
    pat = visit(phone=phone)
    pat.goes_to(link)
    pat.is_on("You are invited")
    pat.sees("A parent, carer or young person: sees their own record and what they are owed.")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.fills("Your name", "")
    pat.presses("Accept and sign in")
    pat.follows_the_error("Enter your name")
    pat.fills("Your name", "Pat Sample")
    pat.presses("Accept and sign in")
    # then she is in, and sees her child
    pat.goes_to("/account/")
    pat.is_on("Pat Sample")
    pat.finds_the_page_accessible()
    pat.goes_to(f"/people/{child.pk}/")
    pat.sees("Nia")
    pat.presses("Sign out")
    # the link works once
    pat.goes_to(link)
    pat.is_on("This invitation cannot be used")
    pat.sees("This invitation was used already")
    pat.finds_the_page_accessible()
    # and she comes back with a code, without a password
    pat.follows("Sign in")
    pat.fills("Email address", "pat@home.example")
    pat.presses("Email me a code")
    pat.fills("Code from the email", re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1))
    pat.presses("Sign in")
    pat.goes_to("/account/")
    pat.is_on("Pat Sample")
