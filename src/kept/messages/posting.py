"""Answers to somebody without an account: nothing sends them by itself, so posting each one is owed and kept apart."""

from __future__ import annotations

from datetime import date

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.duties.actions import DutyFacts, sync
from kept.duties.models import Duty
from kept.messages.models import How, Message, Thread
from kept.rules.calendar import ENGLAND

SOURCE = "messages.post"
WITHIN = 2  # working days


def goes_by_post(thread: Thread) -> bool:
    """Whether the conversation is with somebody of the family who has no account to read it with."""
    carer = thread.with_carer
    return carer is not None and thread.with_user_id is None and carer.user_id is None


def owe(by: Actor, thread: Thread, *, sent_on: date | None = None) -> None:
    """Keep in step with what the council wrote here: each message is to be posted within two working days.

    sent_on: what was written by that day went out on it; what went before keeps its day.
    """
    if not goes_by_post(thread):
        return
    kept = Duty.objects.filter(area=by.area, source=SOURCE, source_id=thread.pk, met_on__isnull=False)
    went = dict(kept.values_list("key", "met_on"))
    ours = Message.objects.filter(area=by.area, thread=thread, is_theirs=False, how=How.PORTAL).order_by("at", "pk")
    duties = []
    for one in ours:
        key = f"post#{one.pk}"
        day = went.get(key) or (sent_on if sent_on and sent_on >= one.said_on else None)
        duties.append(_duty(thread, one, key, day))
    sync(by=by, source=SOURCE, source_id=thread.pk, child_id=thread.child_id, duties=duties)


def _duty(thread: Thread, message: Message, key: str, went_on: date | None) -> DutyFacts:
    return DutyFacts(
        key=key,
        what="Post what we wrote to the family: they have no account here",
        authority="Published standard of the council: who has no account loses nothing by it",
        rule="messages.post",
        is_statutory=False,
        owed_by="the council",
        starts_on=message.said_on,
        due_on=ENGLAND.after(message.said_on, WITHIN),
        met_on=went_on,
        evidence="Posted" if went_on else "",
        path=f"/family/{thread.child_id}/copy/{thread.pk}/",
        team_id=thread.team_id,
        person_id=thread.owner_id or message.by_id,
    )


def waits_for_post(by: Actor, thread: Thread) -> bool:
    """Whether something that the council wrote here has not been posted yet."""
    return Duty.objects.filter(area=by.area, source=SOURCE, source_id=thread.pk, met_on__isnull=True).exists()


def posted(*, by: Actor, thread: Thread, on: date) -> None:
    """Say that what was written went out by post. Raises Refused for a day to come."""
    check_can(by, Can.WORK_CASES)
    if on > by.today:
        raise Refused("The day cannot be after today.")
    owe(by, thread, sent_on=on)
