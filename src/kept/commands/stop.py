"""`./run stop`: end the web server, then the database. Safe to repeat; nothing that was saved is lost."""

from __future__ import annotations

import argparse

from kept.commands.processes import one_at_a_time
from kept.commands.progress import progress
from kept.commands.serve import background_programs
from kept.config import launcher


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to say."""


def run(_: argparse.Namespace) -> int:
    """Stop what runs, the programs before the database that they use."""
    home = launcher.home()
    stopped = []
    with one_at_a_time(home), progress("Stopping"):
        try:
            stopped = [program.name for program in background_programs(home) if program.stop()]
            if launcher.stop(home / "postgres"):
                stopped.append("database")
        except launcher.LauncherError as error:
            raise SystemExit(str(error)) from None
    print(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0
