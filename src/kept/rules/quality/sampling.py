"""A stratified random sample: each stratum its share, in a stratum equal chances, drawn again from its seed.

Shares are given by largest remainders after one for every stratum, so that no writer and no phase is never looked at;
each item's chance of being drawn is stated, as an estimate for the whole needs it.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Item:
    """One plan that may be drawn. stratum: what it is like, such as (writer, phase, need, new or amended)."""

    key: str
    stratum: tuple[Hashable, ...]


@dataclass(frozen=True)
class Stratum:
    """How many there are of a kind, how many were drawn, and which."""

    name: tuple[Hashable, ...]
    size: int
    drawn: tuple[str, ...]

    @property
    def chance(self) -> float:
        """The chance that each of its plans had."""
        return len(self.drawn) / self.size


def draw(items: Iterable[Item], *, size: int, seed: int) -> list[Stratum]:
    """The sample: the strata in order, with what was drawn of each.

    The answer depends on the set of items and the seed alone, not on their order. size: plans in all; more than there
    are gives them all, and fewer than there are strata leaves out the smallest strata (ties by the seed). Raises
    ValueError for a size below 1 or a key that stands twice.
    """
    if size < 1:
        raise ValueError("A sample has at least one plan.")
    known = sorted(items, key=lambda one: one.key)
    if len({one.key for one in known}) != len(known):
        raise ValueError("A plan stands twice in the list from which to draw.")
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
    groups: dict[tuple[Hashable, ...], list[str]] = {}
    for one in known:
        groups.setdefault(one.stratum, []).append(one.key)
    names = sorted(groups, key=str)
    shares = _shares([len(groups[name]) for name in names], min(size, len(known)), chance)
    return [
        Stratum(name, len(groups[name]), tuple(sorted(chance.sample(groups[name], share))))
        for name, share in zip(names, shares, strict=True)
    ]


def _shares(sizes: Sequence[int], total: int, chance: random.Random) -> list[int]:
    ties = [chance.random() for _ in sizes]
    if total <= len(sizes):
        biggest = sorted(range(len(sizes)), key=lambda n: (-sizes[n], ties[n]))[:total]
        return [int(n in biggest) for n in range(len(sizes))]
    whole = sum(sizes)
    wanted = [Fraction(size * total, whole) for size in sizes]
    given = [min(size, max(1, int(want))) for size, want in zip(sizes, wanted, strict=True)]
    while sum(given) > total:
        most = max((n for n in range(len(given)) if given[n] > 1), key=lambda n: (given[n] - wanted[n], ties[n]))
        given[most] -= 1
    while sum(given) < total:
        least = max(
            (n for n in range(len(given)) if given[n] < sizes[n]), key=lambda n: (wanted[n] - given[n], ties[n])
        )
        given[least] += 1
    return given
