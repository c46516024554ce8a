"""A small area with lists: a therapy trust with an autism pathway of two stages and a list counted from referral."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from kept.access.acting import Actor, acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.waiting import actions, configuring, standards
from kept.waiting.models import Referral, Stage
from kept.waiting.words import EventKind, ServiceKind
from tests import made_up


def lists_of(by: Actor, agency: object) -> SimpleNamespace:
    """Three lists of one agency: autism assessment, feedback after it, and consultant-led paediatrics."""
    standards.load(by=by)
    autism = configuring.add_service(by=by, kind=ServiceKind.AUTISM, name="Autism assessment", agency=agency)
    doctors = configuring.add_service(by=by, kind=ServiceKind.PAEDIATRICS, name="Community doctors", agency=agency)
    pathway = configuring.add_pathway(by=by, name="Autism")
    clinic = configuring.add_pathway(by=by, name="Community paediatrics")
    return SimpleNamespace(
        first=configuring.add_stage(
            by=by,
            pathway=pathway,
            service=autism,
            name="Assessment",
            standard="autism_start",
            attended_means=EventKind.ASSESSMENT_STARTED.value,
        ),
        second=configuring.add_stage(by=by, pathway=pathway, service=autism, name="Feedback", order=2),
        rtt=configuring.add_stage(
            by=by,
            pathway=clinic,
            service=doctors,
            name="First clinic",
            standard="rtt",
            ends_with=[EventKind.TREATMENT_STARTED.value],
        ),
    )


def an_area_with_lists(**more: object) -> SimpleNamespace:
    """The area, its people, its lists and Nia."""
    area = made_up.an_area()
    trust = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy Trust")
    other = made_up.an_agency(area, AgencyKind.HEALTH, "Another Trust")
    school = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary")
    child = made_up.a_child(area)
    people = SimpleNamespace(
        area=area,
        trust=trust,
        school=school,
        child=child,
        today=today_here(),
        mother=made_up.a_parent_of(child),
        therapist=made_up.a_person(area, Role.PROFESSIONAL, agency=trust, name="Tam Therapist"),
        stranger=made_up.a_person(area, Role.PROFESSIONAL, agency=other, name="Otto Other"),
        manager=made_up.a_person(area, Role.CASE_MANAGER, agency=made_up.an_agency(area), name="Mo Manager"),
        senco=made_up.a_person(area, Role.SCHOOL, agency=school, name="Sen Senco"),
    )
    made_up.involve(child, school)
    people.acting = lambda user, today=None: acting(user=user, area=area, today=today)
    people.system = lambda today=None: acting_as_system(area, today=today)
    with people.system() as system:
        people.lists = lists_of(system, trust)
    return people


def refer(
    people: SimpleNamespace, stage: Stage, days_ago: int = 40, *, accept: bool = True, **more: object
) -> Referral:
    """Nia, or another child, referred to a list some days ago, and accepted three days later."""
    day: date = people.today - timedelta(days=days_ago)
    child = more.pop("child", people.child)
    with people.system(day) as system:
        made = actions.refer(by=system, stage=stage, child=child, made_on=day, **more)
    if accept:
        with people.system(day + timedelta(days=3)) as system:
            actions.record(by=system, referral=made, kind=EventKind.ACCEPTED)
    return made
