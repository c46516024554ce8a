"""How fast the statutory clocks are, beside the same job written as a plain loop with python-dateutil.

Run as `python -m bench.bench_clocks [CASES]`. The peer does less: it computes the due date and status of the clocks of
one case from the same table with `dateutil` and `holidays`, with no instances, rounds, exceptions, gates or stages.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta

import holidays
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

from kept.rules.process import Event, fold
from kept.rules.process.table import Clock, Pattern, clocks

AS_OF = date(2027, 2, 1)
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2020, 2035))
STEPS = [
    ("request_received", 0, {"by": "parent"}),
    ("family_consulted", 10, {}),
    ("assess_decision", 38, {"outcome": "assess"}),
    *[("advice_requested", 38, {"from": body}) for body in ("ep", "health", "care", "school", "family", "other")],
    *[("advice_received", 75, {"from": body}) for body in ("ep", "health", "care", "school", "family", "other")],
    ("draft_plan_served", 100, {}),
    ("family_responded", 110, {}),
    ("school_consulted", 110, {"school": "Oak"}),
    ("school_replied", 120, {"school": "Oak"}),
    ("final_plan_sent", 137, {}),
    ("plan_first_made", 137, {}),
    ("decision_notice_sent", 137, {"decision": "final_plan"}),
    ("provision_in_place", 140, {}),
    ("health_provision_in_place", 150, {}),
    ("review_notice_given", 440, {}),
    ("review_advice_circulated", 440, {}),
    ("review_meeting", 460, {}),
    ("review_report_issued", 470, {}),
    ("review_decision", 480, {"outcome": "amend"}),
    ("amendment_notice_sent", 480, {}),
]


def cases(count: int, first: int = 0) -> Iterator[list[Event]]:
    """Cases of 30 events, one after another; each starts on another day of the year."""
    for number in range(first, first + count):
        start = date(2025, 1, 1) + timedelta(days=number % 365)
        yield [Event(kind, start + timedelta(days=days), details) for kind, days, details in STEPS]


def ours(events: list[Event]) -> int:
    """One case: every clock, the stage and the flags."""
    state = fold(events, as_of=AS_OF)
    return len(state.clocks) + len(state.stage.name) + len(state.flags)


def peer(events: list[Event]) -> int:
    """One case in a plain loop: the due date and status of each clock, with dateutil doing the dates."""
    found = 0
    ordered = sorted(events, key=lambda event: event.date)
    for clock in clocks().values():
        trigger = _first(ordered, clock.triggers, None)
        if trigger is None:
            continue
        due = _due(clock, trigger)
        stop = _first(ordered, clock.stops, trigger)
        status = "open" if stop is None and due and due >= AS_OF else "met" if stop and due and stop <= due else "late"
        found += bool(status)
    return found


def _first(ordered: list[Event], wanted: Sequence[Pattern], start: date | None) -> date | None:
    for event in ordered:
        if event.date > AS_OF or (start is not None and event.date < start):
            continue
        for pattern in wanted:
            if pattern.type == event.type and pattern.fits(event.details):
                return event.date
    return None


def _due(clock: Clock, start: date) -> date | None:
    lengths = {
        "weeks": relativedelta(weeks=clock.length),
        "days": relativedelta(days=clock.length),
        "months": relativedelta(months=clock.length),
    }
    if clock.unit in lengths:
        sign = -1 if clock.counting == "MIN_BEFORE_EVENT" else 1
        inclusive = relativedelta(days=1 if clock.counting.endswith("INCLUSIVE") else 0)
        return start + sign * lengths[clock.unit] - inclusive
    if clock.unit == "working_days":
        days = rruleset()
        days.rrule(rrule(DAILY, dtstart=start + timedelta(days=1), byweekday=(MO, TU, WE, TH, FR), count=80))
        working = (day.date() for day in days if day.date() not in BANK_HOLIDAYS)
        return next(day for number, day in enumerate(working, start=1) if number == clock.length)
    return None


def rate(work: Callable[[list[Event]], int], count: int) -> float:
    """Cases a second on one core, best of three; the cases are made beforehand."""
    made = list(cases(count))
    work(made[0])
    best = min(_seconds(work, made) for _ in range(3))
    return count / best


def _seconds(work: Callable[[list[Event]], int], made: list[list[Event]]) -> float:
    start = time.perf_counter()
    for events in made:
        work(events)
    return time.perf_counter() - start


def stream(job: tuple[int, int]) -> tuple[int, int]:
    """Make and fold cases one at a time; their number and the process's peak memory in KiB."""
    first, count = job
    done = sum(1 for events in cases(count, first) if ours(events))
    return done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Print a small table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    fast, slow = rate(ours, 1_000), rate(peer, 200)
    print(f"{'30-event cases a second, one core':42} {'Kept':>10} {'dateutil loop':>14} {'ratio':>7}")
    print(f"{'all clocks, stage and flags':42} {fast:>10,.0f} {slow:>14,.0f} {fast / slow:>7.1f}")
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(stream, [(0, count // 2), (count // 2, count - count // 2)]))
    seconds = time.perf_counter() - start
    done, memory = sum(number for number, _ in results), max(peak for _, peak in results) / 1024
    print(f"{done:,} cases made and folded in two processes: {seconds:.1f} s, {done / seconds:,.0f} a second,")
    print(f"peak {memory:.0f} MiB a process. At that pace 640,000 cases take {640_000 * seconds / done:,.0f} s.")


if __name__ == "__main__":
    main()
