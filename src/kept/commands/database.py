"""`kept database status|start|stop|path|roles|reset`: the embedded database by itself.

`roles` prints the SQL that prepares a live PostgreSQL server with the same three roles.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kept.commands.progress import say
from kept.commands.serve import background_programs
from kept.config import launcher


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("action", choices=sorted(ACTIONS))
    parser.add_argument("--yes", action="store_true", help="with reset: yes, delete everything")


def status(folder: Path, _: argparse.Namespace) -> int:
    """0 when it answers, 1 when it does not, in words as well."""
    if launcher.is_live():
        print("DATABASE_URL names a live server; the embedded database is not used.")
        return 0
    up = launcher.is_running(folder)
    print(f"The database {'answers' if up else 'is not running'} ({launcher.locate(folder).data_folder}).")
    return 0 if up else 1


def start(folder: Path, _: argparse.Namespace) -> int:
    """Start it and leave it running."""
    launcher.ensure_running(folder, say=say)
    print("The database answers.")
    return 0


def stop(folder: Path, _: argparse.Namespace) -> int:
    """Stop it cleanly."""
    print("The database has stopped." if launcher.stop(folder) else "The database was not running.")
    return 0


def path(folder: Path, _: argparse.Namespace) -> int:
    """How to reach it with other programs, as one connection string of libpq."""
    server = launcher.locate(folder)
    print(f"host='{server.socket_folder}' port={server.port} dbname=kept user=kept_reports")
    return 0


def roles(_: Path, __: argparse.Namespace) -> int:
    """The SQL for a live server, run there once by its administrator."""
    print(launcher.sql_for_live_server())
    return 0


def reset(folder: Path, options: argparse.Namespace) -> int:
    """Delete the embedded database. Asks for --yes, and for the web server to be stopped first."""
    if not options.yes:
        raise SystemExit(
            f"This deletes every record in {folder}. If that is what you want: ./run kept database reset --yes"
        )
    if any(program.locked() for program in background_programs(folder.parent)):
        raise SystemExit("Kept is running: ./run stop first.")
    launcher.remove(folder)
    print("The database was deleted.")
    return 0


ACTIONS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "path": path,
    "reset": reset,
    "roles": roles,
    "start": start,
    "status": status,
    "stop": stop,
}


def run(options: argparse.Namespace) -> int:
    """Do one thing with the embedded database."""
    try:
        return ACTIONS[options.action](launcher.home() / "postgres", options)
    except launcher.LauncherError as error:
        raise SystemExit(str(error)) from None
