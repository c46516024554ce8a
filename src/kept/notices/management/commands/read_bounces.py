"""Read a folder of messages that came back (each a file, as a mailbox or a mail server leaves them)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from kept.access.acting import Refused, acting_as_system
from kept.access.models import Area
from kept.letters.bounces import Bounce, read_bounce
from kept.notices.sending import came_back

LARGEST = 10 * 1024 * 1024


class Command(BaseCommand):
    """`kept manage read_bounces FOLDER`."""

    help = "Record the emails that came back. Safe to repeat on the same folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each file; whatever is no bounce of ours is left alone and counted."""
        known = others = 0
        for file in sorted(one for one in options["folder"].rglob("*") if one.is_file()):
            bounce = read_bounce(file.read_bytes()) if file.stat().st_size <= LARGEST else None
            if bounce is not None and any(_recorded(area, bounce) for area in Area.objects.order_by("name")):
                known += 1
            else:
                others += 1
        self.stdout.write(f"{known} came back; {others} other messages left alone")


def _recorded(area: Area, bounce: Bounce) -> bool:
    """Record it in the area whose letter it was; False in any other."""
    with acting_as_system(area) as by:
        try:
            came_back(by=by, key=UUID(bounce.key), why=bounce.why)
        except Refused:
            return False
    return True
