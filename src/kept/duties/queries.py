"""Read the ledger, always as the person who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.duties.models import Duty
from kept.duties.statuses import Status, outstanding, status_expression


def duties_for(actor: Actor) -> QuerySet[Duty]:
    """Every duty that the person may see, with `status` computed for their today."""
    return Duty.objects.filter(area=actor.area).annotate(status=status_expression(actor.today))


def my_list(actor: Actor) -> QuerySet[Duty]:
    """What the person or their teams still owe, the most urgent first.

    Whoever answers for a school has what the school itself owes too, where nobody there and no team was given it.
    """
    mine = Q(person=actor.user) | Q(person__isnull=True, team__in=actor.team_ids)
    if actor.can(Can.CONFIRM_ROLL):
        mine |= Q(person__isnull=True, team__isnull=True, agency__in=actor.agency_ids)
    return duties_for(actor).filter(mine & outstanding()).select_related("child").order_by("due_on", "made_at", "pk")


def of_child(actor: Actor, child_id: UUID) -> QuerySet[Duty]:
    """Everything owed to one child, open and past."""
    return (
        duties_for(actor).filter(child_id=child_id).select_related("agency", "team", "person").order_by("due_on", "pk")
    )


def counts(duties: QuerySet[Duty]) -> dict[str, int]:
    """How many duties have each status."""
    found = dict(duties.order_by().values_list("status").annotate(n=Count("pk")))
    return {status.value: found.get(status.value, 0) for status in Status}
