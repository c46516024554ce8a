"""Write entries: publish, propose, decide, undo, confirm, archive. Every version is kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kept.access.acting import Actor, Refused
from kept.access.models import Agency, Area
from kept.duties.actions import DutyFacts, sync
from kept.offer.access import check_can_keep, check_edits, is_editor, publishes_at_once
from kept.offer.models import AtLocation, Edition, Location, Organisation, Proposal, Service, Tagging, Term, Version
from kept.offer.sampling import draw
from kept.offer.states import REVIEW_DAYS, Level, Status
from kept.rules.oruk.entry import DATES, FIELDS, problems, tidied

TIES = ("terms", "locations")
COLUMNS = tuple(name for name in FIELDS if name not in TIES)
SOURCE = "offer"
STANDARD = "The area’s own standard: entries are checked every {} days"


class Unfit(Exception):
    """Content that cannot be published; `problems` has a sentence for each field."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__(" ".join(found.values()))
        self.problems = dict(found)


def touch(area: Area) -> None:
    """Say that something published has changed, so that every worker rebuilds its directory."""
    number = time.time_ns()  # never again the number of a change that was rolled back
    if not Edition.objects.filter(area=area).update(number=number):
        Edition.objects.get_or_create(area=area, defaults={"number": number})


def content_of(service: Service) -> dict[str, Any]:
    """What an entry says now, as plain values: the form's starting point and a version's content."""
    content = {name: getattr(service, name) for name in COLUMNS}
    content["terms"] = sorted(str(key) for key in service.taggings.values_list("term_id", flat=True))
    content["locations"] = sorted(str(key) for key in service.at_locations.values_list("location_id", flat=True))
    return tidied(content)


def check_fit(content: Mapping[str, Any]) -> None:
    """Raise Unfit, with a sentence for each field, unless the content may be published."""
    found = problems(content)
    if found:
        raise Unfit(found)


@transaction.atomic
def publish(
    *,
    by: Actor,
    organisation: Organisation,
    content: Mapping[str, Any],
    service: Service | None = None,
    why: str = "",
    source: tuple[str, str] = ("", ""),
) -> Service | Proposal:
    """Publish what somebody wrote, or keep it for an editor when a provider is not yet trusted.

    The entry counts as checked today. Raises Refused, or Unfit with a sentence for each field that is wrong.
    """
    check_can_keep(by, organisation)
    ready = tidied(content)
    check_fit(ready)
    if not publishes_at_once(by, organisation):
        return Proposal.objects.create(
            area=by.area, organisation=organisation, service=service, content=ready, by=by.user
        )
    entry = service or Service(area=by.area, organisation=organisation, source=source[0], source_id=source[1])
    entry.organisation = organisation
    return _put(by, entry, ready, why=why or ("Changed" if service else "Added"))


def _put(by: Actor, entry: Service, content: Mapping[str, Any], *, why: str) -> Service:
    is_new = entry._state.adding
    if not is_new and content_of(entry) == dict(content) and entry.is_published and entry.versions.exists():
        _assure(by, entry)
        return entry
    for name in COLUMNS:
        value = content[name]
        setattr(entry, name, date.fromisoformat(value) if name in DATES and value else value)
    entry.is_published = True
    entry.archived_on = None
    entry.changed_at = timezone.now()
    entry.save()
    _tie(by, entry, content)
    last = entry.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        area=by.area, service=entry, number=last + 1, content=content_of(entry), by=by.user, why=why[:300]
    )
    if not is_editor(by):
        draw(by=by, version=version)
    _assure(by, entry)
    return entry


def _tie(by: Actor, entry: Service, content: Mapping[str, Any]) -> None:
    """Make the entry's terms and locations those of the content; keys of other areas are dropped."""
    for model, tie, field, name in (
        (Term, Tagging, "term_id", "terms"),
        (Location, AtLocation, "location_id", "locations"),
    ):
        wanted = set(model.objects.filter(area=by.area, pk__in=content[name]).values_list("pk", flat=True))
        held = tie.objects.filter(area=by.area, service=entry)
        held.exclude(**{f"{field}__in": wanted}).delete()
        already = set(held.values_list(field, flat=True))
        tie.objects.bulk_create(
            [tie(area=by.area, service=entry, **{field: key}) for key in sorted(wanted - already, key=str)]
        )


def review_days(service: Service) -> int:
    """How many days an entry may go unchecked: 90 with measured or stated places, else by its level."""
    return 90 if service.capacity else REVIEW_DAYS[Level(service.level)]


def _assure(by: Actor, entry: Service, *, assured_by: str = "") -> None:
    """The entry was checked today: the duty to check it is met, and the next one begins."""
    before = entry.review_on
    entry.assured_on = by.today
    entry.assured_by = assured_by or ("Local Offer team" if is_editor(by) else entry.organisation.name)
    entry.review_on = by.today + timedelta(days=review_days(entry))
    entry.save(update_fields=["assured_on", "assured_by", "review_on"])
    if before and before != entry.review_on:
        _duty(by, entry, due_on=before, met_on=by.today)
    _duty(by, entry, due_on=entry.review_on)
    touch(by.area)


def _duty(by: Actor, entry: Service, *, due_on: date, met_on: date | None = None, ended: str = "") -> None:
    days = review_days(entry)
    sync(
        by=by,
        source=SOURCE,
        source_id=uuid5(entry.pk, due_on.isoformat()),
        child_id=None,
        duties=[
            DutyFacts(
                key="check",
                what=f"Check that “{entry.name}” in the Local Offer is still right",
                authority=STANDARD.format(days),
                rule="offer-review",
                is_statutory=False,
                owed_by=entry.organisation.name,
                starts_on=due_on - timedelta(days=days),
                due_on=due_on,
                met_on=met_on,
                evidence="Confirmed or changed in the Local Offer" if met_on else "",
                ended_on=by.today if ended else None,
                ended_because=ended,
                agency_id=entry.organisation.agency_id,
                path=f"/offer/entries/{entry.pk}/",
            )
        ],
    )


@transaction.atomic
def confirm(*, by: Actor, service: Service, assured_by: str = "") -> None:
    """Say that an entry is still right. Safe to repeat. Raises Refused."""
    check_can_keep(by, service.organisation)
    _assure(by, service, assured_by=assured_by)


@transaction.atomic
def decide(*, by: Actor, proposal: Proposal, accept: bool, reason: str = "") -> Service | None:
    """Publish a provider's change, or send it back with the reason. Raises Refused, or Unfit if it no longer fits."""
    check_edits(by)
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(pk=proposal.pk)
    )
    if proposal.is_accepted is not None:
        return proposal.service
    if not accept and not reason.strip():
        raise Refused("Say why, so that the provider can mend it.")
    proposal.is_accepted, proposal.reason = accept, reason.strip()
    proposal.decided_by, proposal.decided_at = by.user, timezone.now()
    if accept:
        check_fit(proposal.content)
        entry = proposal.service or Service(area=by.area, organisation=proposal.organisation)
        proposal.service = _put(by, entry, tidied(proposal.content), why=f"Proposed by {proposal.by.name}")
    proposal.save()
    return proposal.service


@transaction.atomic
def undo(*, by: Actor, service: Service, version: Version) -> Service:
    """Publish an older version again, as a new one. Raises Refused."""
    check_edits(by)
    if version.service_id != service.pk:
        raise Refused("That version is of another entry.")
    return _put(by, service, tidied(version.content), why=f"Back to version {version.number}")


@transaction.atomic
def archive(*, by: Actor, service: Service, why: str) -> None:
    """Take an entry out of the Local Offer; it can be published again from its history. Raises Refused."""
    check_can_keep(by, service.organisation)
    if not service.is_published:
        return
    if service.review_on:
        _duty(by, service, due_on=service.review_on, ended=f"The entry was taken out: {why}"[:300])
    service.is_published, service.archived_on, service.status = False, by.today, Status.DEFUNCT
    service.changed_at = timezone.now()
    service.save(update_fields=["is_published", "archived_on", "status", "changed_at"])
    touch(by.area)


@transaction.atomic
def close_organisation(*, by: Actor, organisation: Organisation, also_services: bool = False) -> int:
    """Close an organisation; how many of its entries were taken out. Raises Refused while entries are still open.

    also_services: take them out as well, which must be asked for.
    """
    check_edits(by)
    running = list(Service.objects.filter(area=by.area, organisation=organisation, is_published=True))
    if running and not also_services:
        names = ", ".join(service.name for service in running[:3])
        raise Refused(
            f"{organisation.name} still has {len(running)} open entries ({names}). Give them to another organisation, "
            "or say that they close too."
        )
    for service in running:
        archive(by=by, service=service, why=f"{organisation.name} closed")
    organisation.closed_on = by.today
    organisation.save(update_fields=["closed_on"])
    touch(by.area)
    return len(running)


@transaction.atomic
def hand_over(*, by: Actor, service: Service, organisation: Organisation) -> None:
    """Give an entry to another organisation. Raises Refused."""
    check_edits(by)
    service.organisation = organisation
    service.save(update_fields=["organisation"])
    touch(by.area)


@transaction.atomic
def join_to_agency(*, by: Actor, organisation: Organisation, agency: Agency) -> Organisation:
    """Say for which agency the people who keep an organisation's entries work. Raises Refused."""
    check_edits(by)
    organisation.agency = agency
    organisation.save(update_fields=["agency"])
    return organisation


def own_organisations(actor: Actor) -> Any:
    """The organisations whose entries a person keeps."""
    found = Organisation.objects.filter(area=actor.area, closed_on__isnull=True)
    return found if is_editor(actor) else found.filter(agency_id__in=actor.agency_ids)


def key_or_none(text: str) -> UUID | None:
    """A key typed in an address, or None."""
    try:
        return UUID(text)
    except (ValueError, AttributeError):
        return None
