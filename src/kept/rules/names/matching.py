"""Keys for finding a name in a database, and a score for putting what was found in order.

A record keeps `name_keys(name)` in a text array under an index; a search takes the records that share a key with
`query_keys(query)` and puts them in order by `score(query, name)`. No extension of the database is needed.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations

from kept.rules.names.distance import distance_within
from kept.rules.names.parts import PARTICLES, joined_parts, name_parts, other_spellings
from kept.rules.names.sounds import sound_key

_PREFIX = 3
_SHORT, _LONG = 4, 7
_JOINED_LENGTH = 5

_SAME, _VARIANT, _BEGINS, _ONE_SLIP, _SOUND, _TWO_SLIPS, _INITIAL = 1.0, 0.9, 0.92, 0.85, 0.75, 0.7, 0.5
_ORDER_BONUS, _LEFT_OVER = 0.03, 0.02
_CERTAIN = 0.995


@cache
def _variants() -> dict[str, frozenset[str]]:
    """The first name of each group that a name belongs to."""
    groups: dict[str, set[str]] = {}
    text = files("kept.rules.names").joinpath("variants.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        names = line.split()
        for name in names:
            groups.setdefault(name, set()).add(names[0])
    return {name: frozenset(heads) for name, heads in groups.items()}


def same_name_in_other_words(first: str, second: str) -> bool:
    """Whether one plain word is a short or foreign form of the other ("bill" and "william")."""
    groups = _variants()
    return bool(groups.get(first, frozenset()) & groups.get(second, frozenset()))


def name_keys(full_name: str) -> set[str]:
    """The keys to store with a name: words (w:), beginnings (p:), letter triples (t:), sounds (s:), variants (v:).

    About 20 to 60 short texts for an ordinary name; none for a name without letters.
    """
    parts = name_parts(full_name)
    words = {*parts, *joined_parts(parts), *other_spellings(full_name)}
    return {key for word in words for key in _word_keys(word)}


def query_keys(query: str) -> set[str]:
    """The keys to search with: a record that shares one of them may match.

    The same kinds as `name_keys` but without triples of long words, which would find half the area: a misspelt word is
    found by its beginning, its sound, its triples when it is short, or by another word of the name.
    """
    parts = name_parts(query)
    words = {*parts, *joined_parts(parts), *other_spellings(query)}
    keys = {key for word in words for key in _word_keys(word) if key[0] != "t"}
    if len(parts) == 1:
        keys |= {key for key in _word_keys(parts[0]) if key[0] == "t"}
    return keys


@lru_cache(maxsize=20_000)
def _word_keys(word: str) -> frozenset[str]:
    keys = {f"w:{word}", f"p:{word[:_PREFIX]}"}
    padded = f" {word} "
    keys.update(f"t:{padded[start : start + 3]}" for start in range(len(padded) - 2))
    sound = sound_key(word)
    if len(sound) > 1:
        keys.add(f"s:{sound}")
    keys.update(f"v:{head}" for head in _variants().get(word, frozenset()))
    return frozenset(keys)


def score(query: str, name: str) -> float:
    """How well a name answers a query, from 0 (not at all) to 1 (the same words in the same order).

    The order of words, extra words in the name, hyphens, apostrophes and accents cost little or nothing; each word of
    the query that is missing costs much. A single word is a search by name part.
    """
    wanted, held = name_parts(query), name_parts(name)
    if not wanted or not held:
        return 0.0
    if wanted == held:
        return 1.0
    if "".join(wanted) == "".join(held):
        return _CERTAIN
    readings = [held]
    respelt = other_spellings(name)
    if respelt:
        readings.append(respelt)
    best = max(_score_words(asked, reading) for asked in _written_apart_or_joined(wanted) for reading in readings)
    return round(min(_CERTAIN, best), 4)


def _written_apart_or_joined(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The query as typed, with each pair of neighbours as one word, and with "van den berg" as one word."""
    readings = [parts]
    for place, part in enumerate(parts[:-1]):
        most = 3 if part in PARTICLES else 2
        readings += [
            (*parts[:place], "".join(parts[place : place + width]), *parts[place + width :])
            for width in range(2, most + 1)
            if place + width <= len(parts)
        ]
    return readings


def _score_words(wanted: tuple[str, ...], held: tuple[str, ...]) -> float:
    """The mean likeness of the wanted words, each with its best partner, weighted by length."""
    candidates = [*held, *joined_parts(held)]
    used: set[str] = set()
    total = weight_of_all = 0.0
    places: list[int] = []
    for word in sorted(wanted, key=len, reverse=True):
        weight = 0.3 if word in PARTICLES else 1.0 + min(len(word), 10) / 20
        likeness, partner = max(
            ((_alike(word, other), other) for other in candidates if other not in used), default=(0.0, "")
        )
        if likeness and partner in held:
            used.add(partner)
            places.append(held.index(partner))
        total += weight * likeness
        weight_of_all += weight
    mean = total / weight_of_all
    in_order = [_best_place(word, held) for word in wanted]
    bonus = _ORDER_BONUS if in_order == sorted(in_order) and in_order[0] == 0 else 0.0
    unused = max(0, len([part for part in held if part not in PARTICLES]) - len(wanted))
    return mean * (0.965 + bonus - min(3, unused) * _LEFT_OVER / 2)


def _best_place(word: str, held: tuple[str, ...]) -> int:
    return max(range(len(held)), key=lambda place: _alike(word, held[place]))


@lru_cache(maxsize=50_000)
def _alike(first: str, second: str) -> float:
    """The likeness of two plain words: 1 for the same, 0 for unlike."""
    if first == second:
        return _SAME
    if same_name_in_other_words(first, second):
        return _VARIANT
    if len(first) > 1 and second.startswith(first):
        return _BEGINS if len(first) >= _PREFIX else 0.75
    if len(first) == 1:
        return _INITIAL if second.startswith(first) else 0.0
    shorter = min(len(first), len(second))
    slips = distance_within(first, second, 1 if shorter <= _SHORT else 2 if shorter < _LONG else 3)
    sounds_same = bool(sound_key(first)) and len(sound_key(first)) > 1 and sound_key(first) == sound_key(second)
    likeness = _SOUND if sounds_same else 0.0
    if slips == 1:
        likeness = max(likeness, _ONE_SLIP if shorter >= _SHORT else 0.6)
    elif slips is not None:
        likeness = max(likeness, _TWO_SLIPS - 0.15 * (slips - 2) - (0.1 if first[0] != second[0] else 0.0))
    return min(_VARIANT - 0.01, likeness + 0.06) if sounds_same and slips is not None else likeness


def best_order_free_score(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The likeness of two lists of words whichever way round they stand (at most four words are tried)."""
    shorter, longer = sorted((first[:4], second[:4]), key=len)
    if not shorter:
        return 0.0
    return max(
        sum(max(_alike(one, other), _alike(other, one)) for one, other in zip(shorter, chosen, strict=True))
        / len(shorter)
        for chosen in permutations(longer, len(shorter))
    )
