"""What goes into a chart and what comes out: frozen facts and closed lists.

Method: the NHS "Making Data Count" XmR chart. Rule set `mdc-xmr-1`.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from enum import StrEnum

RULE_SET = "mdc-xmr-1"
SHORTEST_FIXED_BASELINE = 12
SHORT_SEGMENT = 13
FEWEST_FOR_LIMITS = 6
PERCENT = 100.0


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Rule(StrEnum):
    """The four special-cause rules, in the order in which one is chosen as the label."""

    OUTSIDE = "outside"
    TREND7 = "trend7"
    TWO_IN_THREE = "two_in_three"
    RUN7 = "run7"


class PointType(StrEnum):
    """What a point says: chance, or a change for the better, for the worse, up or down."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """What the process as it now runs will keep doing to its target."""

    PASS = "consistent_pass"  # noqa: S105 - not a password
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class Stage(StrEnum):
    """How much a segment's limits may be trusted: the ladder for short series."""

    RUN_CHART = "run_chart"
    TRIAL = "trial"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One measure over time, with the settings of its chart.

    `values` hold one number per date, None for a period that was not reported. `baseline_n` fixes the limits on the
    first n rows of each segment. `rebase` holds the dates that open a segment. `provisional` is the number of last
    rows whose figures may still change. `denominators` are the numbers of children behind each percentage.
    `bounds` are the lowest and highest values that can occur: they clip the drawing, never the limits.
    """

    dates: tuple[datetime.date, ...]
    values: tuple[float | None, ...]
    direction: Direction
    target: float | None = None
    rebase: tuple[datetime.date, ...] = ()
    baseline_n: int | None = None
    screen: bool = False
    title: str = ""
    unit: str = ""
    provisional: int = 0
    denominators: tuple[int | None, ...] | None = None
    bounds: tuple[float | None, float | None] | None = None
    accumulates: bool = False

    @property
    def drawing_bounds(self) -> tuple[float | None, float | None]:
        """Lowest and highest value that can occur: as given, else judged by the unit and the values."""
        if self.bounds is not None:
            return self.bounds
        reported = [value for value in self.values if value is not None]
        lowest = None if any(value < 0 for value in reported) else 0.0
        highest = PERCENT if self.unit == "%" and all(value <= PERCENT for value in reported) else None
        return lowest, highest

    def clip(self, value: float) -> float:
        """A limit cut at the drawing bounds; the limit itself is computed and judged uncut."""
        low, high = self.drawing_bounds
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    def __post_init__(self) -> None:
        """Refuse what the method cannot chart, with a sentence that a person can read."""
        if not self.dates:
            raise ValueError("A chart needs at least one period.")
        if len(self.dates) != len(self.values):
            raise ValueError(f"There are {len(self.dates)} dates but {len(self.values)} values.")
        if len(set(self.dates)) != len(self.dates):
            raise ValueError("Two rows have the same date: each period may stand once.")
        if any(value is not None and not math.isfinite(value) for value in self.values):
            raise ValueError("A value must be a finite number, or empty when the period was not reported.")
        if self.target is not None and not math.isfinite(self.target):
            raise ValueError("A target must be a finite number.")
        if self.baseline_n is not None and self.baseline_n < SHORTEST_FIXED_BASELINE:
            raise ValueError(f"A fixed baseline needs at least {SHORTEST_FIXED_BASELINE} rows, not {self.baseline_n}.")
        if self.denominators is not None and len(self.denominators) != len(self.dates):
            raise ValueError("There must be one denominator per date.")
        if self.accumulates:
            raise ValueError(
                "Running totals and rolling averages cannot be charted: neighbouring points share data, so trends and "
                "runs would appear by themselves. Chart the figure of each period."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Centre line and limits of one segment, in the unit of the measure; None when they cannot be worked out."""

    mean: float | None
    moving_range: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    ranges_screened_out: int = 0
    screening_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Rows `start` to `stop` (not included) that share one set of limits."""

    index: int
    start: int
    stop: int
    baseline_reported: int
    limits: Limits
    stage: Stage

    @property
    def n(self) -> int:
        """Rows in the segment; missing periods and rows after a fixed baseline are counted."""
        return self.stop - self.start

    @property
    def short_warning(self) -> bool:
        """Whether the segment has fewer than 13 rows."""
        return self.n < SHORT_SEGMENT

    @property
    def has_spread(self) -> bool:
        """Whether the baseline varied at all, so that the chart can tell signal from noise."""
        return bool(self.limits.moving_range)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One row of the chart. `rising` is the direction of `label`; None when there is no special cause."""

    position: int
    date: datetime.date
    value: float | None
    segment: int
    rules: tuple[Rule, ...]
    rising: bool | None
    point_type: PointType
    provisional: bool = False
    denominator: int | None = None

    @property
    def label(self) -> Rule | None:
        """The rule shown for the point: the first that fired."""
        return self.rules[0] if self.rules else None

    @property
    def special_cause(self) -> str | None:
        """The label with its direction, such as `run7_above` or `trend7_decreasing`."""
        if not self.rules:
            return None
        words = ("decreasing", "increasing") if self.rules[0] is Rule.TREND7 else ("below", "above")
        return f"{self.rules[0]}_{words[bool(self.rising)]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A series judged: segments, points, the two icons, cautions and generated sentences.

    `variation` is the type of the last row. `assurance` is None without a target, limits or a better direction.
    `variation_icon` and `assurance_icon` are what may be shown: None where an icon would say more than is known.
    """

    series: Series
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    variation: PointType
    assurance: Assurance | None
    variation_icon: str | None
    assurance_icon: str | None
    warnings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    rule_set: str = RULE_SET

    @property
    def text(self) -> str:
        """The generated sentences as one paragraph: the text equivalent of the chart."""
        return " ".join(self.sentences)

    @property
    def improvement_confirmed(self) -> bool:
        """Whether the last two reported, settled points both show improvement: the test for a claim, not an alert."""
        settled = [p for p in self.points if p.value is not None and not p.provisional]
        return len(settled) > 1 and all(p.point_type is PointType.IMPROVEMENT for p in settled[-2:])
