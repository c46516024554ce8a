"""Invitations and papers. Email where there is an address, a letter to print where there is none; each keeps its proof.

Being in Kept alone is never "sent". The case records the notice when everybody on the list has had it, so the clock
stops when it is true and not before.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from kept.access.acting import Actor, Refused, acting
from kept.access.models import Area, User
from kept.design.words import day, listed
from kept.letters import Letter, bullets, dates, heading, text
from kept.letters.channels import Attached, CouldNotSend, Parcel, channel_for
from kept.letters.pdf import as_pdf
from kept.reviews import packs, recording, states
from kept.reviews.access import check_may_run
from kept.reviews.actions import locked, saved, sync_advice
from kept.reviews.models import Contribution, Invitee, Paper, Review
from kept.reviews.words import MUST_COME, Part
from kept.rules.process import NotPossible
from kept.rules.reviews import advice_by

log = logging.getLogger(__name__)


def missing(invitees: Iterable[Invitee]) -> list[str]:
    """Whom the law names and nobody on the list is, in words (SEND Regulations 2014 reg 20(2))."""
    parts = {one.part for one in invitees}
    return [words for words, wanted in MUST_COME if not parts & wanted]


@transaction.atomic
def add_invitee(
    *, by: Actor, review: Review, part: str, name: str, email: str = "", agency_id: UUID | None = None
) -> Invitee:
    """Put somebody on the list. Raises Refused."""
    check_may_run(by, review.child_id, "people")
    current = locked(by, review)
    states.check_may(current, "people", by.today)
    known = current.invitees.filter(area=by.area, name__iexact=name.strip(), part=part).first()
    if known is not None:
        return known
    return Invitee.objects.create(
        area=by.area, review=current, child_id=current.child_id, part=part, name=name.strip()[:150], email=email,
        agency_id=agency_id, asked_for_advice=part != Part.EDUCATION,
    )  # fmt: skip


@transaction.atomic
def remove_invitee(*, by: Actor, review: Review, invitee: UUID) -> None:
    """Take somebody off the list who was not invited yet. Raises Refused."""
    check_may_run(by, review.child_id, "people")
    current = locked(by, review)
    states.check_may(current, "people", by.today)
    one = current.invitees.filter(area=by.area, pk=invitee).first()
    if one is None:
        return
    if one.invited_on:
        raise Refused(f"{one.name} was invited already. Tell them yourself if they need not come.")
    one.delete()


def invitation(review: Review, invitee: Invitee, council: str, signed: str) -> Letter:
    """What somebody is told: when and where, what is asked of them and by when, and that their view counts."""
    name, asks = review.child.first_name, invitee.asked_for_advice
    family = invitee.part in {Part.PARENT, Part.YOUNG_PERSON}
    blocks = [
        text(
            f"You are invited to the review of the education, health and care (EHC) plan of {review.child.full_name}."
        ),
        dates(
            [
                ("The meeting", f"{day(review.meets_on)}{', ' + review.meets_at if review.meets_at else ''}"),
                *([("Send us what you think, or your advice", day(advice_by(review.meets_on)))] if asks else []),
            ]
        ),
        text(f"Where: {review.place or 'we will tell you'}"),
        heading("What is asked of you"),
        bullets(_asked(name, family=family, asks=asks)),
        text(
            "If the day does not suit you, tell us as soon as you can. If you need an interpreter, the papers in "
            "another form or help to take part, tell us and we will arrange it."
        ),
    ]
    return Letter(
        title=f"Review meeting, {day(review.meets_on)}", council=council,
        sender=(review.setting.name,) if review.setting else (), recipient=invitee.name, address=(),
        dated="", reference=review.case.reference, blocks=tuple(blocks), signed=(signed,),
    )  # fmt: skip


def _asked(name: str, *, family: bool, asks: bool) -> list[str]:
    if family:
        return [
            f"Help {name} to say, show or draw what is going well, what is hard and what they hope for.",
            "Tell us what works in the plan, what does not, and what you want changed.",
            "You can bring somebody with you, and have help free of charge from the advice and support service.",
        ]
    found = [f"Come, or send somebody who knows {name} and can speak for your service."]
    if asks:
        found.insert(0, "Send advice: progress, what was given and what came of it, and what you would change and why.")
    return found


def to_print(by: Actor, review: Review) -> bytes | None:
    """The invitations of those without an email address, in one file; None where everybody has one."""
    waiting = [one for one in review.invitees.filter(area=by.area) if not one.email]
    letters = [_dated(invitation(review, one, by.area.name, by.user.name), by) for one in waiting]
    return as_pdf(letters, title="Invitations to print") if letters else None


def _dated(letter: Letter, by: Actor) -> Letter:
    return Letter(**{**letter.__dict__, "dated": day(by.today)})


@transaction.atomic
def invite(*, by: Actor, review: Review, posted: bool = False, version: int | None = None) -> Review:
    """Invite everybody on the list who has not been invited for this day; email goes out when this is committed.

    posted: the letters of those without an email address were printed and posted, or given by hand. Raises Refused.
    """
    check_may_run(by, review.child_id, "people")
    current = locked(by, review, version)
    states.check_may(current, "people", by.today)
    people = list(current.invitees.filter(area=by.area))
    if lacking := missing(people):
        raise Refused(f"The law names people who are not on the list yet: {listed(lacking)}. Add them first.")
    waiting = [one for one in people if one.invited_for != current.meets_on]
    if posted:
        for one in waiting:
            if not one.email:
                _was_invited(by, current, one, "Letter posted or given by hand")
    keys = [one.pk for one in waiting if one.email]
    if keys:
        _after_commit(by, partial(_send_invitations, review=current.pk, keys=keys))
    _note_notice(by, current)
    sync_advice(by, current)
    return current


def _was_invited(by: Actor, review: Review, invitee: Invitee, proof: str) -> None:
    invitee.invited_on, invitee.invited_for, invitee.proof = by.today, review.meets_on, proof[:300]
    invitee.save(update_fields=["invited_on", "invited_for", "proof"])


def _note_notice(by: Actor, review: Review) -> None:
    """Record the notice of the meeting once everybody on the list has had theirs."""
    left = review.invitees.filter(area=by.area).exclude(invited_for=review.meets_on)
    if review.notice_event or left.exists():
        return
    entry = recording.record(
        by, review.case_id, "review_notice_given", by.today, note=f"Invitations for {day(review.meets_on)} sent."
    )
    review.notice_event, review.invited_on = entry.pk, by.today
    saved(review, "notice_event", "invited_on")


def _after_commit(by: Actor, act: Callable[[Actor], None]) -> None:
    transaction.on_commit(partial(_act_as, by.user, by.area, by.today, act))


def _act_as(user: User, area: Area, today: Any, act: Callable[[Actor], None]) -> None:
    """Do it after the request's own transaction. What fails leaves people uninvited on the page, and is in the log."""
    try:
        with acting(user=user, area=area, today=today) as by:
            act(by)
    except Exception:
        log.exception("Invitations or papers of a review could not be sent; the page shows who has not had theirs.")


def _send_invitations(by: Actor, *, review: UUID, keys: list[UUID]) -> None:
    current = locked(by, Review(pk=review))
    for one in current.invitees.filter(area=by.area, pk__in=keys).exclude(invited_for=current.meets_on):
        letter = _dated(invitation(current, one, by.area.name, by.user.name), by)
        key = f"{one.pk}-{current.meets_on}"
        proof, is_sent = _email(by, one, key, [Attached("Invitation.pdf", as_pdf(letter))], "An invitation")
        if is_sent:
            _was_invited(by, current, one, proof)
        else:
            Invitee.objects.filter(area=by.area, pk=one.pk).update(proof=proof[:300])
    try:
        _note_notice(by, current)
    except NotPossible as problem:
        log.warning("The notice of a review was not recorded: %s", problem)
    sync_advice(by, current)


def _email(by: Actor, to: Invitee, key: str, files: list[Attached], what: str) -> tuple[str, bool]:
    """Send one email; its words name no child. The proof or what went wrong, and whether it went."""
    channel = channel_for(
        "email", folder=Path(settings.EMAIL_FILE_PATH), sender=settings.DEFAULT_FROM_EMAIL, sender_name=by.area.name
    )
    parcel = Parcel(
        key=key,
        to_name=to.name,
        subject=f"{what} from {by.area.name}",
        words=f"{what} to a review meeting is attached. It has dates in it that matter, so please read it.\n"
        if what == "An invitation"
        else f"{what} of a review meeting are attached. Please keep them safe: they are about one person.\n",
        to=to.email,
        attached=tuple(files),
    )
    try:
        if channel is None:
            raise CouldNotSend("No email is set up.")
        receipt = channel.send(parcel)
    except CouldNotSend as problem:
        return f"Not sent: {problem}", False
    return f"Email: {receipt.words} ({receipt.reference})", True


@transaction.atomic
def circulate(*, by: Actor, review: Review, not_heard_because: str = "", version: int | None = None) -> Paper:
    """Freeze the papers as they stand and send them round; the case records that day.

    not_heard_because: why there is no child's part; without one and without a reason the papers do not go. Newer
    papers may follow: the first that went in time count. Raises Refused or NotPossible.
    """
    check_may_run(by, review.child_id, "circulate")
    current = locked(by, review, version)
    states.check_may(current, "circulate", by.today)
    if not current.contributions.filter(area=by.area, topic="child").exists():
        if not not_heard_because.strip():
            raise Refused(
                f"{current.child.first_name}’s own part comes first, and it is not there yet. Ask them, or say why not."
            )
        Contribution.objects.create(
            area=by.area, review=current, child_id=current.child_id, topic="child", on=by.today, by=by.user,
            words=f"Not given yet. {not_heard_because.strip()}", how="Not asked", said_by=by.user.name,
        )  # fmt: skip
    paper = freeze(by, current, "pack", packs.content_of(by, current))
    if current.circulated_on is None:
        recording.record(
            by, current.case_id, "review_advice_circulated", by.today, note="Papers for the review meeting sent round."
        )
        current.circulated_on = by.today
    saved(current, "circulated_on")
    _after_commit(by, partial(_send_papers, review=current.pk, paper=paper.pk))
    return paper


def freeze(by: Actor, review: Review, what: str, content: dict[str, Any]) -> Paper:
    """Keep a paper as it went out, with its digest."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()
    return Paper.objects.create(
        area=by.area, review=review, child_id=review.child_id, what=what, on=by.today, content=content, digest=digest,
        by=by.user,
    )  # fmt: skip


def _send_papers(by: Actor, *, review: UUID, paper: UUID) -> None:
    current = locked(by, Review(pk=review))
    found = Paper.objects.get(area=by.area, pk=paper)
    file = Attached("Papers.pdf", as_pdf(packs.as_letter(found, current, by.area.name)))
    for one in current.invitees.filter(area=by.area).exclude(email=""):
        _email(by, one, f"{paper}-{one.pk}", [file], "The papers")


def send_report(by: Actor, review: Review, paper: Paper) -> None:
    """Send the report to everybody who was invited, after the commit."""
    _after_commit(by, partial(_send_papers, review=review.pk, paper=paper.pk))
