"""Say something, hand a conversation on, close it. Each is one transaction, safe to repeat, and keeps the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, Team, User
from kept.access.roles import ROLES, Can
from kept.duties.actions import DutyFacts, reassign, sync
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.messages import posting
from kept.messages.emails import tell_of_message
from kept.messages.models import How, Message, ReplyStandard, Thread, WaitingFor
from kept.people.models import Carer, Child
from kept.rules.replies import Said, Standard, Turn, turns

SOURCE = "messages"
LONGEST = 20_000
AUTHORITY = "Published standard of reply of the council"


def standard_of(by: Actor) -> Standard:
    """The standard in force today: the area's own, or two working days to acknowledge and ten to answer."""
    chosen = ReplyStandard.objects.filter(area=by.area, from_on__lte=by.today).order_by("-from_on", "-pk").first()
    return Standard(chosen.acknowledge_days, chosen.answer_days) if chosen else Standard()


def standards_by_day(by: Actor) -> Callable[[date], Standard]:
    """What gives the standard that stood on a day: a question keeps the promise under which it was asked."""
    rows = list(ReplyStandard.objects.filter(area=by.area).order_by("from_on", "pk"))

    def stood(day: date) -> Standard:
        chosen = next((row for row in reversed(rows) if row.from_on <= day), None)
        return Standard(chosen.acknowledge_days, chosen.answer_days) if chosen else Standard()

    return stood


def is_council(by: Actor) -> bool:
    """Whether the person speaks for the council in a conversation."""
    return by.can(Can.WORK_CASES)


def checked_text(text: str) -> str:
    """The text as it is kept. Raises Refused for an empty one, or one too long to be read."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused("Write your message before you send it.")
    if len(text) > LONGEST:
        raise Refused(
            f"Your message has {len(text):,} letters. Keep it to {LONGEST:,}, or send the long part as a document."
        )
    return text


@transaction.atomic
def start(
    *,
    by: Actor,
    child: Child,
    subject: str,
    text: str,
    with_user: User | None = None,
    with_carer: Carer | None = None,
    with_agency: Agency | None = None,
    owner: User | None = None,
    team: Team | None = None,
    how: str = How.PORTAL,
    said_on: date | None = None,
    said_by: str = "",
    is_theirs: bool | None = None,
    answers: bool = False,
    token: UUID | None = None,
) -> Thread:
    """Begin a conversation with its first message.

    owner, team: who holds it in the council. is_theirs: whether the family or the partner said it (None: whoever does
    not speak for the council did); staff pass True to write down what was said by phone or letter. Raises Refused.
    """
    if token and (done := Message.objects.filter(area=by.area, token=token).select_related("thread").first()):
        return done.thread
    text = checked_text(text)
    if not subject.strip():
        raise Refused("Say in a few words what it is about.")
    if not (with_user or with_carer or with_agency):
        raise Refused("Choose who the message is with.")
    thread = Thread.objects.create(
        area=by.area,
        child=child,
        subject=subject.strip()[:120],
        with_user=with_user,
        with_carer=with_carer,
        with_agency=with_agency,
        owner=owner,
        team=team,
        opened_by=by.user,
    )
    _say(
        by,
        thread,
        text,
        how=how,
        said_on=said_on,
        said_by=said_by,
        is_theirs=is_theirs,
        answers=answers,
        token=token,
    )
    return thread


@transaction.atomic
def say(
    *,
    by: Actor,
    thread: Thread,
    text: str,
    answers: bool = False,
    how: str = How.PORTAL,
    said_on: date | None = None,
    said_by: str = "",
    is_theirs: bool | None = None,
    token: UUID | None = None,
) -> Message:
    """Say something in a conversation; a closed one opens again. Raises Refused."""
    if token and (done := Message.objects.filter(area=by.area, token=token).first()):
        return done
    return _say(
        by,
        _locked(by, thread),
        checked_text(text),
        how=how,
        said_on=said_on,
        said_by=said_by,
        is_theirs=is_theirs,
        answers=answers,
        token=token,
    )


def _locked(by: Actor, thread: Thread) -> Thread:
    found = Thread.objects.select_for_update(of=("self",)).filter(area=by.area, pk=thread.pk).first()
    if found is None:
        raise Refused("This conversation is not in your record.")
    return found


def _say(
    by: Actor,
    thread: Thread,
    text: str,
    *,
    how: str,
    said_on: date | None,
    said_by: str,
    is_theirs: bool | None,
    answers: bool,
    token: UUID | None,
) -> Message:
    theirs = not is_council(by) if is_theirs is None else is_theirs
    if not theirs or how != How.PORTAL:
        check_can(by, Can.WORK_CASES)
    if said_on and said_on > by.today:
        raise Refused("It cannot have been said after today.")
    message = Message.objects.create(
        area=by.area,
        thread=thread,
        child_id=thread.child_id,
        text=text,
        is_theirs=theirs,
        answers=answers and not theirs,
        said_by=(said_by or speaker(by))[:200],
        by=by.user,
        said_on=said_on or by.today,
        how=how,
        token=token,
    )
    thread.closed_on = None
    thread.last_at = timezone.now()
    refresh(by, thread)
    if not theirs:
        tell_of_message(by, thread)
        posting.owe(by, thread)
    return message


def speaker(by: Actor) -> str:
    """How the person is called in a conversation: name and role."""
    roles = sorted(ROLES[role].name.lower() for role in by.roles)
    agency = next((m.agency.name for m in by.memberships if m.agency), "")
    return f"{by.user.name}, {agency or ' and '.join(roles)}"


def turns_of(by: Actor, thread: Thread) -> list[Turn]:
    """The turns of a conversation, each by the standard that stood when it began."""
    said = Message.objects.filter(area=by.area, thread=thread).order_by("said_on", "at", "pk")
    facts = [Said(one.said_on, one.is_theirs, one.answers) for one in said]
    return turns(facts, standards_by_day(by))


def refresh(by: Actor, thread: Thread) -> None:
    """Rewrite whose turn it is and the duties of reply."""
    found = turns_of(by, thread)
    open_turn = next((turn for turn in found if turn.answered_on is None), None)
    thread.answer_by = open_turn.answer_by if open_turn else None
    if thread.closed_on:
        thread.waiting_for = WaitingFor.NOBODY
    else:
        thread.waiting_for = WaitingFor.US if open_turn else WaitingFor.THEM
    thread.save(update_fields=["answer_by", "waiting_for", "closed_on", "last_at"])
    duties = [duty for turn in found for duty in _duties(thread, turn)]
    sync(by=by, source=SOURCE, source_id=thread.pk, child_id=thread.child_id, duties=duties)


def _duties(thread: Thread, turn: Turn) -> list[DutyFacts]:
    shared: dict[str, Any] = {
        "authority": AUTHORITY,
        "is_statutory": False,
        "owed_by": "the council",
        "starts_on": turn.asked_on,
        "path": f"/messages/{thread.pk}/",
        "team_id": thread.team_id,
        "person_id": thread.owner_id,
    }
    who = "a partner" if thread.with_agency_id else "the family"
    return [
        DutyFacts(
            key=f"acknowledge#{turn.number}",
            what=f"Acknowledge a message from {who}",
            rule="messages.acknowledge",
            due_on=turn.acknowledge_by,
            met_on=turn.acknowledged_on,
            evidence="A message of the council" if turn.acknowledged_on else "",
            **shared,
        ),
        DutyFacts(
            key=f"answer#{turn.number}",
            what=f"Answer a message from {who}",
            rule="messages.answer",
            due_on=turn.answer_by,
            met_on=turn.answered_on,
            evidence="The council's answer" if turn.answered_on else "",
            **shared,
        ),
    ]


@transaction.atomic
def close(*, by: Actor, thread: Thread) -> Thread:
    """Close a conversation that is owed no answer. Raises Refused while an answer is owed. A new message opens it."""
    check_can(by, Can.WORK_CASES)
    thread = _locked(by, thread)
    if thread.waiting_for == WaitingFor.US:
        raise Refused("Answer the question first: a conversation that is owed an answer cannot be closed.")
    if posting.waits_for_post(by, thread):
        raise Refused("Post what was written first, and save the day: the family has not had it yet.")
    thread.closed_on = by.today
    refresh(by, thread)
    return thread


@transaction.atomic
def hand_on(*, by: Actor, thread: Thread, person: User | None, team: Team | None = None, why: str = "") -> Thread:
    """Give a conversation to another person. Its clock runs on. Raises Refused."""
    check_can(by, Can.ASSIGN_WORK)
    thread = _locked(by, thread)
    thread.owner, thread.team = person, team or thread.team
    thread.save(update_fields=["owner", "team"])
    owed = Duty.objects.filter(outstanding(), area=by.area, source__in=[SOURCE, posting.SOURCE], source_id=thread.pk)
    reassign(by=by, duties=owed, person=person, team=thread.team, why=why or "The conversation was handed on")
    return thread
