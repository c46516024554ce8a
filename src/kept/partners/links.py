"""Single-use links for professionals without an account.

A link says nothing of the child by itself: whoever opens it first gives the child's date of birth, three times wrong
and it is dead. It opens one request, until it is answered, stopped or too old.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.cases.models import AdviceRequest
from kept.partners import actions
from kept.partners.models import Advice, Link
from kept.rules.identifiers.emails import email_address

LASTS = timedelta(days=49)  # the six weeks of the law and one more
TRIES = 3
DEAD = {
    "unknown": "This link is not one of ours, or part of it is missing. Copy the whole link from the message.",
    "used": "This link was used: the advice has been returned. If something changed, write to the case officer.",
    "old": "This link is too old. Ask the case officer for a new one.",
    "stopped": "This link was stopped. Ask the case officer for a new one.",
}


class LinkDead(Exception):
    """A link that opens nothing any more; the text says why and what to do."""


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: Actor, request: AdviceRequest, name: str, email: str, address: str) -> tuple[Link, str]:
    """A link for one professional, sent to them by email; earlier links of the request stop.

    address: the page's address with `TOKEN` where the token goes. Returns the link and the address, which is shown once
    and not kept. Raises Refused.
    """
    if not by.can(Can.WORK_CASES):
        actions.check_ours(by, request)
    else:
        check_can(by, Can.WORK_CASES)
    if request.answered_on:
        raise Refused("The advice has been given already.")
    if any(mark in name for mark in "\r\n"):
        raise Refused("A name has one line.")
    try:
        email = email_address(email)
    except ValueError as problem:
        raise Refused(str(problem)) from None
    Link.objects.filter(area=by.area, request=request, used_at__isnull=True, stopped_at__isnull=True).update(
        stopped_at=timezone.now()
    )
    token = secrets.token_urlsafe(32)
    link = Link.objects.create(
        area=by.area,
        request=request,
        child_id=request.child_id,
        digest=digest_of(token),
        for_name=name.strip(),
        for_email=email,
        made_by=by.user,
        expires_at=timezone.now() + LASTS,
    )
    place = address.replace("TOKEN", token)
    words = (
        f"{name.strip()},\n\n{by.area.name} asks for your advice about a child, case {request.case.reference}.\n"
        f"Answer here, once, without an account:\n\n{place}\n\n"
        "You will be asked for the child’s date of birth. Do not forward this message.\n"
    )
    # a mail server that fails is told in the log; the address stands on the page, to be given another way
    transaction.on_commit(
        lambda: send_mail(f"Request for advice, {request.case.reference}", words, None, [email]), robust=True
    )
    return link, place


@transaction.atomic
def stop_link(*, by: Actor, link: Link) -> None:
    """Stop a link at once. Safe to repeat."""
    if not by.can(Can.WORK_CASES):
        actions.check_ours(by, link.request)
    Link.objects.filter(pk=link.pk, area=by.area, stopped_at__isnull=True).update(stopped_at=timezone.now())


def find_link(by: Actor, token: str, *, lock: bool = False) -> Link:
    """The living link behind a token, asked as Kept itself. Raises LinkDead with what to do."""
    found = Link.objects.select_related("request__case__child", "request__agency", "child")
    if lock:
        found = found.select_for_update(of=("self",))
    link = found.filter(area=by.area, digest=digest_of(token)).first()
    if link is None:
        raise LinkDead(DEAD["unknown"])
    if link.used_at or link.request.answered_on:
        raise LinkDead(DEAD["used"])
    if link.stopped_at or link.wrong_tries >= TRIES:
        raise LinkDead(DEAD["stopped"])
    if link.expires_at <= timezone.now():
        raise LinkDead(DEAD["old"])
    return link


def knows_the_child(by: Actor, link: Link, born_on: date) -> bool:
    """Whether the date of birth is right; a wrong one is counted."""
    if link.child.born_on == born_on:
        return True
    link.wrong_tries += 1
    link.save(update_fields=["wrong_tries"])
    return False


@transaction.atomic
def answer_by_link(
    *,
    by: Actor,
    token: str,
    sections: Mapping[str, str],
    role: str,
    earlier_stands: bool = False,
    files: Sequence[Any] = (),
) -> Advice:
    """Return advice through a link, which is dead from then on. by: Kept itself. Raises LinkDead, Refused."""
    link = find_link(by, token, lock=True)
    said_by = ", ".join(filter(None, [link.for_name, role.strip(), link.request.body]))
    advice = actions.give(
        by, link.request, sections, said_by=said_by, earlier_stands=earlier_stands, by_link=True, files=files
    )
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return advice
