"""Emails to families: there is a message, or something will be late. Never what it says, never a child's name.

Queued in the transaction that brings them about, handed over after its commit, held in quiet hours. A fault of the mail
server leaves an email waiting; `deliver_waiting` takes it up again (`kept manage deliver_emails`, every few minutes).
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kept.access.acting import Actor, acting_as_system, today_here
from kept.access.models import Area, Grant, Relation, User
from kept.design.words import day
from kept.messages.models import Email, EmailChoice, EmailKind, QuietHours, Thread
from kept.rules.quiet import Hours, next_allowed

log = logging.getLogger(__name__)
MOST_TRIES = 20
MOST_AT_ONCE = 500
OF_THE_FAMILY = (Relation.FAMILY, Relation.YOUNG_PERSON)


def quiet_hours(by: Actor) -> Hours:
    """The quiet hours in force: the area's own, or the published default."""
    row = QuietHours.objects.filter(area=by.area, from_on__lte=by.today).order_by("-from_on", "-pk").first()
    return Hours(row.begins, row.ends, row.sundays) if row else Hours()


def wants(by: Actor, user: User, kind: str) -> bool:
    """Whether somebody wants to be told of this by email. Without a choice: yes."""
    choice = EmailChoice.objects.filter(area=by.area, user=user).first()
    if choice is None:
        return True
    return choice.messages if kind == EmailKind.MESSAGE else choice.delays


def tell_of_message(by: Actor, thread: Thread) -> None:
    """Queue word of a new message to whomever of the family the conversation is with, if they have an account."""
    user = thread.with_user or (thread.with_carer.user if thread.with_carer else None)
    if user is None:
        return
    words = f"there is a new message for you. Read it here:\n\n{_address('messages:thread', thread.pk)}"
    subject = f"You have a new message from {by.area.name}"
    _queue(by, [user], EmailKind.MESSAGE, about=thread.pk, subject=subject, words=words)


def tell_of_delay(by: Actor, *, child_id: UUID, about: UUID, due_on: date, new_date: date) -> None:
    """Queue word to each parent with an account, or to the young person, that something will be late."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=by.today)
    grants = Grant.objects.filter(
        running, area=by.area, child_id=child_id, relation__in=OF_THE_FAMILY, starts_on__lte=by.today
    )
    people = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    words = (
        f"a step that you are owed by {day(due_on)} will be late. The new day is {day(new_date)}.\n"
        f"Which step it is, why, and what you can do is here:\n\n{_address('family:owed', child_id)}"
    )
    subject = f"Something will be late: {by.area.name}"
    _queue(by, people, EmailKind.LATE, about=about, subject=subject, words=words)


def _address(name: str, *args: object) -> str:
    try:
        return settings.PUBLIC_ADDRESS + reverse(name, args=args)
    except NoReverseMatch:
        return str(settings.PUBLIC_ADDRESS)


def _queue(by: Actor, people: Iterable[User], kind: str, *, about: UUID, subject: str, words: str) -> None:
    keys = []
    for user in people:
        if not user.email or not wants(by, user, kind):
            continue
        whole = (
            f"Hello {user.name},\n\n{words}\n\n"
            "You sign in first. We keep what it says out of emails, so that it stays private.\n"
            f"You can choose whether we email you: {_address('messages:my_emails')}\n\n{by.area.name}\n"
        )
        waiting = {"area": by.area, "to": user, "kind": kind, "about": about, "sent_at": None, "stopped_because": ""}
        made, _ = Email.objects.get_or_create(**waiting, defaults={"subject": subject[:120], "words": whole})
        keys.append(made.pk)
    if keys:
        transaction.on_commit(partial(_after_commit, by.area, keys))


def _after_commit(area: Area, keys: Collection[UUID]) -> None:
    """Hand over what was just queued. What fails waits and is told in the log; the request itself is done."""
    try:
        with acting_as_system(area, today=today_here()) as by:
            deliver_waiting(by=by, keys=keys)
    except Exception:  # the emails stay waiting; the next round takes them
        log.exception("Emails could not be handed over; they wait.")


def deliver_waiting(*, by: Actor, keys: Collection[UUID] | None = None, moment: datetime | None = None) -> int:
    """Hand over the emails that wait and may go now, each once; how many went. As Kept itself."""
    now = timezone.localtime(moment or timezone.now())
    allowed = next_allowed(now, quiet_hours(by))
    waiting = Email.objects.filter(area=by.area, sent_at__isnull=True, stopped_because="")
    if keys is not None:
        waiting = waiting.filter(pk__in=keys)
    if allowed > now:
        waiting.filter(Q(held_until__isnull=True) | Q(held_until__lt=allowed)).update(held_until=allowed)
        return 0
    return sum(_deliver(by, key, now) for key in list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]))


@transaction.atomic
def _deliver(by: Actor, key: UUID, now: datetime) -> bool:
    found = Email.objects.select_for_update(of=("self",), skip_locked=True).select_related("to")
    one = found.filter(area=by.area, pk=key, sent_at__isnull=True, stopped_because="").first()
    if one is None:
        return False
    if not one.to.is_active or not wants(by, one.to, one.kind):
        one.stopped_because = "They do not want this by email." if one.to.is_active else "The account is closed."
        one.save(update_fields=["stopped_because"])
        return False
    one.tries += 1
    try:
        EmailMessage(one.subject, one.words, to=[one.to.email], headers={"X-Kept-Key": str(one.pk)}).send()
    except (OSError, smtplib.SMTPException) as problem:
        one.problem = " ".join(str(problem).split())[:300]
        is_final = isinstance(problem, smtplib.SMTPRecipientsRefused) and all(
            code >= 500  # noqa: PLR2004 - SMTP: five hundreds stay
            for code, _ in problem.recipients.values()
        )
        if is_final or one.tries >= MOST_TRIES:
            one.stopped_because = "The mail server refuses the address." if is_final else "It failed too often."
        log.warning("An email to a family did not go: %s", one.problem)
    else:
        one.sent_at, one.problem = now, ""
    one.save(update_fields=["tries", "problem", "sent_at", "stopped_because"])
    return one.sent_at is not None
