"""Where Chromium is, for the browser journeys. It comes from the distribution; nothing is downloaded."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # without windows it is faster
QUIET = [  # a browser that does nothing of its own accord, so that no test depends on the network
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
BANNER = """
======================================================================
  THE BROWSER JOURNEYS ARE NOT RUN: Chromium is not installed here.
  Debian and Ubuntu: apt-get install chromium. Elsewhere set CHROMIUM
  to the program's path. What they cover is not tested by this run.
======================================================================
"""


def find() -> str | None:
    """The path of Chromium: CHROMIUM in the environment, else the first of its names on the search path."""
    if given := os.environ.get("CHROMIUM"):
        return shutil.which(given)
    return next(filter(None, map(shutil.which, NAMES)), None)
