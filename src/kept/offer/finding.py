"""Find services for a family: words, place, age and filters in; results that explain themselves out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from kept.offer.directory import Directory
from kept.rules.oruk.model import Entry
from kept.rules.search import Filters, Hit, Ranking, Understanding

MOST = 400
FEATURES = ("while_waiting", "places")
_PRIVATE = re.compile(r"\S*@\S*|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|\+?\d[\d\s-]{3,}\d", re.IGNORECASE)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class SearchForm(forms.Form):
    """What a family may say. Everything is optional and stays in the address."""

    q = forms.CharField(label="What you look for", required=False, strip=True)
    place = forms.CharField(label="The place", required=False, max_length=60)
    age = forms.FloatField(required=False, min_value=0, max_value=120)
    need = forms.CharField(label="The need", required=False, max_length=100)
    free = forms.BooleanField(required=False)
    open_now = forms.BooleanField(required=False)
    while_waiting = forms.BooleanField(required=False)
    places = forms.BooleanField(required=False)
    as_typed = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Found:
    """One result: an entry, and its place in the ranking, which says on demand why it was found."""

    entry: Entry
    place: int
    ranking: Ranking

    @property
    def hit(self) -> Hit:
        """Why it was found."""
        return self.ranking[self.place]


@dataclass(frozen=True)
class Results:
    """All results, how the query was read, whether only places to begin were found, and counts for the filters."""

    found: tuple[Found, ...]
    understood: Understanding | None
    only_beginnings: bool
    counts: dict[str, int]
    needs: list[tuple[str, int]]
    unknown_place: bool


def open_at(entry: Entry, now: datetime) -> bool:
    """Whether a schedule of the entry covers this moment in England. One of each month says its week only in words."""
    if "has_hours" not in entry.features:
        return False
    day, time = WEEKDAYS[now.weekday()], f"{now:%H:%M}"
    return any(
        day in row.get("days", []) and row.get("opens", "") <= time < (row.get("closes") or "24:00")
        for row in entry.schedules
        if row.get("opens") and row.get("freq") != "MONTHLY"
    )


def find(directory: Directory, asked: dict[str, Any], *, now: datetime | None = None) -> Results:
    """Search the directory; asked: the cleaned values of `SearchForm`."""
    moment = now or timezone.localtime()
    index, text = directory.index, asked.get("q") or ""
    need = asked.get("need") or ""
    filters = Filters(age=asked.get("age"), free=bool(asked.get("free")), categories=frozenset({need} if need else ()))
    place = asked.get("place") or ""
    ranking = index.ranked(
        text,
        postcode=place,
        age=asked.get("age"),
        filters=filters,
        limit=MOST,
        as_typed=bool(asked.get("as_typed")),
    )
    entries = [directory.entries[service.id] for service in ranking.services]
    wanted = {name for name in FEATURES if asked.get(name)}
    found = tuple(
        Found(entry, at, ranking)
        for at, entry in enumerate(entries)
        if wanted <= entry.features and (not asked.get("open_now") or open_at(entry, moment))
    )
    features = Counter(feature for one in found for feature in one.entry.features)
    needs = Counter(name for one in found for name in directory.needs_of[one.entry.id])
    return Results(
        found=found,
        understood=ranking.understood if text else None,
        only_beginnings=bool(text) and (ranking.only_beginnings or not entries),
        counts={name: features[name] for name in ("free", *FEATURES)}
        | {"open_now": sum(open_at(one.entry, moment) for one in found)},
        needs=sorted(needs.most_common(30)),
        unknown_place=bool(place) and index.places.find(place, None, None) is None,
    )


def without_identities(text: str) -> str:
    """The words of a search as they may be kept: no addresses, postcodes or numbers, at most 12 words."""
    words = _PRIVATE.sub(" ", text[:400]).lower()
    return " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", words)[:12])[:120]
