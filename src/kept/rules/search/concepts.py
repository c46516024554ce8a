"""What families say and what entries say: concepts and synonyms.

A concept has phrases that families type and phrases that entries use. The concepts are text files in `concepts/`; the
synonyms are rows (`synonyms.csv` or an editor's table) and are read as small concepts of lower weight.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kept.rules.search.words import WEAK_WORDS, all_stems, stems_of, words_of

KIND_WEIGHTS = {"service": 1.0, "need": 0.9, "condition": 0.9, "circumstance": 0.35, "synonym": 0.6}
"""A condition says who somebody is: beside a service or a need it only says for whom ("swimming for autistic kids")."""
_SURE = 0.8


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
    """What a query must hold for a concept: content stems near one another, or a run of words exactly as written.

    `in_order` asks for the words in their order too, but lets persons stand between ("get my son to school").
    """

    stems: tuple[str, ...]
    weight: float
    exact: bool
    in_order: bool = False


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
        if not content and len(words) == 1:
            continue  # a little word alone ("ME", the illness) would be found in every query
        exact = len(content) <= 1 < len(words)
        in_order = not exact and len(content) < len(words) and _SAYS_LITTLE.issuperset(content)
        stems = all_stems(words) if exact else content
        if in_order:
            stems = tuple(part for part in all_stems(words) if part not in _NAMED)
            if len(stems) < _TELLING:
                stems, exact, in_order = all_stems(words), True, False
        if stems and stems not in seen:
            seen.add(stems)
            yield Trigger(stems, weight, exact, in_order)


_WHO = (
    "i me my mine we us our he him his she her hers they them their you your yours it its child children kid kids son "
)
_WHO += "daughter boy girl teenager teen toddler baby"
_TELLING = 2
"""Fewer words than these, without the persons, say nothing ("kids like him")."""
_IN_BETWEEN = "the a an this that little just really even still ever"
_NAMED = frozenset(all_stems(words_of(_WHO)))
PERSONS = _NAMED | frozenset(all_stems(words_of(_IN_BETWEEN)))
"""Stems of persons and of little words that may stand between the words of a phrase."""
_SAYS_LITTLE = WEAK_WORDS | frozenset(
    stems_of(
        "not like see say said go do take know tell told leave come manage think ask give put keep thing use make "
        "after before"
    )
)
"""Words that tell nothing without the little words beside them ("cant go on" is not "wont go to the dentist")."""


def as_concepts(synonyms: Iterable[Synonym]) -> Iterator[Concept]:
    """The active synonyms as small concepts, named by what they lead to."""
    for row in synonyms:
        if row.active and row.also:
            means = tuple(Phrase(stems_of(text), 1.0, text) for text in row.also if stems_of(text))
            yield Concept(row.also[0], "synonym", tuple(_triggers([(row.typed, 1.0)])), means, texts=(row.typed,))
