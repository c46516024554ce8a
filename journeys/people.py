"""The people of a small made-up area, for journeys in which several of them meet."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.people.actions import enrol
from tests import made_up


def an_area_of_people() -> SimpleNamespace:
    """An officer with a deputy, a mother, a therapist, a SENCO, a director and Nia, who is at Harbour Primary."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND, phone="01632 960001")
    made_up.an_agency(area, AgencyKind.SENDIASS, "Family Advice", phone="01632 960002")
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy Trust")
    school = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary", phone="01632 960003")
    team = made_up.a_team(send)
    child = made_up.a_child(area)
    people = SimpleNamespace(
        area=area,
        team=team,
        health=health,
        school=school,
        child=child,
        today=today_here(),
        mother=made_up.a_parent_of(child, "Pat Sample"),
        officer=made_up.a_person(area, Role.CASE_OFFICER, agency=send, team=team, name="Olu Officer"),
        deputy=made_up.a_person(area, Role.CASE_OFFICER, agency=send, team=team, name="Dee Deputy"),
        therapist=made_up.a_person(area, Role.PROFESSIONAL, agency=health, name="Tam Therapist"),
        senco=made_up.a_person(area, Role.SCHOOL, agency=school, name="Sen Senco"),
        director=made_up.a_person(area, Role.DIRECTOR, agency=send, name="Di Director"),
    )
    people.acting = lambda user: acting(user=user, area=area)
    with acting_as_system(area) as system:
        enrol(by=system, child=child, setting=school, starts_on=date(2021, 9, 1))
    return people


def a_case(people: SimpleNamespace, days_ago: int = 10) -> object:
    """A request received some days ago, with an officer and a deputy."""
    with people.acting(people.officer) as actor:
        return cases.open_case(
            by=actor,
            child=people.child,
            kind="request_received",
            on=people.today - timedelta(days=days_ago),
            details={"by": "parent"},
            officer=people.officer,
            deputy=people.deputy,
            team=people.team,
        )


def advice_asked(people: SimpleNamespace, case: object) -> object:
    """The assessment was agreed yesterday and the therapy trust asked."""
    yesterday = people.today - timedelta(days=1)
    with people.acting(people.officer) as actor:
        cases.record(by=actor, case=case, kind="assess_decision", on=yesterday, details={"outcome": "assess"})
        return cases.ask_for_advice(
            by=actor,
            case=case,
            kind="health",
            body="Therapy Trust",
            asked_on=yesterday,
            received_on=yesterday,
            agency=people.health,
        )
