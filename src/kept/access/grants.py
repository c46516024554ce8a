"""Which grants join a person to a child today."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from kept.access.acting import Actor
from kept.access.actions import RECORD, running
from kept.access.models import Grant, Relation
from kept.access.roles import ROLES, Role, Scope

OWN_RELATIONS = [Relation.FAMILY, Relation.YOUNG_PERSON, Relation.ADVOCATE]
OF_THE_FAMILY = {Role.FAMILY, Role.ADVOCATE}


def grants_to(actor: Actor, child_id: UUID, *, part: str = RECORD) -> QuerySet[Grant]:
    """The running grants by which the person, or an agency of theirs, sees a part of a child's record today.

    As the database has it: an agency's grants count for roles that work by grants, and so do a person's own ones but
    those of the family, the young person and advocates.
    """
    by_grant = [m for m in actor.memberships if ROLES[Role(m.role)].scope is Scope.GRANTED]
    own = Q(user=actor.user)
    if not {Role(m.role) for m in by_grant} - OF_THE_FAMILY:
        own &= Q(relation__in=OWN_RELATIONS)
    mine = own | Q(agency__in={m.agency_id for m in by_grant if m.agency_id})
    whole = Q(parts=[]) | Q(parts__contains=[part])
    return Grant.objects.filter(mine & whole & running(actor.today), area=actor.area, child_id=child_id)
