"""Invite a provider to keep its own entries, and remind providers before the review date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from kept.access.acting import Actor, Refused, acting_as_system
from kept.access.models import Agency, AgencyKind, Area, Membership, User
from kept.access.roles import Role
from kept.offer.access import check_edits
from kept.offer.models import Organisation, Service
from kept.offer.voice_views import still_right_token
from kept.rules.oruk.freshness import reminds

FROM = "local-offer@kept.invalid"


@transaction.atomic
def invite(*, by: Actor, organisation: Organisation, name: str, email: str) -> Membership:
    """Give somebody the role of provider for one organisation, and tell them. Safe to repeat. Raises Refused."""
    check_edits(by)
    if not name.strip():
        raise Refused("Give the person’s name.")
    address = email.strip().lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(email=address, name=name.strip())
    with acting_as_system(by.area, today=by.today) as system:
        agency = organisation.agency or Agency.objects.create(
            area=by.area, name=organisation.name, kind=AgencyKind.COMMUNITY
        )
        if organisation.agency_id is None:
            organisation.agency = agency
            organisation.save(update_fields=["agency"])
        running = Membership.objects.filter(area=by.area, user=user, role=Role.PROVIDER, agency=agency)
        held = next((one for one in running if one.is_running(by.today)), None)
        given = held or Membership.objects.create(
            area=by.area, user=user, role=Role.PROVIDER, agency=agency, starts_on=system.today
        )
    if held is None:
        words = (
            f"{by.user.name} invites you to keep the entries of {organisation.name} in the Local Offer of "
            f"{by.area.name}.\n\nSign in with this email address. Changes are looked at by an editor first.\n"
        )
        transaction.on_commit(lambda: send_mail("Keep your entries in the Local Offer", words, FROM, [address]))
    return given


def remind(*, area: Area, today: date, base: str) -> list[str]:
    """Send the reminders that are due today, 14 days before the review date, on it and 14 days after.

    Each carries a link that needs no password. base: the absolute address of the site. The names of the entries.
    """
    with acting_as_system(area, today=today):
        found = Service.objects.filter(area=area, is_published=True).select_related("organisation").order_by("pk")
        due = [service for service in found if reminds(service.review_on, today)]
    for service in due:
        address = service.email or service.organisation.email
        if address:
            send_mail(*_reminder(area, service, base), FROM, [address])
    return [service.name for service in due]


def _reminder(area: Area, service: Service, base: str) -> tuple[str, str]:
    path = reverse("offer:still_right", kwargs={"area": area.slug, "token": still_right_token(service)})
    review: Any = service.review_on
    words = (
        f"Families rely on the entry “{service.name}”. Is it still right? It should be checked by "
        f"{review.day} {review:%B %Y}.\n\nOne press, no password:\n{base.rstrip('/')}{path}\n\n"
        "After 30 days without an answer the page says that nobody has checked it; after 90 it leaves search.\n"
    )
    return f"Is “{service.name}” still right?", words
