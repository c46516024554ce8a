"""Read pages of a file in a process of its own, with limits of time and memory, so that no file can hang the service.

Run as a program: `python -m kept.plans.import_worker FILE KIND FIRST SECONDS`. Prints one line of JSON a page.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from kept.plans.import_files import Page, Unreadable, pages

SOURCE = Path(__file__).resolve().parents[2]
MOST_MEMORY = 2 * 1024**3
STARTING = 15.0  # seconds that a page may take beyond the time asked for, on a busy machine
SKIPPED = "Page {number} could not be read in time and was left out."


def read_on(path: Path, kind: str, *, first: int, seconds: float) -> list[Page]:
    """The next pages from `first` that can be read in so many seconds, at least one.

    A page on which the reader hangs is left out with a note. Raises Unreadable with a sentence.
    """
    command = [sys.executable, "-m", "kept.plans.import_worker", str(path), kind, str(first), str(seconds)]
    try:
        done = subprocess.run(command, capture_output=True, cwd=SOURCE, timeout=seconds + STARTING, check=False)
        printed, failed = done.stdout, done.returncode != 0
    except subprocess.TimeoutExpired as late:
        printed, failed = late.stdout or b"", True
    lines = [json.loads(line) for line in printed.splitlines() if line.endswith(b"}")]
    if lines and "problem" in lines[-1]:
        raise Unreadable(lines[-1]["problem"])
    read = [Page(one["number"], one["of"], one["text"], tuple(one["notes"])) for one in lines if "text" in one]
    many = next((one["of"] for one in lines), 0)
    if not failed:
        return read
    stuck = read[-1].number + 1 if read else first
    if not many or stuck > many:
        if read:
            return read
        raise Unreadable("This file could not be read in time. Save it anew as Word or PDF and try again.")
    return [*read, Page(stuck, many, "", (SKIPPED.format(number=stuck),))]


def _print(one: object) -> None:
    print(json.dumps(one), flush=True)


def _read(given: Iterable[Page], until: float) -> None:
    for page in given:
        _print(asdict(page))
        if time.monotonic() > until:
            return


def main(words: list[str]) -> int:
    """Print pages until the time is over; a file that cannot be read is one line with the problem."""
    path, kind, first, seconds = Path(words[0]), words[1], int(words[2]), float(words[3])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    until = time.monotonic() + seconds
    try:
        found = pages(path, kind, first=first)
        _read(found, until)
    except Unreadable as problem:
        _print({"problem": str(problem)})
    except MemoryError:
        _print({"problem": "This file needs more memory than a plan should. Save it anew as Word or PDF."})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
