"""To whom a version goes, how it was sent, and calling back the copies that a newer version supersedes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused
from kept.access.models import Agency, User
from kept.plans.access import check_writer
from kept.plans.models import Recall, Recipient, Version
from kept.plans.words import How, To


@transaction.atomic
def add_recipient(
    *, by: Actor, version: Version, to: str, name: str, address: str = "", user: User | None = None,
    agency: Agency | None = None,
) -> Recipient:  # fmt: skip
    """Put somebody on the list of a version; the same person stands there once."""
    check_writer(by, version)
    if not name.strip():
        raise Refused("Say who it goes to.")
    found, _ = Recipient.objects.get_or_create(
        area=by.area,
        version=version,
        child_id=version.child_id,
        to=To(to),
        name=name.strip()[:200],
        defaults={"address": address[:300], "user": user, "agency": agency},
    )
    return found


@transaction.atomic
def copy_list(*, by: Actor, old: Version, new: Version) -> None:
    """Begin a version's list with the people of the version before; nothing counts as sent."""
    Recipient.objects.bulk_create(
        Recipient(
            area=by.area, version=new, child_id=new.child_id, to=row.to, name=row.name, address=row.address,
            user_id=row.user_id, agency_id=row.agency_id,
        )
        for row in Recipient.objects.filter(version=old).order_by("pk")
    )  # fmt: skip


@transaction.atomic
def mark_sent(*, by: Actor, recipient: Recipient, how: str, on: date) -> Recipient:
    """Record that a version was sent to somebody. Putting it in the portal alone does not count (LGSCO 21 019 072)."""
    check_writer(by, recipient.version)
    version = recipient.version
    if how not in How.values:
        raise Refused("Say how it was sent: by post, by email or by hand. Being in the portal alone is not sending.")
    begun = version.issued_on or version.sent_on
    if begun is None:
        raise Refused("This version is still being written: send or issue it first.")
    if not begun <= on <= by.today:
        raise Refused("It can only have been sent between the day of the version and today.")
    recipient.how, recipient.sent_on = how, on
    recipient.save(update_fields=["how", "sent_on"])
    return recipient


@transaction.atomic
def mark_opened(*, by: Actor, version: Version) -> None:
    """Record that a recipient with an account opened the version: the first time counts."""
    rows = Recipient.objects.filter(area=by.area, version=version, user=by.user, opened_at__isnull=True)
    rows.update(opened_at=timezone.now())


@transaction.atomic
def confirm(*, by: Actor, recipient: Recipient, on: date) -> Recipient:
    """Record that somebody said they have the version, and that they do not use an older one."""
    if recipient.user_id != by.user.pk:
        check_writer(by, recipient.version)
    if recipient.sent_on is None or not recipient.sent_on <= on <= by.today:
        raise Refused("It can be confirmed from the day it was sent to them, and not ahead of time.")
    recipient.confirmed_on = on
    recipient.save(update_fields=["confirmed_on"])
    return recipient


@transaction.atomic
def recall(*, by: Actor, because_of: Version) -> list[Recall]:
    """Call back every copy of earlier finals that was sent to somebody and not called back before."""
    rows = Recipient.objects.filter(
        area=by.area, version__plan_id=because_of.plan_id, version__number__lt=because_of.number,
        version__issued_on__isnull=False, sent_on__isnull=False, recall__isnull=True,
    )  # fmt: skip
    return Recall.objects.bulk_create(
        Recall(area=by.area, recipient=row, child_id=row.child_id, because_of=because_of, asked_on=by.today)
        for row in rows.order_by("pk")
    )


@transaction.atomic
def confirm_recall(*, by: Actor, recall: Recall, on: date) -> Recall:
    """Record that somebody said that they no longer use a superseded copy."""
    check_writer(by, recall.because_of)
    if not recall.asked_on <= on <= by.today:
        raise Refused("It can be confirmed from the day they were asked, and not ahead of time.")
    recall.confirmed_on = on
    recall.save(update_fields=["confirmed_on"])
    return recall


def recipients_of(actor: Actor, version: Version) -> list[Recipient]:
    """The list of a version, with recalls; nobody but the case team reads other people's lines."""
    found = Recipient.objects.filter(area=actor.area, version=version)
    return list(found.select_related("recall", "user", "agency", "version"))


def recalls_open(actor: Actor, version: Version) -> list[Recall]:
    """Copies called back because of a version that nobody confirmed yet."""
    found = Recall.objects.filter(area=actor.area, because_of=version, confirmed_on__isnull=True)
    return list(found.select_related("recipient", "recipient__version"))
