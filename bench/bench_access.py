"""What row-level security and the trails cost: the same pages with both on and with both off, turn by turn.

One area of 25,000 children with a case each. Prints one line of JSON: for each page the median seconds on and off and
their ratio (aim: at most 1.3), the same for one change of a child's name, and the cost of the reading log's statement.
Words after `--`: how many children (25000) and how many rounds (40).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(place) for place in (ROOT / "src", ROOT) if str(place) not in sys.path]

from conftest import prepare_environment  # noqa: E402

prepare_environment()
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import ClientHandler  # noqa: E402
from django.urls import reverse  # noqa: E402

from kept.access import middleware  # noqa: E402
from kept.access.acting import acting_as_system  # noqa: E402
from kept.access.tests.test_permission_table import sign_in  # noqa: E402
from kept.access.tests.world import Who, World, make_world  # noqa: E402
from kept.access.trails import Kind, Shown  # noqa: E402
from kept.access.trails.reading import write_reading  # noqa: E402
from kept.cases.models import Case  # noqa: E402
from kept.people.actions import name_facts  # noqa: E402
from kept.people.models import Child  # noqa: E402
from tools import scratch  # noqa: E402

CHILDREN, ROUNDS = 25_000, 40
A_LIST = 25


def database() -> str:
    """A fresh database of the tests' server, used as the service role."""

    def point(name: str, role: str) -> None:
        for one in connections.all():
            one.close()
            one.settings_dict |= {"NAME": name, "USER": role}

    def migrate(name: str) -> None:
        point(name, scratch.roles.OWNER)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()

    server = scratch.ensure_server()
    point("postgres", scratch.roles.APP)
    made = scratch.make_database(server, "bench", migrate, anew=False)
    point(made, scratch.roles.APP)
    return made


def fill(world: World, count: int) -> None:
    """Children with a case each."""
    first = date(2008, 1, 1)
    with acting_as_system(world.area) as kept:
        children = [
            Child(
                area=kept.area,
                born_on=first + timedelta(days=n % 5000),
                **name_facts(given_names=f"Given{n % 977}", family_name=f"Family{n % 1999}"),
            )
            for n in range(count)
        ]
        Child.objects.bulk_create(children, batch_size=2000)
        Case.objects.bulk_create(
            [
                Case(
                    area=kept.area,
                    child=child,
                    reference=f"B-{n}",
                    opened_on=world.today,
                    stage="ASSESSING",
                    officer=world.users[Who.OFFICER],
                    next_due_on=world.today + timedelta(days=n % 60),
                )
                for n, child in enumerate(children)
            ],
            batch_size=2000,
        )
    with scratch.as_superuser(scratch.ensure_server(), connection.settings_dict["NAME"]) as superuser:
        superuser.execute("ANALYZE")


@contextmanager
def everything_off(name: str) -> Iterator[None]:
    """No policies, no change triggers, no reading log; all back afterwards."""
    logged = middleware.leave_trails
    with scratch.as_superuser(scratch.ensure_server(), name) as superuser:
        tables = [row[0] for row in superuser.execute("SELECT relname FROM pg_class WHERE relrowsecurity")]
        tracked = [
            tuple(row)
            for row in superuser.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname ~ '^kept_'"
            )
        ]

        def switch(on: bool) -> None:
            words = "ENABLE" if on else "DISABLE"
            for table in tables:
                superuser.execute(f"ALTER TABLE {table} {words} ROW LEVEL SECURITY")
            for table, trigger in tracked:
                superuser.execute(f"ALTER TABLE {table} {words} TRIGGER {trigger}")

        switch(False)
        middleware.leave_trails = lambda request, response: None
        try:
            yield
        finally:
            middleware.leave_trails = logged
            switch(True)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def page(world: World, who: Who, address: str) -> Callable[[], object]:
    """One visit; anything but the page itself is a fault."""
    client = Client(SERVER_NAME="localhost")
    client.handler = ClientHandler(enforce_csrf_checks=False)
    sign_in(client, world, who)

    def visit() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        b"".join(answer.streaming_content) if answer.streaming else answer.content

    return visit


def rename(world: World) -> Callable[[], object]:
    """Change one child's name and nothing else, undone."""

    def change() -> None:
        with world.acting(Who.OFFICER):
            Child.objects.filter(pk=world.nia.pk).update(family_name=str(time.perf_counter()))
            transaction.set_rollback(True)

    return change


def main(words: list[str]) -> None:
    """Measure and print."""
    count, rounds = (int(words[0]) if words else CHILDREN), (int(words[1]) if words[1:] else ROUNDS)
    name = database()
    world = make_world()
    filling = seconds(lambda: fill(world, count))
    with world.acting(Who.OFFICER):
        case = Case.objects.filter(area=world.area).first()
    works = {
        "list of children": page(world, Who.OFFICER, reverse("people:find")),
        "search for a child": page(world, Who.OFFICER, reverse("people:find") + "?q=Family77"),
        "page of a child": page(world, Who.OFFICER, reverse("people:child", args=[world.nia.pk])),
        "list of cases": page(world, Who.OFFICER, reverse("cases:list")),
        "page of a case": page(world, Who.OFFICER, reverse("cases:detail", args=[case.pk])),
        "one change": rename(world),
    }
    on: dict[str, list[float]] = {what: [] for what in works}
    off: dict[str, list[float]] = {what: [] for what in works}
    for turn in range(4):
        for what, work in works.items():
            work()
            on[what] += [seconds(work) for _ in range(rounds // 4)]
        with everything_off(name):
            for what, work in works.items():
                work()
                off[what] += [seconds(work) for _ in range(rounds // 4)]
        print(f"turn {turn + 1} of 4", file=sys.stderr)
    shown = Shown(kind=Kind.LIST, children=dict.fromkeys([world.nia.pk, *([world.bo.pk] * A_LIST)]))
    with world.acting(Who.OFFICER) as officer:
        log = statistics.median(seconds(lambda: write_reading(officer, shown, page="x")) for _ in range(rounds))
    figures = {
        what: {
            "on": round(statistics.median(on[what]), 5),
            "off": round(statistics.median(off[what]), 5),
            "ratio": round(statistics.median(on[what]) / statistics.median(off[what]), 2),
        }
        for what in works
    }
    print(json.dumps({"children": count, "filling": round(filling, 1), "reading log": round(log, 5), "pages": figures}))
    connections.close_all()
    with scratch.as_superuser(scratch.ensure_server()) as superuser:
        scratch.drop(superuser, name)


if __name__ == "__main__":
    main(sys.argv[1:])
