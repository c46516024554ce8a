"""The two clocks of a wait: what the family lived through, and what a standard counts. Folded from events, never typed.

The lived wait runs from the first referral or request, is never reset and never paused. The reportable wait follows
the start, stop and pause rules of one dated standard (standards.json). Show both when they differ by more than a week.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

REFERRALS = ("referred", "request_received")
ENDINGS = ("withdrawn", "transferred", "moved_away", "died", "not_accepted", "aged_out", "duplicate")
MISSED = "not_brought"
SHOW_BOTH_ABOVE_DAYS = 7
STAFF_SHORTAGE = ("no_professional_available", "staff_shortage", "vacancy", "capacity")


@dataclass(frozen=True)
class Event:
    """A fact of a referral. `kind`: referred, offered, attended, not_brought, paused, resumed, monitoring_started, ...

    `told`: whether a missed appointment had been clearly communicated; `reason` for a pause or a delay.
    """

    kind: str
    on: date
    reason: str = ""
    told: bool = True


@dataclass(frozen=True)
class Standard:
    """One dated row: which events start and stop the clock, how long is allowed, what a missed appointment does."""

    key: str
    name: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    weeks: int | None
    months: int | None
    days_reported: int | None
    share: float | None
    statutory: bool
    status: str
    source: str
    first_missed_nullifies: bool
    monitoring_stops: bool
    pause_reasons: tuple[str, ...]


@dataclass(frozen=True)
class Wait:
    """Days waited, from when, until when (None = still waiting), and what changed the count on the way."""

    days: int | None
    start: date | None
    stop: date | None
    reasons: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class BothClocks:
    """The lived and the reportable wait; `show_both` when they differ by more than seven days."""

    lived: Wait
    reportable: Wait
    show_both: bool
    why: str


@cache
def standards() -> tuple[Standard, ...]:
    """Every row of the table."""
    text = resources.files(__package__).joinpath("standards.json").read_text(encoding="utf-8")
    return tuple(_row(row) for row in json.loads(text)["standards"])


def _row(row: dict[str, Any]) -> Standard:
    return Standard(
        key=row["key"],
        name=row["name"],
        starts=tuple(row["starts"]),
        stops=tuple(row["stops"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
        weeks=row.get("weeks"),
        months=row.get("months"),
        days_reported=row.get("days_reported"),
        share=row.get("share"),
        statutory=bool(row["statutory"]),
        status=row["status"],
        source=row["source"],
        first_missed_nullifies=bool(row.get("first_missed_nullifies")),
        monitoring_stops=bool(row.get("monitoring_stops")),
        pause_reasons=tuple(row.get("pause_reasons", ())),
    )


def standard(key: str, on: date) -> Standard:
    """The row of a standard that is valid on a day. ValueError when there is none."""
    for row in standards():
        if row.key == key and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    raise ValueError(f"No standard called {key} is in force on {on.isoformat()}.")


def lived_wait(events: Sequence[Event], today: date, stops: Sequence[str] = ("attended",)) -> Wait:
    """Days from the first referral or request to the event, or to today; nothing resets or pauses it."""
    ordered = sorted(events, key=lambda event: event.on)
    start = next((event.on for event in ordered if event.kind in REFERRALS), None)
    if start is None:
        return Wait(None, None, None, ("no referral is recorded",))
    ended = next((event.on for event in ordered if event.kind in (*stops, *ENDINGS) and event.on >= start), None)
    if ended is not None and ended > today:
        ended = None
    return Wait(((ended or today) - start).days, start, ended)


def check_pause(reason: str, row: Standard) -> None:
    """ValueError with a sentence when this cannot pause the clock; a shortage of staff never pauses a statutory one."""
    if reason in STAFF_SHORTAGE:
        raise ValueError("A shortage of staff does not pause this clock; record it as a cause of the delay.")
    if reason not in row.pause_reasons:
        raise ValueError(f"{reason or 'No reason'} is not a reason for which {row.name} can be paused.")


class _Running:
    """The fold of the events of one referral under one standard."""

    def __init__(self, row: Standard) -> None:
        self.row, self.reasons = row, list[str]()
        self.start: date | None = None
        self.stop: date | None = None
        self.paused: date | None = None
        self.off = 0
        self.attended = False
        self.nullified = False
        self.monitored = False

    def take(self, event: Event) -> None:
        if self.stop is not None and not self.monitored:
            return
        if self.start is None and not self.nullified and event.kind in self.row.starts:
            self.start = event.on
        elif self.start is not None or self.nullified:
            self._running(event)

    def _running(self, event: Event) -> None:
        day = event.on.isoformat()
        if self.monitored or self.nullified:
            if event.kind in ("resumed", "new_date_agreed"):
                self.start, self.stop, self.off = event.on, None, 0
                self.reasons.append(f"a new clock started on {day}")
                self.monitored = self.nullified = False
            elif event.kind in (*self.row.stops, *ENDINGS) and self.nullified:
                self.stop = event.on
            return
        if event.kind in (*self.row.stops, *ENDINGS):
            self._end_pause(event.on)
            self.stop = event.on
        elif event.kind == MISSED and self.row.first_missed_nullifies and not self.attended and event.told:
            self.start, self.nullified, self.paused, self.off = None, True, None, 0
            self.reasons.append(f"the first appointment was missed on {day}, so the count was set back")
        elif event.kind == "monitoring_started" and self.row.monitoring_stops:
            self._end_pause(event.on)
            self.stop, self.monitored = event.on, True
            self.reasons.append(f"active monitoring from {day} stopped the count")
        elif event.kind == "paused":
            check_pause(event.reason, self.row)
            self.paused = self.paused or event.on
            self.reasons.append(f"paused on {day}: {event.reason}")
        elif event.kind == "resumed":
            self._end_pause(event.on)
        elif event.kind == "attended":
            self.attended = True

    def _end_pause(self, on: date) -> None:
        if self.paused is not None:
            self.off += (on - self.paused).days
            self.paused = None


def reportable_wait(events: Sequence[Event], today: date, row: Standard) -> Wait:
    """Days that the standard counts up to its stop or today. ValueError for a pause that it does not know.

    Rules (settings of the row): a first appointment that was clearly communicated and missed sets the clock back, a new
    one starts when a new date is agreed; active monitoring stops it, a new one starts on resuming; a later missed
    appointment stops nothing; a delay chosen by the family does not pause.
    """
    fold = _Running(row)
    for event in sorted(events, key=lambda event: event.on):
        if event.on <= today:
            fold.take(event)
    if fold.start is None:
        return Wait(None, None, fold.stop, tuple(fold.reasons))
    if fold.stop is None:
        fold._end_pause(today)
    return Wait(((fold.stop or today) - fold.start).days - fold.off, fold.start, fold.stop, tuple(fold.reasons))


def both_clocks(events: Sequence[Event], today: date, row: Standard) -> BothClocks:
    """Lived and reportable wait to the stops of one standard, whether to show both, and why they differ."""
    lived, counted = lived_wait(events, today, row.stops), reportable_wait(events, today, row)
    if counted.days is None or lived.days is None:
        differs = lived.days is not None
    else:
        differs = abs(lived.days - counted.days) > SHOW_BOTH_ABOVE_DAYS
    why = "; ".join(counted.reasons) or (f"{row.name} counts from another event" if differs else "")
    return BothClocks(lived, counted, differs, why)


def add_months(day: date, months: int) -> date:
    """The same day number so many calendar months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due(start: date, row: Standard) -> date | None:
    """The last day within the standard; None when it sets no time. "Within X weeks" means days <= 7X."""
    if row.months is not None:
        return add_months(start, row.months)
    return None if row.weeks is None else start + timedelta(weeks=row.weeks)


def within(start: date, stop: date, row: Standard) -> tuple[bool | None, bool | None]:
    """(inside the standard, inside the days that the statistics use); the second differs for a standard in months."""
    last = due(start, row)
    if last is None:
        return None, None
    counted = row.days_reported if row.days_reported is not None else (last - start).days
    return stop <= last, (stop - start).days <= counted
