"""`kept demo [--area NAME] [--plans N] [--seed N]`: make a demonstration area from published figures.

The people are invented; the counts are drawn from what the Department for Education published about the authority. At
the end the published figures stand beside the demonstration's own. Never on a live database.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date

import psycopg

from kept.commands.progress import say
from kept.commands.serve import manage
from kept.config import launcher
from kept.config.launcher import roles

WIDTH = 32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("--area", default="Southend-on-Sea", help="the English authority whose figures to take")
    parser.add_argument("--plans", type=int, help="children with a plan (otherwise as many as were published)")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other children")
    parser.add_argument("--today", type=date.fromisoformat, help="the day on which the demonstration stands")


class Bar:
    """A progress bar on standard error; a line every few seconds where it is not a terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.said = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is."""
        seconds = time.monotonic() - self.began
        filled = WIDTH * done // max(1, total)
        line = f"  {what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}, {seconds:.0f} s"
        if sys.stderr.isatty():
            print(f"\r{line}", end="\n" if done == total else "", file=sys.stderr, flush=True)
        elif done == total or seconds - self.said > 5:  # noqa: PLR2004
            self.said = seconds
            say(line)


def ready() -> launcher.Server:
    """The embedded database, running and with its tables up to date. Raises SystemExit with a sentence."""
    try:
        server = launcher.ensure_running(launcher.home() / "postgres", say=say)
    except launcher.LauncherError as error:
        raise SystemExit(str(error)) from None
    manage("migrate", {**os.environ, "KEPT_HOME": str(launcher.home())}, "Bringing the tables up to date")
    return server


def count_rows(server: launcher.Server) -> None:
    """Let the database count its rows now, so that the first pages are as fast as later ones."""
    with psycopg.connect(**server.connection("kept", roles.OWNER), autocommit=True) as connection:  # type: ignore[arg-type]
        connection.execute("ANALYZE")


def run(options: argparse.Namespace) -> int:
    """Make the area and print the comparison; 0 when it is there."""
    if os.environ.get("DATABASE_URL"):
        say("The demonstration never runs on the database that DATABASE_URL names: it has one-click sign-in.")
        return 2
    if options.plans is not None and options.plans < 1:
        say("--plans is a number of children, 1 or more.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    os.environ.setdefault("KEPT_MODE", "demo")
    if os.environ["KEPT_MODE"] != "demo":
        say("The demonstration has one-click sign-in, so it is only made with KEPT_MODE=demo.")
        return 2
    import django

    django.setup()
    from kept.access.acting import acting_as_system, today_here
    from kept.demo import compare, figures
    from kept.demo.delivery import load_delivery
    from kept.demo.improvement import load_programme
    from kept.demo.load import AlreadyThere, load
    from kept.demo.offer import load_offer
    from kept.demo.plans import load_plans
    from kept.demo.waiting import load_waits

    today = options.today or today_here()
    try:
        published = figures.read(options.area)
    except figures.UnknownAuthority as unknown:
        say(str(unknown))
        return 2
    server = ready()
    say(f"Making a demonstration area with the figures of {published.name}.")
    began = time.monotonic()
    try:
        made = load(published, today=today, plans=options.plans, seed=options.seed, tell=Bar())
    except AlreadyThere as there:
        say(f"{there} Nothing was done.")
        return 0
    say(
        f"{made.area.name}: {made.children:,} children, {made.events:,} events, {made.duties:,} duties"
        f" in {time.monotonic() - began:.0f} s."
    )
    say(f"Local Offer: {load_offer(made.area, today)} services.")
    say(f"Plans in words: {load_plans(made.area, today, Bar()):,}.")
    say(f"Delivery: {load_delivery(made.area, today, Bar()):,} weeks recorded.")
    say(f"Waiting lists: {load_waits(made.area, today, Bar()):,} referrals.")
    say(f"Measures and programme: {load_programme(made.area, today, Bar())}.")
    count_rows(server)
    with acting_as_system(made.area, today=today) as by:
        told = [child.pk for _, child in made.stories]
        lines = compare.compare(by, published, plans=options.plans, without=told)
    compare.keep(made.area, published, lines)
    print(compare.as_text(published, lines))
    return 0
