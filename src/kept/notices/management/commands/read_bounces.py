"""Read a folder of messages that came back (each a file, as a mailbox or a mail server leaves them)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kept.access.acting import acting_as_system
from kept.access.models import Area
from kept.letters.bounces import Bounce
from kept.notices.coming_back import bounces_in, record


class Command(BaseCommand):
    """`kept manage read_bounces FOLDER`."""

    help = "Record the emails that came back. Safe to repeat on the same folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each file; a report of somebody else's letter is left alone and counted."""
        found = bounces_in(options["folder"])
        known = sum(any(_recorded(area, bounce) for area in Area.objects.order_by("name")) for bounce in found)
        self.stdout.write(f"{known} came back; {len(found) - known} reports of other letters left alone")


def _recorded(area: Area, bounce: Bounce) -> bool:
    with acting_as_system(area) as by:
        return record(by=by, bounce=bounce)
