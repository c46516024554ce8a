"""`./run serve [--port N] [--no-demo]`: start Kept and say where its page is.

Starts the database, brings its tables up to date, makes the demonstration area where there is nothing yet, and leaves
the web server and the worker (`kept worker`) in the background. Safe to repeat. `./run stop` ends it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from kept.commands.processes import Background, one_at_a_time
from kept.commands.progress import progress, say
from kept.config import launcher

HOST = "127.0.0.1"
PORT = 8000
WORKERS, THREADS = 2, 4
TO_ANSWER = 60.0  # seconds
SERVER_ERROR = 500
LARGEST_PORT = 65535
WORKER = [sys.executable, "-m", "kept", "worker"]


def port_number(words: str) -> int:
    """A port from the command line; argparse shows the sentence of a ValueError's kin."""
    if not words.isdecimal() or not 1 <= int(words) <= LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {LARGEST_PORT}, not {words!r}")
    return int(words)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("--port", type=port_number, help=f"where to listen (otherwise {PORT})")
    parser.add_argument("--no-demo", action="store_true", help="the service itself, without the demonstration area")
    parser.add_argument(
        "--demo-plans", type=int, help="children with a plan in the demonstration (otherwise as many as were published)"
    )


def mode(*, no_demo: bool) -> str:
    """The mode to run in: what KEPT_MODE says, else the demonstration unless a live database is named."""
    return os.environ.get("KEPT_MODE") or ("production" if no_demo or launcher.is_live() else "demo")


def address(port: int) -> str:
    """The address to type into a browser."""
    return f"http://localhost:{port}/"


def is_free(port: int) -> bool:
    """Whether we could listen on a port. Raises SystemExit where the system reserves it."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except PermissionError:
            raise SystemExit(f"Only the administrator may use port {port}. Try ./run serve --port {PORT}") from None
        except OSError:
            return False
    return True


def manage(command: str, environment: dict[str, str], what: str) -> None:
    """One of Django's commands, as the owner of the tables. Raises SystemExit when it fails."""
    with progress(what):
        asked = [sys.executable, "-m", "kept", "manage", command, "--noinput", "--skip-checks", "-v", "0"]
        done = subprocess.run(asked, check=False, env={**environment, "KEPT_DATABASE_ROLE": "owner"}, stdout=sys.stderr)
    if done.returncode:
        raise SystemExit(f"{what}: failed, see above. Nothing was started.")


def has_no_area(server: launcher.Server) -> bool:
    """Whether the database holds no local area yet. Asked past row-level security, which would hide them."""
    with psycopg.connect(**server.connection("kept")) as connection:  # type: ignore[arg-type]
        return connection.execute("SELECT 1 FROM access_area LIMIT 1").fetchone() is None


def make_demonstration(server: launcher.Server, environment: dict[str, str], plans: int | None) -> None:
    """Fill an empty database with the demonstration area, once."""
    from kept.__main__ import COMMANDS

    if "demo" in COMMANDS and has_no_area(server):
        with progress("Making the demonstration area, once"):
            asked = [sys.executable, "-m", "kept", "demo", *([] if plans is None else ["--plans", str(plans)])]
            made = subprocess.run(asked, check=False, env=environment, stdout=sys.stderr)
        if made.returncode:
            raise SystemExit("The demonstration area could not be made: see above.")


def status_of(port: int, path: str = "/", redirects: int = 5) -> int | None:
    """The HTTP status of the first page, after redirects within the service; None while nothing answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    onward = answer.headers.get("Location", "")
    return status_of(port, onward, redirects - 1) if redirects and onward.startswith("/") else answer.status


def web_command(port: int) -> list[str]:
    """The web server: two processes of four threads behind one port."""
    return [
        *(sys.executable, "-m", "gunicorn", "kept.config.wsgi", "--bind", f"{HOST}:{port}"),
        *("--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"),
    ]


def start_worker(home: Path, environment: dict[str, str]) -> None:
    """Leave the program behind that hands over letters and does the night's work, unless one runs already."""
    worker = Background("worker", home)
    if not worker.locked():
        worker.start(WORKER, environment).returncode = 0  # it goes on without us


def wait_for_page(web: Background, started: subprocess.Popen[bytes], port: int) -> None:
    """Return when the first page answers. Raises SystemExit with the end of the log when it does not, or in error."""
    deadline = time.monotonic() + TO_ANSWER
    status = None
    while status is None and time.monotonic() < deadline and started.poll() is None:
        time.sleep(0.1)
        status = status_of(port)
    if status is None or status >= SERVER_ERROR:
        words = web.last_words()
        web.stop()
        raise SystemExit(f"The web server did not come up with a page. {web.log} ends:\n{words}")
    started.returncode = 0  # it goes on without us; nobody waits for it here


def already_running(web: Background, wanted: int | None, environment: dict[str, str]) -> int | None:
    """The exit code when the web server runs already; None when it does not.

    A worker that died meanwhile is started again, in the mode that the web server runs in.
    """
    known = web.running()
    port = known.get("port")
    if port is None:
        return None
    start_worker(web.home, {**environment, "KEPT_MODE": known.get("mode", environment["KEPT_MODE"])})
    if wanted not in (None, port):
        say(f"Kept is already running at {address(port)} ; to move it: ./run stop && ./run serve --port {wanted}")
        return 1
    print(f"Kept is already running at {address(port)}")
    return 0


def run(options: argparse.Namespace) -> int:
    """Bring everything up; 0 when the page answers."""
    home = launcher.home()
    with one_at_a_time(home):
        return bring_up(options, home)


def bring_up(options: argparse.Namespace, home: Path) -> int:
    """Database, tables, demonstration, web server, each unless it is there already."""
    web = Background("web", home)
    environment = {**os.environ, "KEPT_MODE": mode(no_demo=options.no_demo), "KEPT_HOME": str(home)}
    try:
        server = None if launcher.is_live() else launcher.ensure_running(home / "postgres", say=say)
    except launcher.LauncherError as error:
        raise SystemExit(str(error)) from None
    code = already_running(web, options.port, environment)
    if code is not None:
        return code
    port = options.port or PORT
    if not is_free(port):
        raise SystemExit(f"Port {port} is used by another program. Choose another: ./run serve --port {port + 1}")
    manage("migrate", environment, "Bringing the tables up to date")
    manage("collectstatic", environment, "Collecting styles and scripts")
    if server and environment["KEPT_MODE"] == "demo":
        make_demonstration(server, environment, options.demo_plans)
    with progress("Starting the web server"):
        started = web.start(web_command(port), environment, port=port, mode=environment["KEPT_MODE"])
        wait_for_page(web, started, port)
    start_worker(home, environment)
    if environment["KEPT_MODE"] == "production" and os.environ.get("KEPT_PLAIN_HTTP") != "1":
        say("It speaks HTTPS only: put a proxy before it and set KEPT_BEHIND_PROXY=1 (for a trial, KEPT_PLAIN_HTTP=1).")
    print(f"Kept is running at {address(port)} ; ./run stop ends it")
    return 0


def background_programs(home: Path) -> list[Background]:
    """What `./run stop` ends before the database, in this order."""
    return [Background("web", home), Background("worker", home)]
