"""Edit distance with a bound: how many slips turn one word into another."""

from __future__ import annotations


def distance_within(first: str, second: str, most: int) -> int | None:
    """The number of letters added, dropped, changed or swapped with their neighbour, or None when above `most`.

    Damerau and Levenshtein's distance in its restricted form (no letter is moved twice). Only a band of `most` cells
    beside the diagonal is looked at, so that long and unlike words cost little.
    """
    if first == second:
        return 0 if most >= 0 else None
    if most < 1 or abs(len(first) - len(second)) > most:
        return None
    first, second = _without_shared_ends(first, second)
    if len(first) < len(second):
        first, second = second, first
    if not second:
        return len(first)
    return _banded(first, second, most)


def _without_shared_ends(first: str, second: str) -> tuple[str, str]:
    """Both words without the beginning and end that they share, which no slip touches."""
    shortest = min(len(first), len(second))
    start = 0
    while start < shortest and first[start] == second[start]:
        start += 1
    end = 0
    while end < shortest - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[start : len(first) - end], second[start : len(second) - end]


def _banded(longer: str, shorter: str, most: int) -> int | None:
    """The distance of two words by rows of the table, given up as soon as a whole row is above `most`."""
    over = most + 1
    width = len(shorter)
    before: list[int] = []
    above = [min(column, over) for column in range(width + 1)]
    for row, letter in enumerate(longer, start=1):
        current = [min(row, over)] + [over] * width
        for column in range(max(1, row - most), min(width, row + most) + 1):
            other = shorter[column - 1]
            cost = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == shorter[column - 2] and longer[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current[column] = min(cost, over)
        if min(current) > most and (not before or min(above) > most):
            return None
        before, above = above, current
    return above[width] if above[width] <= most else None
