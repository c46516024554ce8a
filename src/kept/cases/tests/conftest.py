"""An area with an officer and a case that began ten weeks ago, and a browser signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kept.access.acting import acting, today_here
from kept.access.models import User
from kept.access.roles import Role
from kept.cases import actions
from kept.cases.models import Case
from tests.made_up import a_child, a_person, a_team, an_agency, an_area
from tests.standing import standing


@standing
def here():
    """The area."""
    return an_area()


@standing
def desk(here):
    """The team that assesses."""
    return a_team(an_agency(here))


@standing
def olga(here, desk) -> User:
    """A case officer."""
    return a_person(here, Role.CASE_OFFICER, agency=desk.agency, team=desk, name="Olga Officer")


@pytest.fixture
def begun() -> date:
    """When the request came."""
    return today_here() - timedelta(weeks=10)


@pytest.fixture
def a_case(here, desk, olga, begun) -> Callable[..., Case]:
    """Open a case of a new child: `a_case("Bo", "Sample")`, and record `events`: (kind, days later, details)."""

    def make(given: str = "Nia", family: str = "Sample", events: tuple = (), **more: object) -> Case:
        child = a_child(here, given, family)
        with acting(user=olga, area=here) as by:
            facts = {"kind": "request_received", "on": begun, "details": {"by": "parent"}}
            case = actions.open_case(by=by, child=child, officer=olga, team=desk, **facts, **more)
            for kind, later, details in events:
                actions.record(by=by, case=case, kind=kind, on=begun + timedelta(days=later), details=details)
        return _fresh(here, olga, case)

    def _fresh(area, user, case: Case) -> Case:
        with acting(user=user, area=area):
            return Case.objects.select_related("child", "area").get(pk=case.pk)

    return make


@pytest.fixture
def signed_in(here) -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(here.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def browser_of_olga(signed_in, olga) -> Client:
    """The officer's browser."""
    return signed_in(olga)
