"""Fixtures of a small area, for the suites that need one: a mother, a father, an officer, a service, Nia and her case.

A suite takes them in its conftest: `from tests.small_area import browse, case, place`.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 6, 1)


@standing
def place() -> SimpleNamespace:
    """The people of a small area; `place.acting(user)` acts as one of them on 1 June 2026."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND, phone="01632 960001")
    made_up.an_agency(area, AgencyKind.SENDIASS, "Family advice", phone="01632 960002")
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy trust")
    team = made_up.a_team(send)
    child = made_up.a_child(area)
    made_up.involve(child, health)
    found = SimpleNamespace(
        area=area,
        send=send,
        health=health,
        team=team,
        child=child,
        mother=made_up.a_parent_of(child, "Pat Sample"),
        father=made_up.a_parent_of(child, "Kit Sample"),
        officer=made_up.a_person(area, Role.CASE_OFFICER, agency=send, team=team, name="Olu Officer"),
        deputy=made_up.a_person(area, Role.CASE_OFFICER, agency=send, team=team, name="Dee Deputy"),
        therapist=made_up.a_person(area, Role.PROFESSIONAL, agency=health, name="Tam Therapist"),
        today=TODAY,
    )
    found.acting = lambda user, on=TODAY: acting(user=user, area=area, today=on)
    found.system = lambda on=TODAY: acting_as_system(area, today=on)
    return found


@standing
def case(place: SimpleNamespace) -> object:
    """A request received on 20 April 2026: the decision is owed by 1 June."""
    with place.acting(place.officer) as actor:
        return cases.open_case(
            by=actor,
            child=place.child,
            kind="request_received",
            on=date(2026, 4, 20),
            details={"by": "parent"},
            officer=place.officer,
            deputy=place.deputy,
            team=place.team,
        )


@pytest.fixture
def browse(place: SimpleNamespace):
    """Sign somebody in: `browse(place.mother).get("/family/")`."""

    def sign_in(user: object) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(place.area.pk)
        session.save()
        return client

    return sign_in
