"""A small area with records of which every figure can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client

from kept.access.acting import acting, acting_as_system
from kept.access.roles import Role
from kept.duties.actions import DutyFacts, sync
from kept.people.models import Child
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 6, 20)


@standing
def place() -> SimpleNamespace:
    """The area and its people on 20 June 2026: May is the last full month."""
    area = made_up.an_area()
    found = SimpleNamespace(
        area=area,
        today=TODAY,
        director=made_up.a_person(area, Role.DIRECTOR),
        analyst=made_up.a_person(area, Role.ANALYST),
        forum=made_up.a_person(area, Role.FORUM),
        officer=made_up.a_person(area, Role.CASE_OFFICER),
    )
    found.acting = lambda user, on=TODAY: acting(user=user, area=area, today=on)
    found.system = lambda on=TODAY: acting_as_system(area, today=on)
    return found


@pytest.fixture
def plans(place: SimpleNamespace) -> Callable[..., list[Child]]:
    """Plans sent in a month: so many in time, so many late; or still open."""

    def make(month: date, *, on_time: int = 0, late: int = 0, released: int = 0, language: str = "") -> list[Child]:
        made = []
        with place.system() as by:
            for number in range(on_time + late + released):
                child = made_up.a_child(place.area)
                if language:
                    Child.objects.filter(pk=child.pk).update(language=language)
                sent = month + timedelta(days=3)
                days = 130 if number < on_time else 160
                facts = DutyFacts(
                    key="assess.final_plan##1",
                    rule="assess.final_plan",
                    what="Final plan",
                    authority="SEND Regulations 2014 r.13(2)",
                    owed_by="the council",
                    starts_on=sent - timedelta(days=days),
                    due_on=sent - timedelta(days=days) + timedelta(days=140),
                    met_on=sent,
                    released_by="reg 13(3)" if number >= on_time + late else "",
                )
                sync(by=by, source="cases", source_id=uuid4(), child_id=child.pk, duties=[facts])
                made.append(child)
        return made

    return make


@pytest.fixture
def browse(place: SimpleNamespace) -> Callable[[object], Client]:
    """Sign somebody in."""

    def sign_in(user: object) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(place.area.pk)
        session.save()
        return client

    return sign_in
