"""How to get the partners' desk with a number of requests."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions
from tests.budgets import Visit
from tests.made_up import a_child, a_person, a_team, an_agency, an_area, involve


def desk(rows: int) -> Visit:
    """A service that was asked about so many children more."""
    area, begun = an_area(), today_here() - timedelta(weeks=4)
    send, health = an_agency(area), an_agency(area, AgencyKind.HEALTH, "Therapy trust")
    officer = a_person(area, Role.CASE_OFFICER, agency=send, team=a_team(send))
    therapist = a_person(area, Role.PROFESSIONAL, agency=health)
    for number in range(rows):
        child = a_child(area)
        involve(child, health)
        with acting(user=officer, area=area) as by:
            case = actions.open_case(
                by=by, child=child, kind="request_received", on=begun, details={"by": "parent"}, officer=officer
            )
            day = begun + timedelta(days=7 + number)
            actions.ask_for_advice(
                by=by, case=case, kind="health", body=f"Trust {number}", agency=health, asked_on=day, received_on=day
            )
    return Visit(therapist, reverse("partners:desk"))


PAGES = {"partners:desk": desk}
