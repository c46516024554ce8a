"""What the launcher says when it cannot go on."""

from __future__ import annotations


class LauncherError(RuntimeError):
    """The database cannot be started, stopped or found; the message is a sentence for the person at the terminal."""
