"""One clock of a case on a day: what it is, when it is due, how it stands and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kept.rules.calendar import calendar_with

from .table import Clock

_NO_TARGET = ("gate", "minimum_window")
_UNDECIDED = ("open", "overdue", "released")


def never_done(clock: Clock, due: date | None, ended: date | None, by: str | None) -> bool:
    """Whether a limit that `by` ended on a day was missed for good: its day had passed, and no law set it aside."""
    by_law = any(pattern.type == by for pattern in clock.superseded_by)
    return due is not None and ended is not None and ended > due and not by_law


@dataclass(frozen=True)
class ClockState:
    """One clock of a case on a day. `days` are calendar days past the due date; dates are civil dates."""

    clock: Clock
    status: str
    due: date | None = None
    days: int | None = None
    instance: str | None = None
    round: int = 1
    trigger: date | None = None
    trigger_event: str | None = None
    stop: date | None = None
    stop_event: str | None = None
    superseded_by: str | None = None
    superseded_on: date | None = None
    released_by: str | None = None
    quoted_deadline: date | None = None
    cutoff: date | None = None
    capped: bool = False
    certificate: date | None = None
    moved: date | None = None
    extra_bank_holidays: frozenset[date] = frozenset()

    @property
    def id(self) -> str:
        """The clock's id."""
        return self.clock.id

    @property
    def name(self) -> str:
        """The clock's name. A limit that binds one outcome only is named as the open question while it is open."""
        return self.clock.open_name if self.clock.open_name and self.status in _UNDECIDED else self.clock.name

    @property
    def citation(self) -> str:
        """The authority for the limit."""
        return self.clock.citation

    @property
    def verified(self) -> str:
        """How far the authority was read: primary, secondary or unverified."""
        return self.clock.verified

    @property
    def operational_target(self) -> date | None:
        """The last working day on or before the due date; none for gates and minimum windows."""
        if self.due is None or self.clock.nature in _NO_TARGET:
            return None
        return calendar_with(self.extra_bank_holidays).on_or_before(self.due)

    @property
    def missed(self) -> bool:
        """Whether it was never done: its day had passed when what ended it left nothing to be done.

        A limit that the law itself sets aside (`superseded_by` of the table) was not missed.
        """
        return self.status == "superseded" and never_done(self.clock, self.due, self.superseded_on, self.superseded_by)

    @property
    def explanation(self) -> str:
        """How the date was counted and what came of it, in plain sentences."""
        from .explain import explain

        return explain(self)
