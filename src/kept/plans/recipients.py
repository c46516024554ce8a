"""To whom a version goes, how it was sent, and calling back the copies that a newer version supersedes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused
from kept.access.models import Agency, AgencyKind, User
from kept.access.queries import agencies
from kept.people.models import Enrolment
from kept.people.queries import enrolments_of, family_of
from kept.plans.access import check_writer
from kept.plans.models import Recall, Recipient, Version
from kept.plans.words import DRAFT_STAGES, How, To
from kept.rules.ages import is_young_person


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


@dataclass(frozen=True)
class Suggested:
    """Somebody of the record who is told of a version."""

    to: To
    name: str
    address: str = ""
    user: User | None = None
    agency: Agency | None = None


def family_told(actor: Actor, version: Version) -> list[Suggested]:
    """Who of the family the record knows to be told of a version."""
    child = version.child
    around = [one for one in family_of(actor, child.pk) if one.is_running and one.link.opens_the_record and one.carer]
    found = [Suggested(To.FAMILY, one.carer.name, one.carer.email, one.carer.user) for one in around if one.carer]
    if is_young_person(child.born_on, actor.today):
        found.append(Suggested(To.YOUNG_PERSON, child.full_name))
    return found


def of_the_record(actor: Actor, version: Version) -> list[Suggested]:
    """Whom the record knows to be told: of a draft the family; of a final the setting, health and social care too.

    A service of which the area has several is left to the officer. Source: SEND Regulations 2014 reg 13 and 14.
    """
    child, found = version.child, family_told(actor, version)
    if version.stage in DRAFT_STAGES:
        return found
    today = [row.setting for row in enrolments_of(actor, child.pk) if row.setting and _runs(row, actor.today)]
    found += [Suggested(To.SETTING, one.name, one.email, agency=one) for one in today]
    for kind, to in ((AgencyKind.ICB, To.HEALTH), (AgencyKind.SOCIAL_CARE, To.SOCIAL_CARE)):
        services = list(agencies(actor, kind)[:2])
        found += [Suggested(to, one.name, one.email, agency=one) for one in services if len(services) == 1]
    return found


def _runs(row: Enrolment, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)


@transaction.atomic
def add_from_record(*, by: Actor, version: Version) -> int:
    """Put everybody on the list whom the record knows to be told. How many there are; those there already stay once."""
    found = of_the_record(by, version)
    for one in found:
        add_recipient(
            by=by, version=version, to=one.to, name=one.name, address=one.address, user=one.user, agency=one.agency
        )
    return len(found)


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
