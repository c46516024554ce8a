"""What is typed and not yet saved into a plan: kept for its writer, seen by the others, lost by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused
from kept.plans.access import check_open
from kept.plans.models import Entry, Version, Writing

HERE = timedelta(minutes=10)
LONGEST = 60_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "based_on"})


@dataclass(frozen=True)
class Beside:
    """Somebody else who has the entry, or one of the section, open."""

    name: str
    lineage: UUID
    is_typing: bool


@transaction.atomic
def autosave(
    *, by: Actor, version: Version, section: str, lineage: UUID, data: Mapping[str, Any], based_on: int
) -> Writing:
    """Keep what stands in the boxes of an entry's form. Raises Refused when the version cannot be written any more."""
    check_open(by, version)
    kept = {name: value for name, value in data.items() if name not in NOT_KEPT}
    if sum(len(str(value)) for value in kept.values()) > LONGEST:
        raise Refused("This is more than one entry can hold. Split it into entries that each say one thing.")
    row, _ = Writing.objects.update_or_create(
        area=by.area,
        version=version,
        lineage=lineage,
        user=by.user,
        defaults={"child_id": version.child_id, "section": section, "data": kept, "based_on": based_on},
    )
    return row


@transaction.atomic
def open_entry(*, by: Actor, version: Version, section: str, lineage: UUID, revision: int) -> Writing:
    """Say that the person has an entry open; what they typed before comes back."""
    check_open(by, version)
    row, made = Writing.objects.get_or_create(
        area=by.area,
        version=version,
        lineage=lineage,
        user=by.user,
        defaults={"child_id": version.child_id, "section": section, "based_on": revision},
    )
    if not made:
        if not row.data:
            row.based_on = revision
        row.save(update_fields=["saved_at", "based_on"])
    return row


@transaction.atomic
def drop(*, by: Actor, version: Version, lineage: UUID) -> None:
    """Throw away what the person typed on an entry: it was saved, or they say so."""
    Writing.objects.filter(area=by.area, version=version, lineage=lineage, user=by.user).delete()


def mine(actor: Actor, version: Version) -> list[Writing]:
    """What the person typed in a version and did not save."""
    found = Writing.objects.filter(area=actor.area, version=version, user=actor.user).exclude(data={})
    return list(found.order_by("section", "saved_at"))


def beside(actor: Actor, version: Version, *, section: str = "", lineage: UUID | None = None) -> list[Beside]:
    """Who else has had the entry (or one of the section, or of the version) open in the last ten minutes."""
    found = Writing.objects.filter(area=actor.area, version=version, saved_at__gte=timezone.now() - HERE)
    if section:
        found = found.filter(section=section)
    if lineage:
        found = found.filter(lineage=lineage)
    rows = found.exclude(user=actor.user).select_related("user").order_by("user__name", "saved_at")
    return [Beside(name=row.user.name, lineage=row.lineage, is_typing=bool(row.data)) for row in rows]


def entry_of(actor: Actor, version: Version, lineage: UUID) -> Entry | None:
    """The entry of that lineage as it now stands in the version."""
    return (
        Entry.objects.filter(area=actor.area, version=version, lineage=lineage)
        .select_related("order", "changed_by")
        .first()
    )
