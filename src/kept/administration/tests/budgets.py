"""The pages of visits and of retention, with as many rows as are asked for."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.urls import reverse

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.roles import Role
from kept.administration import visits
from kept.administration.invitations import invite
from kept.administration.models import RetentionReview
from kept.administration.periods import set_period
from tests import made_up
from tests.budgets import Visit


def visit_page(rows: int, name: str = "administration:visit") -> Visit:
    """A visit with so many children, and as many visits."""
    area, today = made_up.an_area(), today_here()
    manager = made_up.a_person(area, Role.CASE_MANAGER)
    inspector = made_up.a_person(area, Role.INSPECTOR)
    with acting(user=manager, area=area) as by:
        for _ in range(rows):
            facts = {"starts_on": today, "ends_on": today, "inspectors": [inspector]}
            made = visits.plan_visit(by=by, name="Area inspection", **facts)
        for _ in range(rows):
            visits.add_child(by=by, visit=made, child=made_up.a_child(area))
    if name == "administration:my_visits":
        return Visit(inspector, reverse(name))
    return Visit(manager, reverse(name, args=[made.pk] if name == "administration:visit" else []))


def retention_page(rows: int) -> Visit:
    """So many records whose time is up."""
    area = made_up.an_area()
    with acting_as_system(area):
        for _ in range(rows):
            RetentionReview.objects.create(
                area=area,
                of="child",
                subject_id=made_up.a_child(area).pk,
                rule="child.with_plan",
                due_on=date(2020, 1, 1),
                listed_on=today_here(),
                because="The 31st birthday.",
            )
    return Visit(made_up.a_person(area, Role.CASE_MANAGER), reverse("administration:retention"))


def people_page(rows: int, name: str) -> Visit:
    """An area with so many people, services, teams and invitations."""
    area = made_up.an_area()
    administrator = made_up.a_person(area, Role.ADMINISTRATOR)
    for number in range(rows):
        agency = made_up.an_agency(area, name=f"Service {number}")
        officer = made_up.a_person(area, Role.CASE_OFFICER, agency=agency, team=made_up.a_team(agency))
        facts = {"email": f"new{number}@service.example", "name": "New Person", "role": Role.ANALYST}
        with acting(user=administrator, area=area) as by:
            invite(by=by, link_to="https://kept.example/join/TOKEN/", **facts)
    return Visit(administrator, reverse(name, args=[officer.pk] if name == "administration:person" else []))


def periods_page(rows: int) -> Visit:
    """An area that changed its periods so often."""
    area, today = made_up.an_area(), today_here()
    manager = made_up.a_person(area, Role.CASE_MANAGER)
    with acting(user=manager, area=area) as by:
        for number in range(rows):
            set_period(by=by, rule="account", years=2 + number, from_on=today, reason="The council's schedule of 2026.")
    return Visit(manager, reverse("administration:retention_periods"))


OF_PEOPLE = ("people", "person", "invitations", "review", "agencies")
PAGES = {
    "administration:retention_periods": periods_page,
    **{f"administration:{name}": partial(people_page, name=f"administration:{name}") for name in OF_PEOPLE},
    "administration:visit": visit_page,
    "administration:visits": lambda rows: visit_page(rows, "administration:visits"),
    "administration:my_visits": lambda rows: visit_page(rows, "administration:my_visits"),
    "administration:retention": retention_page,
}
