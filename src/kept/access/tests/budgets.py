"""How to get the pages of the trails and of who may see a child, with a number of lines."""

from __future__ import annotations

from django.urls import reverse

from kept.access.acting import acting
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.access.trails import Shown
from kept.access.trails.reading import write_reading
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_parent_of, a_person, an_agency, an_area, involve


def _page(name: str) -> Page:
    """A page of an area in which so many people looked at a child, with whom so many services work."""

    def visit(rows: int) -> Visit:
        area = an_area()
        child, officer = a_child(area), a_person(area, Role.CASE_OFFICER)
        mother = a_parent_of(child)
        auditor = a_person(area, Role.AUDITOR)
        for number in range(rows):
            involve(child, an_agency(area, AgencyKind.HEALTH, f"Service {number}"))
            with acting(user=a_person(area, Role.CASE_OFFICER), area=area) as by:
                write_reading(by, Shown(what="The record", children={child.pk: None}), page="people:child")
        if name in {"records:who_looked", "records:sharing"}:
            return Visit(mother if name == "records:who_looked" else officer, reverse(name, args=[child.pk]))
        if name == "records:trail":
            return Visit(auditor, reverse(name, args=["changes"]))
        return Visit(auditor, reverse(name))

    return visit


PAGES = {
    name: _page(name) for name in ("records:who_looked", "records:sharing", "records:trail", "records:emergencies")
}
