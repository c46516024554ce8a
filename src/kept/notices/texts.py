"""A text that a letter is on its way, to a carer who prefers texts. It is no way of sending: the letter itself counts.

It names neither the child nor a need, and waits out quiet hours. Only where GOV.UK Notify is set up for texts
(KEPT_NOTIFY_KEY and KEPT_NOTIFY_TEXT, the identifier of a template there with `words` in it).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kept.access.acting import Actor
from kept.letters.channels import Channel, CouldNotSend, Parcel, channel_for
from kept.messages.emails import quiet_hours
from kept.notices.making import Office, office_of
from kept.notices.models import Dispatch, Proof, Proved, Way
from kept.rules.quiet import is_quiet

log = logging.getLogger(__name__)
STILL_NEWS = timedelta(days=2)
"""A letter posted longer ago than this has arrived, or will before the text helps."""


def tell_of_letters(*, by: Actor, moment: datetime | None = None) -> int:
    """Text those who prefer it that a letter was posted to them, each letter once; how many went. As Kept itself."""
    now = timezone.localtime(moment or timezone.now())
    office = office_of(by)
    channel = channel_for("text", folder=Path(settings.EMAIL_FILE_PATH), sender=settings.DEFAULT_FROM_EMAIL)
    if channel is None or is_quiet(now, quiet_hours(by)) or not office.facts.get("council"):
        return 0
    keys = list(_untold(by, by.today - STILL_NEWS).values_list("pk", flat=True))
    return sum(_tell(by, key, channel, office) for key in keys)


def _untold(by: Actor, since: object) -> QuerySet[Dispatch]:
    """Letters that were posted lately to a carer who prefers texts and was not sent one."""
    posted = Proof.objects.filter(area=by.area, dispatch=OuterRef("pk"), what=Proved.POSTED)
    told = Dispatch.objects.filter(area=by.area, recipient=OuterRef("recipient"), dated=OuterRef("dated"), way=Way.TEXT)
    mine = {"recipient__is_family": True, "recipient__carer__prefers": "text"}
    found = Dispatch.objects.filter(Exists(posted), area=by.area, way=Way.POST, dated__gte=since, **mine)
    return found.exclude(Exists(told)).exclude(recipient__carer__phone="").order_by("pk")


@transaction.atomic
def _tell(by: Actor, key: UUID, channel: Channel, office: Office) -> bool:
    """Text one person. A fault that may pass leaves no trace, so that the next round tries again."""
    letter = Dispatch.objects.select_for_update(of=("self",)).select_related("recipient__carer").get(pk=key)
    carer = letter.recipient.carer
    if carer is None or not _untold(by, by.today - STILL_NEWS).filter(pk=key).exists():
        return False
    same = {name: getattr(letter, name) for name in ("area", "notice", "recipient", "child", "dated", "letter")}
    text = Dispatch(**same, digest=letter.digest, way=Way.TEXT, to=carer.phone, made_by=by.user)
    council, phone = office.facts["council"], office.facts["la_phone"]
    words = f"{council} has posted a letter to you. It has dates in it that matter, so please read it. Call {phone}."
    parcel = Parcel(key=str(text.pk), to_name=carer.name, subject=f"A letter from {council}", words=words, to=text.to)
    proof = {"area": by.area, "dispatch": text, "child_id": letter.child_id, "on": by.today, "by": by.user}
    try:
        receipt = channel.send(parcel)
    except CouldNotSend as problem:
        if problem.may_retry:
            log.warning("A text waits: %s", problem)
            return False
        text.save(force_insert=True)
        Proof.objects.create(**proof, what=Proved.FAILED, words=str(problem)[:400])
        return False
    text.save(force_insert=True)
    Proof.objects.create(
        **proof, what=Proved.ACCEPTED, system=receipt.by, reference=receipt.reference, words=receipt.words
    )
    return True
