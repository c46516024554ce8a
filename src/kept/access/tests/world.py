"""A small made-up world with everybody in it who might knock at a page: whoever may see Nia, and whoever may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from kept.access.acting import Actor, acting, acting_as_system, today_here
from kept.access.models import Agency, AgencyKind, Area, Grant, Membership, Relation, User
from kept.access.roles import Role
from kept.people.facts import sort_key
from kept.people.models import Address, Carer, Child, ParentalLink

LONG_AGO = date(2019, 9, 1)
A_DAY = timedelta(days=1)
NAME = ("Nia", "Sampelworth")
KNOWN_AS = "Niawen"
REFUGE = "Hidden Refuge House\nQX9 9XQ"
MOTHERS_PHONE = "07700 900111"


class Who(StrEnum):
    """Everybody who knocks. All but the last group belong to Nia's area."""

    NOBODY = "somebody signed out"
    # joined to Nia
    MOTHER = "her mother, whose address is hidden"
    FATHER = "her father, who lives elsewhere"
    ADVOCATE = "an advocate whom the family invited"
    PROFESSIONAL = "a therapist of an agency that is involved"
    DESIGNATED_OFFICER = "the designated officer of an agency that is involved"
    SCHOOL = "the SENCO of her school"
    INSPECTOR = "an inspector whose visit chose her"
    TRANSPORT = "transport staff who take her to school"
    # reaching the whole area
    OFFICER = "a case officer"
    MANAGER = "a case manager"
    DIRECTOR = "the director"
    # the same roles, not joined to Nia
    OTHER_FAMILY = "a parent of another child"
    YOUNG_PERSON = "a young person, who is another child"
    FORMER_PARENT = "a carer whose responsibility ended yesterday"
    OTHER_PROFESSIONAL = "a therapist of an agency that is not involved"
    FORMER_PROFESSIONAL = "a therapist of an agency whose involvement ended yesterday"
    OTHER_SCHOOL = "the SENCO of another school"
    OTHER_INSPECTOR = "an inspector whose visit ended yesterday"
    # roles that see no child
    ANALYST = "an analyst"
    AUDITOR = "an auditor"
    DATA_PROTECTION = "the data protection officer"
    ADMINISTRATOR = "an administrator"
    OFFER_EDITOR = "an editor of the Local Offer"
    PROVIDER = "a provider in the Local Offer"
    FORUM = "the parent carer forum"
    FORMER_OFFICER = "a case officer whose role ended yesterday"
    # another area
    OTHER_AREA_OFFICER = "a case officer of another area"
    OTHER_AREA_ADMINISTRATOR = "an administrator of another area"


EVERYBODY = frozenset(Who)
SIGNED_IN = EVERYBODY - {Who.NOBODY}
ROLELESS = frozenset({Who.FORMER_OFFICER})  # signed in, with no role and so no area today
WITH_A_ROLE = SIGNED_IN - ROLELESS
OTHER_AREA = frozenset({Who.OTHER_AREA_OFFICER, Who.OTHER_AREA_ADMINISTRATOR})
CASE_TEAM = frozenset({Who.OFFICER, Who.MANAGER})
AREA_STAFF = CASE_TEAM | {Who.DIRECTOR}
PARENTS = frozenset({Who.MOTHER, Who.FATHER})
FAMILY = PARENTS | {Who.ADVOCATE}
INVOLVED = frozenset({Who.PROFESSIONAL, Who.DESIGNATED_OFFICER, Who.SCHOOL})
MAY_SEE_NIA = AREA_STAFF | FAMILY | INVOLVED | {Who.INSPECTOR}
MAY_KNOW_OF_NIA = MAY_SEE_NIA  # transport staff join them when journeys are in Kept

ROLE_OF: dict[Who, Role | None] = {
    Who.MOTHER: Role.FAMILY,
    Who.FATHER: Role.FAMILY,
    Who.ADVOCATE: Role.ADVOCATE,
    Who.PROFESSIONAL: Role.PROFESSIONAL,
    Who.DESIGNATED_OFFICER: Role.DESIGNATED_OFFICER,
    Who.SCHOOL: Role.SCHOOL,
    Who.INSPECTOR: Role.INSPECTOR,
    Who.TRANSPORT: Role.TRANSPORT,
    Who.OFFICER: Role.CASE_OFFICER,
    Who.MANAGER: Role.CASE_MANAGER,
    Who.DIRECTOR: Role.DIRECTOR,
    Who.OTHER_FAMILY: Role.FAMILY,
    Who.YOUNG_PERSON: Role.FAMILY,
    Who.FORMER_PARENT: Role.FAMILY,
    Who.OTHER_PROFESSIONAL: Role.PROFESSIONAL,
    Who.FORMER_PROFESSIONAL: Role.PROFESSIONAL,
    Who.OTHER_SCHOOL: Role.SCHOOL,
    Who.OTHER_INSPECTOR: Role.INSPECTOR,
    Who.ANALYST: Role.ANALYST,
    Who.AUDITOR: Role.AUDITOR,
    Who.DATA_PROTECTION: Role.DATA_PROTECTION,
    Who.ADMINISTRATOR: Role.ADMINISTRATOR,
    Who.OFFER_EDITOR: Role.OFFER_EDITOR,
    Who.PROVIDER: Role.PROVIDER,
    Who.FORUM: Role.FORUM,
    Who.FORMER_OFFICER: Role.CASE_OFFICER,
    Who.OTHER_AREA_OFFICER: Role.CASE_OFFICER,
    Who.OTHER_AREA_ADMINISTRATOR: Role.ADMINISTRATOR,
}
AGENCY_OF: dict[Who, tuple[str, AgencyKind]] = {
    Who.PROFESSIONAL: ("Therapy service", AgencyKind.HEALTH),
    Who.DESIGNATED_OFFICER: ("Therapy service", AgencyKind.HEALTH),
    Who.SCHOOL: ("Her school", AgencyKind.SCHOOL),
    Who.TRANSPORT: ("Transport service", AgencyKind.TRANSPORT),
    Who.OFFICER: ("SEND service", AgencyKind.SEND),
    Who.MANAGER: ("SEND service", AgencyKind.SEND),
    Who.OTHER_PROFESSIONAL: ("Another therapy service", AgencyKind.HEALTH),
    Who.FORMER_PROFESSIONAL: ("Former therapy service", AgencyKind.HEALTH),
    Who.OTHER_SCHOOL: ("Another school", AgencyKind.SCHOOL),
    Who.PROVIDER: ("Provider", AgencyKind.COMMUNITY),
    Who.FORUM: ("Parent carer forum", AgencyKind.FORUM),
}
ENDED = {Who.FORMER_OFFICER}


@dataclass
class World:
    """The made-up area: `users` by who they are, Nia and two other children, and what the services add `once`."""

    area: Area
    other_area: Area
    today: date
    users: dict[Who, User] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    nia: Child = None  # type: ignore[assignment]
    bo: Child = None  # type: ignore[assignment]
    zac: Child = None  # type: ignore[assignment]
    system: Actor = None  # type: ignore[assignment]
    carers: dict[Who, Carer] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    sessions: dict[Who, str] = field(default_factory=dict)

    def area_of(self, who: Who) -> Area:
        """Whose area they work in."""
        return self.other_area if who in OTHER_AREA else self.area

    def acting(self, who: Who) -> Any:
        """Act as one of them: `with world.acting(Who.OFFICER) as actor:`."""
        return acting(user=self.users[who], area=self.area_of(who), today=self.today)

    def agency(self, who: Who) -> Agency:
        """The agency they work for."""
        return self.agencies[AGENCY_OF[who][0]]

    def once(self, name: str, make: Callable[[World], Any]) -> Any:
        """What a service needs for its pages, made the first time it is asked for, by Kept itself."""
        if name not in self.made:
            with acting_as_system(self.area, today=self.today) as self.system:
                self.made[name] = make(self)
        return self.made[name]


def make_world(*, today: date | None = None) -> World:
    """Make the two areas, everybody in `Who`, Nia and the other children. Needs a database."""
    day = today or today_here()
    area, other_area = (Area.objects.create(name=name, slug=name.lower()) for name in ("Worldhaven", "Elsewhereshire"))
    world = World(area=area, other_area=other_area, today=day)
    for who in SIGNED_IN:
        world.users[who] = User.objects.create_user(email=f"{who.name.lower()}@world.example", name=who.name.title())
    with acting_as_system(other_area, today=day):
        _memberships(world, OTHER_AREA)
    with acting_as_system(area, today=day) as world.system:
        _memberships(world, SIGNED_IN - OTHER_AREA)
        _children(world)
        _grants(world)
    return world


def _memberships(world: World, people: frozenset[Who]) -> None:
    for who in sorted(people):
        area = world.area_of(who)
        agency = None
        if who in AGENCY_OF:
            name, kind = AGENCY_OF[who]
            if name not in world.agencies:
                world.agencies[name] = Agency.objects.create(area=area, name=name, kind=kind)
            agency = world.agencies[name]
        ends_on = world.today - A_DAY if who in ENDED else None
        Membership.objects.create(
            area=area, user=world.users[who], role=ROLE_OF[who], agency=agency, starts_on=LONG_AGO, ends_on=ends_on
        )


def _child(world: World, given_names: str, family_name: str, age: int, known_as: str = "") -> Child:
    born_on = date(world.today.year - age, 1, 1)
    return Child.objects.create(
        area=world.area,
        given_names=given_names,
        family_name=family_name,
        born_on=born_on,
        known_as=known_as,
        sort_key=sort_key(given_names, family_name),
    )


def _children(world: World) -> None:
    world.nia = _child(world, *NAME, 9, KNOWN_AS)
    world.bo = _child(world, "Bo", "Otherby", 8)
    world.zac = _child(world, "Zac", "Youngman", 17)
    for who, name, phone in ((Who.MOTHER, "Mara Sampelworth", MOTHERS_PHONE), (Who.FATHER, "Farid Sampelworth", "")):
        world.carers[who] = Carer.objects.create(area=world.area, name=name, phone=phone, user=world.users[who])
        ParentalLink.objects.create(
            area=world.area,
            child=world.nia,
            carer=world.carers[who],
            relationship=who.name.lower(),
            has_responsibility=True,
            lives_with=who is Who.MOTHER,
            starts_on=LONG_AGO,
        )
    lines, postcode = REFUGE.split("\n")
    Address.objects.create(
        area=world.area,
        child=world.nia,
        lines=lines,
        postcode=postcode,
        starts_on=LONG_AGO,
        is_confidential=True,
        holder=world.carers[Who.MOTHER],
    )


def _grants(world: World) -> None:
    def give(who: Who, child: Child, relation: Relation, *, to_agency: bool = False, **more: Any) -> None:
        to = {"agency": world.agency(who)} if to_agency else {"user": world.users[who]}
        Grant.objects.create(
            **{"area": world.area, "child_id": child.pk, "relation": relation, "starts_on": LONG_AGO} | to | more
        )

    yesterday = world.today - A_DAY
    give(Who.MOTHER, world.nia, Relation.FAMILY)
    give(Who.FATHER, world.nia, Relation.FAMILY)
    give(Who.FORMER_PARENT, world.nia, Relation.FAMILY, ends_on=yesterday)
    give(Who.ADVOCATE, world.nia, Relation.ADVOCATE)
    give(Who.PROFESSIONAL, world.nia, Relation.AGENCY, to_agency=True)
    give(Who.FORMER_PROFESSIONAL, world.nia, Relation.AGENCY, to_agency=True, ends_on=yesterday)
    give(Who.SCHOOL, world.nia, Relation.AGENCY, to_agency=True)
    give(Who.TRANSPORT, world.nia, Relation.AGENCY, to_agency=True, parts=["journey"])
    give(Who.INSPECTOR, world.nia, Relation.VISIT, reason="Area inspection")
    give(Who.OTHER_INSPECTOR, world.nia, Relation.VISIT, reason="Area inspection", ends_on=yesterday)
    give(Who.OTHER_FAMILY, world.bo, Relation.FAMILY)
    give(Who.OTHER_PROFESSIONAL, world.bo, Relation.AGENCY, to_agency=True)
    give(Who.OTHER_SCHOOL, world.bo, Relation.AGENCY, to_agency=True)
    give(Who.YOUNG_PERSON, world.zac, Relation.YOUNG_PERSON)
