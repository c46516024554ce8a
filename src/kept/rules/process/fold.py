"""The one entry point: what a case is, on a day, from its events. Pure: the same facts give the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .events import Event
from .facts import Facts
from .flags import Sen2, flags, sen2
from .judge import Judge
from .readings import DEFAULT, Settings
from .status import ClockState


@dataclass(frozen=True)
class CaseState:
    """A case at the end of a day. What is not needed for a list of clocks is worked out when it is asked for."""

    as_of: date
    settings: Settings
    clocks: tuple[ClockState, ...]
    flags: tuple[str, ...]
    sen2: Sen2 | None
    facts: Facts = field(repr=False, compare=False)

    def clock(self, name: str, instance: str | None = None) -> ClockState | None:
        """The latest round of a running clock; None if it does not run."""
        for state in reversed(self.clocks):
            if state.id == name and (instance is None or state.instance == instance):
                return state
        return None


def fold(events: Iterable[Event], *, as_of: date, settings: Settings = DEFAULT) -> CaseState:
    """The case at the end of `as_of`.

    Events are taken by date, ties in the order given; later ones are ignored, except planned meetings, moves and phase
    transfers. Never raises on well-formed events.
    """
    facts = Facts(events, as_of)
    judge = Judge(facts, settings)
    running = tuple(judge.running())
    return CaseState(as_of, settings, running, flags(facts, judge), sen2(facts, judge), facts)
