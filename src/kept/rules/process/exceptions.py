"""When a recorded exception releases a time limit (section 7 of the reference; regs 5(4), 8(2), 10(4), 27(3), 44(3)).

An exception releases only the limit that it is recorded for. It adds no days and pauses nothing; the due date stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from .events import as_date
from .facts import Facts, Placed
from .readings import Absence, Closure, Settings, WindowEnd
from .table import Clock, Exemption

LONG_CLOSURE_DAYS = 28
REQUEST_MARGIN = timedelta(days=7)
LONG_ABSENCE_DAYS = 28
ONE_DAY = timedelta(days=1)


class Record(NamedTuple):
    """A recorded exception."""

    placed: Placed
    exception: str
    instance: str | None
    facts: Mapping[str, Any]
    impractical: bool


class Period(NamedTuple):
    """From the trigger of a clock to its due date."""

    trigger: date
    due: date

    def touches(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` falls in the period, both inclusive."""
        return first <= self.due and last >= self.trigger


def records_by_clock(facts: Facts) -> dict[str, list[Record]]:
    """The exceptions recorded so far, by the clock that they name."""
    found: dict[str, list[Record]] = {}
    for placed in facts.known.get("exception_recorded", ()):
        details = placed.event.details
        given = details.get("facts")
        record = Record(
            placed=placed,
            exception=str(details.get("exception")),
            instance=details.get("instance"),
            facts=given if isinstance(given, Mapping) else {},
            impractical=details.get("impractical") is True,
        )
        found.setdefault(str(details.get("clock")), []).append(record)
    return found


def is_valid(record: Record, clock: Clock, period: Period, settings: Settings) -> bool:
    """Whether the exception is listed for the clock, its facts hold, and compliance was recorded as impractical."""
    listed = next((one for one in clock.exceptions if one.id == record.exception), None)
    return listed is not None and record.impractical and TESTS[listed.test](record.facts, period, listed, settings)


def closure(facts: Mapping[str, Any], _period: Period, _listed: Exemption, settings: Settings) -> bool:
    """Closed at least 28 days, and advice asked from a week before closing to a week before reopening."""
    closed, reopens = as_date(facts.get("closed_from")), as_date(facts.get("reopens"))
    asked = as_date(facts.get("advice_requested_on"))
    if closed is None or reopens is None or asked is None:
        return False
    if settings.readings.a5_closure is Closure.TERM_DATES:
        overlapping = [pair for pair in settings.term_breaks if pair[0] < reopens and closed < pair[1]]
        if not overlapping:
            return False
        closed, reopens = overlapping[0]
    last = reopens - REQUEST_MARGIN
    if settings.readings.a6_window_end is WindowEnd.EXCLUSIVE:
        last -= ONE_DAY
    return (reopens - closed).days >= LONG_CLOSURE_DAYS and closed - REQUEST_MARGIN <= asked <= last


def absence(facts: Mapping[str, Any], period: Period, listed: Exemption, settings: Settings) -> bool:
    """One continuous absence of the listed number of days inside the period (A10: any overlap)."""
    return _absent(facts, period, listed.days, settings)


def _absent(facts: Mapping[str, Any], period: Period, days: int, settings: Settings) -> bool:
    left, returned = as_date(facts.get("absent_from")), as_date(facts.get("returned"))
    if left is None or returned is None:
        return False
    overlap = (min(returned, period.due + ONE_DAY) - max(left, period.trigger)).days
    if settings.readings.a10_absence is Absence.ANY_OVERLAP:
        return overlap >= 1 and (returned - left).days >= days
    return overlap >= days


def circumstances(facts: Mapping[str, Any], period: Period, _listed: Exemption, _settings: Settings) -> bool:
    """Described circumstances, some day of which falls in the period; without an end they are still going on."""
    first, ends = as_date(facts.get("from")), facts.get("to")
    last = date.max if ends is None else as_date(ends)
    if first is None or last is None or last < first or not str(facts.get("description") or "").strip():
        return False
    return period.touches(first, last)


def appointment(facts: Mapping[str, Any], period: Period, _listed: Exemption, _settings: Settings) -> bool:
    """An appointment missed in the period."""
    missed = as_date(facts.get("date"))
    return missed is not None and period.touches(missed, missed)


def any_of_reg13_3(facts: Mapping[str, Any], period: Period, listed: Exemption, settings: Settings) -> bool:
    """Any of the circumstances in reg 13(3): a closure, an absence of 28 days, exceptional circumstances."""
    return (
        closure(facts, period, listed, settings)
        or _absent(facts, period, LONG_ABSENCE_DAYS, settings)
        or circumstances(facts, period, listed, settings)
    )


def agreement(_facts: Mapping[str, Any], _period: Period, _listed: Exemption, _settings: Settings) -> bool:
    """Another time agreed in writing (reg 42(5)): the record itself is the fact."""
    return True


TESTS: Mapping[str, Callable[[Mapping[str, Any], Period, Exemption, Settings], bool]] = {
    "closure": closure,
    "absence": absence,
    "circumstances": circumstances,
    "appointment": appointment,
    "any_of_reg13_3": any_of_reg13_3,
    "agreement": agreement,
}
