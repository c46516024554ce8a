"""A waiting list of thousands: the time to bring them in, and each page of the list as a therapist asks for it.

Run as `./run bench lists [-- CHILDREN]`. Everything runs on the embedded database, through row-level security and the
reading log, in a transaction that is taken back at the end. Beside the list stands the page about privacy, which asks
the database for nothing.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
os.environ.setdefault("KEPT_MODE", "test")
os.environ.setdefault("KEPT_DATABASE_ROLE", "app")
os.environ.setdefault("KEPT_HOSTS", "localhost,testserver")

CHILDREN, REQUESTS = 3000, 20
ASKED = ["", "page=30", "sort=name", "late=on", "q=made+1", "state=offered"]


def timed(act: Callable[[], object]) -> tuple[float, object]:
    """Seconds by the clock, and what came of it."""
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


class _TakenBack(Exception):
    """Nothing of a measurement stays."""


def main(children: int) -> None:
    """Measure on the database of KEPT_HOME, and take everything back."""
    import django
    from django.db import transaction

    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    django.setup()
    try:
        with transaction.atomic():
            _measure(children)
            raise _TakenBack
    except _TakenBack:
        print("(the rows were taken back)")


def _measure(children: int) -> None:
    from django.urls import reverse

    from kept.access.acting import acting_as_system
    from kept.access.models import AgencyKind, Area
    from kept.access.roles import Role
    from kept.people.models import Child
    from kept.waiting.opening import add_many
    from kept.waiting.tests.house import lists_of
    from tests import made_up

    reverse("waiting:home")  # the first address that a process makes loads every page there is
    area = Area.objects.create(name="Benchmark", slug=f"benchmark-{time.time_ns()}")
    trust = made_up.an_agency(area, AgencyKind.HEALTH, "Therapy Trust")
    therapist = made_up.a_person(area, Role.PROFESSIONAL, agency=trust)
    with acting_as_system(area) as by:
        lists = lists_of(by, trust)
        made = [
            Child(area=area, given_names=f"Child{n}", family_name="Made", born_on=date(2017, 5, 4),
                  sort_key=f"made {n:05d}")
            for n in range(children)
        ]  # fmt: skip
        Child.objects.bulk_create(made, batch_size=1000)
        new = [_referral(lists.rtt, child.pk, number, by.today) for number, child in enumerate(made)]
        seconds, _ = timed(lambda: add_many(by=by, new=new))
    print(f"{children:,} referrals with their events, access and duties: {seconds:.1f} s")
    _pages(therapist, f"/waiting/lists/{lists.rtt.pk}/", ["/privacy/"])


def _referral(stage: object, child_id: object, number: int, today: date) -> object:
    from kept.waiting.opening import Fact, NewReferral
    from kept.waiting.words import EventKind

    made_on = today - timedelta(days=20 + number % 600)
    facts = [Fact(kind=EventKind.REFERRED, on=made_on), Fact(kind=EventKind.RECEIVED, on=made_on)]
    if number % 10:
        facts.append(Fact(kind=EventKind.ACCEPTED, on=made_on + timedelta(days=5)))
    if number % 12 == 1:
        facts.append(Fact(kind=EventKind.PRIORITY, on=made_on + timedelta(days=5), priority=2, note="Soon"))
    if number % 7 == 1:
        facts.append(Fact(kind=EventKind.OFFERED, on=made_on + timedelta(days=9), for_on=made_on + timedelta(days=15)))
    if number % 14 == 1:
        facts.append(Fact(kind=EventKind.NOT_BROUGHT, on=made_on + timedelta(days=15)))
    return NewReferral(stage=stage, child_id=child_id, facts=tuple(facts), ref=f"B-{number:05d}")  # type: ignore[arg-type]


def _pages(user: object, address: str, beside: list[str]) -> None:
    from tests.budgets import Visit, client_of

    client = client_of(Visit(user, address).user)  # type: ignore[arg-type]
    backend = backend_of()
    for path in [*beside, *(f"{address}?{words}" for words in ASKED)]:
        client.get(path)
        took, size = [], 0
        ours, theirs = time.process_time(), processor_of(backend)
        for _ in range(REQUESTS):
            seconds, answer = timed(lambda path=path: client.get(path))  # type: ignore[misc]
            took.append(seconds * 1000)
            size = len(answer.content)  # type: ignore[attr-defined]
            assert answer.status_code == 200, f"{path}: {answer.status_code}"  # type: ignore[attr-defined]
        ours = (time.process_time() - ours) * 1000 / REQUESTS
        theirs = (processor_of(backend) - theirs) * 1000 / REQUESTS
        took.sort()
        slow = took[int(len(took) * 0.95) - 1]
        print(
            f"{path[-24:]:24} processor {ours:4.0f} ms and {theirs:4.0f} ms of the database; by the clock median "
            f"{statistics.median(took):4.0f} ms, 95th {slow:4.0f} ms; {size:,} bytes"
        )


def backend_of() -> int:
    """The process of the database that answers this connection; nought where it is on another machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    return pid if Path(f"/proc/{pid}/stat").exists() else 0


def processor_of(pid: int) -> float:
    """Seconds of processor that a process has used."""
    if not pid:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
