"""What the tests of the Local Offer share: an area, an editor, a provider, and a small directory."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.offer import counting
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Location, Organisation, Place, Taxonomy, Term
from kept.offer.publishing import publish
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 3, 10)
CONTENT: dict[str, Any] = {
    "name": "Sleep clinic",
    "description": "Help for children who do not sleep. We talk with you and make a plan.",
    "fees": "Free",
    "route": "gp",
    "how_to_get_it": "Ask your doctor.",
    "who_for": "Children with special needs who sleep badly",
    "email": "sleep@clinic.example",
    "phones": [{"number": "01632 960 001", "words": ""}],
    "minimum_age": 1,
    "maximum_age": 18,
    "schedules": [{"days": ["MO", "TU"], "opens": "09:00", "closes": "16:00"}],
    "languages": ["English"],
    "costs": [{"option": "Free", "amount": 0}],
    "contact": "Clinic desk",
    "items": ["LO-17"],
    "capacity": "waiting_list",
    "capacity_on": "2026-03-01",
}


@pytest.fixture(autouse=True)
def _no_directory_from_before() -> None:
    DIRECTORIES.forget()
    counting._views.clear()


@standing
def area() -> Any:
    return made_up.an_area()


@standing
def editor(area: Any) -> Any:
    return made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor")


@standing
def organisation(area: Any) -> Organisation:
    agency = made_up.an_agency(area, AgencyKind.COMMUNITY, "Rest Easy")
    with acting_as_system(area):
        return Organisation.objects.create(area=area, name="Rest Easy", description="A charity", agency=agency)


@standing
def provider(area: Any, organisation: Organisation) -> Any:
    return made_up.a_person(area, Role.PROVIDER, agency=organisation.agency, name="Pat Provider")


@pytest.fixture
def as_editor(area: Any, editor: Any) -> Any:
    with acting(user=editor, area=area, today=TODAY) as actor:
        yield actor


@standing
def services(area: Any, organisation: Organisation) -> list[Any]:
    """Thirty services: enough for pages; each third has a place, a term and a wait of its own."""
    made = []
    with acting_as_system(area, today=TODAY) as system:
        needs = Taxonomy.objects.create(area=area, slug="needs", name="Needs", description="Needs")
        term = Term.objects.create(area=area, taxonomy=needs, name="Sleep", description="Help with sleep")
        Place.objects.create(area=area, name="QX11AB", latitude=53.9, longitude=1.5)
        place = Location.objects.create(
            area=area, name="Clinic", address_1="1 High Street", city="Town", postcode="QX1 1AB",
            latitude=53.9, longitude=1.5, accessibility=["Step-free"],
        )  # fmt: skip
        for number in range(30):
            ties = {"terms": [str(term.pk)], "locations": [str(place.pk)]} if number % 3 == 0 else {}
            content = CONTENT | ties | {"name": f"Sleep clinic {number:02d}"}
            made.append(publish(by=system, organisation=organisation, content=content))
    return made
