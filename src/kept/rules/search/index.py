"""The index of the Local Offer: build it from the entries, then search.

A query is read as concepts (what families say), its own words, and what it says beside the subject (age, place, cost).
Each concept and word gives every entry a match from 0 to 1, weighed by rarity; ages that do not fit, distance and cost
then raise or lower the sum. Nothing is thrown away but what a filter excludes, so that a family never sees an empty
page.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from kept.rules.search.answers import Filters, Hit, Understanding, asked_of
from kept.rules.search.concepts import (
    KIND_WEIGHTS,
    Concept,
    Phrase,
    Synonym,
    as_concepts,
    load_concepts,
    load_synonyms,
)
from kept.rules.search.entries import Entries, Service
from kept.rules.search.finder import Finder, Found
from kept.rules.search.hints import Hints
from kept.rules.search.places import Places, factor_for_distance, kilometres
from kept.rules.search.query import Query, read_query
from kept.rules.search.spelling import Speller
from kept.rules.search.words import NOT, WEAK_WORDS, content_words, everyday_words, stems_of

_FURTHER_EVIDENCE = 0.4
_UNLIKE = 0.6
_SECOND_READING, _FURTHER_SYNONYM = 0.25, 0.12
_WORD, _EVERYDAY_WORD, _WEAK_WORD, _COVERED = 0.9, 0.4, 0.12, 0.25
_NARROWER = 0.5
_ONLY_FOR_WHOM, _ASKED_FOR = 0.5, 0.6
_SERVED = 0.45
_OTHER_AGE = 0.3
_WHOLE_NAME = 2.5
_RERANKED = 400
_STRONG = 0.35
_WEAKEST_SHOWN = 0.06
_AGE_FITS, _AGE_NEAR, _AGE_WRONG = 1.0, 0.75, 0.35
_FREE, _DELIVERED_SO, _CLOSE_IN_AGE = 1.15, 1.25, 1.12
_NOT_IN_PERSON = 0.5
_STARTING_POINTS = (
    "Impartial advice on SEND", "Family hub and early help", "Education, health and care plans",
    "Support for parents and carers", "Parent carer forum and having a say",
)  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """One part of what was asked: the matches of entries, its weight, and the name of what it stands for."""

    matches: Mapping[int, float]
    weight: float
    name: str
    in_own_words: bool
    concept: Concept | None = None


class Index:
    """Entries ready to be searched. Made by `build`; it is never changed, so it can be shared between threads."""

    def __init__(self, services: Iterable[Service], concepts: Iterable[Concept], places: Places) -> None:
        self.entries = Entries(services)
        self.finder = Finder(concepts)
        self.hints = Hints(self.finder.concepts)
        self.places = places
        typed = {word for concept in self.finder.concepts for phrase in concept.means for word in
                 content_words(phrase.text)}  # fmt: skip
        self.speller = Speller(
            {*self.entries.words, *typed, *_words_typed(self.finder.concepts)},
            {*self.entries.stems(), *self.finder.stems()},
            counts=dict(self.entries.words),
        )
        self._concept_matches: dict[int, dict[int, float]] = {}
        self._kept_own: dict[int, dict[int, float]] = {}
        self._by_name = {concept.name: concept for concept in self.finder.concepts if concept.kind != "synonym"}
        self._check_related()
        for concept in self.finder.concepts:
            self.concept_matches(concept)

    def _check_related(self) -> None:
        """Raise ValueError when a concept is related to one that is not there."""
        for concept in self.finder.concepts:
            for name, _ in concept.related:
                if name not in self._by_name:
                    raise ValueError(f"“{concept.name}” is related to “{name}”, which is not a concept.")

    def understand(self, query: str) -> Understanding:
        """How a query is read, for the line above the results; does not search."""
        return asked_of(self._read(query))

    def _read(self, query: str, *, as_typed: bool = False) -> Query:
        return read_query(query, self.finder, self.speller, self.hints, as_typed=as_typed)

    def search(
        self,
        query: str,
        *,
        postcode: str = "",
        latitude: float | None = None,
        longitude: float | None = None,
        age: float | None = None,
        filters: Filters | None = None,
        limit: int = 10,
        as_typed: bool = False,
    ) -> list[Hit]:
        """The best entries for a query, best first, at most `limit`.

        `postcode` (whole or district) or `latitude` and `longitude` in degrees say where the searcher is; `age` in
        years is a preference, `filters` exclude. `as_typed` mends no spelling. An empty query lists what the
        filters leave.
        """
        return list(
            self.ranked(
                query,
                postcode=postcode,
                latitude=latitude,
                longitude=longitude,
                age=age,
                filters=filters,
                limit=limit,
                as_typed=as_typed,
            )
        )

    def ranked(
        self,
        query: str,
        *,
        postcode: str = "",
        latitude: float | None = None,
        longitude: float | None = None,
        age: float | None = None,
        filters: Filters | None = None,
        limit: int = 10,
        as_typed: bool = False,
    ) -> Ranking:
        """What `search` finds, with the reasons worked out only for the hits that are asked for."""
        asked = self._read(query, as_typed=as_typed)
        here = self.places.find(postcode, latitude, longitude) or self.places.find(
            asked.intents.postcode or asked.intents.district, None, None
        )
        allowed = filters or Filters()
        if not asked.words:
            return Ranking(self, asked, [(0.0, entry) for entry in self._browse(here, allowed, limit)], [], here)
        groups = self._groups(asked, (age, age) if age is not None else asked.intents.ages)
        scores = self._scores(groups, asked, allowed)
        chosen = self._ranked(scores, asked, here=here, age=age, filters=allowed, limit=limit)
        if not chosen:
            beginnings = self._starting_points(here, age, asked, allowed, limit)
            return Ranking(self, asked, beginnings, [], here, only_beginnings=bool(beginnings))
        least = _WEAKEST_SHOWN * chosen[0][0]
        return Ranking(self, asked, [one for one in chosen if one[0] >= least], groups, here)

    def _groups(self, asked: Query, ages: tuple[float, float] | None = None) -> list[_Group]:
        groups: list[_Group] = []
        readings: dict[frozenset[int], list[Found]] = defaultdict(list)
        for found in asked.concepts:
            fits = _for_ages(found.concept, ages)
            readings[found.span].append(found if fits else replace(found, strength=found.strength * _OTHER_AGE))
        for same_words in readings.values():
            ordered = sorted(same_words, key=lambda found: -found.strength)
            for rank, found in enumerate(ordered):
                matches = self.concept_matches(found.concept)
                further = _FURTHER_SYNONYM if found.concept.kind == "synonym" else _SECOND_READING
                weight = found.strength * self._rarity(matches) * (1.0 if rank == 0 else further)
                groups.append(_Group(matches, weight, found.concept.name, in_own_words=False, concept=found.concept))
        for place in asked.content:
            part = asked.stems[place]
            if part == NOT or (part.isdigit() and asked.intents.ages):
                continue
            weight = _word_weight(part, asked.words[place]) * asked.trust[place]
            matches = self.entries.matches((part,))
            if matches:
                typed_at = asked.written_apart.get(place, (place,))[0]
                weight *= _left_to_say(typed_at, part, readings) * self._rarity(matches)
                groups.append(_Group(matches, weight, asked.words[place], in_own_words=True))
        return groups

    def concept_matches(self, concept: Concept) -> dict[int, float]:
        """How well each entry answers a concept: its own phrases, or a share of a related concept if that is more."""
        known = self._concept_matches.get(id(concept))
        if known is None:
            known = dict(self._own_matches(concept))
            for name, weight in concept.related:
                for entry, match in self._own_matches(self._by_name[name]).items():
                    known[entry] = max(known.get(entry, 0.0), weight * match)
            self._concept_matches[id(concept)] = known
        return known

    def _own_matches(self, concept: Concept) -> dict[int, float]:
        """The best phrase of a concept in each entry, and a share of the further ones."""
        kept = self._kept_own.get(id(concept))
        if kept is not None:
            return kept
        evidence: dict[int, list[float]] = defaultdict(list)
        for phrase in concept.means:
            for entry, match in self._phrase_matches(phrase).items():
                evidence[entry].append(match * phrase.weight)
        combined: dict[int, float] = {}
        for entry, found in evidence.items():
            best = max(found)
            found.remove(best)
            left = 1 - best
            for further in found:
                left *= 1 - _FURTHER_EVIDENCE * further
            combined[entry] = 1 - left
        for phrase in concept.unlike:
            for entry, match in self._phrase_matches(phrase).items():
                if entry in combined:
                    combined[entry] *= 1 - _UNLIKE * match
        self._kept_own[id(concept)] = combined
        return combined

    def _phrase_matches(self, phrase: Phrase) -> dict[int, float]:
        if phrase.run:
            return self.entries.matches_run(phrase.stems[0], phrase.run)
        return self.entries.matches(phrase.stems)

    def _rarity(self, matches: Mapping[int, float]) -> float:
        """How telling it is to match: the logarithm of the entries by those that match.

        Less when even the best match is poor: then nothing here is about it, and what little matches does so by chance.
        """
        if not matches:
            return 0.0
        served = min(1.0, max(matches.values()) / _SERVED)
        return served * math.log(1 + len(self.entries) / (1 + sum(matches.values())))

    def _scores(self, groups: list[_Group], asked: Query, filters: Filters) -> dict[int, float]:
        """The sum of all groups for each entry that the filters leave.

        Among many entries the weak groups only reorder what the strong ones found.
        """
        strongest = max((group.weight for group in groups), default=0.0)
        strong = [group for group in groups if group.weight >= _STRONG * strongest]
        scores: dict[int, float] = {}
        for group in strong:
            weight, known = group.weight, scores.get
            for entry, match in group.matches.items():
                scores[entry] = known(entry, 0.0) + weight * match
        if not filters.empty:
            scores = {entry: score for entry, score in scores.items() if filters.allow(self.entries.services[entry])}
        many = len(scores) > _RERANKED
        if many:
            scores = dict(heapq.nlargest(_RERANKED, scores.items(), key=itemgetter(1)))
        for group in groups:
            if group.weight >= _STRONG * strongest:
                continue
            weight, matches = group.weight, group.matches
            for entry in scores if many else matches:
                found = matches.get(entry)
                if found is not None:
                    scores[entry] = scores.get(entry, 0.0) + weight * found
        wanted = {asked.stems[place] for place in asked.content}
        for entry in scores:
            name = self.entries.names[entry]
            if len(name) > 1 and name <= wanted:
                scores[entry] += _WHOLE_NAME
        return scores

    def _ranked(
        self,
        scores: Mapping[int, float],
        asked: Query,
        *,
        here: tuple[float, float] | None,
        age: float | None,
        filters: Filters,
        limit: int,
    ) -> list[tuple[float, int]]:
        services = self.entries.services
        candidates = scores if filters.empty else [entry for entry in scores if filters.allow(services[entry])]
        best = heapq.nlargest(max(_RERANKED, limit), candidates, key=scores.__getitem__)
        ages = (age, age) if age is not None else asked.intents.ages
        weighed = [(scores[entry] * self._fit(services[entry], asked, here, ages), entry) for entry in best]
        return heapq.nsmallest(limit, weighed, key=lambda item: (-item[0], services[item[1]].name, item[1]))

    def _fit(
        self, service: Service, asked: Query, here: tuple[float, float] | None, ages: tuple[float, float] | None
    ) -> float:
        """What age, cost, delivery and distance do to a score: a factor."""
        factor = _age_factor(service, ages)
        if asked.intents.free and service.cost.strip().lower().startswith("free"):
            factor *= _FREE
        factor *= _delivery_factor(service, asked.intents.delivery)
        if here is not None and service.has_a_place:
            near = asked.intents.near or bool(asked.intents.district)
            factor *= factor_for_distance(kilometres(here, service), near=near)
        return factor

    def _browse(self, here: tuple[float, float] | None, filters: Filters, limit: int) -> list[int]:
        """Everything that the filters leave, the nearest first, then by name."""
        allowed = [(entry, service) for entry, service in enumerate(self.entries.services) if filters.allow(service)]

        def order(item: tuple[int, Service]) -> tuple[float, str, int]:
            away = kilometres(here, item[1]) if here is not None and item[1].has_a_place else 0.0
            return round(away or 0.0, 1), item[1].name, item[0]

        return [entry for entry, _ in heapq.nsmallest(limit, allowed, key=order)]

    def _starting_points(
        self, here: tuple[float, float] | None, age: float | None, asked: Query, filters: Filters, limit: int
    ) -> list[tuple[float, int]]:
        """Where to begin when nothing matches: advice, the plans team, the family hub."""
        scores: dict[int, float] = defaultdict(float)
        for name in _STARTING_POINTS:
            if name in self._by_name:
                for entry, match in self.concept_matches(self._by_name[name]).items():
                    scores[entry] = max(scores[entry], match)
        return self._ranked(scores, asked, here=here, age=age, filters=filters, limit=limit)

    def _answered(self, group: _Group, entry: int) -> str:
        """What an entry itself answers: what was asked, or the related concept by which alone it was found.

        A music therapy is found for "crisis" as it is mental health; nobody may read that it helps in a crisis.
        """
        concept = group.concept
        own = self._own_matches(concept).get(entry, 0.0) if concept else 1.0
        if concept is None or own > _WORTH_NAMING:
            return group.name
        shares = [(own, group.name)]
        for name, weight in concept.related:
            shares.append((weight * self._own_matches(self._by_name[name]).get(entry, 0.0), name))
        return max(shares)[1]

    def hit(
        self,
        entry: int,
        score: float,
        groups: Iterable[_Group],
        here: tuple[float, float] | None,
        *,
        starting_point: bool = False,
    ) -> Hit:
        """An entry as a result, with why it was found."""
        service = self.entries.services[entry]
        matching = [group for group in groups if group.matches.get(entry, 0.0) > _WORTH_NAMING]
        own = tuple(dict.fromkeys(group.name for group in matching if group.in_own_words))
        strongest = sorted(matching, key=lambda group: -group.weight * group.matches[entry])
        least = _SHARE_WORTH_NAMING * (strongest[0].weight * strongest[0].matches[entry] if strongest else 0.0)
        also = _each_once(
            self._answered(group, entry)
            for group in strongest
            if not group.in_own_words and group.weight * group.matches[entry] >= least
        )
        away = kilometres(here, service) if here is not None and service.has_a_place else None
        return Hit(service.id, round(score, 4), own, also[:3], away, starting_point)


@dataclass(frozen=True)
class Ranking:
    """The entries that a search found, best first, as a sequence of hits that are made when they are asked for."""

    index: Index
    asked: Query
    best: list[tuple[float, int]]
    groups: list[_Group]
    here: tuple[float, float] | None
    only_beginnings: bool = False

    def __len__(self) -> int:
        return len(self.best)

    def __getitem__(self, place: int) -> Hit:
        score, entry = self.best[place]
        return self.index.hit(entry, score, self.groups, self.here, starting_point=self.only_beginnings)

    def __iter__(self) -> Iterator[Hit]:
        return (self[place] for place in range(len(self.best)))

    @property
    def services(self) -> list[Service]:
        """The services alone, best first."""
        return [self.index.entries.services[entry] for _, entry in self.best]

    @property
    def understood(self) -> Understanding:
        """How the query was read."""
        return asked_of(self.asked)


_WORTH_NAMING = 0.3
_SHARE_WORTH_NAMING = 0.3


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that say the same as an earlier one ("Autism", "autistic")."""
    return tuple({stems_of(name): name for name in reversed(list(names))}.values())[::-1]


def _left_to_say(place: int, part: str, readings: Mapping[frozenset[int], list[Found]]) -> float:
    """What a word adds by itself to the concepts read from it: little where it is the concept's own name ("autism"),
    more where it says something narrower ("drama" in clubs and activities).
    """
    speaking = [found for same_words in readings.values() for found in same_words if place in found.covers]
    if not speaking:
        return 1.0
    named = max(
        (phrase.weight for found in speaking for phrase in found.concept.means if phrase.stems == (part,)), default=0.0
    )
    shortest = min(len(found.span) if place in found.span else 1 for found in speaking)
    for_whom = _ONLY_FOR_WHOM if _only_says_for_whom(speaking, readings) else 1.0
    return (_COVERED + _NARROWER * (1 - named) / shortest) * for_whom


def _only_says_for_whom(speaking: Iterable[Found], readings: Mapping[frozenset[int], list[Found]]) -> bool:
    """Whether a word belongs only to a condition while others ask for something ("arrested learning disability")."""
    says = all(found.concept.kind in {"condition", "circumstance", "synonym"} for found in speaking)
    return says and any(
        found.concept.kind in {"service", "need"} and found.strength > _ASKED_FOR
        for same_words in readings.values()
        for found in same_words
    )


def _for_ages(concept: Concept, ages: tuple[float, float] | None) -> bool:
    return ages is None or concept.ages is None or (ages[0] <= concept.ages[1] and ages[1] >= concept.ages[0])


def _word_weight(part: str, word: str) -> float:
    if part in WEAK_WORDS or len(part) == 1:
        return _WEAK_WORD
    return _EVERYDAY_WORD if word in everyday_words() else _WORD


def _age_factor(service: Service, ages: tuple[float, float] | None) -> float:
    """1 where the ages overlap, a little more where the service is made for them, less where they do not."""
    if ages is None:
        return 1.0
    low = service.minimum_age if service.minimum_age is not None else 0.0
    high = service.maximum_age if service.maximum_age is not None else 99.0
    if ages[1] < low - 1 or ages[0] > high + 1:
        return _AGE_WRONG
    if ages[1] < low or ages[0] > high:
        return _AGE_NEAR
    return _CLOSE_IN_AGE if high - low <= 8 else _AGE_FITS  # noqa: PLR2004 -- years


def _delivery_factor(service: Service, wanted: str) -> float:
    """A little more where it is delivered as was asked; half where somebody asked to meet and it is from afar."""
    if not wanted:
        return 1.0
    if wanted == "in person":
        return _NOT_IN_PERSON if service.delivery.lower() in {"online", "phone"} else 1.0
    return _DELIVERED_SO if wanted in service.delivery.lower() else 1.0


def _words_typed(concepts: Iterable[Concept]) -> set[str]:
    """The words that families type, as written, for mending misspelt ones."""
    return {word for concept in concepts for text in (concept.name, *concept.texts) for word in content_words(text)}


def build(
    services: Iterable[Service | Mapping[str, Any]],
    synonyms: Iterable[Synonym] | None = None,
    *,
    concepts: Iterable[Concept] | None = None,
    postcodes: Mapping[str, tuple[float, float]] | None = None,
) -> Index:
    """An index of the services. Without `synonyms` or `concepts` those that come with the product are used.

    `postcodes` gives degrees of latitude and longitude for postcodes of the area (and place names, if wanted). Raises
    ValueError when a service has no id or no name.
    """
    ready = [service if isinstance(service, Service) else Service.of(service) for service in services]
    rows = load_synonyms() if synonyms is None else tuple(synonyms)
    known = load_concepts() if concepts is None else tuple(concepts)
    return Index(ready, (*known, *as_concepts(rows)), Places(ready, postcodes or {}))


__all__ = ["KIND_WEIGHTS", "Index", "Ranking", "build"]
