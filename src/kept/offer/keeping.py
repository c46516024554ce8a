"""What editors keep beside the entries: organisations, places, guidance, words for search, samples, who was asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.offer.access import check_edits
from kept.offer.models import AtLocation, Consulted, Location, Organisation, Page, Place, Sample, SynonymRow, Wording
from kept.offer.publishing import touch, undo
from kept.rules.oruk.consultees import on_list
from kept.rules.oruk.text import plain

GUIDANCE_LASTS = timedelta(days=365)
LONGEST_TYPED = 60
KEPT = {
    Organisation: ("name", "description", "url", "email", "is_trusted"),
    Location: ("name", "address_1", "city", "county", "postcode", "uprn", "accessibility"),
    Page: ("title", "slug", "body", "easy_read", "video", "contact", "items", "is_published"),
}


def _keep_wording(by: Actor, row: Any, was: dict[str, Any] | None, why: str) -> None:
    """Keep what a row says now, if it says something new; before its first change, also what it said until then."""
    says = {name: getattr(row, name) for name in KEPT[type(row)]}
    last = Wording.objects.filter(area=by.area, row_id=row.pk).order_by("-number").first()
    if last is None and was is not None and was != says:
        last = Wording.objects.create(
            area=by.area, row_id=row.pk, number=1, content=was, by=by.user, why="As it was before its first change here"
        )
    if last is None or last.content != says:
        number = last.number + 1 if last else 1
        why = why or ("Changed" if last else "Added")
        Wording.objects.create(area=by.area, row_id=row.pk, number=number, content=says, by=by.user, why=why)


def _said(row: Any) -> dict[str, Any] | None:
    """What the database holds of a row, for its history; None for a new one."""
    return type(row).objects.filter(pk=row.pk).values(*KEPT[type(row)]).first()


@transaction.atomic
def save_organisation(*, by: Actor, organisation: Organisation, why: str = "", **facts: Any) -> Organisation:
    """Add an organisation or change one. Raises Refused for a name that another has."""
    check_edits(by)
    name = " ".join(facts.pop("name").split())
    same = Organisation.objects.filter(area=by.area, name__iexact=name, closed_on__isnull=True)
    if same.exclude(pk=organisation.pk).exists():
        raise Refused(f"There is an organisation named {name} already.")
    was = _said(organisation)
    organisation.area, organisation.name = by.area, name
    for field, value in facts.items():
        setattr(organisation, field, value)
    organisation.save()
    _keep_wording(by, organisation, was, why)
    touch(by.area)
    return organisation


@transaction.atomic
def save_location(*, by: Actor, location: Location, why: str = "", **facts: Any) -> Location:
    """Add a place or change one; where it is follows from its postcode, if the postcode is known. Raises Refused."""
    check_edits(by)
    was = _said(location)
    location.area = by.area
    for field, value in facts.items():
        setattr(location, field, value)
    at = Place.objects.filter(area=by.area, name=location.postcode.replace(" ", "").upper()).first()
    location.latitude, location.longitude = (at.latitude, at.longitude) if at else (None, None)
    location.save()
    _keep_wording(by, location, was, why)
    touch(by.area)
    return location


@transaction.atomic
def remove_location(*, by: Actor, location: Location) -> None:
    """Take a place away that no entry uses. Raises Refused while one does."""
    check_edits(by)
    used = AtLocation.objects.filter(area=by.area, location=location).select_related("service").first()
    if used:
        raise Refused(f"“{used.service.name}” is given here. Change that entry first.")
    location.delete()
    touch(by.area)


@transaction.atomic
def save_page(*, by: Actor, page: Page, why: str = "", **facts: Any) -> Page:
    """Write a page of guidance; it counts as checked today, for a year. Raises Refused for an address in use."""
    check_edits(by)
    if Page.objects.filter(area=by.area, slug=facts["slug"]).exclude(pk=page.pk).exists():
        raise Refused("Another page has this address. Choose another.")
    was = _said(page)
    page.area = by.area
    for field, value in facts.items():
        setattr(page, field, value)
    page.body, page.easy_read = plain(page.body), plain(page.easy_read)
    if not page.body:
        raise Refused("Write the page first.")
    page.assured_on, page.assured_by, page.review_on = by.today, "Local Offer team", by.today + GUIDANCE_LASTS
    page.save()
    _keep_wording(by, page, was, why)
    touch(by.area)
    return page


@transaction.atomic
def save_synonym(*, by: Actor, typed: str, also: str, note: str = "", is_on: bool = True) -> SynonymRow:
    """Say what else to search for when a word is typed, or switch a word off. Raises Refused.

    It stands in the place of the product's own row for that word.
    """
    check_edits(by)
    word = " ".join(typed.lower().split())
    parts = list(dict.fromkeys(" ".join(part.split()) for part in also.split(";") if part.strip()))
    if not word or len(word) > LONGEST_TYPED:
        raise Refused("Write the word or the few words that families type.")
    if is_on and not parts:
        raise Refused("Write what else to search for, parted by semicolons, or switch the word off.")
    row, _ = SynonymRow.objects.update_or_create(
        area=by.area, typed=word, defaults={"also": "; ".join(parts)[:300], "note": note.strip(), "is_on": is_on}
    )
    touch(by.area)
    return row


@transaction.atomic
def drop_synonym(*, by: Actor, row: SynonymRow) -> None:
    """Take the council's own row away; the product's own row for the word, if any, counts again. Raises Refused."""
    check_edits(by)
    row.delete()
    touch(by.area)


@transaction.atomic
def look(*, by: Actor, sample: Sample, is_right: bool, note: str = "") -> None:
    """Say what an editor found in a sampled change; one that is wrong goes back to what was there before.

    Raises Refused without a reason for putting it back, or when there is nothing before it. Safe to repeat.
    """
    check_edits(by)
    sample = Sample.objects.select_for_update(of=("self",)).select_related("service", "version").get(pk=sample.pk)
    if sample.looked_on is not None:
        return
    if not is_right:
        if not note.strip():
            raise Refused("Say what is wrong, so that the provider can mend it.")
        before = sample.service.versions.filter(number__lt=sample.version.number).order_by("-number").first()
        if before is None:
            raise Refused("There is nothing before this change. Take the entry out, or change it.")
        if sample.service.versions.filter(number__gt=sample.version.number).exists():
            raise Refused("The entry was changed again since. Choose the version to go back to in its history.")
        undo(by=by, service=sample.service, version=before)
    sample.looked_on, sample.looked_by = by.today, by.user
    sample.is_right, sample.note = is_right, note.strip()
    sample.save()


@transaction.atomic
def note_consulted(*, by: Actor, code: str, on: date, how: str, people: int = 0, changed: str = "") -> Consulted:
    """Write down that somebody on the list of regulation 54 was asked. Raises Refused; ValueError for no such line."""
    check_edits(by)
    if code not in {one.code for one in on_list(by.today)}:
        raise ValueError(f"{code} is not on the list.")
    if on > by.today:
        raise Refused("The day lies in the future.")
    return Consulted.objects.create(
        area=by.area, code=code, on=on, how=how.strip(), people=people, changed=changed.strip(), written_by=by.user
    )
