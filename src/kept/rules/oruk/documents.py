"""Entries as Open Referral UK 3.0 documents. What has no value is left out: the schemas refuse null.

What the profile has no place for travels under `x_` and, for capacity and phones, in the shape of HSDS 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kept.rules.oruk.model import Entry, Organisation, Place, Term, key

VERSION = "HSDS-UK-3.0"
PROFILE = "https://openreferraluk.org"
_CAPACITY = {"open": "Places available", "limited": "A few places left", "waiting_list": "Waiting list",
             "closed": "Closed to new people"}  # fmt: skip


def kept(**values: Any) -> dict[str, Any]:
    """The values that are there; numbers and truth always are."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}


def moment(value: datetime | None) -> str | None:
    """A moment as RFC 3339, in milliseconds."""
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z") if value else None


def day(value: date | None) -> str | None:
    """A day as ISO 8601."""
    return value.isoformat() if value else None


def organisation(one: Organisation, *, nested: bool = True) -> dict[str, Any]:
    """An organization."""
    identifiers = [
        kept(id=key(one.id, "identifier", row.get("identifier")), identifier_scheme=row.get("scheme"),
             identifier_type=row.get("type") or "other", identifier=row.get("identifier"))
        for row in one.identifiers if row.get("identifier")
    ]  # fmt: skip
    return kept(
        id=one.id,
        name=one.name,
        description=one.description or one.name,
        email=one.email,
        website=one.url,
        organization_identifiers=identifiers if nested else None,
    )


def location(place: Place) -> dict[str, Any]:
    """A location with its address and features."""
    address = kept(
        id=key(place.id, "address"),
        location_id=place.id,
        address_1=place.address_1 or place.name,
        city=place.city or "-",
        state_province=place.county or place.city or "-",
        postal_code=place.postcode,
        country="GB",
        address_type="physical",
    )
    return kept(
        id=place.id,
        location_type="physical",
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        external_identifier=place.uprn,
        external_identifier_type="UPRN" if place.uprn else None,
        addresses=[address],
        accessibility=[
            {"id": key(place.id, "access", words), "location_id": place.id, "description": words}
            for words in place.accessibility
        ],
    )


def taxonomy_term(term: Term, *, list_form: bool = False) -> dict[str, Any]:
    """A taxonomy term."""
    return kept(
        id=term.id,
        name=term.name,
        description=term.description or term.name,
        parent_id=term.parent_id,
        taxonomy=term.taxonomy,
        taxonomy_id=None if list_form else term.taxonomy_id,
    )


def _schedules(entry: Entry) -> list[dict[str, Any]]:
    return [
        kept(
            id=key(entry.id, "schedule", number),
            service_id=entry.id,
            freq=row.get("freq") or "WEEKLY",
            byday=",".join(row.get("days", [])),
            opens_at=row.get("opens"),
            closes_at=row.get("closes"),
            description=row.get("words"),
            attending_type=entry.delivery,
            x_term_time_only=True if row.get("term_time") else None,
        )
        for number, row in enumerate(entry.schedules)
    ]


def _costs(entry: Entry) -> list[dict[str, Any]]:
    return [
        kept(id=key(entry.id, "cost", number), service_id=entry.id, option=row.get("option"), amount=row.get("amount"),
             amount_description=row.get("per"))
        for number, row in enumerate(entry.costs)
    ]  # fmt: skip


def waiting_time(entry: Entry, today: date) -> dict[str, Any]:
    """What is known of the wait: measured and no more than 45 days old, else stated by the provider, else nothing."""
    wait = entry.wait
    if wait and not wait.is_old(today):
        return kept(
            source="measured",
            as_at=day(wait.as_at),
            clock_starts=wait.clock_starts,
            clock_stops=wait.clock_stops,
            period_weeks=wait.period_weeks,
            seen=wait.seen,
            waiting=wait.waiting,
            p10_weeks=wait.p10_weeks,
            median_weeks=wait.median_weeks,
            p90_weeks=wait.p90_weeks,
            longest_weeks=wait.longest_weeks,
            target_weeks=wait.target_weeks,
            within_target_percent=wait.within_target_percent,
            trend_weeks=wait.trend_weeks,
            by_age=list(wait.bands),
            while_waiting=list(entry.while_waiting),
        )
    if entry.stated_wait:
        return kept(source="estimate", as_at=entry.stated_wait_on, words=entry.stated_wait)
    return {}


def _own(entry: Entry, today: date) -> dict[str, Any]:
    """What the profile has no place for."""
    access = kept(
        route=entry.route, how=entry.how_to_get_it, bring=entry.bring, meanwhile=entry.meanwhile,
    )  # fmt: skip
    who = kept(who_for=entry.who_for, who_not_for=entry.who_not_for, open_to_all=True if entry.open_to_all else None)
    capacities = [
        {
            "id": key(entry.id, "capacity"),
            "service_id": entry.id,
            "unit": {"id": key("unit", "places"), "name": "places"},
            "available": 0 if entry.capacity in {"closed", "waiting_list"} else 1,
            "updated": f"{entry.capacity_on}T00:00:00.000Z",
            "description": _CAPACITY[entry.capacity],
        }
        for _ in [0]
        if entry.capacity and entry.capacity_on
    ]
    return kept(
        phones=[
            kept(id=key(entry.id, "phone", row.get("number")), number=row.get("number"), description=row.get("words"))
            for row in entry.phones
            if row.get("number")
        ],
        eligibility_description=entry.who_for,
        capacities=capacities,
        x_eligibility=who,
        x_access=access,
        x_delivery=entry.delivery,
        x_level=entry.level,
        x_statutory_items=list(entry.items),
        x_waiting_time=waiting_time(entry, today),
        x_next_review=day(entry.review_on),
        x_who_to_ask=entry.contact,
        x_easy_read=entry.easy_read,
        x_comments=entry.comments or None,
        x_freshness=entry.stands(today).freshness.value,
    )


def _plain(entry: Entry, today: date) -> dict[str, Any]:
    """The fields that stand on the service itself."""
    content = entry.content
    alert = content.get("alert") if (content.get("alert_until") or "9999") >= today.isoformat() else None
    return kept(
        id=entry.id,
        organization_id=entry.organisation.id,
        name=content.get("name"),
        description=content.get("description"),
        url=content.get("url"),
        email=content.get("email"),
        status=content.get("status") or "active",
        fees=content.get("fees"),
        accreditations=content.get("accreditation"),
        minimum_age=content.get("minimum_age"),
        maximum_age=content.get("maximum_age"),
        assured_date=day(entry.assured_on),
        alert=alert,
        last_modified=moment(entry.changed_at),
    )


def service(entry: Entry, today: date) -> dict[str, Any]:
    """A service in full, with all that belongs to it."""
    return _plain(entry, today) | kept(
        schedules=_schedules(entry),
        service_at_locations=[
            {"id": place.tie, "service_id": entry.id, "location_id": place.id, "location": location(place)}
            for place in entry.places
        ],
        languages=[
            kept(id=key(entry.id, "language", name), service_id=entry.id, name=name) for name in entry.languages
        ],
        organization=organisation(entry.organisation),
        cost_options=_costs(entry),
        contacts=[{"id": key(entry.id, "contact"), "service_id": entry.id, "name": entry.contact}]
        if entry.contact
        else [],
        attributes=[
            {
                "id": key(entry.id, "attribute", term.id),
                "link_id": entry.id,
                "link_type": "service",
                "taxonomy_term_id": term.id,
                "taxonomy_term": taxonomy_term(term),
            }
            for term in entry.terms
        ],
        **_own(entry, today),
    )


def service_in_list(entry: Entry, today: date) -> dict[str, Any]:
    """A service in a list: its own fields and its organisation."""
    return _plain(entry, today) | kept(
        organization=organisation(entry.organisation, nested=False),
        capacities=_own(entry, today).get("capacities"),
        x_waiting_time=waiting_time(entry, today),
    )


def service_at_location(entry: Entry, place: Place, today: date) -> dict[str, Any]:
    """One service at one place, in full.

    The published contract names the wrong schema for this answer; the service's own name and status satisfy both.
    """
    return kept(
        id=place.tie,
        service_id=entry.id,
        location_id=place.id,
        name=entry.content.get("name"),
        status=entry.content.get("status") or "active",
        location=location(place),
        service=service(entry, today),
    )


def service_at_location_in_list(entry: Entry, place: Place, today: date) -> dict[str, Any]:
    """One service at one place, in a list."""
    return kept(
        id=place.tie,
        service_id=entry.id,
        location_id=place.id,
        location=location(place),
        service=_plain(entry, today),
    )


def page_of(contents: list[Any], *, total: int, page: int, per_page: int) -> dict[str, Any]:
    """The envelope of a list. An empty list has one page, which is the first and the last."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def taxonomies_of(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Taxonomies, as they stand in a list."""
    return [kept(id=row["id"], name=row["name"], description=row["description"] or row["name"]) for row in rows]
