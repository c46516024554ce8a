"""How long all measures take on a large area: three years from scratch, then one month as each night does it.

Measures the largest demonstration area that KEPT_HOME holds (`./run demo -- --plans 25000` makes one); what was written
is taken back.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path


class _TakenBack(Exception):
    """Nothing of a measurement stays."""


def processor() -> float:
    """Seconds of processor that this process and its process of the database have used; without /proc only this one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    own = time.process_time()
    if not stat.exists():
        return own
    ticks = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13]
    return own + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def timed(act: Callable[[], object]) -> tuple[str, object]:
    """Seconds by the clock and of processor, in words, and what it gave."""
    began, used = time.perf_counter(), processor()
    given = act()
    return f"{time.perf_counter() - began:.1f} s by the clock, {processor() - used:.1f} s of processor", given


def _measure() -> None:
    from kept.access.acting import acting_as_system
    from kept.access.models import Area
    from kept.measures.catalogue import COMPUTED
    from kept.measures.computing import compute, last_full_month, month_after
    from kept.people.models import Child

    sizes = {}
    for area in Area.objects.filter(is_demo=True):
        with acting_as_system(area):
            sizes[area] = Child.objects.filter(area=area).count()
    if not sizes:
        raise SystemExit("This KEPT_HOME holds no demonstration. Make one first: ./run demo -- --plans 25000")
    area = max(sizes, key=lambda one: sizes[one])
    with acting_as_system(area) as by:
        last: date = last_full_month(by.today)
        seconds, made = timed(lambda: compute(by=by))
        print(f"{sizes[area]:,} children, {len(COMPUTED)} measures with six splits, 36 months from scratch:", end=" ")
        print(f"{seconds} (aim 60 s), {made:,} figures")
        seconds, made = timed(lambda: compute(by=by, first=last))
        print(f"one month: {seconds} (aim 5 s), {made:,} figures")
        seconds, made = timed(lambda: compute(by=by, first=month_after(last, -2)))
        print(f"three months, as each night: {seconds}, {made:,} figures")


def main() -> int:
    """Take the measurements; 0."""
    import django
    from django.db import transaction

    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    django.setup()
    try:
        with transaction.atomic():
            _measure()
            raise _TakenBack
    except _TakenBack:
        print("(the rows were taken back)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
