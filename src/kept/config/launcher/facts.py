"""Where an embedded server lives. Pure arithmetic on paths: nothing is made and nothing is asked."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

PORT = 5432  # part of the socket's name only; the server never listens on the network
SUPERUSER = "kept_superuser"
LONGEST_SOCKET_FOLDER = 85  # bytes; the whole path may have 107 (Linux) or 103 (macOS), and the socket's name takes 18
LIBPQ_LIST_MARKS = set(",\"'\\")  # libpq reads a comma as a list of hosts; the others need quoting in the server's file


@dataclass(frozen=True)
class Server:
    """The facts of one embedded server."""

    data_folder: Path
    socket_folder: Path
    port: int = PORT
    superuser: str = SUPERUSER

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.data_folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server wrote since it was started."""
        return self.data_folder / "server.log"

    def connection(self, database: str, user: str | None = None) -> dict[str, object]:
        """Words for `psycopg.connect`."""
        return {"host": str(self.socket_folder), "port": self.port, "dbname": database, "user": user or self.superuser}


def short_folder(data_folder: Path) -> Path:
    """A short private folder for the socket of a data folder whose own path is too long."""
    mark = hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:12]
    natural = Path(tempfile.gettempdir()) / f"kept-{mark}"
    return natural if len(os.fsencode(natural)) <= LONGEST_SOCKET_FOLDER else Path("/tmp") / natural.name  # noqa: S108


def facts(data_folder: Path) -> Server:
    """The server of a data folder: its socket stands inside it unless the path is too long or has marks to quote."""
    real = data_folder.resolve()
    natural = real / "socket"
    fits = len(os.fsencode(natural)) <= LONGEST_SOCKET_FOLDER and not LIBPQ_LIST_MARKS & set(str(natural))
    return Server(data_folder=real, socket_folder=natural if fits else short_folder(real))
