"""`./run test [...]`: every test, the browser journeys too where Chromium is. Words go to pytest as they are."""

from __future__ import annotations

import os
import subprocess
import sys

from kept.commands.progress import say
from tools import browser

CORES_WORTH_SHARING = 2
MOST_AT_ONCE = 8  # each has a PostgreSQL database and a Chromium of its own


def workers(words: list[str]) -> list[str]:
    """Share the whole suite between cores; one chosen file starts faster on one."""
    if words or (os.cpu_count() or 1) < CORES_WORTH_SHARING:
        return []
    return ["-n", str(min(os.cpu_count() or 1, MOST_AT_ONCE)), "--dist", "worksteal"]


def main(words: list[str]) -> int:
    """Run pytest; its exit code. The banner about journeys comes before and, from the tests themselves, at the end."""
    if not browser.find():
        say(browser.BANNER)
    chosen = [sys.executable, "-m", "pytest", *workers(words), *words]
    return subprocess.run(chosen, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
