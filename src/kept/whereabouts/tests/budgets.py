"""How to get the pages of where children are with a number of them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.people.actions import enrol
from kept.whereabouts import actions
from kept.whereabouts.actions import Said
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_person, an_agency, an_area


def _page(name: str, role: Role) -> Page:
    """A page when so many more pupils have a case, each confirmed by somebody."""

    def visit(rows: int) -> Visit:
        area, begun = an_area(), today_here() - timedelta(weeks=2)
        school = an_agency(area, AgencyKind.SCHOOL, "Harbour Primary")
        senco = a_person(area, Role.SCHOOL, agency=school)
        reader = senco if role is Role.SCHOOL else a_person(area, role)
        said = {}
        with acting_as_system(area) as system:
            for _ in range(rows):
                child = a_child(area)
                cases.open_case(by=system, child=child, kind="request_received", on=begun, details={"by": "parent"})
                enrol(by=system, child=child, setting=school, starts_on=begun)
                said[child.pk] = Said("full")
        with acting(user=senco, area=area) as actor:
            actions.confirm_roll(by=actor, setting=school, said=said)
        return Visit(reader, reverse(name))

    return visit


PAGES = {
    "whereabouts:every_child": _page("whereabouts:every_child", Role.DIRECTOR),
    "whereabouts:roll": _page("whereabouts:roll", Role.SCHOOL),
}
