"""Finding concepts in a query: by words near one another, by runs of words, and by what else the query says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kept.rules.search.concepts import KIND_WEIGHTS, PERSONS, Concept, Trigger
from kept.rules.search.stems import stem
from kept.rules.search.words import NOT, STOP_WORDS, stems_of

_FOR_WHOM, _SOMETHING_ELSE = 0.7, 0.6
_OTHER_ORDER, _WITH_GAPS = 0.85, 0.9
_MUCH_SURER, _WORD_TAKEN = 1.05, 0.7
_SLACK = 2
_LONGER_IS_SURER = 0.12
_MORE_SAID_IS_SURER = 0.1
_SHARED = 0.05


@dataclass(frozen=True)
class Found:
    """A concept found in a query: where (places of words in the query) and how surely (1 = certain)."""

    concept: Concept
    span: frozenset[int]
    strength: float
    covers: frozenset[int] = frozenset()
    """The places of all words that speak of the concept, not only those of its surest trigger."""


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
        if len(trigger.stems) > 1 or trigger.stems[0] in stems_of(concept.name):
            return 1.0
        return self._telling.get(trigger.stems[0], 1.0)

    def stems(self) -> set[str]:
        """Every stem that stands in a trigger or an entry's phrase: the words that need no correction."""
        typed = {part for concept in self.concepts for trigger in concept.typed for part in trigger.stems}
        return typed | {part for concept in self.concepts for phrase in concept.means for part in phrase.stems}

    def find(
        self, stems: Sequence[str], content: Sequence[int], written_apart: Mapping[int, tuple[int, int]] | None = None
    ) -> list[Found]:
        """The concepts in a query: each once, with its surest trigger.

        `stems` are the stems of all words; `content` the places of those that carry meaning; `written_apart` says which
        two words a word at the end was made of ("bedwetting" of "bed wetting").
        """
        best: dict[int, Found] = {}
        spans: dict[int, set[frozenset[int]]] = defaultdict(set)
        meaning = set(content)
        for trigger, concept, span in self._said(stems, content):
            strength = KIND_WEIGHTS[concept.kind] * trigger.weight * self._how_telling(trigger, concept)
            strength *= 1 + _LONGER_IS_SURER * (len(span) - 1)
            strength *= _as_it_is_said(trigger, span, stems, content)
            strength *= _ONLY_A_SETTING if _is_setting(span, stems) else 1.0
            found = Found(concept, _as_typed(span, written_apart or {}), strength)
            spans[id(concept)].add(_as_typed(span, written_apart or {}))
            if id(concept) not in best or found.strength > best[id(concept)].strength:
                best[id(concept)] = found
        whole = [_with_all_it_covers(found, spans[key], meaning) for key, found in best.items()]
        longer = {(key, span) for key, found in best.items() if found.concept.kind != "circumstance"
                  for span in (said & meaning for said in spans[key]) if len(span) > 1}  # fmt: skip
        return _for_whom(_said_once(_without_parts(whole, longer, meaning), meaning))

    def _said(self, stems: Sequence[str], content: Sequence[int]) -> Iterator[tuple[Trigger, Concept, frozenset[int]]]:
        """Every trigger that the query holds, with its places."""
        meaning = set(content)
        for place in range(len(stems)):
            for trigger, concept in self._filed.get(stems[place], ()):
                if trigger.exact:
                    span = _exact_span(trigger, stems, place)
                elif trigger.in_order:
                    span = _span_in_order(trigger, stems)
                else:
                    span = _near_span(trigger, stems, content, place) if place in meaning else frozenset()
                if span:
                    yield trigger, concept, span


def _as_typed(span: frozenset[int], written_apart: Mapping[int, tuple[int, int]]) -> frozenset[int]:
    """The places of the words as they were typed."""
    return frozenset(part for place in span for part in written_apart.get(place, (place,)))


def _telling(concepts: Iterable[Concept]) -> dict[str, float]:
    """How much each stem says by itself: less the more concepts families use it for."""
    speaking: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        if concept.kind not in {"circumstance", "synonym"}:
            for part in {part for trigger in concept.typed for part in trigger.stems}:
                speaking[part].add(concept.name)
    return {part: 1 / (1 + _SHARED * (len(names) - 1)) for part, names in speaking.items()}


def _as_it_is_said(trigger: Trigger, span: frozenset[int], stems: Sequence[str], content: Sequence[int]) -> float:
    """Less where the words stand in another order than families say them or with others between."""
    if trigger.exact or trigger.in_order or len(span) == 1:
        return 1.0
    same_order = tuple(stems[place] for place in sorted(span)) == trigger.stems
    between = sum(min(span) <= place <= max(span) for place in content) - len(span)
    return (1.0 if same_order else _OTHER_ORDER) * (_WITH_GAPS if between > 0 else 1.0)


def _said_once(found: list[Found], meaning: set[int]) -> list[Found]:
    """A phrase counts less that needs a word of a surer one ("autism training" in "potty training autistic child")."""
    weighed = []
    for item in found:
        said = item.span & meaning
        taken = len(said) > 1 and any(
            other.strength >= _MUCH_SURER * item.strength
            and len(other.span & meaning) > 1
            and said & other.span
            and not said <= other.span
            for other in found
        )
        weighed.append(replace(item, strength=item.strength * _WORD_TAKEN) if taken else item)
    return weighed


def _for_whom(found: list[Found]) -> list[Found]:
    """Conditions count less where a service or a need is asked for too."""
    asked = any(item.concept.kind in {"service", "need"} and item.strength > _SOMETHING_ELSE for item in found)
    return [
        replace(item, strength=item.strength * _FOR_WHOM) if asked and item.concept.kind == "condition" else item
        for item in found
    ]


def _with_all_it_covers(found: Found, spans: Iterable[frozenset[int]], meaning: set[int]) -> Found:
    """A concept that more of the query speaks of is surer."""
    covers = frozenset[int]().union(*spans)
    further = len((covers - found.span) & meaning)
    return replace(found, covers=covers, strength=found.strength * (1 + _MORE_SAID_IS_SURER * further))


_ONLY_A_SETTING = 0.35
_SETTINGS = frozenset(stem(word) for word in ("school", "nursery", "college", "home", "hospital", "work", "night"))
_SETTING_BEFORE = frozenset({"at", "in", "from", "to"})


_DATES = frozenset(
    stem(word) for word in ("christmas", "easter", "summer", "holiday", "holidays", "weekend", "birthday")
)
_WHEN = frozenset(stem(word) for word in ("since", "until", "till", "before", "after", "last", "by"))


def _is_setting(span: frozenset[int], stems: Sequence[str]) -> bool:
    """Whether one word only says where or when something happens: "had a fit at nursery", "not eating since Easter"."""
    place = min(span)
    if len(span) > 1 or place == 0:
        return False
    before = stems[place - 1]
    return (stems[place] in _SETTINGS and before in _SETTING_BEFORE) or (stems[place] in _DATES and before in _WHEN)


def _exact_span(trigger: Trigger, stems: Sequence[str], place: int) -> frozenset[int]:
    length = len(trigger.stems)
    for start in range(max(0, place - length + 1), min(place, len(stems) - length) + 1):
        if tuple(stems[start : start + length]) == trigger.stems:
            return frozenset(range(start, start + length))
    return frozenset()


def _span_in_order(trigger: Trigger, stems: Sequence[str]) -> frozenset[int]:
    """The first places of a trigger's words in their order with nothing but persons between, or nothing."""
    for start, first in enumerate(stems):
        if first != trigger.stems[0]:
            continue
        span, wanted = [start], 1
        for place in range(start + 1, len(stems)):
            if wanted == len(trigger.stems):
                break
            if stems[place] == trigger.stems[wanted]:
                span.append(place)
                wanted += 1
            elif stems[place] not in PERSONS:
                break
        if wanted == len(trigger.stems):
            return frozenset(span)
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
    if _SETTINGS.issuperset(trigger.stems) and [stems[other] for other in content[at : at + len(span)]] != [
        *trigger.stems
    ]:
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
_SAID_TOO = 0.5


def _without_parts(found: list[Found], longer: set[tuple[int, frozenset[int]]], meaning: set[int]) -> list[Found]:
    """Concepts whose words are part of a longer phrase count less ("test" in "hearing test"), and so do synonyms of
    words that are only a circumstance ("sen" in "sen swimming").

    A single word that a surer phrase speaks of too counts half ("toilet" in "changing places toilet").
    """
    circumstances = {item.span for item in found if item.concept.kind == "circumstance"}
    weighed = []
    for item in found:
        said = item.covers & meaning or item.span
        factor = _PART_OF_A_LONGER_ONE if any(said < span for key, span in longer if key != id(item.concept)) else 1.0
        if factor == 1.0 and len(said) == 1 and any(_says_it_and_more(other, item, meaning) for other in found):
            factor = _SAID_TOO
        if item.concept.kind == "synonym" and item.span in circumstances:
            factor *= KIND_WEIGHTS["circumstance"]
        weighed.append(replace(item, strength=item.strength * factor))
    return weighed


def _says_it_and_more(other: Found, item: Found, meaning: set[int]) -> bool:
    """Whether a surer concept has a phrase of its own here and speaks of the one word of this one besides."""
    return (
        other is not item
        and other.concept.kind != "circumstance"
        and other.strength > item.strength
        and len(other.span & meaning) > 1
        and (item.covers & meaning or item.span) < other.covers & meaning
    )


def meaningful(words: Sequence[str]) -> list[int]:
    """The places of the words that carry meaning."""
    return [place for place, word in enumerate(words) if word not in STOP_WORDS]
