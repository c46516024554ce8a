"""How to get the caseloads side by side with a number of officers and cases."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.cases import actions as cases
from tests.budgets import Visit
from tests.made_up import a_child, a_person, a_team, an_agency, an_area


def loads(rows: int) -> Visit:
    """So many officers more, each with a case and its duties."""
    area, begun = an_area(), today_here() - timedelta(weeks=2)
    agency = an_agency(area)
    team = a_team(agency)
    for _ in range(rows):
        officer = a_person(area, Role.CASE_OFFICER, agency=agency, team=team)
        with acting(user=officer, area=area) as by:
            cases.open_case(
                by=by,
                child=a_child(area),
                kind="request_received",
                on=begun,
                details={"by": "parent"},
                officer=officer,
            )
    return Visit(a_person(area, Role.CASE_MANAGER, agency=agency, team=team), reverse("handover:loads"))


def several(rows: int) -> Visit:
    """So many cases more of one officer."""
    area, begun = an_area(), today_here() - timedelta(weeks=2)
    agency = an_agency(area)
    team = a_team(agency)
    officer = a_person(area, Role.CASE_OFFICER, agency=agency, team=team)
    with acting(user=officer, area=area) as by:
        for _ in range(rows):
            facts = {"kind": "request_received", "on": begun, "details": {"by": "parent"}}
            cases.open_case(by=by, child=a_child(area), officer=officer, **facts)
    return Visit(officer, reverse("handover:several", args=[officer.pk]))


PAGES = {"handover:loads": loads, "handover:several": several}
