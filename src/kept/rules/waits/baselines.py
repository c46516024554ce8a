"""Plain forecasts of plans that a better model has to beat, and their errors from rolling origins.

With y the last count and g = sqrt(y / y two years before): last = y; drift2 = y + h (y - y_-2) / 2; growth2 = y g^h;
national2 = y g_N^h with the national g; shrunk2 = y ((g + g_N) / 2)^h.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .numbers import number

METHODS = ("last", "drift2", "growth2", "national2", "shrunk2")
HORIZONS = (1, 2, 3)
HORIZON_WORDS = {1: "one_year", 2: "two_years", 3: "three_years"}


@dataclass(frozen=True)
class Error:
    """One forecast of one area against its outcome; `percent` is (forecast - outcome) in % of the outcome."""

    area: str
    origin: int
    horizon: int
    method: str
    percent: float


def two_year_growth(now: float, before: float) -> float:
    """Growth factor a year over the last two years. ValueError unless the earlier count is above zero."""
    return math.sqrt(number("a count", now, low=0) / number("a count two years before", before, above=0))


def forecasts(now: float, before: float, national_growth: float, horizon: int) -> dict[str, float]:
    """The five forecasts of one count `horizon` years ahead."""
    own = two_year_growth(now, before)
    return {
        "last": now,
        "drift2": now + horizon * (now - before) / 2,
        "growth2": now * own**horizon,
        "national2": now * national_growth**horizon,
        "shrunk2": now * ((own + national_growth) / 2) ** horizon,
    }


def rolling_errors(
    series: Mapping[str, Mapping[int, float | None]],
    national: Mapping[int, float],
    origins: Sequence[int],
    horizons: Sequence[int] = HORIZONS,
) -> Iterator[Error]:
    """Every error with the origin, the year two before it and the outcome in the series; a zero outcome is left out."""
    for origin in origins:
        if national.get(origin) is None or not national.get(origin - 2):
            continue
        national_growth = two_year_growth(national[origin], national[origin - 2])
        for area, counts in series.items():
            now, before = counts.get(origin), counts.get(origin - 2)
            if now is None or not before:
                continue
            for horizon in horizons:
                outcome = counts.get(origin + horizon)
                if not outcome:
                    continue
                for method, value in forecasts(now, before, national_growth, horizon).items():
                    yield Error(area, origin, horizon, method, 100 * (value - outcome) / outcome)


def mean(values: Sequence[float]) -> float | None:
    """Their mean; None for none."""
    return math.fsum(values) / len(values) if values else None


def summary(errors: Sequence[Error], horizon: int, *, signed: bool = False) -> dict[str, float | None]:
    """Mean absolute (or signed) percentage error by method at one horizon, over areas and origins."""
    return {
        method: mean(
            [
                error.percent if signed else abs(error.percent)
                for error in errors
                if error.horizon == horizon and error.method == method
            ]
        )
        for method in METHODS
    }


def national_growth_forecasts(national: Mapping[int, float]) -> dict[str, float]:
    """growth2 on the national series from every year with two years before it, one to three years ahead."""
    found: dict[str, float] = {}
    for year in sorted(national):
        if national.get(year - 2):
            growth = two_year_growth(national[year], national[year - 2])
            for horizon, words in HORIZON_WORDS.items():
                found[f"from_{year}_{words}"] = national[year] * growth**horizon
    return found
