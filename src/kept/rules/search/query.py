"""A query as it was read: mended words, concepts, and what it says beside its subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from kept.rules.names.parts import plain_text
from kept.rules.search.finder import Finder, Found, meaningful
from kept.rules.search.hints import Hints
from kept.rules.search.intents import Intents, read_intents
from kept.rules.search.spelling import Speller
from kept.rules.search.words import (
    MOST_CHARACTERS,
    MOST_WORDS,
    NOT,
    all_stems,
    in_plain_english,
    letters_together,
    negated,
    words_of,
)

_MENDED = 0.85


@dataclass(frozen=True)
class Query:
    """`words` and `stems` of the whole query in order, `content` the places that carry meaning.

    `trust` is 1 for a word as typed and less for a mended one; `mended` holds (typed, read as);
    `written_apart` the places of words at the end that two words make, with the places of the two.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[int, ...]
    trust: tuple[float, ...]
    mended: tuple[tuple[str, str], ...]
    concepts: tuple[Found, ...]
    intents: Intents
    written_apart: Mapping[int, tuple[int, int]]


def read_query(text: str, finder: Finder, speller: Speller, hints: Hints, *, as_typed: bool = False) -> Query:
    """Read the first 400 characters (40 words) of a query."""
    plain = letters_together(plain_text(text[:MOST_CHARACTERS])[:MOST_CHARACTERS])
    english, read_as = (plain, ()) if as_typed else in_plain_english(plain)
    intents = read_intents(english)
    typed = words_of(intents.rest)[:MOST_WORDS]
    words: list[str] = []
    trust: list[float] = []
    mended: list[tuple[str, str]] = list(read_as)
    for word in typed:
        read = (word,) if as_typed else speller.read_as(word)
        words.extend(NOT if negated(part) else part for part in read)
        trust.extend([1.0 if read == (word,) else _MENDED] * len(read))
        if read != (word,):
            mended.append((word, " ".join(read)))
    written_apart: dict[int, tuple[int, int]] = {}
    for place, (first, second) in enumerate(pairwise(tuple(words))):
        joined = speller.joined(first, second)
        if joined:
            written_apart[len(words)] = (place, place + 1)
            words.append(joined)
            trust.append(1.0)
    stems = all_stems(words)
    content = meaningful(words)
    found = finder.find(stems, content, written_apart)
    as_written = [place for place in content if trust[place] == 1.0]  # a guess upon a guess is no hint
    found += hints.read(stems, as_written, found)
    return Query(tuple(words), stems, tuple(content), tuple(trust), tuple(mended), tuple(found), intents, written_apart)
