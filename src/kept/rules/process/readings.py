"""How an authority reads the points on which the law leaves room, and its other settings.

Each reading is named as in the ambiguity register (A1 to A12); A13 is a point on which the order of the tests of a
clock's status and the rule on superseded clocks can be read against each other. The first value of each is the
reference reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class ReceiptDay(Enum):
    """A1. Is the day on which a request is received counted?"""

    NOT_COUNTED = "not_counted"
    DAY_ONE = "day_one"


class FixedDate(Enum):
    """A2. "Before 15 February", "before 31 March"."""

    DAY_BEFORE = "day_before"
    BY_THE_DATE = "by_the_date"


class LastReviewed(Enum):
    """A3. When is a plan last reviewed?"""

    DECISION_NOTIFIED = "decision_notified"
    MEETING_HELD = "meeting_held"


class AtLeastTwoWeeks(Enum):
    """A4. "At least two weeks" before a meeting."""

    FOURTEEN_DAYS = "fourteen_days"
    CLEAR_DAYS = "clear_days"


class Closure(Enum):
    """A5. Where the first closed day and the reopening day come from."""

    RECORDED_DAYS = "recorded_days"
    TERM_DATES = "term_dates"


class WindowEnd(Enum):
    """A6. Is the last day of a window inside it?"""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


class LateNotice(Enum):
    """A7. Final plan after a late amendment notice."""

    CAPPED_FROM_MEETING = "capped_from_meeting"
    EIGHT_WEEKS_FROM_NOTICE = "eight_weeks_from_notice"


class WorkingDay(Enum):
    """A8. "Working day" in the SEND Regulations. No other reading is known."""

    WEEKDAYS_LESS_BANK_HOLIDAYS = "weekdays_less_bank_holidays"


class OrderMade(Enum):
    """A9. The day from which a Tribunal order runs. The others read the event's `heard` or `received` date."""

    ISSUED = "issued"
    HEARD = "heard"
    RECEIVED = "received"


class Absence(Enum):
    """A10. Must the whole absence fall inside the period?"""

    WHOLLY_INSIDE = "wholly_inside"
    ANY_OVERLAP = "any_overlap"


class HealthNotification(Enum):
    """A11. Does a notification by a health body (s.23) start the clocks?"""

    WHEN_ACCEPTED = "when_accepted"
    AUTOMATICALLY = "automatically"


class ContentsAndPlacement(Enum):
    """A12. Contents and section I both ordered (`section_i` true on an order to amend)."""

    FIVE_WEEKS = "five_weeks"
    TWO_WEEKS_FOR_PLACEMENT = "two_weeks_for_placement"


class ExceptionAndEnd(Enum):
    """A13. A valid exception and then a refusal, order, concession or agreement: which names the 16 and 20 weeks?

    "Stays superseded whatever is sent later" is the rule made for these two limits, and nothing is left to be done
    under them. Only the general order of the tests, where "released" stands before "superseded", speaks for the other.
    """

    SUPERSEDED = "superseded"
    RELEASED = "released"


@dataclass(frozen=True)
class Readings:
    """One choice for each of A1 to A13; the defaults are the reference readings."""

    a1_receipt_day: ReceiptDay = ReceiptDay.NOT_COUNTED
    a2_fixed_date: FixedDate = FixedDate.DAY_BEFORE
    a3_last_reviewed: LastReviewed = LastReviewed.DECISION_NOTIFIED
    a4_at_least_two_weeks: AtLeastTwoWeeks = AtLeastTwoWeeks.FOURTEEN_DAYS
    a5_closure: Closure = Closure.RECORDED_DAYS
    a6_window_end: WindowEnd = WindowEnd.INCLUSIVE
    a7_late_notice: LateNotice = LateNotice.CAPPED_FROM_MEETING
    a8_working_day: WorkingDay = WorkingDay.WEEKDAYS_LESS_BANK_HOLIDAYS
    a9_order_made: OrderMade = OrderMade.ISSUED
    a10_absence: Absence = Absence.WHOLLY_INSIDE
    a11_health_notification: HealthNotification = HealthNotification.WHEN_ACCEPTED
    a12_contents_and_placement: ContentsAndPlacement = ContentsAndPlacement.FIVE_WEEKS
    a13_exception_and_end: ExceptionAndEnd = ExceptionAndEnd.SUPERSEDED


class Rounds(Enum):
    """Whether a clock is judged once, on the first event that starts it, or anew for each later cycle.

    `FIRST` is the reference's rule for worked examples. `EVERY` is for living cases: once a clock has ended, the next
    event that starts it opens another round, so a plan's fourth annual review has clocks of its own.
    """

    FIRST = "first"
    EVERY = "every"


@dataclass(frozen=True)
class Settings:
    """What an authority decides: its readings, extra bank holidays and, for A5, its school holidays.

    `term_breaks` holds pairs: the first day of a school holiday and the first day of the term after it.
    """

    readings: Readings = field(default_factory=Readings)
    extra_bank_holidays: frozenset[date] = frozenset()
    term_breaks: tuple[tuple[date, date], ...] = ()
    rounds: Rounds = Rounds.EVERY


DEFAULT = Settings()
REFERENCE = Settings(rounds=Rounds.FIRST)
