"""A made-up area with plans by two writers, and the people who may judge them."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind, User
from kept.access.roles import Role
from kept.people.models import Child
from kept.plans.models import Entry, Plan, Version
from kept.plans.section_sets import set_on
from kept.plans.words import Kind
from tests import made_up

TODAY = date(2026, 9, 21)
WORDS = (
    ("A", Kind.VIEW, "{name} told Ms Fernsby with pictures: I like building with Barnaby."),
    ("B", Kind.NEED, "{name} understands one key word out of ten given in class at Harbour Primary."),
    ("E", Kind.OUTCOME, "By July 2027 {name} will follow two key words in nine of ten tries."),
    ("F", Kind.PROVISION, "{name} will have regular access to speech and language therapy as appropriate."),
)


def a_final(area: object, child: Child, writer: User, *, issued_on: date) -> Version:
    """An issued plan of a child, written by somebody."""
    with acting_as_system(area) as by:
        plan = Plan.objects.create(area=area, child=child, section_set=set_on(issued_on).key, made_by=writer)
        version = Version.objects.create(
            area=area, plan=plan, child=child, number=1, stage="final", section_set=plan.section_set, writer=writer
        )
        for section, kind, text in WORDS:
            Entry.objects.create(
                area=by.area, version=version, child=child, section=section, kind=kind,
                text=text.format(name=child.given_names),
            )  # fmt: skip
        version.issued_on, version.signed_by = issued_on, writer
        version.save()
    return version


def a_place(plans: int = 6, today: date = TODAY) -> SimpleNamespace:
    """The people and some plans; the first child is known to the therapist, who may not judge that plan."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND)
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy trust")
    school = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary")
    forum = made_up.an_agency(area, AgencyKind.FORUM, "Parent carer forum")
    place = SimpleNamespace(
        area=area, today=today,
        manager=made_up.a_person(area, Role.CASE_MANAGER, agency=send, name="Mo Manager"),
        other_manager=made_up.a_person(area, Role.CASE_MANAGER, agency=send, name="Meg Manager"),
        writer=made_up.a_person(area, Role.CASE_OFFICER, agency=send, name="Olu Officer"),
        officer=made_up.a_person(area, Role.CASE_OFFICER, agency=send, name="Dee Deputy"),
        therapist=made_up.a_person(area, Role.PROFESSIONAL, agency=health, name="Tam Therapist"),
        nurse=made_up.a_person(area, Role.DESIGNATED_OFFICER, agency=health, name="Noor Nurse"),
        senco=made_up.a_person(area, Role.SCHOOL, agency=school, name="Sen Senco"),
        parent=made_up.a_person(area, Role.FORUM, agency=forum, name="Fay Forum"),
    )  # fmt: skip
    place.acting = lambda user, on=None: acting(user=user, area=area, today=on or today)
    place.children = [made_up.a_child(area, name, "Sample") for name in NAMES[:plans]]
    place.versions = [
        a_final(area, child, (place.writer, place.officer)[n % 2], issued_on=today - timedelta(days=30 + n))
        for n, child in enumerate(place.children)
    ]
    made_up.involve(place.children[0], health)
    return place


NAMES = ("Nia", "Tomas", "Adaeze", "Kit", "Yusuf", "Maeve", "Ravi", "Lowri")


def judges(place: SimpleNamespace) -> set:
    """The accounts that are asked to judge: three agencies and the forum."""
    return {user.pk for user in (place.writer, place.officer, place.therapist, place.nurse, place.senco, place.parent)}
