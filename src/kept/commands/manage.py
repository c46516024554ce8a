"""`kept manage ...`: Django's own commands, for those who run the service (migrate, shell, makemigrations).

Migrations run as the owner of the tables; set KEPT_DATABASE_ROLE=owner for other commands that need it.
"""

from __future__ import annotations

import argparse
import os

OWNERS_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "flush"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take every word as it is."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its words")


def run(options: argparse.Namespace) -> int:
    """Hand the words to Django."""
    if options.words and options.words[0] in OWNERS_COMMANDS:
        os.environ.setdefault("KEPT_DATABASE_ROLE", "owner")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kept manage", *options.words])
    return 0
