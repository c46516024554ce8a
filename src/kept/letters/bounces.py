"""A report of delivery as mail servers send it (RFC 3464), read for the letter that did not arrive."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

LONGEST = 300
LARGEST = 10 * 1024 * 1024
FOLDER = "KEPT_BOUNCES"
_KEY = re.compile(r"X-Kept-Key:\s*([0-9a-f-]{36})", re.IGNORECASE)
_MESSAGE = re.compile(r"Message-ID:\s*<[^>]*?\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """A message that came back: the key of the letter, to whom it went, and why, as the server said it."""

    key: str
    to: str
    why: str


def bounces_in(folder: Path) -> list[Bounce]:
    """The reports of messages that did not arrive, of all files in a folder; anything else is left alone."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.stat().st_size <= LARGEST)
    return [found for found in (read_bounce(one.read_bytes()) for one in files) if found is not None]


def waiting() -> list[Bounce]:
    """The reports in the folder that KEPT_BOUNCES names; none where it names no folder."""
    folder = Path(os.environ.get(FOLDER, ""))
    return bounces_in(folder) if os.environ.get(FOLDER) and folder.is_dir() else []


def read_bounce(raw: bytes) -> Bounce | None:
    """The bounce in a message, or None when it is something else: a reply, a delay, a report of another's message."""
    message = message_from_bytes(raw, policy=default)
    if message.get_content_type() != "multipart/report":
        return None
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    key = _key_in(raw.decode("utf-8", errors="replace"))
    if status is None or not key:
        return None
    for fields in _groups(status):
        if str(fields.get("Action", "")).strip().lower() == "failed":
            return Bounce(key, _after(fields, "Final-Recipient"), _after(fields, "Diagnostic-Code") or _status(fields))
    return None


def _groups(status: Message) -> list[Message]:
    found = status.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _key_in(text: str) -> str:
    found = _KEY.search(text) or _MESSAGE.search(text)
    return found.group(1) if found else ""


def _after(fields: Message, name: str) -> str:
    return " ".join(str(fields.get(name, "")).partition(";")[2].split())[:LONGEST]


def _status(fields: Message) -> str:
    return f"The mail server answered {str(fields.get('Status', 'that it failed')).strip()}"[:LONGEST]
