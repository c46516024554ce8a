"""Process limits of one segment, from moving ranges. Source: NHSRplotthedots 0.2.2, `ptd_spc_standard`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from kept.rules.spc.facts import Limits

LIMIT_FACTOR = 2.66
NEAR_FACTOR = 2 * (LIMIT_FACTOR / 3)
SCREENING_FACTOR = 3.267
GRAIN = 1e-12


def average(numbers: Sequence[float]) -> float | None:
    """Average, rounded once, so that a point equal to the mean lies on it exactly. None for no numbers."""
    if not numbers:
        return None
    n = len(numbers)
    first = math.fsum(numbers) / n
    return first + math.fsum([*numbers, *([-first] * n)]) / n


def side_of(value: float, line: float, limits: Limits) -> int:
    """1 above a line of the chart, -1 below, 0 on it.

    A decimal such as 7.648 and a limit worked out in binary differ in their last digit although they are the same
    number; what is nearer than 1e-12 of the mean and limits lies on the line.
    """
    scale = max(abs(limits.mean or 0.0), abs(limits.upper or 0.0), abs(limits.lower or 0.0))
    gap = value - line
    return 0 if abs(gap) <= GRAIN * scale else 1 if gap > 0 else -1


def moving_ranges(values: Sequence[float | None]) -> list[float]:
    """Sizes of the steps between neighbouring rows; no step is taken across a missing period."""
    return [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]


def limits_of(baseline: Sequence[float | None], *, screen: bool) -> Limits:
    """Centre line and limits of the baseline rows of one segment.

    With `screen`, moving ranges of 3.267 times their average or more are left out and the rest averaged once; the
    mean is not changed. When that leaves no spread although there was some, the screening is undone: limits of no
    width would flag every point. When there was no spread at all, a screened baseline has no limits.
    """
    mean = average([value for value in baseline if value is not None])
    ranges = moving_ranges(baseline)
    amr = average(ranges)
    left_out, undone = 0, False
    if screen and amr is not None:
        kept = [size for size in ranges if size < SCREENING_FACTOR * amr * (1 - GRAIN)]
        screened = average(kept)
        undone = screened == 0
        if not undone:
            amr, left_out = screened, len(ranges) - len(kept)
    if mean is None or amr is None:
        return Limits(mean=mean, moving_range=None, lower=None, upper=None, near_lower=None, near_upper=None)
    return Limits(
        mean=mean,
        moving_range=amr,
        lower=mean - LIMIT_FACTOR * amr,
        upper=mean + LIMIT_FACTOR * amr,
        near_lower=mean - NEAR_FACTOR * amr,
        near_upper=mean + NEAR_FACTOR * amr,
        ranges_screened_out=left_out,
        screening_undone=undone,
    )
