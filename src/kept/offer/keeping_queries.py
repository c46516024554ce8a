"""What the editors' pages beside the entries show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from kept.access.acting import Actor
from kept.offer.access import check_edits
from kept.offer.models import AtLocation, Comment, Consulted, Location, Organisation, Page, Place, Sample, SynonymRow
from kept.rules.oruk.consultees import Asking, Line, of_year
from kept.rules.search import load_synonyms


def organisations(actor: Actor, text: str = "") -> QuerySet[Organisation]:
    """Those that are open, by name, with how many entries each has."""
    check_edits(actor)
    found = Organisation.objects.filter(area=actor.area, closed_on__isnull=True)
    found = found.filter(name__icontains=text) if text else found
    return found.annotate(entries=Count("services", filter=Q(services__is_published=True))).order_by("name", "pk")


def locations(actor: Actor, text: str = "") -> list[Location]:
    """Places by name; `entries` of each is how many entries are given there."""
    check_edits(actor)
    found = Location.objects.filter(area=actor.area)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(postcode__icontains=text) | Q(city__icontains=text))
    rows = list(found.order_by("name", "pk"))
    used = dict(AtLocation.objects.filter(area=actor.area).order_by().values_list("location_id").annotate(Count("pk")))
    for row in rows:
        row.entries = used.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


def pages(actor: Actor, text: str = "") -> QuerySet[Page]:
    """Guidance by title."""
    check_edits(actor)
    found = Page.objects.filter(area=actor.area)
    return (found.filter(title__icontains=text) if text else found).order_by("title", "pk")


@dataclass(frozen=True)
class Word:
    """A row of the list of words: the council's own, or the product's."""

    typed: str
    also: str
    is_own: bool
    is_on: bool
    key: Any = None


def words(actor: Actor, text: str = "", *, which: str = "") -> list[Word]:
    """The council's own words first, then the product's that no own word replaces; those with the text in them."""
    check_edits(actor)
    rows = SynonymRow.objects.filter(area=actor.area).order_by("typed")
    own = {row.typed: Word(row.typed, row.also, is_own=True, is_on=row.is_on, key=row.pk) for row in rows}
    ours = () if which == "own" else load_synonyms()
    product = [Word(row.typed, "; ".join(row.also), is_own=False, is_on=True) for row in ours if row.typed not in own]
    looked_for = text.casefold()
    return [one for one in (*own.values(), *product) if looked_for in f"{one.typed} {one.also}".casefold()]


def word(actor: Actor, typed: str) -> Word | None:
    """What is searched for when this is typed."""
    return next((one for one in words(actor, typed) if one.typed == typed), None)


def samples(actor: Actor) -> QuerySet[Sample]:
    """Sampled changes that nobody has looked at, the oldest first."""
    check_edits(actor)
    found = Sample.objects.filter(area=actor.area, looked_on__isnull=True)
    return found.select_related("service__organisation", "version__by").order_by("due_on", "pk")


def sample(actor: Actor, key: Any) -> Sample | None:
    """One of them, looked at or not."""
    check_edits(actor)
    found = Sample.objects.filter(area=actor.area, pk=key)
    return found.select_related("service__organisation", "version__by", "looked_by").first()


def one_of(actor: Actor, model: Any, key: Any) -> Any:
    """One organisation, place, page or word of the area by its key, or None."""
    check_edits(actor)
    return model.objects.filter(area=actor.area, pk=key).first()


def askings(area: Any) -> list[Asking]:
    """Every time somebody on the list of regulation 54 was asked. Everybody may read it."""
    rows = Consulted.objects.filter(area=area)
    return [Asking(row.code, row.on, row.how, row.people, row.changed) for row in rows]


def consulted(area: Any, year: int) -> list[Line]:
    """The list of regulation 54 with who was asked in a year. One query."""
    return of_year(askings(area), year)


def places_known(actor: Actor) -> int:
    """How many postcodes and places the area knows."""
    check_edits(actor)
    return Place.objects.filter(area=actor.area).count()


def comments_by_way(actor: Actor) -> dict[str, int]:
    """How many comments came by each way."""
    check_edits(actor)
    return dict(Comment.objects.filter(area=actor.area).order_by().values_list("came_by").annotate(Count("pk")))
