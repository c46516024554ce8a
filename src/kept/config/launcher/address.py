"""Which database the service talks to: the embedded one, or the live one that DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kept.config.launcher.errors import LauncherError
from kept.config.launcher.facts import facts
from kept.config.launcher.roles import BY_WORD, DATABASE

ENGINE = "django.db.backends.postgresql"
SCHEMES = {"postgres", "postgresql"}
OPTIONS = {  # what libpq understands and a live service may need; anything else is a mistake that we name
    "application_name", "channel_binding", "connect_timeout", "gssencmode", "options", "sslcert", "sslcrl", "sslkey",
    "sslmode", "sslrootcert", "target_session_attrs", "keepalives", "keepalives_idle", "keepalives_interval",
    "keepalives_count", "tcp_user_timeout",
}  # fmt: skip
ADDRESS_OF = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "reports": "DATABASE_REPORTS_URL"}


def parse(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings from an address such as postgresql://user:secret@host:5432/kept?sslmode=verify-full.

    A socket folder is given as `?host=/folder` or percent-encoded in the host's place. Raises LauncherError with what
    is wrong, never repeating the address, since it holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise LauncherError(f"{name} is not an address: {error}.") from None
    if parts.scheme not in SCHEMES:
        raise LauncherError(f"{name} must begin with postgresql:// ; Kept runs on PostgreSQL only.")
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise LauncherError(f"{name} names no database: it must end in /kept or the like.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", None) or unquote(host_as_written(parts.netloc))
    wanted_port = options.pop("port", None) or port
    if unknown := sorted(set(options) - OPTIONS):
        raise LauncherError(f"{name} has words that PostgreSQL does not know: {', '.join(unknown)}.")
    return {
        "ENGINE": ENGINE,
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(wanted_port or ""),
        "OPTIONS": options,
    }


def host_as_written(netloc: str) -> str:
    """The host without user and port, in the case it was written in: a socket folder's capitals matter."""
    place = netloc.rpartition("@")[2]
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0]


def role_word() -> str:
    """The role that KEPT_DATABASE_ROLE asks for: app unless it says otherwise."""
    word = os.environ.get("KEPT_DATABASE_ROLE") or "app"
    if word not in BY_WORD:
        raise LauncherError(f"KEPT_DATABASE_ROLE is {word!r}; it must be {', '.join(BY_WORD)}.")
    return word


def home() -> Path:
    """The folder of running data: KEPT_HOME, or `.kept` beside the code."""
    return Path(os.environ.get("KEPT_HOME") or Path(__file__).resolve().parents[4] / ".kept")


def is_live() -> bool:
    """Whether a live server is named, so that we neither start nor stop one."""
    return bool(os.environ.get("DATABASE_URL"))


def connection_settings(home: Path) -> dict[str, Any]:
    """One entry of Django's DATABASES for the role in KEPT_DATABASE_ROLE. Reads the environment; starts nothing.

    On a live server each role has its own address: DATABASE_URL for the running service, DATABASE_OWNER_URL for
    migrations, DATABASE_REPORTS_URL for reports; without the second or third the first serves. Otherwise the embedded
    server of `home`. Raises LauncherError for an address that cannot be read.
    """
    role = role_word()
    if is_live():
        name = ADDRESS_OF[role] if os.environ.get(ADDRESS_OF[role]) else "DATABASE_URL"
        return parse(os.environ[name], name)
    server = facts(home / "postgres")
    return {
        "ENGINE": ENGINE,
        "NAME": DATABASE,
        "USER": BY_WORD[role],
        "PASSWORD": "",
        "HOST": str(server.socket_folder),
        "PORT": str(server.port),
        "OPTIONS": {},
    }
