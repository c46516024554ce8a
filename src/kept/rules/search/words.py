"""Text as plain words and stems, the same for queries, entries and synonyms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kept.rules.names.parts import plain_text
from kept.rules.search.stems import stem

MOST_CHARACTERS = 400
"""A query is read up to here: nobody types more in a search box, and what is pasted begins with its subject."""
MOST_WORDS = 40

_TOGETHER = (3, 2, 1)
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[a-z]")
_LETTERS_APART = re.compile(
    r"(?<![^\W_])[a-z](?:\.[a-z]){1,5}(?![^\W_])\.?"
    r"|(?<![^\W_])[a-z](?: [a-z]){2,5}(?![^\W_])"
)
_NEGATION_WORDS = (
    "not dont doesnt didnt cant cannot couldnt wont wouldnt isnt arent aint wasnt havent hasnt shouldnt never no nor"
)
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
NOT = "not"
_STOP_WORDS = (
    "a an the and or of to in on at by for from with into onto about as is are was were be been being am it its this "
    "that these those there here i me my mine we us our ours you your yours he him his she her hers they them their "
    "theirs who whom which what whats when where wheres why how do does did has have had having will would can could "
    "should shall may might must if then than so too very just also but any some all each every both other another "
    "such same up out off over under again once more most much many im ive id hes shes theyre youre "
    "weve were thats please pls thanks etc via per am"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


@cache
def everyday_words() -> frozenset[str]:
    """Ordinary English words that are not misspellings of anything and say little about what is wanted."""
    return frozenset(files("kept.rules.search").joinpath("everyday_words.txt").read_text(encoding="utf-8").split())


SHORT = frozenset({"text message", "short", "parents’ boards", "everyday"})
"""Why a word is among `other_words` where nobody need be told how it was read."""


@cache
def other_words() -> dict[str, tuple[str, str]]:
    """Text messages, parents' boards, everyday speech and other languages: what is typed, and what it means and why.

    `other_words.csv`; own compilation, CC0.
    """
    text = files("kept.rules.search").joinpath("other_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {" ".join(words_of(row["typed"])): (row["means"], row["why"]) for row in rows}


def in_plain_english(plain: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text with what `other_words` knows put into plain words, the longest first.

    Also what was read as other words (typed, read as), without what is only written short.
    """
    known, words = other_words(), list(_WORD.finditer(plain))
    said, at, kept = list[str](), 0, 0
    read: dict[str, str] = {}
    while at < len(words):
        most = next((n for n in _TOGETHER if " ".join(word[0] for word in words[at : at + n]) in known), 0)
        if most:
            run = words[at : at + most]
            typed = " ".join(word[0] for word in run)
            means, why = known[typed]
            said += [plain[kept : run[0].start()], means]
            kept = run[-1].end()
            if why not in SHORT:
                read[typed] = means
        at += most or 1
    return "".join([*said, plain[kept:]]), tuple(read.items())


def letters_together(plain: str) -> str:
    """An abbreviation whose letters were typed apart as one word: "a.d.h.d", "e h c p"."""
    return _LETTERS_APART.sub(lambda found: "".join(_LETTER.findall(found[0])) + " ", plain)


def negated(word: str) -> bool:
    """Whether a word is a way of saying "not"."""
    return word in _NEGATIONS


def words_of(text: str) -> list[str]:
    """The plain words of a text: small letters, no accents, apostrophes dropped, hyphens parting words."""
    return _WORD.findall(plain_text(text))


def content_words(text: str) -> list[str]:
    """The words that carry meaning; every way of saying "not" becomes the one word "not"."""
    found = (NOT if word in _NEGATIONS else word for word in words_of(text))
    return [word for word in found if word not in STOP_WORDS]


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order."""
    return tuple(stem(word) for word in content_words(text))


def all_stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of all words, stop words too; every way of saying "not" is one."""
    return tuple(NOT if negated(word) else stem(word) for word in words)


WEAK_WORDS = frozenset(
    stems_of(
        "help support child children kid son daughter boy girl service services need needs get getting want wanted "
        "find family families parent mum dad year old age group team school young people someone something go going "
        "local area near information centre free form person home look looking bad late week day morning time "
        "referral refer referred appointment"
    )
)
"""Stems of words that stand in so much that is asked and offered that they tell little."""
