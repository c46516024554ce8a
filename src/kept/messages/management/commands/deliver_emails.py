"""Hand over the emails that wait, after quiet hours or a fault of the mail server. Run it every few minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kept.access.acting import acting_as_system
from kept.access.models import Area
from kept.messages.emails import deliver_waiting


class Command(BaseCommand):
    """`kept manage deliver_emails`."""

    help = "Hand over the emails to families that wait, in every area."

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver in each area; an area at a time, so that one fault stops no other."""
        for area in Area.objects.order_by("name"):
            with acting_as_system(area) as by:
                self.stdout.write(f"{area.name}: {deliver_waiting(by=by)} emails handed over")
