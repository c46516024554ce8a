"""Series made up for the tests."""

import datetime

from hypothesis import strategies as st

from kept.rules.spc import Direction, Series


def months(count, year=2022):
    return tuple(datetime.date(year + i // 12, i % 12 + 1, 1) for i in range(count))


def monthly(values, direction="increase", **settings):
    rebase = settings.pop("rebase_at", ())
    dates = months(len(values))
    return Series(
        dates=dates,
        values=tuple(None if v is None else float(v) for v in values),
        direction=Direction(direction),
        rebase=tuple(dates[i] for i in rebase),
        **settings,
    )


level = st.integers(0, 48).map(lambda n: n / 4)
pieces = st.one_of(
    st.lists(level, min_size=1, max_size=14),
    st.tuples(level, st.integers(5, 9)).map(lambda t: [t[0]] * t[1]),
    st.tuples(level, st.integers(5, 9), st.sampled_from([-1, -0.25, 0.25, 1])).map(
        lambda t: [t[0] + t[2] * i for i in range(t[1])]
    ),
    st.integers(1, 2).map(lambda n: [None] * n),
    st.lists(st.sampled_from([5.0, 6.0, 7.0, 8.5]), min_size=6, max_size=14),
)


@st.composite
def series(draw):
    values = [v for piece in draw(st.lists(pieces, min_size=1, max_size=5)) for v in piece][:45]
    return monthly(
        values,
        draw(st.sampled_from(["increase", "decrease", "neutral"])),
        target=draw(st.none() | level | st.sampled_from([-30.0, 40.0])),
        rebase_at=draw(st.lists(st.integers(0, len(values) - 1), max_size=2)),
        baseline_n=draw(st.none() | st.integers(12, 20)),
        screen=draw(st.booleans()),
    )
