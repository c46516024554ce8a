"""The one entry point: what a case is, on a day, from its events. Pure: the same facts give the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kept.rules.calendar import calendar_with

from .events import Event
from .facts import Facts
from .flags import Sen2, flags, sen2
from .judge import Judge
from .moves import AllowedMove, allowed_moves
from .notices import Notice, notices
from .readings import DEFAULT, Settings
from .stages import Overlay, Position, Stage, position
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
    judge: Judge = field(repr=False, compare=False)

    @cached_property
    def position(self) -> Position:
        """The stage with its overlays and what was recorded out of order."""
        return position(self.facts)

    @property
    def stage(self) -> Stage:
        """Where the case stands."""
        return self.position.stage

    @property
    def overlays(self) -> frozenset[Overlay]:
        """What runs beside the stage."""
        return self.position.overlays

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a manager should look at, as sentences."""
        from .preview import warnings_for

        return warnings_for(self)

    @cached_property
    def allowed_moves(self) -> tuple[AllowedMove, ...]:
        """What may be recorded next."""
        return allowed_moves(self.facts, self.position, self.clocks, self.judge)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The notices owed for the steps so far, oldest first."""
        return notices(self.facts, calendar_with(self.settings.extra_bank_holidays))

    def clock(self, name: str, instance: str | None = None) -> ClockState | None:
        """The latest round of a running clock; None if it does not run."""
        for state in reversed(self.clocks):
            if state.id == name and (instance is None or state.instance == instance):
                return state
        return None


def fold(events: Iterable[Event], *, as_of: date, settings: Settings = DEFAULT, born: date | None = None) -> CaseState:
    """The case at the end of `as_of`.

    Events are taken by date, ties in the order given; later ones are ignored, except planned meetings, moves and phase
    transfers. The date of birth, where known, leaves out what is only for younger children. Never raises on well-formed
    events.
    """
    facts = Facts(events, as_of)
    judge = Judge(facts, settings, born)
    running = tuple(judge.running())
    return CaseState(as_of, settings, running, flags(facts, judge), sen2(facts, judge), facts, judge)
