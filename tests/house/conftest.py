"""Folders and servers for the tests of the house."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from kept.config import launcher


@pytest.fixture(scope="session")
def open_folder():
    """A folder that every account may enter, which pytest's own are not; emptied of servers at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kept-house-"))
    folder.chmod(0o755)
    yield folder
    for cluster in list(folder.rglob("cluster")):
        launcher.remove(cluster.parent)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(open_folder):
    """One running server, in a folder with a space and a letter outside ASCII in its name."""
    return launcher.ensure_running(open_folder / "Data of Zoë" / "postgres", throwaway=True)


@pytest.fixture
def clean_environment(monkeypatch):
    """No address of a database, no role and no programs named in the environment."""
    for name in list(os.environ):
        if name.startswith(("DATABASE_", "KEPT_")):
            monkeypatch.delenv(name)
