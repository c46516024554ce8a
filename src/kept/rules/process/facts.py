"""The events of one case, indexed once by kind, as they stand at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .catalogue import EVENTS
from .events import Event, as_date, in_force
from .readings import OrderMade
from .table import Pattern

PLANNED = frozenset(kind.type for kind in EVENTS.values() if kind.planned)


class Placed(NamedTuple):
    """An event with the day it counts from and its place in date order (which breaks ties)."""

    day: date
    place: int
    event: Event


class Facts:
    """What is known on `as_of`. `known` leaves out later events; `planned` keeps later ones of the planned kinds."""

    def __init__(self, events: Iterable[Event], as_of: date) -> None:
        self.as_of = as_of
        self.ordered = in_force(events)
        self.known: dict[str, list[Placed]] = {}
        self.planned: dict[str, list[Placed]] = {}
        for place, event in enumerate(self.ordered):
            placed = Placed(event.date, place, event)
            if event.date <= as_of:
                self.known.setdefault(event.type, []).append(placed)
            if event.type in PLANNED:
                self.planned.setdefault(event.type, []).append(placed)

    def matching(self, patterns: Sequence[Pattern], *, planned: bool = False) -> list[Placed]:
        """The events that fit any of the patterns, oldest first."""
        index = self.planned if planned else self.known
        if len(patterns) == 1:
            return _fitting(index.get(patterns[0].type), patterns[0])
        found: list[Placed] = []
        for pattern in patterns:
            found += _fitting(index.get(pattern.type), pattern)
        return sorted(set(found), key=_order) if len(found) > 1 else found

    def first(self, patterns: Sequence[Pattern], start: date | None = None) -> Placed | None:
        """The first event that fits, on or after `start` where given."""
        best: Placed | None = None
        for pattern in patterns:
            for placed in self.known.get(pattern.type, ()):
                if (start is None or placed.day >= start) and pattern.fits(placed.event.details):
                    if best is None or (placed.day, placed.place) < (best.day, best.place):
                        best = placed
                    break
        return best

    def days(self, event_type: str) -> list[date]:
        """The days of the known events of a kind, oldest first."""
        return [placed.day for placed in self.known.get(event_type, ())]


def _order(placed: Placed) -> tuple[date, int]:
    return placed.day, placed.place


def _fitting(found: list[Placed] | None, pattern: Pattern) -> list[Placed]:
    if not found:
        return []
    if pattern.field is None:
        return found
    return [placed for placed in found if pattern.fits(placed.event.details)]


def counted_from(found: list[Placed], field: str | None, order_made: OrderMade) -> list[Placed]:
    """The same events on the day that a clock counts them from: another field's date, or A9's for an order."""
    if field is None and order_made is OrderMade.ISSUED:
        return found
    moved = [placed._replace(day=_day_of(placed, field, order_made)) for placed in found]
    return sorted(moved, key=_order)


def _day_of(placed: Placed, field: str | None, order_made: OrderMade) -> date:
    name = field
    if name is None and placed.event.type == "tribunal_order":
        name = order_made.value
    return (as_date(placed.event.details.get(name)) if name else None) or placed.day
