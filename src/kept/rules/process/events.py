"""The facts of a case: what happened, on which day, with which details. Plain values; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

FIRST_YEAR, LAST_YEAR = 1950, 2150


@dataclass(frozen=True)
class Event:
    """One dated fact.

    `key` names the event and `replaces` the key of an event that this one corrects; both are optional. Raises
    ValueError when the date is not a calendar date between 1950 and 2150.
    """

    type: str
    date: date
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)
    key: str | None = None
    replaces: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.date, date) or isinstance(self.date, datetime):
            raise ValueError(f"The date of {self.type} must be a calendar date.")
        if not FIRST_YEAR <= self.date.year <= LAST_YEAR:
            raise ValueError(f"The date of {self.type}, {self.date.isoformat()}, is not between 1950 and 2150.")


def in_force(events: Iterable[Event]) -> list[Event]:
    """The events that no later correction replaces, oldest first; ties stay in the order given."""
    known = list(events)
    replaced = {event.replaces for event in known if event.replaces is not None}
    if replaced:
        known = [event for event in known if event.key is None or event.key not in replaced]
    known.sort(key=_date_of)
    return known


def _date_of(event: Event) -> date:
    return event.date


def as_date(value: Any) -> date | None:
    """A calendar date from a date or an ISO text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
