"""Start, look at and stop one embedded server. Every step may be repeated, and by several processes at once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kept.config.launcher import account as accounts
from kept.config.launcher import binaries, roles
from kept.config.launcher.account import Account
from kept.config.launcher.binaries import Binaries
from kept.config.launcher.errors import LauncherError
from kept.config.launcher.facts import Server, facts

START_SECONDS = 60  # recovery after a power cut takes its time
LONGEST_LOG = 10_000_000  # bytes; a longer one is begun anew at the next start
LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")
BUILTIN_LOCALE = (
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)  # since 17; the same order of text everywhere
CAREFREE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
Say = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


def locate(data_folder: Path) -> Server:
    """Where the server of a data folder stands, running or not."""
    return facts(data_folder)


def answers(server: Server) -> bool:
    """Whether the server takes connections. Asked by connecting: after a crash its pid file still says "running"."""
    if not (server.socket_folder / f".s.PGSQL.{server.port}").exists():
        return False
    try:
        psycopg.connect(**server.connection("postgres"), connect_timeout=3).close()  # type: ignore[arg-type]
    except psycopg.OperationalError:
        return False
    return True


def is_running(data_folder: Path) -> bool:
    """Whether the server of a data folder answers."""
    return answers(facts(data_folder))


@contextmanager
def one_at_a_time(data_folder: Path) -> Iterator[None]:
    """Hold the data folder's lock; the others wait. The system lets go of it when a process dies."""
    with data_folder.with_name(f"{data_folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(words: list[str], account: Account, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run one of PostgreSQL's programs as the account, free of whatever our own environment says about PostgreSQL."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    environment = {**kept, "LC_ALL": "C.UTF-8", **more.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(words, check=False, env=environment, stdin=subprocess.DEVNULL, **account.words(), **more)  # type: ignore[call-overload, no-any-return]


def private_socket_folder(server: Server, account: Account) -> None:
    """Make the socket's folder, which nobody else may enter. Raises LauncherError where another account holds it."""
    folder = server.socket_folder
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = folder.lstat().st_uid
    if folder.is_symlink() or owner not in {os.geteuid(), account.user}:
        raise LauncherError(f"{folder} belongs to somebody else, so the database cannot put its socket there.")
    account.give(folder, 0o700)


def make_cluster(server: Server, account: Account, programs: Binaries, *, throwaway: bool) -> None:
    """`initdb`, in a folder that gets its name only when it is complete. Raises LauncherError with what initdb said."""
    half_made = server.data_folder / "cluster.half-made"
    shutil.rmtree(half_made, ignore_errors=True)
    half_made.mkdir()
    account.give(half_made, 0o700)
    words = [programs.program("initdb"), "-D", str(half_made), "-U", server.superuser, "--auth=trust", *LOCALE]
    words += BUILTIN_LOCALE if programs.major >= 17 else ()  # noqa: PLR2004
    words += ["--no-sync"] if throwaway else []
    made = run(words, account, capture_output=True)
    if made.returncode:
        raise LauncherError(f"The database could not be made: {made.stderr.decode(errors='replace').strip()}")
    (half_made / "pg_hba.conf").write_text("# By socket only, whose folder is private.\nlocal all all trust\n")
    with (half_made / "postgresql.conf").open("a") as settings:
        settings.write("\ninclude 'kept.conf'\n")
    half_made.rename(server.cluster)


def write_settings(server: Server, account: Account, *, throwaway: bool) -> None:
    """Say where the socket stands (the project may have been moved) and that the network is not listened to."""
    quoted = str(server.socket_folder).replace("'", "''")
    lines = ["listen_addresses = ''", f"port = {server.port}", f"unix_socket_directories = '\"{quoted}\"'"]
    lines += ["unix_socket_permissions = 0700", "max_connections = 100", "log_min_messages = warning"]
    lines.append("work_mem = 16MB")  # the overview of an area of 25,000 children is counted without sorting it
    lines.append("max_locks_per_transaction = 512")  # a copy of a record touches every table and index
    lines += CAREFREE if throwaway else ()
    file = server.cluster / "kept.conf"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    account.give(file, 0o600)


def forget_stale_pid(server: Server) -> None:
    """Remove a pid file whose number, after a crash or a restart of the machine, now belongs to another program."""
    file = server.cluster / "postmaster.pid"
    try:
        number = int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    name = program_of(number)
    if name and "postgres" not in name:
        file.unlink(missing_ok=True)


def program_of(process: int) -> str:
    """The name of the program that a process number belongs to; empty for none."""
    if Path("/proc/self/comm").exists():
        file = Path(f"/proc/{process}/comm")
        return file.read_text() if file.exists() else ""
    return subprocess.run(["ps", "-o", "comm=", "-p", str(process)], check=False, capture_output=True, text=True).stdout


def start(server: Server, account: Account, programs: Binaries) -> None:
    """`pg_ctl start`, again for a while when the remains of a killed server are still going. Raises LauncherError."""
    if server.log.exists() and server.log.stat().st_size > LONGEST_LOG:
        server.log.unlink()
    deadline = time.monotonic() + START_SECONDS
    words = [programs.program("pg_ctl"), "start", "-w", "-t", str(START_SECONDS)]
    while True:
        forget_stale_pid(server)
        with server.log.open("ab") as log:  # by environment and open file, so no path passes through pg_ctl's shell
            run(words, account, env={"PGDATA": str(server.cluster)}, stdout=log, stderr=log)
        if answers(server):
            return
        if time.monotonic() > deadline:
            raise LauncherError(f"The database did not start; {server.log} ends:\n{tail(server.log)}")
        time.sleep(0.3)


def tail(log: Path) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])


def cluster_version(server: Server) -> int | None:
    """The major version that made the cluster; None before there is one."""
    file = server.cluster / "PG_VERSION"
    return int(file.read_text()) if file.exists() else None


def ensure_running(data_folder: Path, *, throwaway: bool = False, say: Say = silent) -> Server:
    """Make the server if there is none, start it if it is not up, and give its facts; quick when all is well.

    `throwaway` is for tests: faster, and not safe against a power cut. `say` is told what takes a second or more.
    Raises LauncherError with a sentence.
    """
    server = facts(data_folder)
    if roles.are_made(server) and answers(server):
        return server
    account = accounts.choose()
    data_folder.parent.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(data_folder):
        try:
            accounts.settle(data_folder, account)
            server = facts(data_folder)
            if not answers(server):
                bring_up(server, account, throwaway=throwaway, say=say)
            roles.ensure(server)
        except OSError as error:
            raise LauncherError(f"The database could not be started: {error}.") from error
    return server


def bring_up(server: Server, account: Account, *, throwaway: bool, say: Say) -> None:
    """Make what is missing and start."""
    account.give(server.data_folder, 0o700)
    programs = accounts.runnable(binaries.find(cluster_version(server)), account)
    private_socket_folder(server, account)
    if cluster_version(server) is None:
        say(f"Making the database (PostgreSQL {programs.major}, once)")
        make_cluster(server, account, programs, throwaway=throwaway)
    say("Starting the database")
    write_settings(server, account, throwaway=throwaway)
    start(server, account, programs)


def stop(data_folder: Path) -> bool:
    """Stop the server cleanly: sessions are ended, nothing committed is lost. False when it was not running.

    Raises LauncherError where it would not stop.
    """
    server = facts(data_folder)
    if not (server.cluster / "postmaster.pid").exists():
        return False
    account = accounts.choose()
    with one_at_a_time(data_folder):
        programs = accounts.runnable(binaries.find(cluster_version(server)), account)
        was_up = answers(server)
        words = [programs.program("pg_ctl"), "stop", "-m", "fast", "-w", "-t", str(START_SECONDS)]
        done = run(words, account, env={"PGDATA": str(server.cluster)}, capture_output=True)
        if done.returncode and answers(server):
            raise LauncherError(f"The database would not stop: {done.stderr.decode(errors='replace').strip()}")
    return was_up


def remove(data_folder: Path) -> None:
    """Stop the server and delete all its data."""
    stop(data_folder)
    server = facts(data_folder)
    shutil.rmtree(server.data_folder, ignore_errors=True)
    shutil.rmtree(server.socket_folder, ignore_errors=True)
    if data_folder.is_symlink():
        data_folder.unlink()
