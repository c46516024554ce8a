"""The points on which the law leaves room, in words: the question, each way to read it, and what it touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum

from kept.rules.process import DEFAULT, Readings
from kept.rules.process.table import REVIEW_CLOCKS, Clock

CLOSURES = {"closure", "any_of_reg13_3"}


@dataclass(frozen=True)
class Point:
    """One point of the register: its number, the question, the words of each choice, which limits it touches."""

    name: str
    title: str
    question: str
    choices: Mapping[str, str]
    touches: Callable[[Clock], bool]

    @property
    def number(self) -> str:
        """Its number in the register, as A1."""
        return self.name.split("_", 1)[0].upper()

    @property
    def reference(self) -> str:
        """The choice that is in force where an area has made none."""
        value: Enum = getattr(DEFAULT.readings, self.name)
        return str(value.value)


def _has_exception(*tests: str) -> Callable[[Clock], bool]:
    return lambda clock: any(one.test in tests for one in clock.exceptions)


def _counts(*countings: str) -> Callable[[Clock], bool]:
    return lambda clock: clock.counting in countings


POINTS: tuple[Point, ...] = (
    Point(
        "a1_receipt_day",
        "Day of receipt",
        "Is the day on which a request is received counted?",
        {
            "not_counted": "No. Counting starts on the day after.",
            "day_one": "Yes, it is day 1. The limit ends one day earlier.",
        },
        lambda clock: clock.from_receipt,
    ),
    Point(
        "a2_fixed_date",
        "Before a fixed date",
        "What is the last day when something must be done before 15 February or before 31 March?",
        {
            "day_before": "The day before that date, as the regulations say.",
            "by_the_date": "The date itself: the Code of Practice says “by”.",
        },
        _counts("BEFORE_DATE"),
    ),
    Point(
        "a3_last_reviewed",
        "When a plan was last reviewed",
        "Which day starts the next 12 months?",
        {
            "decision_notified": "The day on which the family was told of the decision after the review.",
            "meeting_held": "The day of the review meeting.",
        },
        lambda clock: clock.id in REVIEW_CLOCKS,
    ),
    Point(
        "a4_at_least_two_weeks",
        "At least two weeks before",
        "How many days must lie between the notice and the meeting?",
        {
            "fourteen_days": "The notice is given 14 days before the meeting, or earlier.",
            "clear_days": "Fourteen whole days lie between them, so the notice is given 15 days before, or earlier.",
        },
        _counts("MIN_BEFORE_EVENT"),
    ),
    Point(
        "a5_closure",
        "When a school is closed",
        "Where do the first closed day and the day of reopening come from?",
        {
            "recorded_days": "From the days that the institution recorded. A training day counts as open.",
            "term_dates": "From the area's table of school holidays.",
        },
        _has_exception(*CLOSURES),
    ),
    Point(
        "a6_window_end",
        "Where a window ends",
        "Is the last day of a window inside it?",
        {"inclusive": "Yes, the first and the last day both count.", "exclusive": "No, the last day is outside."},
        lambda clock: clock.counting == "WINDOW_ENDING" or _has_exception(*CLOSURES)(clock),
    ),
    Point(
        "a7_late_notice",
        "A late amendment notice",
        "When is the amended plan due if the notice of the amendments was late?",
        {
            "capped_from_meeting": "12 weeks from the review meeting at the latest. A late notice buys no time.",
            "eight_weeks_from_notice": "8 weeks from the notice, whenever that was.",
        },
        lambda clock: clock.cap_clock is not None,
    ),
    Point(
        "a8_working_day",
        "Working day",
        "What is a working day? The SEND Regulations do not say.",
        {"weekdays_less_bank_holidays": "Monday to Friday, without the bank holidays of England."},
        lambda clock: clock.unit == "working_days" and clock.counting != "TRIB_WD",
    ),
    Point(
        "a9_order_made",
        "When an order is made",
        "From which day does a Tribunal order run?",
        {
            "issued": "The day on which the order was issued.",
            "heard": "The day of the hearing.",
            "received": "The day on which the authority received it.",
        },
        lambda clock: clock.id.startswith("order."),
    ),
    Point(
        "a10_absence",
        "Absence during the period",
        "Must the whole absence fall inside the period of the time limit?",
        {
            "wholly_inside": "Yes, the full number of days must fall inside it.",
            "any_overlap": "No, one day inside is enough, if the absence as a whole is long enough.",
        },
        _has_exception("absence", "any_of_reg13_3"),
    ),
    Point(
        "a11_health_notification",
        "Notification by a health body",
        "Does a notification under section 23 start the time limits of an assessment?",
        {
            "when_accepted": "Only when the authority accepts that it is responsible for the child.",
            "automatically": "Yes, at once.",
        },
        lambda clock: clock.id.startswith("assess."),
    ),
    Point(
        "a12_contents_and_placement",
        "Contents and school both ordered",
        "How long is there when a Tribunal orders changes to the contents and to section I?",
        {
            "five_weeks": "5 weeks for both.",
            "two_weeks_for_placement": "2 weeks for the school in section I, and 5 weeks for the contents.",
        },
        lambda clock: clock.id.endswith((".school_only", "order.amend", "unopposed.amend")),
    ),
    Point(
        "a13_exception_and_end",
        "An exception and then a refusal",
        "What became of the 16 and the 20 weeks when an exception was recorded and the case then ended otherwise?",
        {
            "superseded": "They no longer apply: a refusal, an order, a concession or an agreement ended them.",
            "released": "The exception released them, and the days past the limit are counted on.",
        },
        lambda clock: clock.stays_superseded_unless is not None,
    ),
)
NAMES = tuple(field.name for field in fields(Readings))


def in_force(point: Point, readings: Readings) -> str:
    """The choice that these readings make on a point."""
    return str(getattr(readings, point.name).value)


def points_for(clock: Clock) -> list[Point]:
    """The points on which the counting of a time limit depends."""
    return [point for point in POINTS if point.touches(clock)]
