"""Who decides for a young person who lacks capacity, told by the service that records it, which is not imported here.

`kept.subject_access` fills `deciding_for` when it is ready. Capacity is presumed: without a record, a young person's
notice goes to the young person alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kept.access.acting import Actor


@dataclass(frozen=True)
class Decides:
    """Who decides for a young person, in the words recorded, and about which decision."""

    who: str
    about: str


Telling = Callable[[Actor, UUID], tuple[Decides, ...]]
_filled: dict[str, Telling] = {}


def fill(*, deciding_for: Telling) -> None:
    """Say who knows; called once when the programme starts."""
    _filled["deciding_for"] = deciding_for


def deciding_for(actor: Actor, child_id: UUID) -> tuple[Decides, ...]:
    """Who decides for the young person today; empty where capacity is presumed."""
    told = _filled.get("deciding_for")
    return told(actor, child_id) if told else ()
