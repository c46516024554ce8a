"""Which channel is set up. Without any, email goes to a folder and post to the post list: nothing leaves by accident.

Environment: KEPT_SMTP (smtp://user:password@host:port), KEPT_EMAIL_FROM; KEPT_NOTIFY_KEY, KEPT_NOTIFY_SERVER,
KEPT_NOTIFY_TEXT (the identifier of the text template), KEPT_NOTIFY_LETTERS=1 to have letters printed by GOV.UK Notify.
"""

from __future__ import annotations

import os
from pathlib import Path

from kept.letters.channels.base import Channel
from kept.letters.channels.mail import Outbox, Smtp
from kept.letters.channels.notify import LIVE, Account, NotifyLetter, NotifyWords


def channel_for(way: str, *, folder: Path, sender: str, sender_name: str = "") -> Channel | None:
    """The channel for email, post or text that is set up; None where people must do it (the post list, no texts)."""
    if way == "email":
        if address := os.environ.get("KEPT_SMTP", ""):
            return Smtp(address, sender, sender_name)
        return Outbox(folder, sender if "." in sender.rpartition("@")[2] else Outbox.sender, sender_name)
    key = os.environ.get("KEPT_NOTIFY_KEY", "")
    if not key:
        return None
    account = Account(key, os.environ.get("KEPT_NOTIFY_SERVER", LIVE))
    if way == "post":
        return NotifyLetter(account) if os.environ.get("KEPT_NOTIFY_LETTERS") == "1" else None
    template = os.environ.get("KEPT_NOTIFY_TEXT", "")
    return NotifyWords(account, template) if way == "text" and template else None
