"""A duty leads to where it is done for those who may open that page, and to nothing for the others."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import pytest

from kept.access.roles import ROLES, Role, Scope
from kept.worklist.views import done_at, may_open

ONE = UUID(int=1)
MESSAGE, REFERRAL, REQUEST = f"/messages/{ONE}/", f"/waiting/referrals/{ONE}/", f"/partners/requests/{ONE}/"


def somebody(role):
    facts = ROLES[role]
    return SimpleNamespace(
        can=facts.can.__contains__, reaches_area=facts.scope is Scope.AREA, user=SimpleNamespace(pk=ONE), team_ids=(),
        agency_ids=(),
    )  # fmt: skip


def a_duty(path, *, mine=False, source="messages", rule=""):
    return SimpleNamespace(
        source=source, source_id=ONE, path=path, rule=rule, person_id=ONE if mine else None, team_id=None,
        agency_id=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "path", "mine", "leads"),
    [
        (Role.CASE_OFFICER, MESSAGE, False, True),
        (Role.DIRECTOR, MESSAGE, False, False),
        (Role.DIRECTOR, REFERRAL, False, True),
        (Role.DESIGNATED_OFFICER, REFERRAL, False, False),
        (Role.DESIGNATED_OFFICER, REFERRAL, True, True),
        (Role.DESIGNATED_OFFICER, REQUEST, False, False),
        (Role.CASE_OFFICER, "/no/such/page/", False, False),
    ],
)
def test_a_duty_leads_where_the_person_may_go(role, path, mine, leads):
    assert done_at(somebody(role), a_duty(path, mine=mine)) == (path if leads else "")


def test_a_duty_of_a_case_leads_to_the_case_or_to_the_request_for_advice():
    duty = a_duty(REQUEST, mine=True, source="cases", rule="advice.response")
    assert done_at(somebody(Role.CASE_OFFICER), duty) == f"/cases/{ONE}/"
    assert done_at(somebody(Role.PROFESSIONAL), duty) == REQUEST
    assert done_at(somebody(Role.PROFESSIONAL), a_duty(REQUEST, mine=True, source="cases")) == ""


def test_a_page_for_everybody_is_open():
    assert may_open(somebody(Role.FAMILY), "/law/")
