"""Messages that came back, read from a folder: each a file, as a mailbox or a mail server leaves them."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from kept.access.acting import Actor, Refused
from kept.letters.bounces import Bounce, read_bounce
from kept.notices.models import Proof, Proved
from kept.notices.sending import came_back

LARGEST = 10 * 1024 * 1024
FOLDER = "KEPT_BOUNCES"


def bounces_in(folder: Path) -> list[Bounce]:
    """The reports of letters that did not arrive, of all files in a folder; anything else is left alone."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.stat().st_size <= LARGEST)
    return [found for found in (read_bounce(one.read_bytes()) for one in files) if found is not None]


def record(*, by: Actor, bounce: Bounce) -> bool:
    """Record it where the letter was one of this area; False where it was not, or had not gone."""
    try:
        came_back(by=by, key=UUID(bounce.key), why=bounce.why)
    except Refused:
        return False
    return True


def read_waiting(*, by: Actor) -> int:
    """Read the folder that KEPT_BOUNCES names; how many letters of this area newly came back. Safe to repeat."""
    folder = Path(os.environ.get(FOLDER, ""))
    if not os.environ.get(FOLDER) or not folder.is_dir():
        return 0
    before = _back(by)
    for bounce in bounces_in(folder):
        record(by=by, bounce=bounce)
    return _back(by) - before


def _back(by: Actor) -> int:
    return Proof.objects.filter(area=by.area, what=Proved.BOUNCED).count()
