"""The delivery ledger: expectations for 2,000 plans for a year, a school's week page, a term's statements.

Run as `./run bench delivery [-- CHILDREN]`. Expectations stand beside the rule sets of python-dateutil, which do
less (weekly dates without the days on which a setting is shut, no steps, no shortened weeks). The page and the
statements run on the embedded database, through row-level security, in a transaction that is taken back at the end.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
os.environ.setdefault("KEPT_MODE", "test")
os.environ.setdefault("KEPT_DATABASE_ROLE", "app")
os.environ.setdefault("KEPT_HOSTS", "localhost,testserver")

from dateutil.rrule import WEEKLY, rrule, rruleset

from kept.rules.delivery import (
    Calendar,
    ProvisionItem,
    Unit,
    calendar,
    expectations,
    item_of,
    monday_of,
    usual_calendar,
    usual_half_terms,
)
from kept.rules.plans import read_provision

YEAR = 2025
FIRST, TODAY = date(YEAR, 9, 1), date(YEAR + 1, 7, 17)
ITEMS, SETTINGS, AT_SCHOOL = 6, 100, 60
WORDS = [
    "A speech and language therapist will deliver speech and language therapy for 45 minutes, once each week.",
    "A teaching assistant will deliver phonics teaching for 10 minutes, once each school day.",
    "An occupational therapist will deliver occupational therapy for 30 minutes, once each fortnight.",
    "A teaching assistant will deliver mentoring for 20 minutes, twice each week.",
    "A specialist teacher will deliver specialist teaching for 60 minutes, once each half-term.",
    "A teaching assistant will deliver adult support for 900 minutes a week.",
]


def timed(act: Callable[[], object]) -> tuple[float, object]:
    """Seconds, and what came of it."""
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def calendars() -> list[Calendar]:
    """A calendar for each setting, each shut on days of its own."""
    days = usual_calendar(YEAR, YEAR).days
    return [calendar(usual_half_terms(YEAR), closed=days[number % 40 :: 40]) for number in range(SETTINGS)]


def items(plans: int) -> list[ProvisionItem]:
    """Six items a plan, each plan begun on a day of its own."""
    read = [read_provision(words) for words in WORDS]
    return [
        item_of(one, id=f"{plan}-{place}", in_force_on=FIRST - timedelta(days=plan % 300))
        for plan in range(plans)
        for place, one in enumerate(read)
    ]


def peer(plans: int) -> int:
    """Dates of one weekly session for each item by python-dateutil's rule sets, bank holidays left out."""
    known = 0
    shut = [day for day in usual_calendar(YEAR, YEAR).all_weekdays if day not in usual_calendar(YEAR, YEAR).open_days]
    for plan in range(plans * ITEMS):
        dates = rruleset()
        begins = datetime.combine(FIRST + timedelta(days=plan % 5), datetime.min.time())
        dates.rrule(rrule(WEEKLY, dtstart=begins, until=datetime.combine(TODAY, datetime.min.time())))
        for day in shut:
            dates.exdate(datetime.combine(day, datetime.min.time()))
        known += len(list(dates))
    return known


def pure(plans: int) -> None:
    """Expectations of a year, and the peer on a tenth of the plans."""
    known, made = calendars(), items(plans)
    seconds, total = timed(
        lambda: sum(len(expectations(one, known[number // ITEMS % SETTINGS])) for number, one in enumerate(made))
    )
    print(f"expectations of {plans:,} plans ({len(made):,} items) for a year: {seconds:.2f} s, {total:,} periods")
    part = max(plans // 20, 1)
    theirs, _ = timed(lambda: peer(part))
    print(
        f"python-dateutil, weekly dates alone, {part:,} plans: {theirs:.2f} s, so {theirs * plans / part:.1f} s for all"
    )


def with_database(plans: int) -> None:
    """A school's week page for sixty children, and a term's statements, on made-up rows that are taken back."""
    import django
    from django.db import transaction

    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    django.setup()
    try:
        with transaction.atomic():
            _measure(plans)
            raise _TakenBack
    except _TakenBack:
        print("(the rows were taken back)")


class _TakenBack(Exception):
    """Nothing of a measurement stays."""


def _measure(plans: int) -> None:
    from bench_lists import backend_of, processor_of

    from kept.access.acting import acting, acting_as_system
    from kept.access.models import Agency, AgencyKind, Area
    from kept.access.roles import Role
    from kept.delivery import queries
    from kept.people.models import Child
    from tests import made_up
    from tests.budgets import Visit, client_of

    area = Area.objects.create(name="Benchmark", slug=f"benchmark-{time.time_ns()}")
    with acting_as_system(area, today=TODAY) as by:
        schools = [
            Agency.objects.create(area=area, kind=AgencyKind.SCHOOL, name=f"School {number}")
            for number in range(plans // AT_SCHOOL + 1)
        ]
        senco = made_up.a_person(area, Role.SCHOOL, agency=schools[0])
        seconds, _ = timed(lambda: _pour(by, schools, plans))
        print(f"{plans:,} children with {ITEMS} items and a term of records made in {seconds:.1f} s")
        ids = list(Child.objects.filter(area=area).values_list("pk", flat=True))
        term = f"{YEAR + 1}-summer"

        def statements() -> int:
            return sum(len(queries.statements(by, ids[start : start + 250], term)) for start in range(0, len(ids), 250))

        backend = backend_of()
        ours, theirs = time.process_time(), processor_of(backend)
        seconds, number = timed(statements)
        print(
            f"statements of a term for {number:,} children: {seconds:.1f} s by the clock, "
            f"{time.process_time() - ours:.1f} s of processor and {processor_of(backend) - theirs:.1f} s of the "
            "database"
        )
    monday = monday_of(TODAY)
    with acting(user=senco, area=area, today=TODAY) as actor:
        took = [timed(lambda: queries.week_of_setting(actor, schools[0], monday))[0] for _ in range(5)]
    print(f"the rows of a school's week, {AT_SCHOOL} children: {statistics.median(took) * 1000:.0f} ms")
    visit = Visit(senco, f"/delivery/week/?week={monday.isoformat()}")
    client = client_of(visit.user)
    client.get(visit.address)
    took, size = [], 0
    ours, theirs = time.process_time(), processor_of(backend)
    for _ in range(15):
        seconds, answer = timed(lambda: client.get(visit.address))
        took.append(seconds * 1000)
        size = len(answer.content)  # type: ignore[attr-defined]
    took.sort()
    ours, theirs = time.process_time() - ours, processor_of(backend) - theirs
    print(
        f"a school's week page, {AT_SCHOOL} children: {ours / 15 * 1000:.0f} ms of processor and "
        f"{theirs / 15 * 1000:.0f} ms of the database; by the clock median {statistics.median(took):.0f} ms, "
        f"slowest {took[-1]:.0f} ms, "
        f"{size:,} bytes"
    )


def _pour(by: object, schools: list, plans: int) -> None:
    from kept.access.models import Grant, Relation
    from kept.delivery.items import facts_of
    from kept.delivery.models import Item, Record
    from kept.people.models import Child, Enrolment
    from kept.rules.identifiers.keys import uuid7

    area = by.area  # type: ignore[attr-defined]
    begun = FIRST - timedelta(days=400)
    children = [
        Child(
            area=area, given_names=f"Child{n}", family_name="Made", born_on=date(2016, 5, 4), sort_key=f"made {n:05d}"
        )
        for n in range(plans)
    ]
    Child.objects.bulk_create(children, batch_size=1000)
    at = [schools[number // AT_SCHOOL] for number in range(plans)]
    Enrolment.objects.bulk_create(
        (
            Enrolment(area=area, child=child, setting=place, starts_on=begun)
            for child, place in zip(children, at, strict=True)
        ),
        batch_size=1000,
    )
    Grant.objects.bulk_create(
        Grant(area=area, child_id=child.pk, agency=place, relation=Relation.AGENCY, starts_on=begun)
        for child, place in zip(children, at, strict=True)
    )
    read = [item_of(read_provision(words), id="x", in_force_on=begun) for words in WORDS]
    made = [
        Item(
            area=area, child=child, lineage=uuid7(), version=uuid7(), section="F", service=one.service, words=words,
            facts=facts_of(one), starts_on=begun,
        )
        for child in children
        for one, words in zip(read, WORDS, strict=True)
    ]  # fmt: skip
    Item.objects.bulk_create(made, batch_size=1000)
    weeks = [days[0] for days in usual_calendar(YEAR, YEAR).groups(Unit.WEEK) if days[0] >= date(YEAR + 1, 4, 1)]
    Record.objects.bulk_create(
        (
            Record(
                area=area, child_id=item.child_id, item=item, on=monday_of(day), whole_week=True, how="week",
                status="delivered" if number % 5 else "missed", reason="" if number % 5 else "capacity",
                said_by="Benchmark", by=by.user,  # type: ignore[attr-defined]
            )
            for number, item in enumerate(made)
            for day in weeks
        ),
        batch_size=2000,
    )  # fmt: skip


def main(words: list[str]) -> int:
    """Take the measurements; 0."""
    plans = int(words[0]) if words else 2000
    pure(plans)
    with_database(plans)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
