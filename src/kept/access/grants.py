"""Which grants join a person to a child today."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from kept.access.acting import Actor
from kept.access.actions import RECORD, running
from kept.access.models import Grant
from kept.access.roles import ROLES, Role, Scope


def grants_to(actor: Actor, child_id: UUID, *, part: str = RECORD) -> QuerySet[Grant]:
    """The running grants by which the person, or an agency of theirs, sees a part of a child's record today."""
    agencies = {m.agency_id for m in actor.memberships if m.agency_id and ROLES[Role(m.role)].scope is Scope.GRANTED}
    mine = Q(user=actor.user) | Q(agency__in=agencies)
    whole = Q(parts=[]) | Q(parts__contains=[part])
    return Grant.objects.filter(mine & whole & running(actor.today), area=actor.area, child_id=child_id)
