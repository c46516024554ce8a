"""Invitations whose email came back: whoever invited reads it in the list, with what to do instead."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor
from kept.administration.models import Invitation
from kept.letters import bounces


@transaction.atomic
def read_waiting(*, by: Actor) -> int:
    """Take note of invitations of this area in the folder that KEPT_BOUNCES names; how many are new. Safe to repeat."""
    open_ones = Invitation.objects.filter(area=by.area, accepted_at=None, withdrawn_at=None, problem="")
    return sum(
        open_ones.filter(pk=UUID(one.key)).update(problem=one.why[:300] or "It came back.") for one in bounces.waiting()
    )
