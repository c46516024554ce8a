"""How to get the partners' desk with a number of requests."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.models import AgencyKind
from kept.access.queries import areas_of
from kept.access.roles import Role
from kept.cases import actions
from kept.cases.models import AdviceRequest
from kept.partners.links import make_link
from kept.partners.models import Told
from kept.people.models import Child
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


def told(rows: int) -> Visit:
    """What a school told of a child who may be any of so many on the record."""
    area, today = an_area(), today_here()
    officer, school = a_person(area, Role.CASE_OFFICER), an_agency(area, AgencyKind.SCHOOL)
    for _ in range(rows):
        a_child(area)
    with acting(user=officer, area=area):
        like = Child.objects.filter(area=area).first()
        facts = {"given_names": like.given_names, "family_name": like.family_name, "born_on": like.born_on}
        found = Told.objects.create(
            area=area, kind="request", agency=school, told_on=today, parent_told_on=today, told_by=officer, **facts
        )
    return Visit(officer, reverse("partners:told", args=[found.pk]))


def by_link(rows: int) -> Visit:
    """The page of a link, before the date of birth, where so many links were made."""
    visit = desk(rows)
    with acting(user=visit.user, area=areas_of(visit.user)[0]) as by:
        for asked in AdviceRequest.objects.filter(area=by.area):
            _, address = make_link(by=by, request=asked, name="Lou", email="lou@example.org", address="TOKEN")
    return Visit(None, reverse("partners:by_link", args=[by.area.slug, address]))


PAGES = {"partners:desk": desk, "partners:told": told, "partners:by_link": by_link}
