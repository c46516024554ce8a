"""`kept manage offer_nightly --base https://...`: reminders, gaps in the ledger and broken links, for every area."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kept.access.acting import acting_as_system, today_here
from kept.access.models import Area
from kept.offer.coverage import sync_gaps
from kept.offer.directory import DIRECTORIES
from kept.offer.inviting import remind
from kept.offer.links import check_links


class Command(BaseCommand):
    """What is done to the Local Offer each night; safe to run twice, but for the reminders of the day."""

    help = "Send reminders, bring the gaps up to date and check the links of the Local Offer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the command's words."""
        parser.add_argument("--base", required=True, help="the address of the site, for the links in reminders")
        parser.add_argument("--no-links", action="store_true", help="do not call the web addresses of entries")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the night's work, area by area."""
        today = today_here()
        for area in Area.objects.order_by("name"):
            reminded = remind(area=area, today=today, base=options["base"])
            with acting_as_system(area, today=today) as system:
                gaps = sync_gaps(by=system, directory=DIRECTORIES.of(area, today))
                broken = 0 if options["no_links"] else check_links(by=system)
            self.stdout.write(f"{area}: {len(reminded)} reminders, {gaps} gaps, {broken} broken links")
