"""What organisations, places and pages of guidance said from one change to the next, and the way back.

As with entries, every saving that changes something is kept and never altered; going back saves the older words again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.offer import keeping
from kept.offer.access import check_edits
from kept.offer.models import Location, Organisation, Page, Wording


@dataclass(frozen=True)
class Kind:
    """A kind of thing whose wordings are kept: its rows, the name of its page, and what saves it."""

    model: Any
    page: str
    save: Callable[..., Any]


KINDS: Mapping[str, Kind] = {
    "organisations": Kind(
        Organisation, "desk:organisation", lambda *, row, **more: keeping.save_organisation(organisation=row, **more)
    ),
    "places": Kind(Location, "desk:location", lambda *, row, **more: keeping.save_location(location=row, **more)),
    "guidance": Kind(Page, "desk:guidance_page", lambda *, row, **more: keeping.save_page(page=row, **more)),
}
WORDS = {
    "name": "Name", "description": "What it is", "url": "Website", "email": "Email", "is_trusted": "Publishes without "
    "approval", "address_1": "Address", "city": "Town or city", "county": "County", "postcode": "Postcode",
    "uprn": "Unique property reference number", "accessibility": "Access", "title": "Title", "slug": "Address of the "
    "page", "body": "Words", "easy_read": "Easy read", "video": "British Sign Language video", "contact": "Contact",
    "items": "Items of the law", "is_published": "Published",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One wording with what it changed: label, before, after."""

    wording: Wording
    changes: tuple[tuple[str, Any, Any], ...]


def history(actor: Actor, row: Any) -> list[Told]:
    """Every wording of a row, the latest first, with what each changed. One query. Raises Refused."""
    check_edits(actor)
    found = list(Wording.objects.filter(area=actor.area, row_id=row.pk).select_related("by").order_by("number"))
    told, was = [], None
    for one in found:
        told.append(Told(one, _changes(was, one.content) if was is not None else ()))
        was = one.content
    return told[::-1]


def _changes(was: Mapping[str, Any], became: Mapping[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    return tuple(
        (WORDS[name], _said(was.get(name)), _said(became.get(name)))
        for name in became
        if was.get(name) != became.get(name)
    )


def _said(value: Any) -> Any:
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else value


def wording_of(actor: Actor, row: Any, pk: UUID) -> Wording | None:
    """One wording of a row, or None. Raises Refused."""
    check_edits(actor)
    return Wording.objects.filter(area=actor.area, row_id=row.pk, pk=pk).first()


@transaction.atomic
def go_back(*, by: Actor, kind: str, row: Any, wording: Wording) -> Any:
    """Say again what an older wording said, as a new one. Raises Refused, also where it no longer fits."""
    check_edits(by)
    if wording.row_id != row.pk:
        raise Refused("Those words are of something else.")
    return KINDS[kind].save(by=by, row=row, why=f"Back to version {wording.number}", **wording.content)
