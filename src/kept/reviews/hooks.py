"""Where the family's page gives a review the story that the family told once, without being imported from here.

`kept.family` fills `story_of` when it is ready. The form for what the family says then begins with the story; the
family changes it as it likes, and only what it saves there is read by those invited.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from kept.access.acting import Actor

Telling = Callable[[Actor, UUID], str]


_filled: dict[str, Telling] = {}


def fill(*, story: Telling) -> None:
    """Say who gives the family's story."""
    _filled["story"] = story


def story_of(actor: Actor, child_id: UUID) -> str:
    """The family's story as the person may read it; empty where there is none."""
    told = _filled.get("story")
    return told(actor, child_id) if told else ""
