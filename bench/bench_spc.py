"""How fast 1,000 control charts are judged, beside a straightforward pandas version of the same rules.

The peer is what an analyst would write: a frame per series, rolling windows, column arithmetic; limits, the four rules
and the label only, with neither sentences nor icons. Both must give the same labels before anything is timed.
Prints one line of JSON: seconds per 1,000 series (the best of three rounds each) and how many times faster we are.
"""

from __future__ import annotations

import datetime
import json
import random
import time
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from kept.rules.spc import Direction, Series, analyse, layout

SERIES = 1000
PEER_SERIES = 100
MONTHS = 36
ROUNDS = 3


def made_up(count: int) -> list[Series]:
    """Monthly percentages: noise, a shift, a drift, now and then a gap; the same every time."""
    dice = random.Random(1)
    dates = tuple(datetime.date(2022 + i // 12, i % 12 + 1, 1) for i in range(MONTHS))
    out = []
    for _ in range(count):
        shift, drift = dice.choice([0, 0, 6, -6]), dice.choice([0, 0, 0.3])
        values = [
            None if dice.random() < 0.02 else round(dice.gauss(60, 4) + drift * i + (shift if i > 20 else 0), 1)
            for i in range(MONTHS)
        ]
        out.append(
            Series(
                dates=dates,
                values=tuple(values),
                direction=Direction.INCREASE,
                target=65.0,
                baseline_n=dice.choice([None, 12]),
                screen=dice.random() < 0.5,
                unit="%",
            )
        )
    return out


def peer(series: Series) -> list[str | None]:
    """The labels of one series, by pandas."""
    frame = pd.DataFrame({"y": pd.Series(series.values, dtype="float64")})
    baseline = frame.y.iloc[: series.baseline_n]
    mean, ranges = baseline.mean(), baseline.diff().abs()
    amr = ranges.mean()
    if series.screen:
        amr = ranges[ranges < 3.267 * amr].mean()
    frame["side"] = np.sign(frame.y - mean)
    frame["outside"] = (frame.y - mean).abs() > 2.66 * amr
    frame["near"] = ~frame.outside & ((frame.y - mean).abs() > 2 * 2.66 / 3 * amr)
    step = np.sign(frame.y.diff())
    frame["trend"] = spread(step.rolling(6).sum(), 6, 7)
    frame["run"] = spread(frame.side.rolling(7).sum(), 7, 7)
    same_side = frame.side.rolling(3).sum().abs() == 3
    pair = (frame.near.rolling(3).sum() >= 2) & same_side
    frame["pair"] = frame.near & (spread(pair.astype(float), 1, 3) != 0)
    side = np.where(frame.side > 0, "above", "below")
    conditions = [frame.outside, frame.trend != 0, frame.pair, frame.run != 0]
    names = [
        np.char.add("outside_", side),
        np.where(frame.trend > 0, "trend7_increasing", "trend7_decreasing"),
        np.char.add("two_in_three_", side),
        np.char.add("run7_", side),
    ]
    labels = np.select(conditions, names, default="")
    return [label or None for label in labels.tolist()]


def spread(sums: pd.Series, full: int, length: int) -> pd.Series:
    """Carry a signal that is complete at its last row back over the rows that make it; the later signal wins."""
    signal = pd.Series(np.where(sums.abs() == full, np.sign(sums), 0.0))
    out = pd.Series(0.0, index=signal.index)
    for back in range(length):
        moved = signal.shift(-back).fillna(0.0)
        out = out.where(moved == 0, moved)
    return out


def best(act: Callable[[], object]) -> float:
    """Seconds of the fastest of three rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def agree(sample: Sequence[Series]) -> None:
    """Stop when the two give different labels: a fast wrong answer is not worth timing."""
    for series in sample:
        ours = [point.special_cause for point in analyse(series).points]
        assert ours == peer(series), (series, ours, peer(series))


def main() -> None:
    """Time the engine, the engine with its drawing, and the peer."""
    everything = made_up(SERIES)
    agree(everything[:PEER_SERIES])
    ours = best(lambda: [analyse(series) for series in everything])
    drawn = best(lambda: [layout(analyse(series), width=720, height=320) for series in everything])
    theirs = best(lambda: [peer(series) for series in everything[:PEER_SERIES]]) * SERIES / PEER_SERIES
    print(
        json.dumps(
            {
                "bench": "spc",
                "series": SERIES,
                "months": MONTHS,
                "ours_seconds": round(ours, 4),
                "ours_with_drawing_seconds": round(drawn, 4),
                "pandas_seconds": round(theirs, 4),
                "times_faster_than_pandas": round(theirs / ours, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
