"""Programs that stay in the background: the web server, later others. Each has a file under `.kept/` named after it.

The file is locked by the program itself, which inherits it: so "is it running" cannot be fooled by a process number
that another program was given since, and no clean-up is needed after a crash.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TO_STOP = 30.0  # seconds in which requests under way may finish


@contextlib.contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Let starts and stops follow each other: of two at once, the second finds what the first has done."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "commands.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Background:
    """One background program by name, in the folder of running data."""

    name: str
    home: Path

    @property
    def file(self) -> Path:
        """The locked file with the process number and what the starter wrote beside it."""
        return self.home / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """What the program prints."""
        return self.home / f"{self.name}.log"

    def locked(self) -> bool:
        """Whether the program runs: whether somebody holds its lock."""
        if not self.file.exists():
            return False
        with self.file.open() as opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def running(self) -> dict[str, Any]:
        """What the starter wrote, `process` among it; empty when the program does not run."""
        return dict(json.loads(self.file.read_text())) if self.locked() else {}

    def start(self, command: list[str], environment: dict[str, str], **facts: int | str) -> subprocess.Popen[bytes]:
        """Start the program, free of this terminal. Raises BlockingIOError when it runs already."""
        with self.file.open("a+") as opened, self.log.open("wb") as log:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            opened.truncate(0)
            started = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[opened.fileno()],
            )
            opened.write(json.dumps({"process": started.pid, **facts}))
        return started

    def stop(self) -> bool:
        """Ask the program to end, insist after a while; False when it did not run."""
        process = self.running().get("process")
        if not process:
            return False
        for sent, seconds in ((signal.SIGTERM, TO_STOP), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, sent) if sent == signal.SIGKILL else os.kill(process, sent)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not self.locked():
                    self.file.unlink(missing_ok=True)
                    return True
                time.sleep(0.05)
        raise SystemExit(f"{self.name} (process {process}) would not stop.")

    def last_words(self, lines: int = 15) -> str:
        """The end of the program's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
