"""The pages of the forecasts with a number of rows."""

from __future__ import annotations

from itertools import count

from django.urls import reverse

from kept.access.acting import acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.waiting import configuring
from tests import made_up
from tests.budgets import Page, Visit

_numbers = count(1)


def home(rows: int) -> Visit:
    """So many more lists."""
    area = made_up.an_area()
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Health trust")
    with acting_as_system(area) as by:
        for _ in range(rows):
            name = f"List {next(_numbers)}"
            service = configuring.add_service(by=by, kind="speech", name=name, agency=health)
            pathway = configuring.add_pathway(by=by, name=name)
            configuring.add_stage(by=by, pathway=pathway, service=service, name="First")
    return Visit(made_up.a_person(area, Role.DIRECTOR), reverse("forecasts:home"))


PAGES: dict[str, Page] = {"forecasts:home": home}
