"""The Local Offer over HTTP with 5,000 services, beside peers behind the same web server in the same run.

Search: the family's page (fifteen results with waits, places and reasons, drawn as HTML) and the open feed's search,
beside PostgreSQL full text, SQLite FTS5 and Tantivy answering ten keys from a bare Django; the same queries, and the
relevance of each on the development set. Feed: a page of 50 services beside the bare Django sending the same bytes.
gunicorn is started as `./run serve` does (two processes of four threads); the caller shares the two cores.

Tantivy is no dependency of Kept: install it into a folder of its own and name that in PYTHONPATH to have its row.
Run: ./run bench offer [-- services seconds]
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(tempfile.gettempdir()) / "kept-bench-offer"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
ENVIRONMENT = {
    "KEPT_HOME": str(HOME),
    "KEPT_MODE": "demo",
    "KEPT_CALLS_PER_SECOND": "0",
    "DJANGO_SETTINGS_MODULE": "kept.config.settings",
}
for name in [name for name in os.environ if name.startswith(("DATABASE_", "KEPT_"))]:
    del os.environ[name]
os.environ |= ENVIRONMENT

from kept.config import launcher  # noqa: E402

SERVER = launcher.ensure_running(HOME / "postgres", throwaway=True)
import django  # noqa: E402

django.setup()

from bench import _offer_peers as peers  # noqa: E402
from bench.bench_search import DEVELOPMENT, generated, ours  # noqa: E402
from kept.access.acting import acting_as_system, today_here  # noqa: E402
from kept.access.models import Area  # noqa: E402
from kept.commands.serve import manage, web_command  # noqa: E402
from kept.offer.models import AtLocation, Location, Organisation, Service, Tagging, Taxonomy, Term  # noqa: E402
from kept.offer.publishing import touch  # noqa: E402
from kept.rules.search.verify import score  # noqa: E402

OURS, PEERS = 8391, 8392
CONNECTIONS, ROUNDS, PAGES, PER_PAGE = 2, 3, 20, 50
FOLDER = HOME / "peers"
NEXT_CHECK = timedelta(days=60)


def fill(rows: Sequence[dict[str, Any]]) -> None:
    """One area with the services, each at a place of its own and under its categories."""
    area, _ = Area.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    today = today_here()
    with acting_as_system(area):
        if Service.objects.filter(area=area).count() == len(rows):
            return
        for model in (AtLocation, Tagging, Service, Location, Term, Taxonomy, Organisation):
            model.objects.filter(area=area).delete()
        trust = Organisation.objects.create(area=area, name="Trust", description="A trust")
        needs = Taxonomy.objects.create(area=area, slug="needs", name="Needs", description="Needs")
        names = sorted({name for row in rows for name in row["categories"]})
        terms = {name: Term(area=area, taxonomy=needs, name=name, description=name) for name in names}
        Term.objects.bulk_create(terms.values())
        made = [_entry(area, trust, row, today) for row in rows]
        places = [
            Location(area=area, name="Hall", address_1="1 Road", city="Town", postcode="QX1 1AB",
                     latitude=row["latitude"], longitude=row["longitude"])
            for row in rows
        ]  # fmt: skip
        Service.objects.bulk_create(made, batch_size=500)
        Location.objects.bulk_create(places, batch_size=1000)
        ties = [AtLocation(area=area, service=one, location=at) for one, at in zip(made, places, strict=True)]
        AtLocation.objects.bulk_create(ties, batch_size=1000)
        tags = [Tagging(area=area, service=one, term=terms[name])
                for one, row in zip(made, rows, strict=True) for name in set(row["categories"])]  # fmt: skip
        Tagging.objects.bulk_create(tags, batch_size=1000)
        touch(area)


def _entry(area: Area, trust: Organisation, row: dict[str, Any], today: date) -> Service:
    return Service(
        area=area, organisation=trust, is_published=True, name=row["name"][:100], description=row["description"],
        minimum_age=row.get("minimum_age"), maximum_age=row.get("maximum_age"), fees="Free", route="self",
        who_for="Children", email="team@trust.example", languages=["English"], assured_on=today,
        review_on=today + NEXT_CHECK,
    )  # fmt: skip


def processor_seconds(parents: Sequence[int]) -> float:
    """The processor time that the children of some processes have had: web workers, and sessions of the database."""
    total = 0.0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = file.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(after_name[1]) in parents:
            total += (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
    return total


@contextmanager
def served(command: list[str], port: int, path: str, **more: str) -> Iterator[int]:
    """A web server that answers, stopped afterwards; its process."""
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **more})
    try:
        for _ in range(240):
            try:
                if ask(HTTPConnection("127.0.0.1", port, timeout=60), path)[0]:
                    break
            except OSError:
                time.sleep(0.25)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def ask(connection: HTTPConnection, path: str) -> tuple[int, bytes]:
    """The status and the bytes of one address."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def load(port: int, paths: Sequence[str], seconds: float) -> list[float]:
    """Seconds that each request took, of two callers who ask as fast as they are answered."""
    took: list[float] = []

    def caller(start: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for path in cycle([*paths[start:], *paths[:start]]):
            began = time.perf_counter()
            status, _ = ask(connection, path)
            took.append(time.perf_counter() - began)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            if time.perf_counter() > until:
                return

    until = time.perf_counter() + seconds
    step = max(1, len(paths) // CONNECTIONS)
    callers = [Thread(target=caller, args=[at * step % len(paths)]) for at in range(CONNECTIONS)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    return took


def relevance(document: dict[str, Any], address: str) -> dict[str, Any]:
    """How well each engine answers the development set: 60 services, 40 queries."""
    services, queries = document["services"], document["queries"]
    postcodes = {place: (at["latitude"], at["longitude"]) for place, at in document["postcodes"].items()}
    mine = ours(services, postcodes)
    peers.fill_postgres(address, services)
    engines: dict[str, Callable[[str], list[str]]] = {
        "PostgreSQL full text": peers.postgres(address),
        "SQLite FTS5": peers.fts5(services),
    }
    try:
        engines["Tantivy"] = peers.tantivy(services)
    except ImportError:
        print("Tantivy is not installed: no row for it.")
    found = {"Kept": score(queries, {query["id"]: mine(query) for query in queries})}
    for name, engine in engines.items():
        found[name] = score(queries, {query["id"]: engine(query["text"]) for query in queries})
    return found


def kept_paths(queries: Sequence[dict[str, Any]]) -> tuple[list[str], list[str], list[str]]:
    """The addresses of the family's search page, of the feed's search, and of the peers."""
    pages = [f"/local-offer/bench/?{urlencode({'q': query['text']})}" for query in queries]
    feed = [f"/local-offer/bench/api/services?{urlencode({'search': query['text'], 'per_page': 10})}"
            for query in queries]  # fmt: skip
    return pages, feed, [f"?{urlencode({'q': query['text']})}" for query in queries]


def keep_pages() -> list[str]:
    """The feed's pages as our own server sends them, as files for the peer; their numbers."""
    connection = HTTPConnection("127.0.0.1", OURS, timeout=60)
    for number in range(1, PAGES + 1):
        _, content = ask(connection, f"/local-offer/bench/api/services?page={number}&per_page={PER_PAGE}")
        (FOLDER / f"page-{number}.json").write_bytes(content)
    return [str(number) for number in range(1, PAGES + 1)]


@dataclass(frozen=True)
class Round:
    """What one engine did in one round: seconds of each request, seconds of all, seconds of processor."""

    took: list[float]
    lasted: float
    worked: float


def row(name: str, rounds: Sequence[Round], quality: str = "") -> tuple[float, float]:
    """Print one line over all rounds. Gives requests a second, and milliseconds of processor for one."""
    took = [value * 1000 for one in rounds for value in one.took]
    rate = len(took) / sum(one.lasted for one in rounds)
    worked = 1000 * sum(one.worked for one in rounds) / len(took)
    last = statistics.quantiles(took, n=20)[-1]
    print(f"{name:30}{rate:9.0f}{statistics.median(took):9.1f}{last:9.1f}{worked:11.2f}   {quality}", flush=True)
    return rate, worked


def main(count: int, seconds: float) -> None:
    """Fill, serve, measure turn by turn, print."""
    document = json.loads(DEVELOPMENT.read_text(encoding="utf-8"))
    rows = generated(document["services"], count)
    manage("migrate", dict(os.environ), "Making the tables")
    manage("collectstatic", dict(os.environ), "Gathering styles and scripts")
    fill(rows)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    place = SERVER.connection("postgres")
    address = " ".join(f"{key}={value}" for key, value in place.items())
    quality = relevance(document, address)
    peers.fill_postgres(address, rows)
    (FOLDER / "services.json").write_text(json.dumps(rows), encoding="utf-8")
    (FOLDER / "postgres.txt").write_text(address, encoding="utf-8")
    family, feed, asked = kept_paths(document["queries"])
    with served(web_command(OURS), OURS, family[0]) as kept:
        numbers = keep_pages()
        command = [word.replace("kept.config.wsgi", "bench._offer_peers") for word in web_command(PEERS)]
        with served(command, PEERS, "/page?page=1", KEPT_BENCH_PEERS=str(FOLDER)) as others:
            runs: dict[str, tuple[int, list[str]]] = {
                "Kept, the family's page": (OURS, family),
                "Kept, the feed's search": (OURS, feed),
                **{
                    name: (PEERS, [f"/search/{path}{query}" for query in asked])
                    for name, path in (("PostgreSQL full text", "postgres"), ("SQLite FTS5", "fts5"),
                                       ("Tantivy", "tantivy")) if name in quality
                },
                "feed page of 50": (
                    OURS, [f"/local-offer/bench/api/services?page={one}&per_page={PER_PAGE}" for one in numbers]
                ),
                "bare Django, the same bytes": (PEERS, [f"/page?page={one}" for one in numbers]),
            }  # fmt: skip
            for port, paths in runs.values():
                load(port, paths, 2)  # every process and thread has answered before it counts
            took: dict[str, list[Round]] = {name: [] for name in runs}
            workers = [kept, others, int((SERVER.cluster / "postmaster.pid").read_text().split()[0])]
            for _ in range(ROUNDS):
                for name, (port, paths) in runs.items():
                    began, before = time.perf_counter(), processor_seconds(workers)
                    times = load(port, paths, seconds)
                    lasted = time.perf_counter() - began
                    took[name].append(Round(times, lasted, processor_seconds(workers) - before))
    print(f"{count} services, {CONNECTIONS} callers, load of the machine {os.getloadavg()[0]:.1f} on "
          f"{os.cpu_count()} cores")  # fmt: skip
    heads = f"{'over HTTP':30}{'a second':>9}{'50th ms':>9}{'95th ms':>9}{'processor':>11}"
    print(f"{heads}   relevance on the development set")
    rates = {}
    for name, rounds in took.items():
        found = quality.get(name.partition(",")[0])
        words = (
            f"nDCG@10 {found.ndcg:.3f}, right in three {found.success:.2f}, empty {found.empty:.2f}" if found else ""
        )
        rates[name] = row(name, rounds, words)
    feed_page, bare = rates["feed page of 50"], rates["bare Django, the same bytes"]
    speed, work = feed_page[0] / bare[0], feed_page[1] / bare[1]
    print(f"feed to bare page: {speed:.2f} of the pages a second, {work:.1f} times the processor")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    try:
        main(int(given[0]) if given else 5000, given[1] if len(given) > 1 else 5)
    finally:
        launcher.stop(HOME / "postgres")
