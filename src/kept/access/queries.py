"""Read accounts, agencies and grants."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency, Area, Team, User


def _roles_today(user: User, today: date | None) -> list[tuple[UUID, str]]:
    """The area and the name of each role that the account holds on the day.

    Asked before anybody acts (or while another does), so the database is told for a moment that it is this person.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('kept.person', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('kept.person', %s, true)", [str(user.pk)])
        cursor.execute(
            "SELECT area_id, role FROM access_membership WHERE user_id = %s "
            "AND starts_on <= coalesce(%s, kept_today()) "
            "AND (ends_on IS NULL OR ends_on >= coalesce(%s, kept_today()))",
            [user.pk, today, today],
        )
        found = cursor.fetchall()
        cursor.execute("SELECT set_config('kept.person', %s, true)", [before])
    return found


def areas_of(user: User) -> list[Area]:
    """The areas in which the account holds a role today, by name."""
    found = {area for area, _ in _roles_today(user, None)}
    return list(Area.objects.filter(pk__in=found).order_by("name"))


def roles_held(user: User, today: date | None = None) -> set[str]:
    """The roles that the account holds on the day (today unless told otherwise), in whichever area."""
    return {role for _, role in _roles_today(user, today)}


def agencies(actor: Actor, *kinds: str) -> QuerySet[Agency]:
    """The agencies of the actor's area, of some kinds or of all."""
    found = Agency.objects.filter(area=actor.area).order_by("name")
    return found.filter(kind__in=kinds) if kinds else found


def teams(actor: Actor) -> QuerySet[Team]:
    """The teams of the actor's area."""
    return Team.objects.filter(area=actor.area).select_related("agency").order_by("agency__name", "name")


def colleagues(actor: Actor, *roles: str) -> QuerySet[User]:
    """People who hold one of these roles in the area today."""
    return (
        User.objects.filter(
            memberships__area=actor.area, memberships__role__in=roles, memberships__starts_on__lte=actor.today
        )
        .exclude(memberships__ends_on__lt=actor.today)
        .distinct()
        .order_by("name")
    )
