"""The virus scanner behind one small interface: ClamAV's daemon where one is named, a safe rule where none is.

Name it in KEPT_CLAMD: `host:port` or the path of a socket. With a scanner, a file waits unopened until it was scanned.
Without one, only kinds of file that carry no programs are kept (PDF, photos, recordings, plain text, documents without
macros, as `sniffing` checks), and every file is handed out as a download that a browser does not run.
"""

from __future__ import annotations

import os
import socket
import struct
from enum import StrEnum
from typing import Any, Protocol

CHUNK = 256 * 1024
PATIENCE = 60  # seconds


class Verdict(StrEnum):
    """What is known of a file's safety."""

    CLEAN = "clean"
    INFECTED = "infected"
    WAITING = "waiting"
    RULE = "rule"


def scanner_address() -> str:
    """Where the scanner is, "" when there is none."""
    return os.environ.get("KEPT_CLAMD", "")


class Seekable(Protocol):
    """What can be read from its beginning: a file of the system or one of Django's."""

    def seek(self, offset: int, /) -> Any:
        """Go to a byte."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


def scan(file: Seekable, address: str | None = None) -> Verdict:
    """Scan a file. WAITING when the scanner does not answer: the file is kept, and nobody opens it yet."""
    place = scanner_address() if address is None else address
    if not place:
        return Verdict.RULE
    try:
        answer = _ask(file, place)
    except OSError:
        return Verdict.WAITING
    if answer.endswith(b"OK"):
        return Verdict.CLEAN
    return Verdict.INFECTED if answer.endswith(b"FOUND") else Verdict.WAITING


def _ask(file: Seekable, place: str) -> bytes:
    """Send the file by ClamAV's INSTREAM command; its answer without the trailing nul."""
    with _connect(place) as line:
        line.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            part = line.recv(4096)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0").strip()


def _connect(place: str) -> socket.socket:
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        line.connect(place)
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host or "localhost", int(port)), timeout=PATIENCE)
