"""How to get each main page of the Local Offer with a number of rows."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from kept.access.acting import acting_as_system
from kept.access.roles import Role
from kept.offer import comments, keeping
from kept.offer.models import Location, Organisation
from kept.offer.publishing import publish
from kept.offer.tests.conftest import CONTENT
from tests import made_up
from tests.budgets import Visit


def _filled(rows: int) -> Visit:
    """One more of everything for each row; an editor at the desk."""
    area = made_up.an_area()
    editor = made_up.a_person(area, Role.OFFER_EDITOR, name="Edie Editor")
    with acting_as_system(area) as system:
        for _ in range(rows):
            mark = uuid4().hex[:8]
            one = Organisation.objects.create(area=area, name=f"Club {mark}", description="A club")
            hall = keeping.save_location(
                by=system, location=Location(), name=f"Hall {mark}", address_1="1 Road", city="Town", postcode="QX1 1AB"
            )
            content = CONTENT | {
                "name": f"Entry {mark}",
                "locations": [str(hall.pk)],
                "capacity_on": None,
                "capacity": "",
            }
            publish(by=system, organisation=one, content=content)
            comments.send(area=area, about="gap", words="No swimming", today=system.today)
            keeping.save_synonym(by=system, typed=mark, also="sleep")
    return Visit(editor, reverse("desk:home"))


def _page(name: str, query: str = "") -> object:
    def get(rows: int) -> Visit:
        return Visit(_filled(rows).user, reverse(name) + query)

    return get


def _search(rows: int) -> Visit:
    _filled(rows)
    return Visit(None, reverse("offer:search", kwargs={"area": made_up.an_area().slug}) + "?q=sleep")


PAGES = {
    "desk:home": _filled,
    "desk:mine": _page("desk:mine"),
    "desk:organisations": _page("desk:organisations"),
    "desk:locations": _page("desk:locations"),
    "desk:words": _page("desk:words", "?which=own"),
    "desk:comments": _page("desk:comments"),
    "desk:coverage": _page("desk:coverage"),
    "desk:gaps": _page("desk:gaps"),
    "desk:guidance": _page("desk:guidance"),
    "desk:consulted": _page("desk:consulted"),
    "offer:search": _search,
}
