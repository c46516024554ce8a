"""Bring in entries from a CSV file or another feed: a dry run first, then what is right goes in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kept.access.acting import Actor
from kept.offer.access import check_edits
from kept.offer.models import Location, Organisation, Place, Service, Taxonomy, Term
from kept.offer.publishing import content_of, publish
from kept.rules.oruk.entry import differences
from kept.rules.oruk.feed import Incoming, Spot, read

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(frozen=True)
class Step:
    """What would happen to one entry of a file."""

    incoming: Incoming
    what: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a file would do."""

    source: str
    steps: tuple[Step, ...]

    def count(self, what: str) -> int:
        """How many entries are new, changed, the same or wrong."""
        return sum(step.what == what for step in self.steps)


def plan_of(by: Actor, data: bytes, *, source: str) -> Plan:
    """What a file would do; nothing is changed. Raises Refused; ValueError with a sentence."""
    check_edits(by)
    incoming = read(data)
    known = {
        service.source_id: service
        for service in Service.objects.filter(area=by.area, source=source).select_related("organisation")
    }
    return Plan(source, tuple(_step(one, known.get(one.source_id)) for one in incoming))


def _step(incoming: Incoming, known: Service | None) -> Step:
    if incoming.problems:
        return Step(incoming, WRONG)
    if known is None:
        return Step(incoming, NEW)
    was = content_of(known)
    tied = {name: was[name] for name in ("terms", "locations")}
    changes = tuple(label for label, _, _ in differences(was, {**incoming.content, **tied}))
    return Step(incoming, CHANGED if changes else SAME, changes)


@transaction.atomic
def apply_plan(*, by: Actor, plan: Plan) -> int:
    """Publish what is new or changed; how many. Safe to repeat: the same file changes nothing. Raises Refused."""
    check_edits(by)
    done = 0
    for step in plan.steps:
        if step.what not in {NEW, CHANGED}:
            continue
        one = step.incoming
        known = Service.objects.filter(area=by.area, source=plan.source, source_id=one.source_id).first()
        content = dict(one.content)
        content["terms"] = [str(_term(by, name).pk) for name in one.terms]
        content["locations"] = [str(_location(by, spot).pk) for spot in one.spots]
        publish(
            by=by,
            organisation=_organisation(by, one),
            content=content,
            service=known,
            why=f"Imported from {plan.source}",
            source=(plan.source, one.source_id),
        )
        done += 1
    return done


def _organisation(by: Actor, one: Incoming) -> Organisation:
    found = Organisation.objects.filter(area=by.area, name=one.organisation).first()
    return found or Organisation.objects.create(
        area=by.area, name=one.organisation, description=one.organisation_words or one.organisation
    )


def _term(by: Actor, name: str) -> Term:
    taxonomy, _ = Taxonomy.objects.get_or_create(
        area=by.area,
        slug="needs",
        defaults={"name": "SEND needs and kinds of support", "description": "What families look for help with"},
    )
    return Term.objects.get_or_create(area=by.area, taxonomy=taxonomy, name=name, defaults={"description": name})[0]


def _location(by: Actor, spot: Spot) -> Location:
    found = Location.objects.filter(area=by.area, postcode=spot.postcode, name=spot.name).first()
    if found:
        return found
    known = Place.objects.filter(area=by.area, name=spot.postcode.replace(" ", "")).first()
    latitude, longitude = spot.latitude, spot.longitude
    if latitude is None and known:
        latitude, longitude = known.latitude, known.longitude
    return Location.objects.create(
        area=by.area,
        name=spot.name,
        address_1=spot.address_1 or spot.name,
        city=spot.city,
        county=spot.county,
        postcode=spot.postcode,
        latitude=latitude,
        longitude=longitude,
        accessibility=list(spot.accessibility),
    )
