"""Mending misspelt words of a query against the words that are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kept.rules.names.distance import distance_within
from kept.rules.names.sounds import sound_key
from kept.rules.search.stems import stem
from kept.rules.search.words import STOP_WORDS, everyday_words, negated

_SHORTEST = 4
_TWO_SLIPS_FROM, _THREE_SLIPS_FROM = 6, 9
_SHORTEST_PART = 3
_SAME_SOUND, _OTHER_START, _IN_ENTRIES = 0.8, 0.3, 0.3


class Speller:
    """Knows the words of the entries and the synonyms, and reads a misspelt word as one of them.

    One slip is mended in words of four and five letters, two from six, three from nine when the sound is the same; a
    different first letter only when the sound is the same. Shorter words and words with figures are left alone.
    """

    def __init__(self, words: Iterable[str], stems: Iterable[str], *, counts: dict[str, int] | None = None) -> None:
        self._words = frozenset(word for word in words if len(word) >= _SHORTEST_PART)
        self._stems = frozenset(stems) | {stem(word) for word in self._words}
        self._counts = counts or {}
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_start[word[0]].append(word)
                self._by_sound[sound_key(word)].append(word)
        self.read_as = lru_cache(maxsize=5_000)(self._read_as)

    def knows(self, word: str) -> bool:
        """Whether the word needs no mending."""
        return (
            word in self._words
            or word in STOP_WORDS
            or negated(word)
            or word in everyday_words()
            or stem(word) in self._stems
        )

    def joined(self, first: str, second: str) -> str:
        """Two words written as one where only that is known ("bed wetting"), or ""."""
        return first + second if first + second in self._words else ""

    def _read_as(self, word: str) -> tuple[str, ...]:
        """What a word stands for: itself, one other word, or two words that were run together."""
        if len(word) < _SHORTEST or not word.isalpha() or self.knows(word):
            return (word,)
        parts = self._parted(word)
        if parts and stem(parts[0]) in self._stems and stem(parts[1]) in self._stems:
            return parts
        return parts or (self._nearest(word) or word,)

    def _parted(self, word: str) -> tuple[str, ...]:
        for place in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = word[:place], word[place:]
            if first in self._words and second in self._words:
                return first, second
        return ()

    def _nearest(self, word: str) -> str:
        most = 1 if len(word) < _TWO_SLIPS_FROM else 2
        sound = sound_key(word)
        ranked: list[tuple[float, int, str]] = []
        for other in self._by_start[word[0]]:
            slips = distance_within(word, other, most)
            if slips is not None:
                ranked.append((slips - _SAME_SOUND * (sound == sound_key(other)), -self._counts.get(other, 0), other))
        if len(sound) > 1:
            same_sound = most + (1 if len(word) >= _THREE_SLIPS_FROM or most == 1 else 0)
            for other in self._by_sound[sound]:
                slips = distance_within(word, other, same_sound)
                if slips is not None:
                    unlike_start = _OTHER_START * (other[0] != word[0])
                    ranked.append((slips - _SAME_SOUND + unlike_start, -self._counts.get(other, 0), other))
        if not ranked:
            return ""
        return min(ranked, key=lambda found: (found[0] - _IN_ENTRIES * (found[1] < 0), *found))[2]
