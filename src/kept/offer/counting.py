"""Count what is looked for and found, without who: searches that found nothing, and how often an entry was opened.

Views are gathered in the worker and written together, so that a page does not wait for a write.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import F

from kept.access.models import Area
from kept.offer.finding import without_identities
from kept.offer.models import Miss, Views

WRITE_AFTER = 25
_lock = threading.Lock()
_views: dict[UUID, Counter[UUID]] = {}


def note_miss(area: Area, text: str, today: date) -> None:
    """Remember that words found nothing. Must be called while visiting the area."""
    words = without_identities(text)
    if not words:
        return
    month = today.replace(day=1)
    if not Miss.objects.filter(area=area, month=month, words=words).update(times=F("times") + 1):
        Miss.objects.bulk_create([Miss(area=area, month=month, words=words)], ignore_conflicts=True)


def note_view(area: Area, service_id: UUID, today: date) -> None:
    """Count that an entry was opened; written once enough are gathered."""
    with _lock:
        gathered = _views.setdefault(area.pk, Counter())
        gathered[service_id] += 1
        if gathered.total() < WRITE_AFTER:
            return
        ready = _views.pop(area.pk)
    write_views(area, ready, today)


def write_views(area: Area, counted: Counter[UUID], today: date) -> None:
    """Add counts to this month's."""
    month = today.replace(day=1)
    for service_id, times in sorted(counted.items()):
        found = Views.objects.filter(area=area, service_id=service_id, month=month)
        if not found.update(times=F("times") + times):
            Views.objects.bulk_create(
                [Views(area=area, service_id=service_id, month=month, times=times)], ignore_conflicts=True
            )
