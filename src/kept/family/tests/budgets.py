"""How to get a family's pages with a number of bodies asked and of conversations."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.messages import actions as messages
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_parent_of, a_person, a_team, an_agency, an_area


def _page(name: str) -> Page:
    """A page of a child whose case waits for so many bodies, and whose parent wrote so often."""

    def visit(rows: int) -> Visit:
        area, begun = an_area(), today_here() - timedelta(weeks=10)
        send = an_agency(area)
        officer = a_person(area, Role.CASE_OFFICER, agency=send, team=a_team(send))
        child = a_child(area)
        mother = a_parent_of(child)
        with acting(user=officer, area=area) as by:
            case = cases.open_case(
                by=by, child=child, kind="request_received", on=begun, details={"by": "parent"}, officer=officer
            )
            day = begun + timedelta(days=20)
            cases.record(by=by, case=case, kind="assess_decision", on=day, details={"outcome": "assess"})
            for number in range(rows):
                facts = {"asked_on": day, "received_on": day + timedelta(days=number)}
                cases.ask_for_advice(by=by, case=case, kind="health", body=f"Body {number}", **facts)
        for number in range(rows):
            with acting(user=mother, area=area) as by:
                messages.start(
                    by=by, child=child, subject=f"Question {number}", with_user=mother, text="When will it be decided?"
                )
        return Visit(mother, reverse(name, args=[child.pk]))

    return visit


PAGES = {name: _page(name) for name in ("family:child", "family:owed", "family:messages")}
