"""Say the code that the first page of a new installation asks for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kept.access import first_run


class Command(BaseCommand):
    """Prints the set-up code, or says that the installation is set up."""

    help = "Say the code that the first page of a new installation asks for."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        if first_run.is_open():
            self.stdout.write(f"Set-up code: {first_run.code()}\nOpen /first-run/ and enter it.")
        else:
            self.stdout.write("This installation is set up already.")
