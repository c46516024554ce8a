"""`kept cases refold`: fold every case of every area anew from its events, and bring lists and ledger into step.

Needed when a planned meeting or move has come, or the law's table has changed; run it once a night. Repeating it
changes nothing, and it leaves the version of a case alone, so a form that somebody has open stays good.
"""

from __future__ import annotations

import argparse
import os

from kept.commands.progress import progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("what", choices=["refold"], help="refold: every case anew from its events")


def run(options: argparse.Namespace) -> int:
    """Fold them all; prints how many there were in each area."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    import django

    django.setup()
    from kept.access.acting import acting_as_system
    from kept.access.models import Area
    from kept.cases.projection import refresh_all

    for area in Area.objects.order_by("name"):
        with progress(f"Folding the cases of {area.name}"), acting_as_system(area) as actor:
            done = refresh_all(actor)
        print(f"{area.name}: {done:,} cases")
    return 0
