"""Compute the measures of every area, or one: `manage measure [--area SLUG] [--last-month]`. Run it each night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kept.access.acting import acting_as_system
from kept.access.models import Area
from kept.measures.computing import compute, last_full_month, month_after


class Command(BaseCommand):
    """Compute the measures."""

    help = "Compute the measures of the last 36 full months, or of the last three with --recent."

    def add_arguments(self, parser: CommandParser) -> None:
        """The area and the span."""
        parser.add_argument("--area", default="", help="the area's short name; all areas unless given")
        parser.add_argument("--recent", action="store_true", help="only the last three months, where late data arrives")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute, area by area, each in one transaction."""
        areas = Area.objects.filter(slug=options["area"]) if options["area"] else Area.objects.all()
        if not areas:
            raise CommandError(f"There is no area called {options['area']}.")
        for area in areas:
            with acting_as_system(area) as actor:
                first = month_after(last_full_month(actor.today), -2) if options["recent"] else None
                made = compute(by=actor, first=first)
            self.stdout.write(f"{area.name}: {made} figures")
