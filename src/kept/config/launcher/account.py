"""As whom the server runs. PostgreSQL refuses to run as root, so root hands it to an unprivileged account.

That account is `postgres` where the machine has it (the distribution's own account for this very purpose), else
`nobody`. It must be able to enter the data folder and to run the programs. Where root keeps the project in a folder
that only root may enter, we never open that folder to others: data and programs then stand under /var/lib/kept, and a
link in the project says where.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kept.config.launcher.binaries import WHEEL, Binaries
from kept.config.launcher.errors import LauncherError

FOR_ROOT = ("postgres", "nobody")
SHARED_PLACE = Path("/var/lib/kept")


@dataclass(frozen=True)
class Account:
    """The operating system's account that runs the server; `switch` where that is not the one that runs us."""

    name: str
    user: int
    group: int
    switch: bool

    def words(self) -> dict[str, object]:
        """Words for `subprocess` that make a program run as this account, in a folder that all may enter."""
        if not self.switch:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path, mode: int) -> None:
        """Make this account the owner of a file or folder and set its mode."""
        if self.switch:
            os.chown(path, self.user, self.group)
        path.chmod(mode)

    def can(self, test: str, path: Path) -> bool:
        """Ask the system, as the account, what `test -r` or `test -x` says of a path."""
        if not self.switch:
            return os.access(path, {"-r": os.R_OK, "-x": os.X_OK}[test])
        asked = ["/bin/sh", "-c", f'test {test} "$0"', str(path)]
        return subprocess.run(asked, check=False, **self.words()).returncode == 0  # type: ignore[call-overload, no-any-return]


def choose() -> Account:
    """Ourselves, or for root the first of `postgres` and `nobody` that exists. Raises LauncherError without either."""
    if os.geteuid() != 0:
        return Account(name=str(os.geteuid()), user=os.geteuid(), group=os.getegid(), switch=False)
    for name in FOR_ROOT:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, user=found.pw_uid, group=found.pw_gid, switch=True)
    raise LauncherError(f"PostgreSQL refuses to run as root, and this machine has no account {' or '.join(FOR_ROOT)}.")


def shared_place(name: str) -> Path:
    """A folder of root's that every account may enter and read, whatever root's file mode mask is."""
    place = SHARED_PLACE / name
    place.mkdir(parents=True, exist_ok=True)
    for folder in (SHARED_PLACE, place):
        folder.chmod(0o755)
    return place


def open_to_read(folder: Path) -> None:
    """Let every account read a copy's files and run its programs."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def settle(data_folder: Path, account: Account) -> None:
    """Make the data folder, where the account can reach it; elsewhere and linked if it could not."""
    if data_folder.exists():
        return
    if data_folder.is_symlink():  # its target was removed
        data_folder.unlink()
    parent = data_folder.parent
    parent.mkdir(parents=True, exist_ok=True)
    if account.can("-x", parent):
        data_folder.mkdir()
        return
    mark = hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:12]
    elsewhere = shared_place(mark) / data_folder.name
    elsewhere.mkdir(exist_ok=True)
    data_folder.symlink_to(elsewhere, target_is_directory=True)


def runnable(binaries: Binaries, account: Account) -> Binaries:
    """The same programs where the account can run them: a private folder's wheel is copied once to a shared place.

    Raises LauncherError where programs that are not the wheel's cannot be run by the account.
    """
    if account.can("-x", binaries.folder / "postgres"):
        return binaries
    install = binaries.folder.parent
    if install.parent.name != WHEEL:
        raise LauncherError(
            f"The account {account.name} may not run {binaries.folder / 'postgres'}: open that folder to it."
        )
    built = (binaries.folder / "postgres").stat()
    copy = shared_place("postgres") / f"{binaries.major}-{built.st_size}-{int(built.st_mtime)}"
    if not copy.exists():
        half_made = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(install, half_made / WHEEL / install.name, symlinks=True)
        libraries = install.parent.with_name(f"{WHEEL}.libs")  # beside the package: the programs look for them there
        if libraries.exists():
            shutil.copytree(libraries, half_made / libraries.name, symlinks=True)
        open_to_read(half_made)
        try:
            half_made.rename(copy)
        except OSError:  # another start finished first
            shutil.rmtree(half_made)
    return Binaries(copy / WHEEL / install.name / "bin", binaries.major)
