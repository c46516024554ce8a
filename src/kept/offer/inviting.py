"""Remind providers before the review date of their entries. (They are invited as everybody is: by administration.)"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Area
from kept.offer.models import Service
from kept.offer.voice_views import still_right_token
from kept.rules.oruk.freshness import reminds

FROM = "local-offer@kept.invalid"


def remind(*, area: Area, today: date, base: str) -> list[str]:
    """Send the reminders that are due today, 14 days before the review date, on it and 14 days after.

    Each carries a link that needs no password. base: the absolute address of the site. The names of the entries.
    Safe to repeat: nobody is reminded twice on one day.
    """
    with acting_as_system(area, today=today):
        found = Service.objects.filter(area=area, is_published=True).exclude(reminded_on=today)
        due = [one for one in found.select_related("organisation").order_by("pk") if reminds(one.review_on, today)]
        sent = []
        for service in due:
            address = service.email or service.organisation.email
            if address:
                send_mail(*_reminder(area, service, base), FROM, [address])
                sent.append(service)
        Service.objects.filter(area=area, pk__in=[one.pk for one in sent]).update(reminded_on=today)
    return [service.name for service in sent]


def remind_all(*, by: Actor) -> int:
    """The night's reminders; how many were sent."""
    return len(remind(area=by.area, today=by.today, base=settings.PUBLIC_ADDRESS))


def _reminder(area: Area, service: Service, base: str) -> tuple[str, str]:
    path = reverse("offer:still_right", kwargs={"area": area.slug, "token": still_right_token(service)})
    review: Any = service.review_on
    words = (
        f"Families rely on the entry “{service.name}”. Is it still right? It should be checked by "
        f"{review.day} {review:%B %Y}.\n\nOne press, no password:\n{base.rstrip('/')}{path}\n\n"
        "After 30 days without an answer the page says that nobody has checked it; after 90 it leaves search.\n"
    )
    return f"Is “{service.name}” still right?", words
