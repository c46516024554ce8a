"""Made-up areas, people and children for tests: plain functions, all facts given or defaulted, nothing random."""

from __future__ import annotations

from datetime import date
from itertools import count

from kept.access.acting import acting_as_system
from kept.access.models import Agency, AgencyKind, Area, Grant, Membership, Relation, Team, User
from kept.access.roles import Role
from kept.people.models import Carer, Child, ParentalLink

LONG_AGO = date(2014, 9, 1)
_numbers = count(1)


def an_area(name: str = "Sandhaven", **more: object) -> Area:
    """A local area."""
    slug = name.lower().replace(" ", "-")
    return Area.objects.get_or_create(slug=slug, defaults={"name": name, **more})[0]


def an_agency(area: Area, kind: str = AgencyKind.SEND, name: str = "", **more: object) -> Agency:
    """An agency of the area, made once for each name."""
    with acting_as_system(area):
        words = name or f"{AgencyKind(kind).label} of {area.name}"
        return Agency.objects.get_or_create(area=area, name=words, defaults={"kind": kind, **more})[0]


def a_team(agency: Agency, name: str = "Assessment team") -> Team:
    """A team of the agency, made once for each name."""
    with acting_as_system(agency.area):
        return Team.objects.get_or_create(area=agency.area, agency=agency, name=name)[0]


def a_user(name: str = "", email: str = "") -> User:
    """An account without a role."""
    number = next(_numbers)
    return User.objects.create_user(
        email=email or f"person{number}@example.org", name=name or f"Person {number}", password="long enough to type"
    )


def a_person(
    area: Area,
    role: Role,
    *,
    agency: Agency | None = None,
    team: Team | None = None,
    name: str = "",
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> User:
    """An account with a role in the area."""
    user = a_user(name)
    with acting_as_system(area):
        Membership.objects.create(
            area=area, user=user, agency=agency, team=team, role=role, starts_on=starts_on, ends_on=ends_on
        )
    return user


def a_child(
    area: Area, given_names: str = "Nia", family_name: str = "Sample", born_on: date = date(2016, 5, 4), **more: object
) -> Child:
    """A child of the area."""
    with acting_as_system(area):
        return Child.objects.create(
            area=area,
            given_names=given_names,
            family_name=family_name,
            born_on=born_on,
            sort_key=f"{family_name} {given_names}".casefold(),
            **more,
        )


def a_parent_of(child: Child, name: str = "Pat Sample", *, has_responsibility: bool = True, **dates: date) -> User:
    """A parent with an account, joined to the child and granted the family's view."""
    area = child.area
    user = a_person(area, Role.FAMILY, name=name)
    starts_on, ends_on = dates.get("starts_on", child.born_on), dates.get("ends_on")
    with acting_as_system(area):
        carer = Carer.objects.create(area=area, name=name, user=user, email=user.email)
        ParentalLink.objects.create(
            area=area,
            child=child,
            carer=carer,
            relationship="parent",
            has_responsibility=has_responsibility,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        Grant.objects.create(
            area=area, child_id=child.pk, user=user, relation=Relation.FAMILY, starts_on=starts_on, ends_on=ends_on
        )
    return user


def involve(child: Child, agency: Agency, *, starts_on: date = LONG_AGO, ends_on: date | None = None) -> Grant:
    """Say that an agency is involved with the child."""
    with acting_as_system(child.area):
        return Grant.objects.create(
            area=child.area,
            child_id=child.pk,
            agency=agency,
            relation=Relation.AGENCY,
            starts_on=starts_on,
            ends_on=ends_on,
        )
