"""Cohort projection: plans per state move, leave and are joined, one step at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .numbers import number, numbers, whole

ROUNDED = 1e-6  # a row of rounded shares may come out a little above 1
MOST_GROWTH = 300.0  # as a natural logarithm


def project(
    start: Sequence[float],
    moves: Sequence[Sequence[float]],
    joiners: Sequence[float],
    steps: int,
    joiner_growth: float = 1.0,
) -> list[list[float]]:
    """Plans per state after 1, 2, ... steps: x(t+1) = x(t) P + joiners x growth^t, t = 0 in the first step.

    `moves` has a row per state it comes from; what a row lacks to 1 leaves. ValueError for a row above 1, a negative
    number, sizes that do not fit or a growth beyond counting.
    """
    x = np.array(numbers("x0", start, low=0))
    table = [numbers(f"row {i + 1} of P", row, low=0, high=1) for i, row in enumerate(moves)]
    new = np.array(numbers("joiners_year1", joiners, low=0)) if len(joiners) else np.zeros(len(x))
    growth = number("joiner_growth", joiner_growth, low=0)
    if len(table) != len(x) or any(len(row) != len(x) for row in table) or len(new) != len(x):
        raise ValueError("x0, the rows and columns of P and joiners_year1 need one entry per state each.")
    for i, row in enumerate(table):
        if sum(row) > 1 + ROUNDED:
            raise ValueError(f"Row {i + 1} of P adds up to more than 1.")
    matrix = np.array(table).reshape(len(x), len(x))
    states: list[list[float]] = []
    years = whole("years", steps, high=100_000)
    if growth > 1 and years * math.log(growth) > MOST_GROWTH:
        raise ValueError(f"A joiner_growth of {growth:g} over {years} years is more than can be counted.")
    for step in range(years):
        x = x @ matrix + new * growth**step
        states.append([float(value) for value in x])
    return states
