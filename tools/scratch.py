"""The throw-away PostgreSQL server of the tests, and one fresh database per test process.

The server stays up between runs and has no care for a power cut. The migrations are run once, as the owner, into a
template named after what they say; each test process then gets a copy of it in a tenth of a second, so many runs may go
on at once. Tests connect as `kept_app`, as the service does: a superuser would pass by row-level security.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg

from kept.config import launcher
from kept.config.launcher import roles

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES_KEPT = 4
DECIDES_THE_TABLES = (
    "src/kept/*/migrations/*.py",
    "src/kept/*/apps.py",
    "src/kept/*/protection.py",
    "src/kept/access/roles.py",
    "src/kept/access/trails/tracking.py",
    "requirements/app.txt",
)


def folder() -> Path:
    """The server's data folder, one per checkout and account, under the system's temporary folder."""
    mark = hashlib.sha256(f"{ROOT}:{os.geteuid()}".encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"kept-tests-{mark}" / "postgres"


def digest() -> str:
    """A name for what the tables will look like: the migrations, who is granted what, and the libraries."""
    total = hashlib.sha256(roles.VERSION.encode())
    for file in sorted(file for pattern in DECIDES_THE_TABLES for file in ROOT.glob(pattern)):
        total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return total.hexdigest()[:12]


def ensure_server() -> launcher.Server:
    """Start the tests' server; when what the system's cleaner left of it cannot start, make it anew."""
    try:
        return launcher.ensure_running(folder(), throwaway=True)
    except launcher.LauncherError:
        launcher.remove(folder())
        return launcher.ensure_running(folder(), throwaway=True)


def as_superuser(server: launcher.Server, database: str = "postgres") -> psycopg.Connection[tuple[str, ...]]:
    """A connection that may make and drop databases."""
    return psycopg.connect(**server.connection(database), autocommit=True)  # type: ignore[arg-type]


def databases(connection: psycopg.Connection[tuple[str, ...]], like: str) -> list[str]:
    """Names of databases, the newest first."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [like])
    return [row[0] for row in rows]


def alive(process: int) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def drop(connection: psycopg.Connection[tuple[str, ...]], name: str) -> None:
    """Drop a database, ending what still uses it."""
    if name.startswith("template_"):
        connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE false')
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def tidy(connection: psycopg.Connection[tuple[str, ...]]) -> None:
    """Drop what killed test processes left, and the templates of long ago."""
    for name in databases(connection, "test\\_%"):
        found = re.match(r"test_(\d+)_", name)
        if found and not alive(int(found[1])):
            drop(connection, name)
    for name in databases(connection, "template\\_%")[TEMPLATES_KEPT:]:
        drop(connection, name)


def make_template(server: launcher.Server, name: str, migrate: Callable[[str], None], *, anew: bool) -> None:
    """Migrate into the template, unless it is there. `migrate(database)` is called to do so, as the owner."""
    with as_superuser(server) as connection:
        known = databases(connection, name)
        if known and not anew:
            return
        for old in [*known, *databases(connection, "building\\_%")]:
            drop(connection, old)
        building = name.replace("template", "building")
        connection.execute(f'CREATE DATABASE "{building}" OWNER {roles.OWNER}')
        with psycopg.connect(**server.connection(building, roles.OWNER)) as owner:  # type: ignore[arg-type]
            owner.execute(roles.PRIVILEGES)
        migrate(building)
        connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
        connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
        tidy(connection)


def make_database(server: launcher.Server, worker: str, migrate: Callable[[str], None], *, anew: bool) -> str:
    """A fresh database with all tables for this process; its name."""
    template, name = f"template_{digest()}", f"test_{os.getpid()}_{worker}"
    with (folder().parent / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_template(server, template, migrate, anew=anew)
        with as_superuser(server) as connection:
            drop(connection, name)
            connection.execute(f'CREATE DATABASE "{name}" OWNER {roles.OWNER} TEMPLATE "{template}"')
    return name
