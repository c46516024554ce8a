"""Percentiles from counts by band, and the bands in which community health services publish waits.

Bands: NHS England, "Community health services waiting lists". As published, a wait of exactly 365 days belongs to no
band ("127-364 days", "over 365 days"); here it is counted in the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .numbers import TINY, number, numbers, share

COMMUNITY_BANDS = ((0, 7), (8, 14), (15, 28), (29, 84), (85, 126), (127, 364), (365, None))
COMMUNITY_BAND_NAMES = ("0-7", "8-14", "15-28", "29-84", "85-126", "127-364", "365 and over")
COMMUNITY_BANDS_NOTE = "A wait of exactly 365 days falls in no published band and is counted in the last."


def from_bands(counts: Sequence[float], quantile: float, edges: Sequence[float] | None = None) -> float | None:
    """The percentile, linear inside its band: j + (pN - cum_{j-1}) / n_j, j the first band with cum_j >= pN.

    Bands are one unit wide from 0 unless `edges` (one more than counts) are given. None when nobody is counted.
    ValueError for negative counts or edges that do not rise.
    """
    sizes = numbers("band_counts", counts, low=0)
    p = share("quantile", quantile)
    bounds = list(range(len(sizes) + 1)) if edges is None else numbers("edges", edges)
    if len(bounds) != len(sizes) + 1 or any(b <= a for a, b in pairwise(bounds)):
        raise ValueError("edges have to rise and be one more than the counts.")
    total = sum(sizes)
    if total == 0:
        return None
    below = 0.0
    for j, size in enumerate(sizes):
        if size > 0 and below + size >= p * total - TINY * total:
            inside = max(0.0, min(1.0, (p * total - below) / size))
            return bounds[j] + inside * (bounds[j + 1] - bounds[j])
        below += size
    return float(bounds[-1])


def band_of(days: int) -> int:
    """Position of the community health services band that a wait of so many days belongs to."""
    number("days", days, low=0)
    return max(i for i, (low, _) in enumerate(COMMUNITY_BANDS) if days >= low)


def band_counts(waits: Iterable[int]) -> list[int]:
    """Waits in days counted by community health services band."""
    counts = [0] * len(COMMUNITY_BANDS)
    for days in waits:
        counts[band_of(days)] += 1
    return counts
