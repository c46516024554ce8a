"""Where email goes: a mail server named by KEPT_SMTP, else a folder, so that nothing leaves by accident. No Django.

KEPT_SMTP is `smtp://user:password@host:port` (STARTTLS wherever the server offers it) or `smtps://` (TLS from the
start). The same address serves letters (`kept.letters.channels`).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(address: str, folder: object) -> dict[str, Any]:
    """Django's settings of email. Raises SystemExit with a sentence for an address that is none."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    try:
        place = urlsplit(address)
        port = place.port or PORTS[place.scheme]
        host = place.hostname or ""
    except (KeyError, ValueError):
        host, port = "", 0
    if not host:
        raise SystemExit("KEPT_SMTP must be smtp://user:password@host:port, or smtps:// for TLS from the start.")
    return {
        "EMAIL_BACKEND": "kept.config.mail_server.MailServer",
        "EMAIL_FILE_PATH": folder,
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(place.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(place.password or ""),
        "EMAIL_USE_SSL": place.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }
