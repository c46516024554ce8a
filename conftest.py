"""What all tests share: a throw-away PostgreSQL, used as the service uses it, and Chromium for the journeys."""

from __future__ import annotations

import atexit
import gc
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(place) for place in (ROOT / "src", ROOT) if str(place) not in sys.path]

import django  # noqa: E402
import psycopg  # noqa: E402
import pytest  # noqa: E402

from tools import browser, scratch  # noqa: E402

pytest_plugins = ["tests.standing"]
JOURNEYS = ROOT / "journeys"
STAY = {"django_content_type", "auth_permission"}  # written after migrating, the same for every test


def prepare_environment() -> None:
    """Say, before Django reads its settings, that this is a test: its own running data, never a live database."""
    for name in [name for name in os.environ if name.startswith(("DATABASE_", "KEPT_", "PG"))]:
        if name != "KEPT_POSTGRES_BIN":
            del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="kept-test-home-"))
    scratch.folder().parent.mkdir(parents=True, exist_ok=True)
    (home / "postgres").symlink_to(scratch.folder())
    (home / "static").mkdir()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ |= {
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # playwright runs a loop in the thread that also asks the database
        "DJANGO_SETTINGS_MODULE": "kept.config.settings",
        "KEPT_DATABASE_ROLE": "app",
        "KEPT_HOME": str(home),
        "KEPT_MODE": "test",
        "KEPT_SECRET_KEY": "only for tests, where nothing is secret; long enough for every check",
    }


if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker is given its environment by the run that started it
    prepare_environment()

django.setup()  # now, since the conftest files of folders further down may name models


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: object
) -> Iterator[None]:
    """One database per test process: made by `kept_owner`, used as `kept_app`. `--create-db` migrates anew."""
    from django.core.management import call_command
    from django.db import connections

    def point(database: str, role: str) -> None:
        for connection in connections.all():
            connection.close()
            connection.settings_dict |= {"NAME": database, "USER": role}

    def migrate(database: str) -> None:
        point(database, scratch.roles.OWNER)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server = scratch.ensure_server()
        name = scratch.make_database(server, worker, migrate, anew=request.config.getvalue("create_db"))
        point(name, scratch.roles.APP)
        flush_as_superuser()
    yield
    with django_db_blocker.unblock(), scratch.as_superuser(server) as superuser:  # type: ignore[attr-defined]
        connections.close_all()
        scratch.drop(superuser, name)


def flush_as_superuser() -> None:
    """Empty a test that commits (a journey) from above: `kept_app` may not truncate, and append-only tables refuse.

    What migrating writes stays, so that nothing needs to be written anew after each journey.
    """
    from django.core.management.commands import flush
    from django.db import connection
    from django.db.backends.postgresql.operations import DatabaseOperations

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        place = self.connection.settings_dict
        address = {"host": place["HOST"], "port": place["PORT"], "dbname": place["NAME"]}
        no_triggers = "-c session_replication_role=replica -c lock_timeout=20s"
        # Deleting the few rows there are takes a hundredth of the time of truncating some hundred and fifty tables.
        tables = [table for statement in sql_list for table in re.findall(r'"(\w+)"', statement) if table not in STAY]
        with psycopg.connect(**address, user=scratch.launcher.SUPERUSER, options=no_triggers) as superuser:
            superuser.execute("; ".join(f'DELETE FROM "{table}"' for table in tables).encode())

    type(connection.ops).execute_sql_flush = execute_sql_flush
    flush.emit_post_migrate_signal = lambda *args, **more: None


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address outside: a journey goes to its own live server. (The plugin's own fixture warns under pytest 9.)"""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Chromium of the distribution, silent on the network."""
    return {"executable_path": browser.find(), "args": browser.QUIET}


def is_journey(item: pytest.Item) -> bool:
    """Whether a test needs the browser."""
    return JOURNEYS in item.path.parents or item.get_closest_marker("journey") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, so that `-m journey` and `-m "not journey"` choose."""
    for item in filter(is_journey, items):
        item.add_marker("journey")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what was read in for the whole run out of every later search for rubbish: a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A journey without a browser is not run, and the summary says so."""
    if is_journey(item) and not browser.find():
        pytest.skip("Chromium is not installed")


def pytest_terminal_summary(terminalreporter: object) -> None:
    """Say loudly that the journeys were not run."""
    skipped = getattr(terminalreporter, "stats", {}).get("skipped", [])
    if any("Chromium is not installed" in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(browser.BANNER, yellow=True, bold=True)  # type: ignore[attr-defined]
