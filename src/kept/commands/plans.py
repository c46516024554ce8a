"""`kept plans nightly`: check the wording of every plan in force and every draft, in processes side by side.

What is found replaces what was found the night before; `kept nightly` does the same among the other work of a night.
"""

from __future__ import annotations

import argparse
import os
import time

from kept.commands.progress import progress, say

MINUTE = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("what", choices=["nightly"], help="nightly: check the whole caseload now")
    parser.add_argument("--processes", type=int, help="how many side by side (as many as processors unless given)")


def run(options: argparse.Namespace) -> int:
    """Check them all; prints how many plans there were in each area, and how fast."""
    if options.processes is not None and options.processes < 1:
        say("--processes is a number, 1 or more.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    import django

    django.setup()
    from kept.access.acting import acting_as_system
    from kept.access.models import Area
    from kept.plans.caseload import check_all

    for area in Area.objects.order_by("name"):
        began = time.monotonic()
        with progress(f"Checking the plans of {area.name}"), acting_as_system(area) as actor:
            done = check_all(by=actor, workers=options.processes)
        seconds = max(time.monotonic() - began, 0.001)
        print(f"{area.name}: {done:,} plans in {seconds:.0f} s, {MINUTE * done / seconds:,.0f} a minute")
    return 0
