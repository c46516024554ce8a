"""How to get the ledger's pages with a number of children on them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.delivery import owing
from kept.delivery.tests.made import PHONICS, SPEECH, an_item, last_school_week
from kept.people.actions import enrol
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_person, an_agency, an_area


def _page(name: str, role: Role) -> Page:
    """A page when so many more pupils have two items of provision."""

    def visit(rows: int) -> Visit:
        area, today = an_area(), today_here()
        school = an_agency(area, AgencyKind.SCHOOL, "Harbour Primary")
        reader = a_person(area, role, agency=school if role is Role.SCHOOL else None)
        made = []
        with acting_as_system(area) as system:
            for _ in range(rows):
                child = a_child(area)
                enrol(by=system, child=child, setting=school, starts_on=today - timedelta(days=300))
                made.append(child.pk)
                for words in (PHONICS, SPEECH):
                    an_item(child, words)
            owing.refresh(system, made)
        week = f"?week={last_school_week(today).isoformat()}" if name.endswith(("week", "school")) else ""
        return Visit(reader, reverse(name) + week)

    return visit


PAGES = {
    "delivery:week": _page("delivery:week", Role.SCHOOL),
    "delivery:school": _page("delivery:school", Role.SCHOOL),
    "delivery:quiet": _page("delivery:quiet", Role.DIRECTOR),
    "delivery:shortfalls": _page("delivery:shortfalls", Role.DIRECTOR),
    "delivery:services": _page("delivery:services", Role.DIRECTOR),
}
