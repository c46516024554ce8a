"""`kept demo [--area NAME] [--plans N] [--seed N]`: make a demonstration area from published figures.

The people are invented; the counts are drawn from what the Department for Education published about the authority. At
the end the published figures stand beside the demonstration's own. Children and cases come first, all or nothing; the
rest is then made side by side, and made up for when the command is asked again after it was interrupted. Never on a
live database.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import queue
import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg

from kept.commands.progress import say
from kept.commands.serve import manage
from kept.config import launcher
from kept.config.launcher import roles

WIDTH = 32
QUIET = 4.0  # seconds without a word


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("--area", default="Southend-on-Sea", help="the English authority whose figures to take")
    parser.add_argument("--plans", type=int, help="children with a plan (otherwise as many as were published)")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other children")
    parser.add_argument("--today", type=date.fromisoformat, help="the day on which the demonstration stands")


class Bar:
    """Progress bars on standard error, of several things at once; a line every few seconds where it is no terminal."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.said = self.heard = time.monotonic()
        self.shown = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far one thing is."""
        now = self.heard = time.monotonic()
        seconds = now - self.began.setdefault(what, now)
        filled = WIDTH * done // max(1, total)
        line = f"  {what:26.26} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}, {seconds:.0f} s"
        if sys.stderr.isatty():
            print(f"\r{line:{len(self.shown)}}", end="\n" if done == total else "", file=sys.stderr, flush=True)
            self.shown = "" if done == total else line
        elif done == total or now - self.said > QUIET:
            self.say(line)

    def say(self, line: str) -> None:
        """A line of its own."""
        self.said = self.heard = time.monotonic()
        say(f"\r{line:{len(self.shown)}}" if self.shown else line)
        self.shown = ""

    def still(self, what: str, since: float) -> None:
        """Where nothing was said for a while: that it is still going on."""
        if time.monotonic() - self.heard > QUIET and not self.shown:
            self.say(f"  ... {what}: {time.monotonic() - since:.0f} s")


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


def set_up() -> None:
    """Bring Django up in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    import django

    django.setup()


def chain(keys: tuple[str, ...], slug: str, today: date, told: Any) -> None:
    """Make some parts of an area, one after another, in a process of its own. What happens is put on the queue."""
    try:
        set_up()
        from kept.access.models import Area
        from kept.demo import parts

        server = launcher.ensure_running(launcher.home() / "postgres")
        area = Area.objects.get(slug=slug)
        for key in keys:
            began = time.monotonic()
            words = parts.make(key, area, today, lambda *far: told.put(far))
            if words:
                told.put(f"{words}, in {time.monotonic() - began:.0f} s.")
                count_rows(server)
    except Exception as problem:
        told.put(f"Not made: {', '.join(keys)}. {type(problem).__name__}: {problem}")
        raise
    told.put(None)


def side_by_side(chains: Sequence[tuple[str, ...]], slug: str, today: date, bar: Bar) -> bool:
    """Make several chains of parts, each in a process; whether all of it was made."""
    context = multiprocessing.get_context("spawn")
    told, began = context.Queue(), time.monotonic()
    running = [context.Process(target=chain, args=(keys, slug, today, told)) for keys in chains]
    for one in running:
        one.start()
    finished = 0
    while finished < len(running):
        try:
            far = told.get(timeout=QUIET)
        except queue.Empty:
            if not any(one.is_alive() for one in running):
                break
            bar.still("Making the rest of the demonstration", began)
            continue
        if far is None:
            finished += 1
        elif isinstance(far, str):
            bar.say(far)
        else:
            bar(*far)
    for one in running:
        one.join()
    return all(one.exitcode == 0 for one in running)


def refusal(options: argparse.Namespace) -> str:
    """Why the demonstration is not made at all; empty when it may be."""
    if os.environ.get("DATABASE_URL"):
        return "The demonstration never runs on the database that DATABASE_URL names: it has one-click sign-in."
    if options.plans is not None and options.plans < 1:
        return "--plans is a number of children, 1 or more."
    if os.environ.setdefault("KEPT_MODE", "demo") != "demo":
        return "The demonstration has one-click sign-in, so it is only made with KEPT_MODE=demo."
    return ""


def run(options: argparse.Namespace) -> int:
    """Make the area and print the comparison; 0 when it is there."""
    no = refusal(options)
    if no:
        say(no)
        return 2
    set_up()
    from kept.access.acting import acting_as_system, today_here
    from kept.demo import compare, figures, parts
    from kept.demo.load import AlreadyThere, area_of, load

    today, bar, began = options.today or today_here(), Bar(), time.monotonic()
    try:
        published = figures.read(options.area)
    except figures.UnknownAuthority as unknown:
        say(str(unknown))
        return 2
    server = ready()
    say(f"Making a demonstration area with the figures of {published.name}.")
    lines = None
    try:
        made = load(published, today=today, plans=options.plans, seed=options.seed, tell=bar)
    except AlreadyThere as there:
        area = area_of(published)
        if all(parts.is_there(key, area, today) for key in parts.PARTS):
            say(f"{there} Nothing was done.")
            return 0
        say(f"{there} What it lacks is made now.")
    else:
        area = made.area
        say(
            f"{area.name}: {made.children:,} children, {made.events:,} events, {made.duties:,} duties"
            f" in {time.monotonic() - began:.0f} s."
        )
        count_rows(server)
        with acting_as_system(area, today=today) as by:
            told = [child.pk for _, child in made.stories]
            lines = compare.compare(by, published, plans=options.plans, without=told)
        compare.keep(area, published, lines)
    if not (side_by_side(parts.CHAINS, area.slug, today, bar) and side_by_side([parts.LAST], area.slug, today, bar)):
        say("Part of the demonstration is missing. The same command makes what it lacks.")
        return 1
    say(f"The demonstration was made in {time.monotonic() - began:.0f} s.")
    if lines is not None:
        print(compare.as_text(published, lines))
    return 0
