"""What services above tell the notices, without being imported here: who decides for a young person, and the waits.

`kept.subject_access` fills `deciding_for` when it is ready. Capacity is presumed: without a record, a young person's
notice goes to the young person alone. `kept.forecasts` fills `waits`: what a family is told of the lists on which the
child waits, for the notices in which a wait matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kept.access.acting import Actor
from kept.letters.letter import Block


@dataclass(frozen=True)
class Decides:
    """Who decides for a young person, in the words recorded, and about which decision."""

    who: str
    about: str


Telling = Callable[[Actor, UUID], tuple[Decides, ...]]
TellingWaits = Callable[[Actor, UUID, bool], tuple[Block, ...]]
_filled: dict[str, Telling] = {}
_waits: dict[str, TellingWaits] = {}


def fill(*, deciding_for: Telling) -> None:
    """Say who knows; called once when the programme starts."""
    _filled["deciding_for"] = deciding_for


def fill_waits(*, waits: TellingWaits) -> None:
    """Say who tells of the child's waits; called once when the programme starts."""
    _waits["waits"] = waits


def deciding_for(actor: Actor, child_id: UUID) -> tuple[Decides, ...]:
    """Who decides for the young person today; empty where capacity is presumed."""
    told = _filled.get("deciding_for")
    return told(actor, child_id) if told else ()


def waits_of(actor: Actor, child_id: UUID, *, easy: bool) -> tuple[Block, ...]:
    """The part of a letter about the child's waits; empty where the child waits on no list."""
    told = _waits.get("waits")
    return told(actor, child_id, easy) if told else ()
