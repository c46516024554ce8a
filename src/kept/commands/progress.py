"""Tell the person at the terminal what is going on. Standard library only: `./run` needs it before it installs."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(words: str) -> None:
    """Tell the person; standard output stays free for answers."""
    print(words, file=sys.stderr, flush=True)


@contextmanager
def progress(what: str, every: float = 2.0) -> Iterator[None]:
    """Say at once what begins, and from two seconds on how many have passed."""
    done = threading.Event()
    began = time.monotonic()

    def tick() -> None:
        while not done.wait(every):
            say(f"  ... {what}: {time.monotonic() - began:.0f} s")

    say(what)
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
