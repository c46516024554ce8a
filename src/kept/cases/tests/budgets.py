"""How to get the pages of cases with a number of rows, for the budgets of queries."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.models import User
from kept.access.roles import Role
from kept.cases import actions, panels
from kept.cases.models import Case
from tests.budgets import Visit
from tests.made_up import a_child, a_parent_of, a_person, a_team, an_agency, an_area, involve


def _officer() -> User:
    area = an_area()
    agency = an_agency(area)
    return a_person(area, Role.CASE_OFFICER, agency=agency, team=a_team(agency))


def _case(officer: User) -> Case:
    """A case that is assessed, ten weeks after its request."""
    area, begun = an_area(), today_here() - timedelta(weeks=10)
    with acting(user=officer, area=area) as by:
        case = actions.open_case(
            by=by,
            child=a_child(area),
            kind="request_received",
            on=begun,
            details={"by": "parent"},
            officer=officer,
        )
        actions.record(
            by=by, case=case, kind="assess_decision", on=begun + timedelta(days=20), details={"outcome": "assess"}
        )
    return case


def case_list(rows: int) -> Visit:
    """More cases."""
    officer = _officer()
    for _ in range(rows):
        _case(officer)
    return Visit(officer, reverse("cases:list"))


def detail(rows: int) -> Visit:
    """A case with more bodies asked, answers, corrections, panels, parents and agencies."""
    officer = _officer()
    case = _case(officer)
    area, on = an_area(), case.opened_on + timedelta(days=25)
    for number in range(rows):
        a_parent_of(case.child, f"Parent {number}")
        involve(case.child, an_agency(area, "health", f"Service {number}"))
        with acting(user=officer, area=area) as by:
            actions.ask_for_advice(by=by, case=case, kind="health", body=f"Body {number}", asked_on=on, received_on=on)
            given = {"details": {"from": f"Body {number}"}}
            answer = actions.record(by=by, case=case, kind="advice_received", on=on + timedelta(days=1), **given)
            actions.correct(by=by, event=answer, on=on + timedelta(days=2), note="Stamped later", **given)
            panels.put_on_panel(
                by=by, case=Case.objects.get(pk=case.pk), meets_on=by.today + timedelta(days=number), question="plan"
            )
    return Visit(officer, reverse("cases:detail", args=[case.pk]))


def record(rows: int) -> Visit:
    """The form of a move on a case with more entries."""
    visit = detail(rows)
    assert visit.user is not None
    return Visit(visit.user, visit.address + "record/draft_plan_served/")


def panel(rows: int) -> Visit:
    """More cases on panels."""
    officer = _officer()
    for number in range(rows):
        case = _case(officer)
        with acting(user=officer, area=an_area()) as by:
            panels.put_on_panel(
                by=by, case=Case.objects.get(pk=case.pk), meets_on=by.today + timedelta(days=number), question="plan"
            )
    return Visit(officer, reverse("cases:panel"))


PAGES = {"cases:list": case_list, "cases:detail": detail, "cases:record": record, "cases:panel": panel}
