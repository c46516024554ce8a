"""A made-up place with a plan that is a year old, its school, its family and its officer."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.people.actions import enrol
from kept.people.models import Child
from tests import made_up

TODAY = date(2026, 9, 21)  # a Monday


def a_place(today: date = TODAY) -> SimpleNamespace:
    """The people, the school and one child, Nia, whose plan was made ten months ago."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND)
    school = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary", email="office@harbour.example")
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy trust", email="desk@therapy.example")
    care = made_up.an_agency(area, AgencyKind.SOCIAL_CARE, "Social care", email="care@council.example")
    place = SimpleNamespace(
        area=area, today=today, school=school, health=health, care=care,
        officer=made_up.a_person(area, Role.CASE_OFFICER, agency=send, name="Olu Officer"),
        manager=made_up.a_person(area, Role.CASE_MANAGER, agency=send, name="Mo Manager"),
        senco=made_up.a_person(area, Role.SCHOOL, agency=school, name="Sen Senco"),
        therapist=made_up.a_person(area, Role.PROFESSIONAL, agency=health, name="Tam Therapist"),
    )  # fmt: skip
    place.acting = lambda user, on=None: acting(user=user, area=area, today=on or place.today)
    place.child, place.case = a_child_with_a_plan(place, "Nia", date(2016, 5, 4))
    place.mother = made_up.a_parent_of(place.child, "Pat Sample")
    for agency in (health, care):
        made_up.involve(place.child, agency)
    return place


def a_child_with_a_plan(
    place: SimpleNamespace, name: str, born_on: date, *, made_on: date | None = None
) -> tuple[Child, object]:
    """A child of the school with a plan first made on a day, ten months ago unless given."""
    made_on = made_on or place.today - timedelta(days=300)
    child = made_up.a_child(place.area, name, born_on=born_on)
    steps = (
        ("assess_decision", -70, {"outcome": "assess"}),
        ("draft_plan_served", -30, {}),
        ("final_plan_sent", 0, {}),
    )
    with acting_as_system(place.area, today=place.today) as by:
        enrol(by=by, child=child, setting=place.school, starts_on=max(born_on, date(2022, 9, 1)))
        case = cases.open_case(
            by=by, child=child, kind="request_received", on=made_on - timedelta(days=110), details={"by": "parent"},
            officer=place.officer,
        )  # fmt: skip
        for kind, days, details in steps:
            cases.record(
                by=by, case=case, kind=kind, on=made_on + timedelta(days=days), details=details, with_beside=True
            )
        case.refresh_from_db()
    return child, case
