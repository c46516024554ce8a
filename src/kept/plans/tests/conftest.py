"""A child with a case at the draft, two officers, a parent, and a plan that can be written, sent and issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.access.acting import Actor, acting, today_here
from kept.access.models import User
from kept.plans.tests.made import an_assessed_case, officers
from tests.made_up import a_child, a_parent_of, an_area
from tests.standing import standing


@standing
def place() -> SimpleNamespace:
    """The area, its two officers, Nia with her mother, and her case ten weeks after the request."""
    area = an_area()
    olga, oscar = officers(area)
    child = a_child(area, "Nia", "Sample", born_on=date(2016, 5, 4))
    mother = a_parent_of(child, "Mina Sample")
    case = an_assessed_case(area, olga, child, begun=today_here() - timedelta(weeks=10))
    return SimpleNamespace(area=area, olga=olga, oscar=oscar, child=child, mother=mother, case=case)


@pytest.fixture
def as_person(place: SimpleNamespace) -> Iterator[Callable[..., Actor]]:
    """Act as somebody: `as_person(place.olga)`, on another day with `today`; each holds until the next."""
    open_now: list = []

    def act(user: User, *, today: date | None = None) -> Actor:
        while open_now:
            open_now.pop().__exit__(None, None, None)
        manager = acting(user=user, area=place.area, today=today)
        actor = manager.__enter__()
        open_now.append(manager)
        return actor

    yield act
    while open_now:
        open_now.pop().__exit__(None, None, None)


@pytest.fixture
def browse(place: SimpleNamespace) -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(place.area.pk)
        session.save()
        return client

    return sign_in
