"""Emails to families that came back: whoever holds the conversation reads it there, with what to do instead."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kept.access.acting import Actor
from kept.letters import bounces
from kept.messages.models import Email, EmailKind, Thread

CAME_BACK = "It came back: the address does not work."


@transaction.atomic
def read_waiting(*, by: Actor) -> int:
    """Take note of emails of this area in the folder that KEPT_BOUNCES names; how many are new. Safe to repeat."""
    went = Email.objects.filter(area=by.area, sent_at__isnull=False, stopped_because="")
    return sum(
        went.filter(pk=UUID(one.key)).update(stopped_because=CAME_BACK, problem=one.why[:300])
        for one in bounces.waiting()
    )


def with_failures(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """The conversations with `not_told`: why the latest email about each did not arrive, "" where it did or none was

    sent.
    """
    latest = Email.objects.filter(area=OuterRef("area"), about=OuterRef("pk"), kind=EmailKind.MESSAGE)
    wanted = latest.exclude(stopped_because="They do not want this by email.").order_by("-made_at", "-pk")
    return threads.annotate(not_told=Coalesce(Subquery(wanted.values("stopped_because")[:1]), Value("")))
