"""Messages that came back, read from a folder: each a file, as a mailbox or a mail server leaves them."""

from __future__ import annotations

from uuid import UUID

from kept.access.acting import Actor, Refused
from kept.letters.bounces import Bounce, bounces_in, waiting
from kept.notices.models import Proof, Proved
from kept.notices.sending import came_back

__all__ = ["bounces_in", "read_waiting", "record"]


def record(*, by: Actor, bounce: Bounce) -> bool:
    """Record it where the letter was one of this area; False where it was not, or had not gone."""
    try:
        came_back(by=by, key=UUID(bounce.key), why=bounce.why)
    except Refused:
        return False
    return True


def read_waiting(*, by: Actor) -> int:
    """Read the folder that KEPT_BOUNCES names; how many letters of this area newly came back. Safe to repeat."""
    before = _back(by)
    for bounce in waiting():
        record(by=by, bounce=bounce)
    return _back(by) - before


def _back(by: Actor) -> int:
    return Proof.objects.filter(area=by.area, what=Proved.BOUNCED).count()
