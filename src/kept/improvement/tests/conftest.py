"""A small area with both accountable officers, the forum, a finding and figures that improved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.improvement import actions
from kept.measures.catalogue import BY_CODE
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 6, 20)


@standing
def place() -> SimpleNamespace:
    """The people, a programme that began 14 months ago, and one finding."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND)
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Health trust")
    found = SimpleNamespace(
        area=area,
        send=send,
        health=health,
        director=made_up.a_person(area, Role.DIRECTOR, name="Dil Director"),
        officer=made_up.a_person(area, Role.DESIGNATED_OFFICER, agency=health, name="Noor Nurse"),
        forum=made_up.a_person(area, Role.FORUM, name="Fay Forum"),
        analyst=made_up.a_person(area, Role.ANALYST),
    )
    found.acting = lambda user, on=TODAY: acting(user=user, area=area, today=on)
    found.system = lambda on=TODAY: acting_as_system(area, today=on)
    with found.acting(found.director) as by:
        found.programme = actions.start(
            by=by, kind="local", name="Plans on time", started_on=date(2025, 5, 1), council_officer=found.director,
            nhs_officer=found.officer,
        )  # fmt: skip
        found.finding = actions.find(
            by=by, programme=found.programme, kind="local", text="Plans are late.", outcome="Plans come in time.",
            bodies=[send],
        )  # fmt: skip
    return found


@pytest.fixture
def figures(place: SimpleNamespace) -> Callable[..., None]:
    """Figures of a measure by month, oldest first, up to the last full month."""

    def make(code: str, pairs: list[tuple[int, int]], *, today: date = TODAY, split: str = "", group: str = "") -> None:
        last = last_full_month(today)
        rows = [
            Value(
                area=place.area, code=code, month=month_after(last, at + 1 - len(pairs)), split=split, group=group,
                numerator=hits, denominator=base, query_version=BY_CODE[code].query_version, computed_on=today,
            )
            for at, (hits, base) in enumerate(pairs)
        ]  # fmt: skip
        with place.system(today):
            Value.objects.bulk_create(rows)

    return make


BEFORE = [(30, 100), (28, 100), (33, 100), (31, 100), (29, 100), (32, 100)] * 2


@pytest.fixture
def improved(place: SimpleNamespace, figures: Callable[..., None]) -> None:
    """T1 rose from 30% to 60% when the programme began, measured with a target."""
    figures("T1", [*BEFORE, *[(60, 100), (62, 100), (58, 100)] * 4, (61, 100)])
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=50.0, target_on=None, why="The finding says so")


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
