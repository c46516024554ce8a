"""The entries that are searched, and how well a phrase matches one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kept.rules.search.stems import stem
from kept.rules.search.words import all_stems, content_words, stems_of, words_of

NAME, CATEGORIES, DESCRIPTION, ORGANISATION = range(4)
FIELD_WEIGHTS = (0.75, 0.62, 0.45, 0.2)
"""How much of a full match one mention is worth; several fields together come closer to 1."""
_SECOND_MENTION = 0.3
_USUAL_WORDS = 40
_APART = 0.6
"""What a phrase is worth whose words stand in one field but not together."""
_SLACK = 2


@dataclass(frozen=True)
class Service:
    """An entry of the Local Offer as search needs it. Ages in years; degrees; None where unknown or open."""

    id: str
    name: str
    organisation: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    delivery: str = ""
    cost: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Service:
        """A service from a mapping with these keys; others are ignored. Raises ValueError without id or name."""
        if not row.get("id") or not row.get("name"):
            raise ValueError("Each service needs an id and a name.")
        known = {key: row[key] for key in cls.__dataclass_fields__ if row.get(key) is not None}
        known["categories"] = tuple(known.get("categories", ()))
        return cls(**{**known, "id": str(known["id"])})

    def fields(self) -> tuple[str, str, str, str]:
        """The searched texts in the order of FIELD_WEIGHTS; categories parted so that no phrase runs over two."""
        return self.name, " . ".join(self.categories), self.description, self.organisation

    @property
    def has_a_place(self) -> bool:
        """Whether families travel to it; what is online, by phone or at home is equally near for all."""
        return self.latitude is not None and self.longitude is not None and self.delivery in {"", "in person"}


Postings = dict[int, tuple[tuple[int, int], ...]]
"""Places of a stem: entry -> ((field, position), ...)."""


class Entries:
    """The entries with the places of each stem, and how well stems and phrases match (0 to 1), kept once computed."""

    def __init__(self, services: Iterable[Service]) -> None:
        self.services = tuple(services)
        self.words: Counter[str] = Counter()
        self._postings: dict[str, Postings] = {}
        self.names: list[frozenset[str]] = []
        self._field_weights: list[tuple[float, ...]] = []
        self._matches: dict[tuple[str, ...], dict[int, float]] = {}
        self._texts: dict[int, tuple[str, ...]] = {}
        places: dict[str, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for entry, service in enumerate(self.services):
            self._add(entry, service, places)
        self._postings = {part: {entry: tuple(at) for entry, at in held.items()} for part, held in places.items()}

    def _add(self, entry: int, service: Service, places: dict[str, dict[int, list[tuple[int, int]]]]) -> None:
        self.names.append(frozenset(stems_of(service.name)))
        long_description = 1.0
        for field, text in enumerate(service.fields()):
            position = 0
            for chunk in text.split(" . ") if field == CATEGORIES else (text,):
                words = content_words(chunk)
                self.words.update(words)
                for word in words:
                    places[stem(word)][entry].append((field, position))
                    position += 1
                position += 10
            if field == DESCRIPTION:
                long_description = min(1.0, math.sqrt(_USUAL_WORDS / max(1, position)))
        self._field_weights.append(
            tuple(
                weight * long_description if field == DESCRIPTION else weight
                for field, weight in enumerate(FIELD_WEIGHTS)
            )
        )

    def __len__(self) -> int:
        return len(self.services)

    def knows(self, part: str) -> bool:
        """Whether a stem stands in any entry."""
        return part in self._postings

    def stems(self) -> Iterable[str]:
        """Every stem that stands in an entry."""
        return self._postings.keys()

    def matches(self, phrase: tuple[str, ...]) -> dict[int, float]:
        """How well each entry that holds the phrase matches it: entry -> above 0 to 1."""
        known = self._matches.get(phrase)
        if known is None:
            known = self._single(phrase[0]) if len(phrase) == 1 else self._together(phrase)
            if len(self._matches) < _MOST_KEPT:
                self._matches[phrase] = known
        return known

    def matches_run(self, part: str, run: tuple[str, ...]) -> dict[int, float]:
        """How well each entry matches in which the words stand just so, little words too; `part` is one of them."""
        known = self._matches.get(run)
        if known is None:
            wanted = f" {' '.join(run)} "
            known = {}
            for entry in self._postings.get(part, {}):
                fields = {field: 1.0 for field, text in enumerate(self._text(entry)) if wanted in text}
                if fields:
                    known[entry] = self._combined(entry, fields)
            self._matches[run] = known
        return known

    def _text(self, entry: int) -> tuple[str, ...]:
        """The fields of an entry as the stems of all words with a blank at each side."""
        known = self._texts.get(entry)
        if known is None:
            known = tuple(f" {' '.join(all_stems(words_of(text)))} " for text in self.services[entry].fields())
            self._texts[entry] = known
        return known

    def _single(self, part: str) -> dict[int, float]:
        return {
            entry: self._combined(entry, Counter(field for field, _ in at))
            for entry, at in self._postings.get(part, {}).items()
        }

    def _combined(self, entry: int, mentions: Mapping[int, float]) -> float:
        """One figure from the mentions in each field: 1 - the product of what each leaves open."""
        left = 1.0
        weights = self._field_weights[entry]
        for field, count in mentions.items():
            weight = weights[field]
            left *= 1 - weight * min(1.0, count)
            if count > 1:
                left *= 1 - weight * _SECOND_MENTION
        return 1 - left

    def _together(self, phrase: tuple[str, ...]) -> dict[int, float]:
        parts = sorted({part: self._postings.get(part, {}) for part in phrase}.values(), key=len)
        shared = [entry for entry in parts[0] if all(entry in other for other in parts[1:])]
        found: dict[int, float] = {}
        for entry in shared:
            mentions: dict[int, float] = {}
            for field in range(len(FIELD_WEIGHTS)):
                held = [[at for in_field, at in part[entry] if in_field == field] for part in parts]
                if all(held):
                    near = _narrowest(held) <= len(phrase) - 1 + _SLACK
                    if near or field != CATEGORIES:
                        mentions[field] = 1.0 if near else _APART
            if mentions:
                found[entry] = self._combined(entry, mentions)
        return found


_MOST_KEPT = 20_000


def _narrowest(held: list[list[int]]) -> int:
    """The smallest span that holds one position of each list."""
    best = 1 << 30
    for start in held[0]:
        nearest = [min(others, key=lambda at: abs(at - start)) for others in held[1:]]
        best = min(best, max([start, *nearest]) - min([start, *nearest]))
    return best
