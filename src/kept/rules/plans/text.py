"""Words of a part: one normal form of equal length, sentences, clauses and quotations, so that offsets always hold."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

Span = tuple[int, int]

_SAME_LENGTH = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ", "\t": " ", "\r": " ",
    }
)  # fmt: skip
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|prof|e\.g|i\.e|etc|no|approx|vs|min|mins|hr|hrs|[a-z])\.$", re.I)
_BREAK = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9<{\u00ab]|\s*$)|\n+")
_DOUBLE = re.compile(r'"[^"\n]{1,600}"')
_SINGLE = re.compile(r"(?<![\w])'(?!s\b)[^'\n]*(?:\w'\w[^'\n]*)*'(?!\w)")


def mask(name: str) -> str:
    """A child's name that is also a word, changed so that no pattern takes it for the word; the same length."""
    return "q" + name.lower()[1:]


def normal(text: str) -> str:
    """The text in lower case with plain quotes, dashes and spaces; the same length as the original."""
    low = text.translate(_SAME_LENGTH).lower()
    if len(low) == len(text):
        return low
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in text.translate(_SAME_LENGTH))


@dataclass(frozen=True)
class Text:
    """A part's words with what every check needs to know about them."""

    raw: str
    masked: frozenset[str] = frozenset()

    @cached_property
    def low(self) -> str:
        """Lower case, plain punctuation, same length as `raw`. A masked name loses its sense as a word: Will, qill."""
        low = normal(self.raw)
        for name in self.masked:
            for match in re.finditer(rf"(?<!\d )(?<!th )\b{re.escape(name)}\b(?! \d)", self.raw):
                low = low[: match.start()] + mask(name) + low[match.end() :]
        return low

    @cached_property
    def plain(self) -> str:
        """Original letters with plain punctuation, same length as `raw`."""
        return self.raw.translate(_SAME_LENGTH)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences, without the space between them."""
        spans: list[Span] = []
        start = 0
        for match in _BREAK.finditer(self.plain):
            if match.group().startswith(".") and _ABBREVIATION.search(self.plain[start : match.start() + 1]):
                continue
            _keep(spans, self.plain, start, match.end())
            start = match.end()
        _keep(spans, self.plain, start, len(self.plain))
        return tuple(spans)

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Spans inside quotation marks."""
        found = [match.span() for match in _DOUBLE.finditer(self.plain)]
        found += [match.span() for match in _SINGLE.finditer(self.plain)]
        return tuple(found)

    def quoted(self, start: int) -> bool:
        """Whether the character at `start` stands inside a quotation."""
        return any(first <= start < last for first, last in self.quotes)

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position."""
        for span in self.sentences:
            if span[0] <= position < span[1]:
                return span
        return (0, len(self.raw))

    def before(self, position: int) -> str:
        """The words of the same sentence before a position, lower case."""
        return self.low[self.sentence_at(position)[0] : position]

    def after(self, position: int) -> str:
        """The words of the same sentence from a position on, lower case."""
        return self.low[position : self.sentence_at(position)[1]]


# A sentence beyond this is cut at a space, so that no check's time grows with the square of a runaway paragraph.
LONGEST_SENTENCE = 800


def _keep(spans: list[Span], text: str, start: int, end: int) -> None:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        _trim(spans, text, start, cut)
        start = cut
    _trim(spans, text, start, end)


def _trim(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def syllables(word: str) -> int:
    """Syllables of an English word, by its vowel groups; good enough for a reading grade."""
    word = word.lower().split("'")[0]
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    if word.endswith("ed") and count > 1 and not word.endswith(("ted", "ded")):
        count -= 1
    return max(count, 1)


def grade(sentences: list[str]) -> float:
    """The Flesch-Kincaid grade of some sentences: 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    counted = [words(sentence) for sentence in sentences]
    counted = [each for each in counted if each]
    total = sum(len(each) for each in counted)
    if not total:
        return 0.0
    sounds = sum(syllables(word) for each in counted for word in each)
    return 0.39 * total / len(counted) + 11.8 * sounds / total - 15.59


_SUFFIXES = ("ingly", "ations", "ation", "ings", "ing", "ness", "ment", "edly", "ies", "ed", "es", "ly", "s")


def stem(word: str) -> str:
    """A rough stem, for comparing content words."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)] + ("y" if suffix == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 4 else word
