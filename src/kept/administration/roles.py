"""Give, end and review roles; agencies and teams."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from kept.access.accounts import NOT_STAFF
from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, Membership, Team, User
from kept.access.roles import ROLES, Can, Role
from kept.administration.invitations import NEEDS_AGENCY
from kept.administration.models import ReviewAnswer
from kept.rules.identifiers.emails import email_address

A_DAY = timedelta(days=1)
MONTHS_A_QUARTER = 3


def _check(by: Actor, user: User) -> None:
    check_can(by, Can.MANAGE_ACCESS)
    if user.pk == by.user.pk:
        raise Refused("Nobody changes their own roles. Ask another administrator.")


@transaction.atomic
def give_role(
    *,
    by: Actor,
    user: User,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    agency: Agency | None = None,
    team: Team | None = None,
) -> Membership:
    """Give somebody a role from and until the dates given, both included. Safe to repeat. Raises Refused."""
    _check(by, user)
    if role in NOT_STAFF or role is Role.SYSTEM:
        raise Refused(f"The role {ROLES[role].name} is not given here: families and advocates come by invitation.")
    if role in NEEDS_AGENCY and agency is None:
        raise Refused(f"Say which service the {ROLES[role].name.lower()} works for.")
    if team is not None and (agency is None or team.agency_id != agency.pk):
        raise Refused("The team belongs to another service.")
    if any(thing is not None and thing.area_id != by.area.pk for thing in (agency, team)):
        raise Refused("This belongs to another area.")
    if ends_on is not None and ends_on < starts_on:
        raise Refused("The last day must not be before the first.")
    facts = {"area": by.area, "user": user, "role": role, "agency": agency, "team": team}
    made, _ = Membership.objects.get_or_create(**facts, starts_on=starts_on, defaults={"ends_on": ends_on})
    return made


@transaction.atomic
def end_role(*, by: Actor, membership: Membership) -> None:
    """End a role at once: yesterday was its last day. One given today is taken back; the change history keeps it."""
    _check(by, membership.user)
    found = Membership.objects.select_for_update().filter(area=by.area, pk=membership.pk).first()
    if found is None or (found.ends_on is not None and found.ends_on < by.today):
        return
    if found.role == Role.ADMINISTRATOR and not _other_administrators(by, found):
        raise Refused("This is the last administrator. Give the role to somebody else first.")
    if found.starts_on >= by.today:
        found.delete()
        return
    found.ends_on = by.today - A_DAY
    found.save(update_fields=["ends_on"])


def _other_administrators(by: Actor, but: Membership) -> bool:
    others = Membership.objects.filter(area=by.area, role=Role.ADMINISTRATOR, user__is_active=True)
    return any(one.is_running(by.today) for one in others.exclude(user=but.user_id))


def quarter_of(day: date) -> date:
    """The first day of the quarter of the year in which the day falls."""
    return date(day.year, (day.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1, 1)


@transaction.atomic
def still_needed(*, by: Actor, memberships: Collection[Membership]) -> int:
    """Record that these roles are still needed this quarter. How many were new. Raises Refused for one's own."""
    for membership in memberships:
        _check(by, membership.user)
    quarter = quarter_of(by.today)
    answered = set(
        ReviewAnswer.objects.filter(area=by.area, quarter=quarter, membership__in=memberships).values_list(
            "membership_id", flat=True
        )
    )
    new = [one for one in memberships if one.pk not in answered]
    ReviewAnswer.objects.bulk_create(
        [ReviewAnswer(area=by.area, quarter=quarter, membership=one, is_needed=True, by=by.user) for one in new],
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def not_needed(*, by: Actor, membership: Membership) -> None:
    """Record that a role is no longer needed, and end it at once."""
    _check(by, membership.user)
    ReviewAnswer.objects.update_or_create(
        area=by.area,
        quarter=quarter_of(by.today),
        membership=membership,
        defaults={"is_needed": False, "by": by.user},
    )
    end_role(by=by, membership=membership)


@transaction.atomic
def save_agency(*, by: Actor, agency: Agency) -> Agency:
    """Add an agency or change one. Raises Refused."""
    check_can(by, Can.MANAGE_ACCESS)
    agency.area = by.area
    agency.name = " ".join(agency.name.split())
    try:
        agency.email = email_address(agency.email) if agency.email else ""
    except ValueError as problem:
        raise Refused(str(problem)) from None
    agency.save()
    return agency


@transaction.atomic
def save_team(*, by: Actor, team: Team) -> Team:
    """Add a team of an agency or change one. Raises Refused for a name that the agency has already."""
    check_can(by, Can.MANAGE_ACCESS)
    team.area = by.area
    team.name = " ".join(team.name.split())
    same = Team.objects.filter(area=by.area, agency=team.agency, name__iexact=team.name).exclude(pk=team.pk)
    if same.exists():
        raise Refused("This service has a team of this name already.")
    team.save()
    return team
