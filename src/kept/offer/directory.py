"""The published directory of one area in memory: one for each worker process, rebuilt when the edition changes.

Every public page and the open feed read from here, so that a search asks the database one small question (is this
still the edition?) and no more. While one thread rebuilds, the others go on with the edition before.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count

from kept.access.models import Area
from kept.offer.models import (
    AtLocation,
    Edition,
    Organisation,
    Page,
    Place,
    PublicComment,
    Service,
    SynonymRow,
    Tagging,
    Taxonomy,
    Term,
    Wait,
)
from kept.offer.publishing import COLUMNS
from kept.rules.oruk import model
from kept.rules.oruk.entry import DATES
from kept.rules.search import Index, Synonym, build, load_synonyms
from kept.rules.search import Service as Searched

MOST_KEPT = 20


@dataclass(frozen=True)
class Directory:
    """What an area has published, on one day."""

    area_id: UUID
    area_name: str
    edition: int
    today: date
    entries: Mapping[str, model.Entry]
    taxonomies: tuple[dict[str, str], ...]
    terms: Mapping[str, model.Term]
    organisations: Mapping[str, model.Organisation]
    pages: Mapping[str, Page]
    places: Mapping[str, tuple[float, float]]
    synonyms: tuple[Synonym, ...]
    credits_ons: bool = False
    """Whether where places are came from the Office for National Statistics, who must be named for it."""
    documents: dict[Any, bytes] = field(default_factory=dict, compare=False)

    @cached_property
    def ordered(self) -> tuple[model.Entry, ...]:
        """Every entry by name, then key: an order in which pages neither repeat nor skip."""
        return tuple(sorted(self.entries.values(), key=lambda entry: (entry.content["name"].casefold(), entry.id)))

    @cached_property
    def at_places(self) -> tuple[tuple[model.Entry, model.Place], ...]:
        """Every service at every place, in the same order."""
        return tuple((entry, place) for entry in self.ordered for place in sorted(entry.places, key=lambda p: p.tie))

    @cached_property
    def by_tie(self) -> dict[str, tuple[model.Entry, model.Place]]:
        """Services at places by the key of their tie."""
        return {place.tie: (entry, place) for entry, place in self.at_places}

    @cached_property
    def shown(self) -> tuple[model.Entry, ...]:
        """The entries that search shows today."""
        return tuple(entry for entry in self.ordered if entry.stands(self.today).in_search)

    @cached_property
    def needs_of(self) -> dict[str, tuple[str, ...]]:
        """The needs that each entry is for, by its key."""
        return {key: tuple(entry.terms_of("needs")) for key, entry in self.entries.items()}

    @cached_property
    def index(self) -> Index:
        """The search index of what is shown."""
        return build([searched(entry) for entry in self.shown], self.synonyms, postcodes=self.places)

    @cached_property
    def etag(self) -> str:
        """What changes when anything that is published changes, or the day does."""
        return f"{self.area_id.hex[:12]}-{self.edition}-{self.today:%y%m%d}"


def searched(entry: model.Entry) -> Searched:
    """An entry as search knows it."""
    place = next((one for one in entry.places if one.latitude is not None), None)
    words = [entry.description, entry.who_for, entry.how_to_get_it]
    return Searched(
        id=entry.id,
        name=entry.name,
        organisation=entry.organisation.name,
        description=" ".join(filter(None, words)),
        categories=tuple(term.name for term in entry.terms),
        postcode=place.postcode if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        minimum_age=entry.minimum_age,
        maximum_age=entry.maximum_age,
        delivery=entry.delivery,
        cost=entry.fees,
    )


class Directories:
    """The directories that this process holds; safe between threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[UUID, Directory] = OrderedDict()
        self._locks: dict[UUID, threading.Lock] = defaultdict(threading.Lock)

    def of(self, area: Area, today: date) -> Directory:
        """The directory of an area; must be called while visiting or acting in it."""
        edition = Edition.objects.filter(area=area).values_list("number", flat=True).first() or 0
        held = self._held.get(area.pk)
        if held and (held.edition, held.today) == (edition, today):
            return held
        lock = self._locks[area.pk]
        if not lock.acquire(blocking=held is None or held.today != today):
            return held  # type: ignore[return-value]  # not blocking means that one is held
        try:
            held = self._held.get(area.pk)
            if held and (held.edition, held.today) == (edition, today):
                return held
            made = load(area, edition, today)
            made.index  # noqa: B018 - built here, by the thread that holds the lock
            self._held[area.pk] = made
            self._held.move_to_end(area.pk)
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
            return made
        finally:
            lock.release()

    def forget(self) -> None:
        """Drop all; for tests, which roll editions back."""
        self._held.clear()


DIRECTORIES = Directories()


def load(area: Area, edition: int, today: date) -> Directory:
    """Read an area's directory: a constant number of queries."""
    organisations = {
        row.pk: model.Organisation(str(row.pk), row.name, row.description, row.url, row.email, tuple(row.identifiers))
        for row in Organisation.objects.filter(area=area)
    }
    taxonomies = list(Taxonomy.objects.filter(area=area).order_by("name"))
    named = {row.pk: row for row in taxonomies}
    terms = {
        row.pk: model.Term(
            str(row.pk),
            named[row.taxonomy_id].slug,
            str(row.taxonomy_id),
            row.name,
            row.description,
            str(row.parent_id or ""),
        )
        for row in Term.objects.filter(area=area).order_by("name", "pk")
    }
    entries = {entry.id: entry for entry in _entries(area, organisations, terms)}
    rows = list(SynonymRow.objects.filter(area=area))
    places = list(Place.objects.filter(area=area))
    return Directory(
        area_id=area.pk,
        area_name=area.name,
        edition=edition,
        today=today,
        entries=entries,
        taxonomies=tuple(
            {"id": str(row.pk), "slug": row.slug, "name": row.name, "description": row.description}
            for row in taxonomies
        ),
        terms={term.id: term for term in terms.values()},
        organisations={one.id: one for one in organisations.values()},
        pages={page.slug: page for page in Page.objects.filter(area=area, is_published=True).order_by("title")},
        places={row.name: (row.latitude, row.longitude) for row in places},
        credits_ons=any(row.is_from_ons for row in places),
        synonyms=_with_ours(rows),
    )


def _with_ours(rows: Any) -> tuple[Synonym, ...]:
    """The product's synonyms with the council's own in their stead where both name a word."""
    own = {row.typed: Synonym(row.typed, _parts(row.also), "", row.is_on) for row in rows}
    return (*own.values(), *(row for row in load_synonyms() if row.typed not in own))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _entries(area: Area, organisations: Mapping[UUID, model.Organisation], terms: Mapping[UUID, model.Term]) -> Any:
    tagged, placed = defaultdict(list), defaultdict(list)
    for service_id, term_id in Tagging.objects.filter(area=area).values_list("service_id", "term_id"):
        tagged[service_id].append(terms[term_id])
    for tie in AtLocation.objects.filter(area=area).select_related("location"):
        placed[tie.service_id].append(_place(tie))
    waits = {wait.service_id: wait for wait in Wait.objects.filter(area=area).order_by("as_at")}
    comments = dict(
        PublicComment.objects.filter(area=area, service__isnull=False)
        .order_by()
        .values_list("service_id")
        .annotate(n=Count("pk"))
    )
    for row in Service.objects.filter(area=area, is_published=True):
        yield _entry(row, organisations[row.organisation_id], tagged, placed, waits.get(row.pk), comments)


def _entry(  # noqa: PLR0917 -- one row and what was read beside it
    row: Service,
    organisation: model.Organisation,
    tagged: Mapping[UUID, list[model.Term]],
    placed: Mapping[UUID, list[model.Place]],
    wait: Wait | None,
    comments: Mapping[UUID, int],
) -> model.Entry:
    content = {name: getattr(row, name) for name in COLUMNS}
    content |= {name: content[name].isoformat() if content[name] else None for name in DATES}
    return model.Entry(
        id=str(row.pk),
        content=content,
        organisation=organisation,
        places=tuple(placed.get(row.pk, ())),
        terms=tuple(sorted(tagged.get(row.pk, ()), key=lambda term: (term.taxonomy, term.name))),
        wait=_wait(wait) if wait else None,
        assured_on=row.assured_on,
        assured_by=row.assured_by,
        review_on=row.review_on,
        link_broken_on=row.link_broken_on,
        changed_at=row.changed_at,
        comments=comments.get(row.pk, 0),
    )


def _place(tie: AtLocation) -> model.Place:
    at = tie.location
    return model.Place(
        id=str(at.pk),
        tie=str(tie.pk),
        name=at.name,
        address_1=at.address_1,
        city=at.city,
        county=at.county,
        postcode=at.postcode,
        latitude=at.latitude,
        longitude=at.longitude,
        uprn=at.uprn,
        accessibility=tuple(at.accessibility),
    )


def _wait(row: Wait) -> model.Wait:
    return model.Wait(**{name: getattr(row, name) for name in model.Wait.__dataclass_fields__})
