"""Words that no concept of a query accounts for, and the concepts that families mostly use them for.

Nobody can write down all that families say: "keeps blinking at the telly" is no phrase of the concept of tics, but
"blinking" stands in hardly anything else that families say. Such a word is a hint, weaker than a phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kept.rules.search.concepts import KIND_WEIGHTS, Concept
from kept.rules.search.finder import Found
from kept.rules.search.words import NOT, STOP_WORDS, WEAK_WORDS

_STRENGTH = 0.6
_LEAST_SHARE, _LEAST_SAID = 0.2, 0.3
_ACCOUNTED_FOR, _ALREADY_FOUND = 0.25, 0.3
_BY_CHANCE = 0.3
"""Counted as said about nothing, so that a word of one long phrase does not point at its concept with certainty."""
_SHORTEST = 3


@dataclass(frozen=True)
class _Pointer:
    """A concept, and which share (0 to 1) of what families say with a word is about it."""

    concept: Concept
    share: float


class Hints:
    """For each stem the concepts that it points at."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        said: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        known = {at: concept for at, concept in enumerate(concepts) if concept.kind not in {"circumstance", "synonym"}}
        for at, concept in known.items():
            for trigger in concept.typed:
                parts = [part for part in trigger.stems if part != NOT and part not in STOP_WORDS]
                for part in set(parts):
                    said[part][at] += trigger.weight / len(parts)
        self._pointers: Mapping[str, tuple[_Pointer, ...]] = {
            part: _pointers(about, known) for part, about in said.items()
        }

    def read(self, stems: Sequence[str], content: Sequence[int], found: Sequence[Found]) -> list[Found]:
        """The concepts that the words point at which `found` leaves unexplained; none that is found already."""
        explained = {
            place
            for item in found
            if item.concept.kind != "circumstance" and item.strength > _ACCOUNTED_FOR
            for place in item.covers
        }
        already = {id(item.concept) for item in found if item.strength > _ALREADY_FOUND}
        shares: dict[int, float] = defaultdict(float)
        places: dict[int, set[int]] = defaultdict(set)
        concepts: dict[int, Concept] = {}
        for place in content:
            if place in explained or stems[place] in WEAK_WORDS or len(stems[place]) < _SHORTEST:
                continue
            for pointer in self._pointers.get(stems[place], ()):
                key = id(pointer.concept)
                concepts[key] = pointer.concept
                shares[key] += pointer.share
                places[key].add(place)
        return [
            Found(concepts[key], frozenset(places[key]), _STRENGTH * KIND_WEIGHTS[concepts[key].kind] * min(1.0, share))
            for key, share in shares.items()
            if share >= _LEAST_SAID and key not in already
        ]


def _pointers(about: Mapping[int, float], known: Mapping[int, Concept]) -> tuple[_Pointer, ...]:
    whole = sum(about.values()) + _BY_CHANCE
    return tuple(_Pointer(known[at], said / whole) for at, said in about.items() if said / whole > _LEAST_SHARE)
