"""The parameters of the open feed, read strictly: a value that cannot be read is an error, never ignored."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from kept.offer.api_answers import Malformed
from kept.offer.directory import Directory, searched
from kept.rules.oruk.model import Entry
from kept.rules.search.places import kilometres

MOST_PER_PAGE = 500
USUAL_PER_PAGE = 50
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


def whole(query: QueryDict, name: str, usual: int, *, most: int) -> int:
    """A whole number from 1 to `most`. Raises Malformed."""
    text = query.get(name)
    if text is None:
        return usual
    if not _WHOLE.fullmatch(text) or not text.isascii() or not 1 <= int(text) <= most:
        raise Malformed(f"{name} should be a whole number from 1 to {most}.")
    return int(text)


def number(query: QueryDict, name: str) -> float | None:
    """A number, or None when it is not asked. Raises Malformed."""
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not _NUMBER.fullmatch(text):
        raise Malformed(f"{name} should be a number.")
    return float(text)


def key(query: QueryDict, name: str) -> str | None:
    """A UUID, or None. Raises Malformed."""
    text = query.get(name)
    if text is None:
        return None
    try:
        return str(UUID(text))
    except ValueError:
        raise Malformed(f"{name} should be a UUID.") from None


def time(query: QueryDict, name: str) -> str | None:
    """A time of 24 hours, HH:MM, or None. Raises Malformed."""
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not _TIME.fullmatch(text):
        raise Malformed(f"{name} should be a time like 09:30.")
    return text[:5]


def moment(query: QueryDict, name: str) -> datetime | None:
    """A moment or a day of ISO 8601, or None. Raises Malformed."""
    text = query.get(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"{name} should be a date or a time like 2026-03-01T00:00:00Z.") from None
    return found if found.tzinfo else timezone.make_aware(found)


def flag(query: QueryDict, name: str) -> bool:
    """true or false. Raises Malformed."""
    text = query.get(name)
    if text in {None, "false"}:
        return False
    if text == "true":
        return True
    raise Malformed(f"{name} should be true or false.")


@dataclass(frozen=True)
class Asked:
    """The filters of a list of services; all of them must hold."""

    search: str
    term: str | None
    taxonomy: str | None
    organisation: str | None
    minimum_age: float | None
    maximum_age: float | None
    age: float | None
    start: str | None
    end: str | None
    day: str | None
    since: datetime | None

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """The filters of a query. Raises Malformed."""
        day = query.get("day")
        if day is not None and day not in DAYS:
            raise Malformed("day should be one of MO, TU, WE, TH, FR, SA, SU.")
        return cls(
            search=query.get("search", "").strip(),
            term=key(query, "taxonomy_term_id"),
            taxonomy=key(query, "taxonomy_id"),
            organisation=key(query, "organization_id"),
            minimum_age=number(query, "minimum_age"),
            maximum_age=number(query, "maximum_age"),
            age=number(query, "x_age"),
            start=time(query, "start_time"),
            end=time(query, "end_time"),
            day=day,
            since=moment(query, "modified_after"),
        )

    def allows(self, entry: Entry) -> bool:
        """Whether an entry passes all but the words.

        minimum_age and maximum_age have the profile's literal meaning (a minimum of at least, a maximum of at most);
        x_age has the useful one: somebody of that age can go.
        """
        low, high = entry.minimum_age, entry.maximum_age
        return (
            (self.term is None or any(term.id == self.term for term in entry.terms))
            and (self.taxonomy is None or any(term.taxonomy_id == self.taxonomy for term in entry.terms))
            and (self.organisation is None or entry.organisation.id == self.organisation)
            and (self.minimum_age is None or (low is not None and low >= self.minimum_age))
            and (self.maximum_age is None or (high is not None and high <= self.maximum_age))
            and (self.age is None or ((low is None or low <= self.age) and (high is None or self.age < high + 1)))
            and (self.since is None or (entry.changed_at is not None and entry.changed_at > self.since))
            and self._at_times(entry)
        )

    def _at_times(self, entry: Entry) -> bool:
        """Whether one schedule of the entry holds on the day, from the start to the end."""
        if not (self.day or self.start or self.end):
            return True
        return any(
            (self.day is None or self.day in row.get("days", []))
            and (self.start is None or (row.get("opens") or "99:99") <= self.start)
            and (self.end is None or (row.get("closes") or "00:00") >= self.end)
            for row in entry.schedules
        )

    def choose(self, directory: Directory, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that pass; in order of relevance when words are asked, else in the order given."""
        everything = replace(self, search="") == NOTHING_ASKED
        allowed = list(entries) if everything else [entry for entry in entries if self.allows(entry)]
        if not self.search:
            return allowed
        found = directory.index.ranked(self.search, limit=len(directory.shown) or 1)
        place = {} if found.only_beginnings else {service.id: at for at, service in enumerate(found.services)}
        return sorted((entry for entry in allowed if entry.id in place), key=lambda entry: place[entry.id])


NOTHING_ASKED = Asked.of(QueryDict())


def nearby(directory: Directory, query: QueryDict) -> tuple[tuple[float, float], float] | None:
    """Degrees and metres asked for by postcode and proximity, or None. Raises Malformed; infinite without proximity."""
    postcode = query.get("postcode")
    metres = number(query, "proximity")
    if postcode is None:
        if metres is not None:
            raise Malformed("proximity is in metres from a postcode: give postcode as well.")
        return None
    here = directory.index.places.find(postcode, None, None)
    if here is None:
        raise Malformed("postcode is not one that this area knows.")
    if metres is not None and metres < 0:
        raise Malformed("proximity should be 0 or more metres.")
    return here, metres if metres is not None else math.inf


def metres_from(here: tuple[float, float], entry: Entry, latitude: float | None, longitude: float | None) -> float:
    """How far a place is; infinite where it is not known."""
    if latitude is None or longitude is None:
        return math.inf
    return 1000 * kilometres(here, replace(searched(entry), latitude=latitude, longitude=longitude))
