"""What the accessibility engine found on each page, page by page: the facts behind the accessibility statement.

`.kept/accessibility.json` holds, by the name of the page's address, the day on which a journey last asked the engine,
and how many faults it found. Journeys that are not run again keep their older day; nothing is made up.
"""

from __future__ import annotations

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

FILE = Path(__file__).resolve().parents[1] / ".kept" / "accessibility.json"


def note(address: str, faults: int, *, file: Path = FILE) -> None:
    """Keep what the engine found on a page the last time that it was asked."""
    try:
        name = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    today = datetime.now(tz=UTC).date().isoformat()
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            known = json.loads(file.read_text(encoding="utf-8"))["pages"]
        except (OSError, ValueError, KeyError):
            known = {}
        known[name] = {"on": today, "faults": faults}
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps({"pages": dict(sorted(known.items()))}, indent=1), encoding="utf-8")
        half.replace(file)
