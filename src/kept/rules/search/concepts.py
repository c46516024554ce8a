"""What families say and what entries say: concepts, synonyms, and finding them in a query.

A concept has phrases that families type and phrases that entries use. The concepts are text files in `concepts/`; the
synonyms are rows (`synonyms.csv` or an editor's table) and are read as small concepts of lower weight.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from kept.rules.search.stems import stem
from kept.rules.search.words import NOT, STOP_WORDS, all_stems, stems_of, words_of

KIND_WEIGHTS = {"service": 1.0, "need": 0.9, "circumstance": 0.35, "synonym": 0.6}
_SURE = 0.8
_SLACK = 2
_LONGER_IS_SURER = 0.12
_MORE_SAID_IS_SURER = 0.1
_SHARED = 0.05


@dataclass(frozen=True)
class Phrase:
    """A phrase as stems, with its weight (1 = as good as the concept's own name)."""

    stems: tuple[str, ...]
    weight: float
    text: str
    run: tuple[str, ...] = ()
    """The stems of all words where little words make the phrase ("just been diagnosed"): then it must stand so."""


@dataclass(frozen=True)
class Trigger:
    """What a query must hold for a concept: content stems near one another, or a run of words exactly as written."""

    stems: tuple[str, ...]
    weight: float
    exact: bool


@dataclass(frozen=True)
class Concept:
    """One thing that families look for: how they say it (`typed`) and how entries say it (`means`)."""

    name: str
    kind: str
    typed: tuple[Trigger, ...]
    means: tuple[Phrase, ...]
    related: tuple[tuple[str, float], ...] = ()
    """Names of concepts that answer it too, with their weight."""
    unlike: tuple[Phrase, ...] = ()
    """Phrases of entries that use the same words for something else ("sensory impairment")."""
    texts: tuple[str, ...] = ()
    """The typed phrases as written."""
    ages: tuple[float, float] | None = None
    """The ages in years that it is for, both included; None is all ("after school" at 19 is not about childcare)."""


@dataclass(frozen=True)
class Synonym:
    """An editor's row: when `typed` is typed, also search for each of `also`. Switched off when not `active`."""

    typed: str
    also: tuple[str, ...]
    subject: str = ""
    active: bool = True


@dataclass(frozen=True)
class Found:
    """A concept found in a query: where (places of words in the query) and how surely (1 = certain)."""

    concept: Concept
    span: frozenset[int]
    strength: float
    covers: frozenset[int] = frozenset()
    """The places of all words that speak of the concept, not only those of its surest trigger."""


def load_synonyms() -> tuple[Synonym, ...]:
    """The synonyms that come with the product (own compilation, CC0)."""
    text = files("kept.rules.search").joinpath("synonyms.csv").read_text(encoding="utf-8")
    return tuple(
        Synonym(row["typed"], tuple(part.strip() for part in row["also search for"].split(";")), row["subject"])
        for row in csv.DictReader(text.splitlines())
    )


@cache
def load_concepts() -> tuple[Concept, ...]:
    """The concepts that come with the product (own compilation, CC0)."""
    folder = files("kept.rules.search").joinpath("concepts")
    texts = sorted((file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir())
    return tuple(concept for name, text in texts if name.endswith(".txt") for concept in read_concepts(text))


def read_concepts(text: str) -> Iterator[Concept]:
    """The concepts of one file. Raises ValueError, with the line's number, when a line is not in the form."""
    name, kind, lines = "", "", dict.fromkeys(_LINES, "")
    for number, line in enumerate([*text.splitlines(), "="], start=1):
        if line.startswith("="):
            if name:
                yield _concept(name, kind, **lines)
            name, _, kind = (part.strip() for part in line[1:].partition("|"))
            kind, lines = kind or "service", dict.fromkeys(_LINES, "")
            if kind not in KIND_WEIGHTS:
                raise ValueError(f"Line {number}: “{kind}” is not a kind of concept.")
        elif line.strip() and not line.startswith("#"):
            key, _, phrases = line.partition(":")
            if key not in lines or not name:
                raise ValueError(
                    f"Line {number} does not begin with “typed:”, “means:”, “related:”, “unlike:” or “ages:” after a "
                    "name."
                )
            lines[key] += ";" + phrases


_LINES = ("typed", "means", "related", "unlike", "ages")


def _concept(name: str, kind: str, *, typed: str, means: str, related: str, unlike: str, ages: str) -> Concept:
    entries = tuple(_phrases(means))
    sure = [(text, 1.0) for text, weight in _weighted(means) if weight >= _SURE]
    triggers = [*_weighted(typed), *sure]
    return Concept(
        name,
        kind,
        typed=tuple(_triggers(triggers)),
        means=entries,
        related=tuple(_weighted(related)),
        unlike=tuple(_phrases(unlike)),
        texts=tuple(text for text, _ in triggers),
        ages=_range(ages),
    )


def _range(text: str) -> tuple[float, float] | None:
    """ "0 to 5" as two figures. Raises ValueError with a sentence when it is something else."""
    plain = text.strip(" ;")
    low, _, high = plain.partition(" to ")
    if plain and not (low.isdigit() and high.isdigit()):
        raise ValueError(f"“ages: {plain}” should be two whole numbers of years, like “ages: 0 to 5”.")
    return (float(low), float(high)) if plain else None


def _weighted(text: str) -> Iterator[tuple[str, float]]:
    for part in text.split(";"):
        phrase, _, weight = part.strip().partition("=")
        if phrase:
            yield phrase.strip(), float(weight or 1)


def _phrases(text: str) -> Iterator[Phrase]:
    for phrase, weight in _weighted(text):
        stems = stems_of(phrase)
        if stems:
            words = words_of(phrase)
            yield Phrase(stems, weight, phrase, all_stems(words) if len(stems) == 1 < len(words) else ())


def _triggers(phrases: Iterable[tuple[str, float]]) -> Iterator[Trigger]:
    seen: set[tuple[str, ...]] = set()
    for text, weight in phrases:
        content = stems_of(text)
        words = words_of(text)
        exact = len(content) <= 1 < len(words)
        stems = all_stems(words) if exact else content
        if stems and stems not in seen:
            seen.add(stems)
            yield Trigger(stems, weight, exact)


def as_concepts(synonyms: Iterable[Synonym]) -> Iterator[Concept]:
    """The active synonyms as small concepts, named by what they lead to."""
    for row in synonyms:
        if row.active and row.also:
            means = tuple(Phrase(stems_of(text), 1.0, text) for text in row.also if stems_of(text))
            yield Concept(row.also[0], "synonym", tuple(_triggers([(row.typed, 1.0)])), means, texts=(row.typed,))


class Finder:
    """Finds concepts in queries. Each trigger is filed under its rarest-looking (longest) stem."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._filed: Mapping[str, list[tuple[Trigger, Concept]]] = defaultdict(list)
        self.concepts = tuple(concepts)
        for concept in self.concepts:
            for trigger in concept.typed:
                anchor = max((part for part in trigger.stems if part != NOT), key=len, default=NOT)
                self._filed[anchor].append((trigger, concept))
        self._telling = _telling(self.concepts)

    def _how_telling(self, trigger: Trigger, concept: Concept) -> float:
        """Less for a single word that stands in what families say about many things ("carer", "club")."""
        if len(trigger.stems) > 1 or trigger.stems == stems_of(concept.name):
            return 1.0
        return self._telling.get(trigger.stems[0], 1.0)

    def stems(self) -> set[str]:
        """Every stem that stands in a trigger or an entry's phrase: the words that need no correction."""
        typed = {part for concept in self.concepts for trigger in concept.typed for part in trigger.stems}
        return typed | {part for concept in self.concepts for phrase in concept.means for part in phrase.stems}

    def find(self, stems: Sequence[str], content: Sequence[int]) -> list[Found]:
        """The concepts in a query: each once, with its surest trigger.

        `stems` are the stems of all words; `content` the places of those that carry meaning.
        """
        best: dict[int, Found] = {}
        spans: dict[int, set[frozenset[int]]] = defaultdict(set)
        meaning = set(content)
        for trigger, concept, span in self._said(stems, content):
            strength = KIND_WEIGHTS[concept.kind] * trigger.weight * self._how_telling(trigger, concept)
            strength *= 1 + _LONGER_IS_SURER * (len(span) - 1)
            found = Found(concept, span, strength * (_ONLY_A_SETTING if _is_setting(span, stems) else 1.0))
            spans[id(concept)].add(span)
            if id(concept) not in best or found.strength > best[id(concept)].strength:
                best[id(concept)] = found
        whole = [_with_all_it_covers(found, spans[key], meaning) for key, found in best.items()]
        longer = {(key, span) for key, found in best.items() if found.concept.kind != "circumstance"
                  for span in spans[key] if len(span & meaning) > 1}  # fmt: skip
        return _without_parts(whole, longer, meaning)

    def _said(self, stems: Sequence[str], content: Sequence[int]) -> Iterator[tuple[Trigger, Concept, frozenset[int]]]:
        """Every trigger that the query holds, with its places."""
        meaning = set(content)
        for place in range(len(stems)):
            for trigger, concept in self._filed.get(stems[place], ()):
                if trigger.exact:
                    span = _exact_span(trigger, stems, place)
                else:
                    span = _near_span(trigger, stems, content, place) if place in meaning else frozenset()
                if span:
                    yield trigger, concept, span


def _telling(concepts: Iterable[Concept]) -> dict[str, float]:
    """How much each stem says by itself: less the more concepts families use it for."""
    speaking: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        if concept.kind in {"service", "need"}:
            for part in {part for trigger in concept.typed for part in trigger.stems}:
                speaking[part].add(concept.name)
    return {part: 1 / (1 + _SHARED * (len(names) - 1)) for part, names in speaking.items()}


def _with_all_it_covers(found: Found, spans: Iterable[frozenset[int]], meaning: set[int]) -> Found:
    """A concept that more of the query speaks of is surer."""
    covers = frozenset[int]().union(*spans)
    further = len((covers - found.span) & meaning)
    return replace(found, covers=covers, strength=found.strength * (1 + _MORE_SAID_IS_SURER * further))


_ONLY_A_SETTING = 0.35
_SETTINGS = frozenset(stem(word) for word in ("school", "nursery", "college", "home", "hospital", "work", "night"))
_SETTING_BEFORE = frozenset({"at", "in", "from", "to"})


def _is_setting(span: frozenset[int], stems: Sequence[str]) -> bool:
    """Whether one word only says where something happens, as in "had a fit at nursery"."""
    place = min(span)
    return len(span) == 1 and place > 0 and stems[place] in _SETTINGS and stems[place - 1] in _SETTING_BEFORE


def _exact_span(trigger: Trigger, stems: Sequence[str], place: int) -> frozenset[int]:
    length = len(trigger.stems)
    for start in range(max(0, place - length + 1), min(place, len(stems) - length) + 1):
        if tuple(stems[start : start + length]) == trigger.stems:
            return frozenset(range(start, start + length))
    return frozenset()


def _near_span(trigger: Trigger, stems: Sequence[str], content: Sequence[int], place: int) -> frozenset[int]:
    """The places of a trigger's stems, in any order, when they stand near `place`; else nothing."""
    if len(trigger.stems) == 1:
        return frozenset({place})
    at = content.index(place) if place in content else 0
    reach = len(trigger.stems) + _SLACK
    near = content[max(0, at - reach) : at + reach + 1]
    span = {place}
    for part in trigger.stems:
        if part == stems[place]:
            continue
        places = [other for other in near if stems[other] == part]
        if not places:
            return frozenset()
        span.add(min(places, key=lambda other: abs(other - place)))
    if NOT in trigger.stems and not _negates_the_same(trigger, stems, span):
        return frozenset()
    wide = [other for other in content if min(span) <= other <= max(span)]
    return frozenset(span) if len(wide) <= reach else frozenset()


def _negates_the_same(trigger: Trigger, stems: Sequence[str], span: set[int]) -> bool:
    """Whether "not" stands on the same side of its neighbour ("nursery wont" is not "not speaking at nursery")."""
    at = trigger.stems.index(NOT)
    last = at + 1 == len(trigger.stems)
    neighbour = trigger.stems[at - 1] if last else trigger.stems[at + 1]
    denied = [place for place in span if stems[place] == NOT]
    places = [place for place in span if stems[place] == neighbour]
    return any((place < no) if last else (no < place) for no in denied for place in places)


_PART_OF_A_LONGER_ONE = 0.15


def _without_parts(found: list[Found], longer: set[tuple[int, frozenset[int]]], meaning: set[int]) -> list[Found]:
    """Concepts whose words are part of a longer phrase count less ("test" in "hearing test"), and so do synonyms of
    words that are only a circumstance ("sen" in "sen swimming").
    """
    circumstances = {item.span for item in found if item.concept.kind == "circumstance"}
    weighed = []
    for item in found:
        said = item.covers & meaning or item.span
        factor = _PART_OF_A_LONGER_ONE if any(said < span for key, span in longer if key != id(item.concept)) else 1.0
        if item.concept.kind == "synonym" and item.span in circumstances:
            factor *= KIND_WEIGHTS["circumstance"]
        weighed.append(replace(item, strength=item.strength * factor))
    return weighed


def meaningful(words: Sequence[str]) -> list[int]:
    """The places of the words that carry meaning."""
    return [place for place, word in enumerate(words) if word not in STOP_WORDS]
