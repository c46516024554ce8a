"""Count sentences, words and syllables, and say the reading age."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_ENDS = re.compile(r"(?<=[.!?:;])[\s”’\"')]+(?=[A-Z“‘\"'(\d])")
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|reg|regs|s|e\.g|i\.e)\.$", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
_SPOKEN_ED = re.compile(r"[td]ed$")
_SPOKEN_ES = re.compile(r"(?:[sxz]|ch|sh|c|g)es$")
_TWO = re.compile(r"ea$|i[aou](?!us)|eo|ua(?!r)|uous|[aeiouy]ing|creat")
_ONE = re.compile(r"[tcsg]ion|[tcs]ia[ln]|[tcsg]ious|geo|qua|gua|people|ear|eau(?!$)")
YEARS_BEFORE_SCHOOL = 5
LEAST_WORDS = 4


@dataclass(frozen=True)
class Measure:
    """What was counted. `age` is in years; 0 for a text without words."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The school grade of Flesch and Kincaid's formula."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def age(self) -> float:
        """The reading age in years."""
        return max(self.grade + YEARS_BEFORE_SCHOOL, 0.0) if self.words else 0.0


def syllables_in(word: str) -> int:
    """How many syllables a word has, by rule; at least one. Right for about nine common English words in ten."""
    plain = re.sub(r"[^a-z]", "", word.lower().replace("’s", "").replace("'s", ""))
    if not plain:
        return 1
    stem = plain
    if plain.endswith("ed") and not _SPOKEN_ED.search(plain):
        stem = plain[:-2] + ("e" if plain[-3:-2] not in "aeiou" else "")
    if stem.endswith("es") and not _SPOKEN_ES.search(stem):
        stem = stem[:-1]
    if stem.endswith("e") and not re.search(r"[^aeiouy]le$", stem):
        stem = stem[:-1]
    found = len(_VOWELS.findall(stem)) + len(_TWO.findall(_ONE.sub("-o", stem)))
    return max(found, 1)


def sentences_in(text: str) -> list[str]:
    """The sentences of one block of text; a colon or a semicolon before a capital ends one too."""
    found: list[str] = []
    for part in _ENDS.split(" ".join(text.split())):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif _WORD.search(part):
            found.append(part)
    return found


def measure(blocks: Iterable[str], *, least_words: int = LEAST_WORDS) -> Measure:
    """Measure blocks of text together. Blocks of fewer words (labels, buttons, names) are left out, as they would make

    every page look easier than it is.
    """
    words = sentences = syllables = 0
    for block in blocks:
        in_block = _WORD.findall(block)
        if len(in_block) < least_words:
            continue
        words += len(in_block)
        sentences += max(len(sentences_in(block)), 1)
        syllables += sum(map(syllables_in, in_block))
    return Measure(words, sentences, syllables)
