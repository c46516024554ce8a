"""`kept worker [--once]`: what cannot wait for the night. `./run serve` keeps one running.

Every minute, in each area: letters and emails that waited for the morning or for a mail server are handed over,
messages that came back (files in the folder that KEPT_BOUNCES names) are read, and who prefers texts is told that a
letter is on its way. Files that came with advice are read, so that what they recommend is on the plan's list. Between
two and five in the morning it also does the night's work, once: `kept cases refold`, then `kept nightly`. What goes
wrong in one area or one job is written to the log, stops nothing else, and is tried again in the next round. Ends on
SIGTERM after the job in hand.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

BETWEEN_ROUNDS = 60.0  # seconds
NIGHT = range(2, 5)  # hours of London's clock
HERE = ZoneInfo("Europe/London")
NIGHTS_WORK = (("cases", "refold"), ("nightly",))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("--once", action="store_true", help="one round, for a timer of the machine's own")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop; with --once, 1 when something failed in the round."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    import django

    django.setup()
    if options.once:
        return 1 if round_of_work() else 0
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    from django.db import close_old_connections

    while not told_to_stop.is_set():
        close_old_connections()  # a database that was restarted is asked anew
        round_of_work(told_to_stop)
        if is_due(launcher.home(), datetime.now(HERE)) and not told_to_stop.is_set():
            do_the_night(launcher.home(), datetime.now(HERE))
        told_to_stop.wait(BETWEEN_ROUNDS)
    return 0


def jobs() -> Mapping[str, Callable[..., int]]:
    """What each round does, in order, with what it counts."""
    from kept.administration.coming_back import read_waiting as invitations_back
    from kept.messages.coming_back import read_waiting as emails_back
    from kept.messages.emails import deliver_waiting as emails
    from kept.notices.coming_back import read_waiting
    from kept.notices.sending import deliver_waiting as letters
    from kept.notices.texts import tell_of_letters
    from kept.plans.advice_papers import read_arrived

    return {
        "letters handed over": letters,
        "emails handed over": emails,
        "letters that came back": read_waiting,
        "emails that came back": emails_back,
        "invitations that came back": invitations_back,
        "texts that a letter is on its way": tell_of_letters,
        "pages read of files that came with advice": read_arrived,
    }


def round_of_work(told_to_stop: threading.Event | None = None) -> int:
    """Do each job in each area; how many failed. What failed is said, and tried again in the next round."""
    from django.db import DatabaseError

    from kept.access.models import Area

    try:
        areas = list(Area.objects.order_by("name"))
    except DatabaseError as problem:
        say(f"The database does not answer: {problem}")
        return 1
    failed = 0
    for area in areas:
        for words, act in jobs().items():
            if told_to_stop is not None and told_to_stop.is_set():
                return failed
            failed += not did(area, words, act)
    return failed


def did(area: Any, words: str, act: Callable[..., int]) -> bool:
    """Do one job in one area; whether it went well. Says what was done where anything was."""
    from kept.access.acting import acting_as_system

    try:
        with acting_as_system(area) as actor:
            number = act(by=actor)
    except Exception as problem:  # one job must not stop the next
        say(f"{area.name}: {words}: failed: {type(problem).__name__}: {problem}")
        return False
    if number:
        say(f"{area.name}: {words}: {number:,}")
    return True


def is_due(home: Path, now: datetime) -> bool:
    """Whether it is night and tonight's work has not been done."""
    marker = home / "night.done"
    return now.hour in NIGHT and not (marker.exists() and marker.read_text() == now.date().isoformat())


def do_the_night(home: Path, now: datetime) -> None:
    """Do the night's work in processes of their own, once a night; what fails is said and waits for the next night."""
    (home / "night.done").write_text(now.date().isoformat())
    for words in NIGHTS_WORK:
        done = subprocess.run([sys.executable, "-m", "kept", *words], check=False)
        say(f"kept {' '.join(words)}: {'done' if done.returncode == 0 else f'ended with {done.returncode}'}")


def say(words: str) -> None:
    """A line in the log, with the time."""
    print(f"{datetime.now(HERE):%Y-%m-%d %H:%M:%S} {words}", flush=True)
