"""The facts of delivery: what a plan owes, what was recorded, and what came of it. Frozen, typed, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """The period in which an amount is owed."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    HALF_TERM = "half-term"
    TERM = "term"
    YEAR = "year"


class Measure(StrEnum):
    """How delivery of an item is known."""

    MINUTES = "minutes"
    PRESENCE = "presence"
    CHECK = "check"
    CERTIFICATE = "certificate"


class Status(StrEnum):
    """What became of a session or of a week (plans reference, part 7)."""

    DELIVERED = "delivered"
    PART = "part"
    MISSED = "missed"
    DECLINED = "declined"
    ABSENT = "absent"
    CLOSED = "closed"
    REPLACED = "replaced"


GIVEN = frozenset({Status.DELIVERED, Status.PART, Status.REPLACED})


class Reason(StrEnum):
    """Why something did not come as the plan says."""

    CAPACITY = "capacity"
    SICKNESS = "sickness"
    CHILD_ILL = "child_ill"
    REFUSED = "refused"
    CLASH = "clash"
    CLOSED = "closed"
    GROUP = "group"
    ROLE = "role"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Amount:
    """So many sessions of so many minutes in every `every` units.

    sessions 0: `minutes` is a total for the period, spread as the setting likes. minutes 0: presence, counted in
    sessions (a week of full-time support is one).
    """

    sessions: int
    minutes: int
    unit: Unit
    every: int = 1

    @property
    def quantity(self) -> int:
        """What one full period owes: minutes, or sessions when there are no minutes to count."""
        return (self.sessions * self.minutes or self.minutes) or self.sessions


@dataclass(frozen=True)
class Step:
    """An amount and the last day on which it holds; no day means until the item ends."""

    amount: Amount
    until: date | None = None


@dataclass(frozen=True)
class ProvisionItem:
    """One item of provision as the ledger counts it.

    steps follow each other in order of their days. group_max is the largest group in which a session counts in full.
    year_round: owed in the holidays as well. weeks: the Mondays of the only weeks in which it is owed.
    why_not: sentences that say why nothing can be counted; empty when it can.
    """

    id: str
    service: str
    starts_on: date
    steps: tuple[Step, ...] = ()
    ends_on: date | None = None
    measure: Measure = Measure.MINUTES
    group_max: int | None = None
    role: str = ""
    year_round: bool = False
    weeks: tuple[date, ...] = ()
    why_not: tuple[str, ...] = ()

    @property
    def schedulable(self) -> bool:
        """Whether the ledger can say what is due and when."""
        return not self.why_not


@dataclass(frozen=True)
class Expectation:
    """What is owed between two days, both included. quantity: minutes, or sessions where there are no minutes."""

    starts_on: date
    ends_on: date
    sessions: int
    quantity: int


@dataclass(frozen=True)
class Record:
    """What somebody wrote down of one session, or of a whole week (then `on` is its Monday).

    minutes: what was given; 0 with a given status means all that was due. sessions: how many it speaks of.
    absent and declined: of a whole week, how many of its sessions the child missed so. pupils: how many were in the
    group. for_on: the day whose session it replaces. authorised: of an absence.
    """

    on: date
    status: Status
    minutes: int = 0
    sessions: int = 1
    whole_week: bool = False
    absent: int = 0
    declined: int = 0
    pupils: int | None = None
    right_role: bool = True
    reason: Reason | None = None
    for_on: date | None = None
    authorised: bool = True
    id: str = ""


@dataclass(frozen=True)
class Settings:
    """The local settings of the ledger. None comes from a law: an area may set its own.

    green, amber: shares of what is due. silence_days, reconcile_days: school days. find_out_days, put_right_days,
    check_days: working days until what was found must be seen to. review_after_absent: sessions in a half-term.
    """

    green: float = 0.95
    amber: float = 0.80
    silence_days: int = 15
    reconcile_days: int = 10
    review_after_absent: int = 3
    find_out_days: int = 5
    put_right_days: int = 10
    check_days: int = 20


STANDARD = Settings()
