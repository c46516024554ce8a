"""Read accounts, agencies and grants."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency, Area, Team, User


def areas_of(user: User) -> list[Area]:
    """The areas in which the account holds a role today, by name.

    Asked before anybody acts, so the question goes to the database's own function, which knows only this person's rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kept.person', %s, true)", [str(user.pk)])
        cursor.execute(
            "SELECT area_id FROM access_membership WHERE user_id = %s "
            "AND starts_on <= kept_today() AND (ends_on IS NULL OR ends_on >= kept_today())",
            [user.pk],
        )
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT set_config('kept.person', '', true)")
    return list(Area.objects.filter(pk__in=found).order_by("name"))


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
