"""Which grants join a person to a child today."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from kept.access.acting import Actor
from kept.access.actions import running
from kept.access.models import Grant

RECORD = "record"
JOURNEY = "journey"
PARTS: dict[str, str] = {
    RECORD: "the record: needs, assessment, plan, duties and history",
    JOURNEY: "the journey: who is taken where, when and with what help",
}


def grants_to(actor: Actor, child_id: UUID, *, part: str = RECORD) -> QuerySet[Grant]:
    """The running grants by which the person, or an agency of theirs, sees a part of a child's record today."""
    mine = Q(user=actor.user) | Q(agency__in=actor.agency_ids)
    whole = Q(parts=[]) | Q(parts__contains=[part])
    return Grant.objects.filter(mine & whole & running(actor.today), area=actor.area, child_id=child_id)
