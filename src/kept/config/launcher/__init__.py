"""The database: a PostgreSQL server that we start ourselves, or the live one that DATABASE_URL names.

    ensure_running(folder)      start the embedded server if it is not up; safe from many processes at once
    stop(folder)                stop it cleanly; safe when it is not running
    is_running(folder)          whether it answers
    connection_settings(home)   what Django's DATABASES wants, for the role in KEPT_DATABASE_ROLE; starts nothing

Nothing here imports Django. The server never listens on the network: whoever may enter its socket folder (mode 0700)
may connect, as any role, without a password. So the operating system's account is the lock on the embedded server.
"""

from kept.config.launcher.address import connection_settings, home, is_live
from kept.config.launcher.cluster import ensure_running, is_running, locate, remove, stop
from kept.config.launcher.errors import LauncherError
from kept.config.launcher.facts import PORT, SUPERUSER, Server
from kept.config.launcher.roles import sql_for_live_server

__all__ = [
    "PORT",
    "SUPERUSER",
    "LauncherError",
    "Server",
    "connection_settings",
    "ensure_running",
    "home",
    "is_live",
    "is_running",
    "locate",
    "remove",
    "sql_for_live_server",
    "stop",
]
