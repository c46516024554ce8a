"""The pages of a working day, over HTTP, on a large area: time to the last byte, beside a page that does nothing.

Serves the demonstration with gunicorn as `./run serve` does (two workers), signs in as a case manager, a psychologist
or a SENCO, and asks for each page many times over one connection each for two visitors at once. Prints a table: median
and 95th percentile in milliseconds, bytes, and the ratio to the plain page about privacy, which asks the database for
nothing.

KEPT_HOME must hold a demonstration; without one it is made with `--children` (words after `--`: children, requests).
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
CHILDREN, REQUESTS, VISITORS, PORT = 25_000, 60, 2, 8377
MANAGER = "manager"
HOME = Path(os.environ.get("KEPT_HOME") or Path(tempfile.gettempdir()) / "kept-bench-pages")
FIND_CASE = re.compile(rb'href="(/cases/[0-9a-f-]{36}/)"')
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')
COOKIE = re.compile(r"(\w+)=([^;]+)")


def kept(*words: str) -> None:
    """The product's own command line, on the benchmark's own data."""
    environment = os.environ | {"KEPT_HOME": str(HOME), "KEPT_MODE": "demo"}
    subprocess.run([sys.executable, "-m", "kept", *words], check=True, cwd=ROOT, env=environment, stdout=sys.stderr)


class Visitor:
    """One browser: a connection that is kept open, and its cookies."""

    def __init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> bytes:
        """The body of a page; raises AssertionError when it is not there."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}/"}
        self.connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and (found := COOKIE.match(value)):
                self.cookies[found[1]] = found[2]
        assert answer.status in {200, 302}, f"{path}: {answer.status}"
        return content

    def becomes(self, who: str) -> None:
        """Sign in with the demonstration's one click, as one of `kept.demo.places.WORKERS` by key."""
        page = self.ask("/demo/").decode()
        form = next(form for form in page.split("<form")[1:] if f'name="who" value="{who}"' in form)
        self.ask("/demo/sign-in/", dict(FIELD.findall(form)))


def measure(path: str, requests: int, role: str = MANAGER) -> tuple[list[float], int]:
    """Milliseconds of every request by all visitors at once, and the size of the page."""

    def one(_: int) -> tuple[list[float], int]:
        visitor = Visitor()
        visitor.becomes(role)
        size = len(visitor.ask(path))
        took = []
        for _again in range(requests):
            began = time.perf_counter()
            visitor.ask(path)
            took.append((time.perf_counter() - began) * 1000)
        return took, size

    with ThreadPoolExecutor(VISITORS) as pool:
        found = list(pool.map(one, range(VISITORS)))
    return [value for took, _ in found for value in took], found[0][1]


def main() -> int:
    """Make what is missing, serve, measure, print."""
    words = [int(word) for word in sys.argv[1:] if word.isdigit()]
    children, requests = (words + [CHILDREN, REQUESTS][len(words) :])[:2]
    if not (HOME / "postgres").exists():
        kept("manage", "migrate", "--verbosity", "0")
        kept("demo", "--plans", str(int(children * 0.54)))
    kept("serve", "--port", str(PORT))
    try:
        visitor = Visitor()
        visitor.becomes(MANAGER)
        case = FIND_CASE.search(visitor.ask("/cases/"))[1].decode()
        pages = {
            "a page without the database": ("/privacy/", MANAGER),
            "my work": ("/work/", MANAGER),
            "case list": ("/cases/", MANAGER),
            "case list, a name misspelt": ("/cases/?q=Gyamfria", MANAGER),
            "case page": (case, MANAGER),
            "team overview": ("/team/", MANAGER),
            "calendar": ("/calendar/", MANAGER),
            "find a child": ("/people/?q=smith", MANAGER),
            "where every child is": ("/whereabouts/", MANAGER),
            "letters": ("/notices/", MANAGER),
            "a partner's desk": ("/partners/", "psychologist"),
            "a school's pupils": ("/partners/pupils/", "senco"),
            "a school's roll": ("/whereabouts/roll/", "senco"),
        }
        plain = None
        print(f"{'page':30} {'median ms':>10} {'95th ms':>9} {'kB':>6} {'ratio':>6}")
        for name, (path, role) in pages.items():
            took, size = measure(path, requests, role)
            median = statistics.median(took)
            plain = plain or median
            last = sorted(took)[int(len(took) * 0.95)]
            print(f"{name:30} {median:10.1f} {last:9.1f} {size / 1024:6.0f} {median / plain:6.1f}", flush=True)
    finally:
        kept("stop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
