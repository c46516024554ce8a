"""Find services for a family: words, place, age and filters in; results that explain themselves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from kept.offer.directory import Directory
from kept.rules.oruk.model import Entry
from kept.rules.search import Filters, Hit, Understanding

MOST = 400
NO_REFERRAL = {"anyone", "self"}
FULL = {"closed", "waiting_list"}
SCHOOLS = frozenset({"LO-01", "LO-02"})  # items of the checklist that places of education carry
_PRIVATE = re.compile(r"\S*@\S*|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|\+?\d[\d\s-]{3,}\d", re.IGNORECASE)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class SearchForm(forms.Form):
    """What a family may say. Everything is optional and stays in the address."""

    q = forms.CharField(required=False, strip=True)
    place = forms.CharField(required=False, max_length=60)
    age = forms.FloatField(required=False, min_value=0, max_value=120)
    need = forms.CharField(required=False, max_length=100)
    free = forms.BooleanField(required=False)
    open_now = forms.BooleanField(required=False)
    while_waiting = forms.BooleanField(required=False)
    places = forms.BooleanField(required=False)
    as_typed = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Found:
    """One result."""

    entry: Entry
    hit: Hit


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
    """Whether a schedule of the entry covers this moment in England."""
    day, time = WEEKDAYS[now.weekday()], f"{now:%H:%M}"
    return any(
        day in row.get("days", []) and row.get("opens", "") <= time < (row.get("closes") or "24:00")
        for row in entry.schedules
        if row.get("opens")
    )


def useful_while_waiting(entry: Entry) -> bool:
    """Whether a family can use it today without anybody's referral; a school is nothing to use while one waits."""
    is_school = not SCHOOLS.isdisjoint(entry.items)
    return entry.route in NO_REFERRAL and entry.capacity not in FULL and entry.status == "active" and not is_school


def find(directory: Directory, asked: dict[str, Any], *, now: datetime | None = None) -> Results:
    """Search the directory; asked: the cleaned values of `SearchForm`."""
    moment = now or timezone.localtime()
    index, text = directory.index, asked.get("q") or ""
    need = asked.get("need") or ""
    filters = Filters(age=asked.get("age"), free=bool(asked.get("free")), categories=frozenset({need} if need else ()))
    place = asked.get("place") or ""
    hits = index.search(
        text,
        postcode=place,
        age=asked.get("age"),
        filters=filters,
        limit=MOST,
        as_typed=bool(asked.get("as_typed")),
    )
    tests: dict[str, Callable[[Entry], bool]] = {
        "open_now": lambda entry: open_at(entry, moment),
        "while_waiting": useful_while_waiting,
        "places": lambda entry: entry.capacity in {"open", "limited"},
    }
    wanted = [test for name, test in tests.items() if asked.get(name)]
    found = tuple(
        Found(directory.entries[hit.service_id], hit)
        for hit in hits
        if all(test(directory.entries[hit.service_id]) for test in wanted)
    )
    counts = {name: sum(test(one.entry) for one in found) for name, test in tests.items()}
    counts["free"] = sum(one.entry.fees.strip().lower().startswith("free") for one in found)
    needs = Counter(name for one in found for name in one.entry.terms_of("needs"))
    beginnings = bool(found) and all(one.hit.starting_point for one in found)
    return Results(
        found=found,
        understood=index.understand(text) if text else None,
        only_beginnings=bool(text) and (beginnings or not hits),
        counts=counts,
        needs=sorted(needs.most_common(30)),
        unknown_place=bool(place) and index.places.find(place, None, None) is None,
    )


def without_identities(text: str) -> str:
    """The words of a search as they may be kept: no addresses, postcodes or numbers, at most 12 words."""
    words = _PRIVATE.sub(" ", text[:400]).lower()
    return " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", words)[:12])[:120]
