"""Percentages of small groups: shown on a base of 30 or more, else as a band of counts, else hidden."""

from __future__ import annotations

from collections.abc import Sequence

from kept.rules.small_numbers.facts import SMALLEST_PERCENTAGE_BASE, SMALLEST_SHOWN, Banded, Figure, Hidden, Shown
from kept.rules.small_numbers.tables import one_way

BANDS = ((6, 10), (11, 15), (16, 20), (21, 29))


def percentage(part: int, base: int) -> Figure:
    """`part` of `base` as a whole percentage; a band of counts when the base is under 30.

    Hidden when either the part or the rest is under 6: the rest can be worked out from the percentage and the base,
    and a share of nought or of all says that everyone gave the same answer. Raises ValueError for a part larger than
    its base.
    """
    if not 0 <= part <= base:
        raise ValueError(f"A part must lie between nought and its base: {part} of {base}.")
    if min(part, base - part) < SMALLEST_SHOWN:
        return Hidden()
    return _share(part, base)


def percentages(counts: Sequence[int]) -> tuple[Figure, ...]:
    """The shares of a group's answers, with the gaps of `one_way`, so that counts and shares tell the same."""
    row = one_way(counts)
    base = sum(counts)
    return tuple(
        _share(number, base) if isinstance(cell, Shown) and len(counts) > 1 else Hidden()
        for number, cell in zip(counts, row.cells, strict=True)
    )


def _share(part: int, base: int) -> Figure:
    if base >= SMALLEST_PERCENTAGE_BASE:
        return Shown((200 * part + base) // (2 * base))
    return next(Banded(low, high) for low, high in BANDS if low <= part <= high)
