"""Counting what came against what was due. No data is unknown, never delivered."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from kept.rules.delivery.calendars import WEEKDAYS, monday_of
from kept.rules.delivery.model import (
    GIVEN,
    STANDARD,
    Expectation,
    ProvisionItem,
    Reason,
    Record,
    Settings,
    Status,
)


class Standing(StrEnum):
    """How an item stands. A colour is shown only when what was not recorded could not change it."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"
    NOTHING_DUE = "nothing due"
    NOT_MEASURABLE = "not measurable as written"


@dataclass
class Count:
    """What was due in a period, and what came of it; minutes, or sessions where there are no minutes.

    due leaves out authorised absence, which stands in `absent`, and days on which the setting turned out to be closed
    (`closed`). part: given, but in too large a group or by another role. offered: declined, or absent without leave; it
    stays due. missing: known not to have come. extra: given beyond what was due. The rest of `due` is unknown.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    sessions: int = 0
    due: float = 0.0
    delivered: float = 0.0
    part: float = 0.0
    missing: float = 0.0
    offered: float = 0.0
    absent: float = 0.0
    closed: float = 0.0
    extra: float = 0.0
    reasons: Counter[Reason] = field(default_factory=Counter)
    part_reasons: Counter[Reason] = field(default_factory=Counter)
    records: list[str] = field(default_factory=list)

    @property
    def unknown(self) -> float:
        """What was due and nobody said whether it came."""
        return max(self.due - self.delivered - self.part - self.missing - self.offered, 0.0)

    @property
    def rate(self) -> float | None:
        """Delivered as the plan says, of what was due; None when nothing was."""
        return self.delivered / self.due if self.due else None

    @property
    def rate_with_part(self) -> float | None:
        """The same, counting what came in part."""
        return (self.delivered + self.part) / self.due if self.due else None

    @property
    def rate_at_best(self) -> float | None:
        """What the rate would be if all that is unknown had come."""
        return (self.delivered + self.unknown) / self.due if self.due else None

    @property
    def shortfall(self) -> float:
        """What did not come as the plan says and is known not to have: missing and part. Unknown stands beside it."""
        return self.missing + self.part

    def add(self, other: Count) -> None:
        """Add another period to this one."""
        for name in ("sessions", "due", "delivered", "part", "missing", "offered", "absent", "closed", "extra"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reasons.update(other.reasons)
        self.part_reasons.update(other.part_reasons)
        self.records += other.records
        self.starts_on = min(filter(None, (self.starts_on, other.starts_on)), default=None)
        self.ends_on = max(filter(None, (self.ends_on, other.ends_on)), default=None)


def band(rate: float | None, settings: Settings = STANDARD) -> Standing:
    """The colour of a rate."""
    if rate is None:
        return Standing.NOTHING_DUE
    if rate >= settings.green:
        return Standing.GREEN
    return Standing.AMBER if rate >= settings.amber else Standing.RED


def standing(count: Count, settings: Settings = STANDARD) -> Standing:
    """The colour of a count, or unknown when what was not recorded could make it another."""
    worst, best = band(count.rate, settings), band(count.rate_at_best, settings)
    return worst if worst is best else Standing.UNKNOWN


def tally(
    item: ProvisionItem, expected: Sequence[Expectation], records: Iterable[Record], *, today: date
) -> tuple[list[Count], list[Record]]:
    """Count each period of an item up to today, and the records for which nothing was due.

    A period that still runs is counted once all of it is accounted for. Sessions written down one by one (a
    therapist's) come before the tick for the whole week (the school's). Daily items are counted by the week. A day on
    which the setting was closed takes away what that day owed, a closed week all of it; a session that could be held
    on another day of its week stays due.
    """
    weeks = _by_week(expected)
    periods = [one for one, _days in weeks]
    starts = [monday_of(one.starts_on) for one in periods]
    found: list[list[Record]] = [[] for _ in periods]
    astray = []
    for record in records:
        day = record.for_on or record.on
        place = bisect_right(starts, day) - 1
        outside = place < 0 or day > monday_of(periods[place].ends_on) + timedelta(days=6)
        if outside or _closed_anyway(record, weeks[place][1]):
            astray.append(record)
        else:
            found[place].append(record)
    counts = [_count(item, one, mine, days) for (one, days), mine in zip(weeks, found, strict=True)]
    return [
        one for one in counts if (one.ends_on and one.ends_on < today) or (not one.unknown and (one.records))
    ], astray


def total(counts: Iterable[Count]) -> Count:
    """The sum of several periods or items."""
    found = Count()
    for one in counts:
        found.add(one)
    return found


def _closed_anyway(record: Record, days: frozenset[date]) -> bool:
    """Whether a record says that the setting was closed on a day that owes nothing already."""
    return record.status is Status.CLOSED and not record.whole_week and bool(days) and record.on not in days


def _by_week(expected: Sequence[Expectation]) -> list[tuple[Expectation, frozenset[date]]]:
    """Single days joined into their weeks, with those days; all else as it is, with none."""
    found: list[tuple[Expectation, frozenset[date]]] = []
    for monday, group in groupby(
        expected, lambda one: monday_of(one.starts_on) if one.starts_on == one.ends_on else one
    ):
        days = list(group)
        if isinstance(monday, Expectation):
            found += [(one, frozenset()) for one in days]
            continue
        sessions, quantity = sum(one.sessions for one in days), sum(one.quantity for one in days)
        week = Expectation(days[0].starts_on, days[-1].ends_on, sessions, quantity)
        found.append((week, frozenset(one.starts_on for one in days)))
    return found


def _count(item: ProvisionItem, expected: Expectation, records: list[Record], days: frozenset[date]) -> Count:
    """What came in one period; `days` where each of them owes its own part."""
    made = Count(expected.starts_on, expected.ends_on, expected.sessions, float(expected.quantity))
    each = expected.quantity / expected.sessions if expected.sessions else None
    a_day = expected.quantity / WEEKDAYS  # hours spread as the setting likes: what one record of them speaks of
    is_one_week = monday_of(expected.starts_on) == monday_of(expected.ends_on)
    left = float(expected.quantity)
    for record in sorted(
        records, key=lambda one: (one.whole_week and is_one_week, one.status not in GIVEN, one.on, one.id)
    ):
        made.records.append(record.id)
        if record.status is Status.CLOSED and is_one_week and (days or record.whole_week):
            shut = left if record.whole_week else min(expected.quantity / len(days), left)
            made.closed += shut
            left -= shut
            continue
        if record.whole_week and is_one_week:
            left -= _take_week(item, made, record, left, a_day if each is None else each)
            continue
        said = float(record.minutes) or a_day if each is None else each * record.sessions
        claim = min(said, left)
        left -= _take(item, made, record, claim, claim)
    made.due -= made.absent + made.closed
    return made


def _take_week(item: ProvisionItem, made: Count, record: Record, left: float, size: float) -> float:
    """A tick for a whole week answers for all that is left of it: given, absent, declined, and the rest missing."""
    if record.status not in GIVEN:
        return _take(item, made, record, left, left)
    away = min(record.absent * size, left)
    made.absent += away
    refused = min(record.declined * size, left - away)
    made.offered += refused
    return away + refused + _take(item, made, record, left - away - refused, left - away - refused)


def _take(item: ProvisionItem, made: Count, record: Record, claim: float, planned: float) -> float:
    """Enter one record that answers for `claim`; what it answers for."""
    if record.status is Status.ABSENT and record.authorised:
        made.absent += claim
    elif record.status in {Status.DECLINED, Status.ABSENT}:
        made.offered += claim
        made.reasons[record.reason or Reason.REFUSED] += round(claim)
    elif record.status in GIVEN:
        given = float(record.minutes) if record.minutes else planned
        counted = min(given, claim)
        fault = _fault(item, record)
        if fault:
            made.part += counted
            made.part_reasons[fault] += round(counted)
        else:
            made.delivered += counted
        made.extra += max(given - claim, 0.0)
        _miss(made, record, claim - counted)
    else:
        _miss(made, record, claim)
    return claim


def _miss(made: Count, record: Record, quantity: float) -> None:
    if quantity <= 0:
        return
    made.missing += quantity
    fallback = Reason.CLOSED if record.status is Status.CLOSED else Reason.UNKNOWN
    made.reasons[record.reason or fallback] += round(quantity)


def _fault(item: ProvisionItem, record: Record) -> Reason | None:
    """Why a session that was held counts only in part; None when it was as the plan says."""
    if item.group_max is not None and record.pupils is not None and record.pupils > item.group_max:
        return Reason.GROUP
    return None if record.right_role else Reason.ROLE
