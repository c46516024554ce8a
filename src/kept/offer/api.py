"""The open feed: Open Referral UK 3.0, its nine operations, organisations, a full export, and its own description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from kept.offer.api_answers import JSON, encoded, open_data, problem
from kept.offer.api_description import description
from kept.offer.api_filters import MOST_PER_PAGE, USUAL_PER_PAGE, Asked, flag, metres_from, nearby, whole
from kept.rules.oruk import documents

T = TypeVar("T")
MOST_PAGES = 1_000_000


def _ok(document: Any) -> HttpResponse:
    return HttpResponse(document if isinstance(document, bytes) else encoded(document), content_type=JSON)


def _missing(what: str) -> HttpResponse:
    return problem(404, "Not found", f"There is no {what} with that id.")


def _listed(request: HttpRequest, items: Sequence[T], write: Callable[[T], bytes]) -> HttpResponse:
    """One page of a list; each item as bytes, which are kept from one call to the next."""
    page = whole(request.GET, "page", 1, most=MOST_PAGES)
    per_page = whole(request.GET, "per_page", USUAL_PER_PAGE, most=MOST_PER_PAGE)
    shown = items[(page - 1) * per_page : page * per_page]
    envelope = encoded(documents.page_of([None] * len(shown), total=len(items), page=page, per_page=per_page))
    head = envelope[: envelope.rindex(b"[")]
    return _ok(head + b"[" + b",".join(write(item) for item in shown) + b"]}")


def _kept(request: HttpRequest, name: str, key: str, make: Callable[[], Any]) -> bytes:
    """A document as bytes, made once an edition."""
    held: dict[Any, bytes] = request.directory.documents
    known = held.get((name, key))
    if known is None:
        known = held[name, key] = encoded(make())
    return known


@open_data
def root(request: HttpRequest) -> HttpResponse:
    """What this feed is."""
    here = reverse("offer:api_description", kwargs={"area": request.offer_area.slug})
    return _ok(
        {
            "version": documents.VERSION,
            "profile": documents.PROFILE,
            "openapi_url": request.build_absolute_uri(here),
        }
    )


@open_data
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this feed as OpenAPI."""
    base = reverse("offer:api_root", kwargs={"area": request.offer_area.slug})
    return _ok(description(request.build_absolute_uri(base).rstrip("/")))


@open_data
def services(request: HttpRequest) -> HttpResponse:
    """Services, by name; by relevance when words are asked."""
    directory = request.directory
    found = Asked.of(request.GET).choose(directory, directory.ordered)
    in_full = flag(request.GET, "full")
    make = documents.service if in_full else documents.service_in_list
    return _listed(
        request, found, lambda entry: _kept(request, make.__name__, entry.id, lambda: make(entry, directory.today))
    )


@open_data
def service(request: HttpRequest, pk: str) -> HttpResponse:
    """One service in full."""
    directory = request.directory
    entry = directory.entries.get(_key(pk))
    if entry is None:
        return _missing("service")
    return _ok(_kept(request, "service", entry.id, lambda: documents.service(entry, directory.today)))


@open_data
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """Services at their places; near a postcode, the nearest first."""
    directory = request.directory
    asked, near = Asked.of(request.GET), nearby(directory, request.GET)
    order = {entry.id: at for at, entry in enumerate(asked.choose(directory, directory.ordered))}
    found = [(entry, place) for entry, place in directory.at_places if entry.id in order]
    found.sort(key=lambda pair: (order[pair[0].id], pair[1].tie))
    if near:
        here, most = near
        away = {place.tie: metres_from(here, entry, place.latitude, place.longitude) for entry, place in found}
        found = [pair for pair in found if away[pair[1].tie] <= most and away[pair[1].tie] != float("inf")]
        found.sort(key=lambda pair: (away[pair[1].tie], pair[1].tie))
    return _listed(
        request,
        found,
        lambda pair: _kept(
            request,
            "at_location_in_list",
            pair[1].tie,
            lambda: documents.service_at_location_in_list(*pair, directory.today),
        ),
    )


@open_data
def service_at_location(request: HttpRequest, pk: str) -> HttpResponse:
    """One service at one place in full."""
    directory = request.directory
    pair = directory.by_tie.get(_key(pk))
    if pair is None:
        return _missing("service at a location")
    entry, place = pair
    return _ok(_kept(request, "at_location", pk, lambda: documents.service_at_location(entry, place, directory.today)))


@open_data
def taxonomies(request: HttpRequest) -> HttpResponse:
    """The lists of terms."""
    return _listed(request, documents.taxonomies_of(request.directory.taxonomies), encoded)


@open_data
def taxonomy(request: HttpRequest, pk: str) -> HttpResponse:
    """One list of terms."""
    rows = [row for row in request.directory.taxonomies if row["id"] == _key(pk)]
    return _ok(documents.taxonomies_of(rows)[0]) if rows else _missing("taxonomy")


@open_data
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """The terms of all lists."""
    return _listed(
        request,
        list(request.directory.terms.values()),
        lambda term: encoded(documents.taxonomy_term(term)),
    )


@open_data
def taxonomy_term(request: HttpRequest, pk: str) -> HttpResponse:
    """One term."""
    term = request.directory.terms.get(_key(pk))
    return _ok(documents.taxonomy_term(term)) if term else _missing("taxonomy term")


@open_data
def organizations(request: HttpRequest) -> HttpResponse:
    """Organisations that provide a service here."""
    with_entries = {entry.organisation.id: entry.organisation for entry in request.directory.ordered}
    found = sorted(with_entries.values(), key=lambda one: (one.name.casefold(), one.id))
    return _listed(request, found, lambda one: encoded(documents.organisation(one)))


@open_data
def organization(request: HttpRequest, pk: str) -> HttpResponse:
    """One organisation."""
    one = request.directory.organisations.get(_key(pk))
    return _ok(documents.organisation(one)) if one else _missing("organization")


@open_data
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every service in full, one JSON document a line."""
    directory = request.directory
    found = Asked.of(request.GET).choose(directory, directory.ordered)
    lines = (
        _kept(request, "service", entry.id, lambda entry=entry: documents.service(entry, directory.today)) + b"\n"
        for entry in found
    )
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def _key(text: str) -> str:
    """An id as we write ids; "" when it is not one."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
