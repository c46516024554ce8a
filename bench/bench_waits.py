"""How fast the standard waiting-list job is simulated, beside SimPy and Ciw.

The job: six lists, five years, 10,000 referrals a year, urgent first then oldest, one appointment in ten missed (the
slot is lost). Each peer is written the way its own manual suggests, one child at a time; SimPy gives the same figures,
which is checked first. Ciw measures waits from the start of the run, so only the number seen is checked there. Peak
memory is that of a process of its own; the ratio is of processor time, which a busy machine does not distort. Then the
night's arithmetic for families: eight lists, 5,000 children in line, a thousand futures of each list
with its posts. Prints a table and one line of JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import ciw
import numpy as np
import simpy

from kept.rules.waits.simulate import run, run_in_processes, slots_from_fte
from kept.rules.waits.standard import job_of, rules_from, standard_plans

OURS, SIMPY_RUNS, CIW_RUNS = 1000, 4, 1
URGENT, MISSED, WEEKS, BACK = 0.15, 0.1, 260, 40
GIVEN = {
    "referrals_per_year": 10000,
    "weeks_per_year": 52,
    "list_shares": [0.3, 0.25, 0.15, 0.12, 0.12, 0.06],
    "urgent_share": URGENT,
    "missed_probability": MISSED,
    "slots_per_fte_week": [1.5, 3, 2.5, 4, 2, 3],
    "fte_by_period": [
        {"from_week": 0, "fte": [39, 16, 12, 6, 12, 4]},
        {"from_week": 52, "fte": [38, 16, 11, 6, 11, 4]},
        {"from_week": 104, "fte": [45, 19, 14, 7, 14, 5]},
        {"from_week": 156, "fte": [47, 20, 14, 7, 14, 5]},
        {"from_week": 208, "fte": [44, 19, 13, 7, 13, 4]},
    ],
    "backlog_mean": [900, 600, 350, 450, 400, 120],
    "backlog_weeks": BACK,
}


def slots() -> np.ndarray:
    """Slots offered, (weeks, lists)."""
    periods = [(one["from_week"], one["fte"]) for one in GIVEN["fte_by_period"]]
    return slots_from_fte(periods, GIVEN["slots_per_fte_week"], WEEKS)


def rates() -> list[float]:
    """Referrals a week per list."""
    return [10000 / 52 * share for share in GIVEN["list_shares"]]


def ours(replications: int, workers: int = 1) -> tuple[float, float, float]:
    """Children seen, mean wait and 95th percentile, averaged over the replications."""
    job = job_of(standard_plans(GIVEN), rules_from(GIVEN), WEEKS, replications)
    result = run(job) if workers == 1 else run_in_processes([job], workers)[0]
    return float(result.seen().mean()), float(result.mean_wait().mean()), float(result.wait_percentile(0.95).mean())


def by_simpy(replications: int) -> tuple[float, float, float]:
    """The same by SimPy: a priority store per list, a process for its referrals and one for its weekly clinic."""
    table, found = slots(), []
    for seed in range(replications):
        dice, waits = np.random.default_rng(seed), []
        env = simpy.Environment()
        for k, rate in enumerate(rates()):
            store = simpy.PriorityStore(env)
            env.process(_referrals(env, store, dice, rate, GIVEN["backlog_mean"][k] / BACK))
            env.process(_clinic(env, store, dice, table[:, k], waits))
        env.run(until=WEEKS)
        found.append((len(waits), np.mean(waits), np.quantile(waits, 0.95)))
    return tuple(float(one) for one in np.mean(found, axis=0))


def _referrals(env, store, dice, rate, backlog) -> Iterator[simpy.Event]:
    for week in range(-BACK, 0):
        for _ in range(dice.poisson(backlog)):
            yield store.put(simpy.PriorityItem((dice.random() >= URGENT, week, dice.random()), week))
    while True:
        for _ in range(dice.poisson(rate)):
            yield store.put(simpy.PriorityItem((dice.random() >= URGENT, env.now, dice.random()), env.now))
        yield env.timeout(1)


def _clinic(env, store, dice, offered, waits) -> Iterator[simpy.Event]:
    yield env.timeout(0.5)  # after the week's referrals
    for count in offered:
        for _ in range(count):
            if not store.items:
                break
            if dice.random() >= MISSED:
                child = yield store.get()
                waits.append(round(env.now - 0.5) - child.item)
        yield env.timeout(1)


def by_ciw(replications: int) -> tuple[float, float, float]:
    """The same by Ciw: a node per list with slotted service, weekly batches of two classes, today's list first."""
    seen = []
    for seed in range(replications):
        ciw.seed(seed)
        dice = np.random.default_rng(seed)
        simulation = ciw.Simulation(_network(dice.binomial(slots(), 1 - MISSED)))
        simulation.simulate_until_max_time(WEEKS + 0.4)
        seen.append(len(simulation.get_all_records(only=["service"])))
    return float(np.mean(seen)), float("nan"), float("nan")


def _network(kept: np.ndarray) -> ciw.network.Network:
    shares = {"urgent": URGENT, "routine": 1 - URGENT}
    arrivals = {name: [ciw.dists.Sequential([0.1] + [1.0] * (WEEKS + 2)) for _ in rates()] for name in shares}
    batches = {
        name: [
            ciw.dists.Sequential([int(n) for n in np.random.default_rng(i).poisson(_flow(rate, i) * part)])
            for i, rate in enumerate(rates())
        ]
        for name, part in shares.items()
    }
    times = [week + 0.5 for week in range(WEEKS)]
    servers = [ciw.Slotted(slots=times, slot_sizes=[int(n) for n in kept[:, k]]) for k in range(len(rates()))]
    return ciw.create_network(
        arrival_distributions=arrivals,
        batching_distributions=batches,
        service_distributions={name: [ciw.dists.Deterministic(0.01)] * len(rates()) for name in shares},
        number_of_servers=servers,
        priority_classes={"urgent": 0, "routine": 1},
        routing={name: np.zeros((len(rates()), len(rates()))).tolist() for name in shares},
    )


def _flow(rate: float, k: int) -> np.ndarray:
    """Mean arrivals of a list per batch: today's list comes with the first."""
    return np.concatenate(([rate + GIVEN["backlog_mean"][k]], np.full(WEEKS + 2, rate)))


def _measure(work: Callable[[int], tuple[float, float, float]], count: int, pipe) -> None:
    before, used = time.perf_counter(), _processor()
    figures = work(count)
    seconds, used = time.perf_counter() - before, _processor() - used
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pipe.send((figures, seconds, used, most / 1024))


def _processor() -> float:
    """Processor seconds of this process and of its finished children."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def alone(
    work: Callable[[int], tuple[float, float, float]], count: int
) -> tuple[tuple[float, float, float], float, float, float]:
    """(figures, seconds, processor seconds, peak MB) of work in a fresh process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(work, count, there))
    process.start()
    there.close()
    answer = here.recv()
    process.join()
    return answer


def ours_on_two(count: int) -> tuple[float, float, float]:
    """Ours in two processes."""
    return ours(count, 2)


def statements(children: int = 5000, lists: int = 8) -> tuple[float, float]:
    """Seconds and processor seconds to work out what every child in line is told, lists read and log left aside."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    os.environ.setdefault("KEPT_MODE", "test")
    os.environ.setdefault("KEPT_SECRET_KEY", "only for the bench, where nothing is secret; long enough for checks")
    import django

    django.setup()
    from kept.forecasts.reckoning import reckon

    work = [_list_of(children // lists, number) for number in range(lists)]
    before, used = time.perf_counter(), _processor()
    told = sum(len(reckon(given).told) for given in work)
    assert told == children, told
    return time.perf_counter() - before, _processor() - used


def _list_of(waiting: int, number: int) -> Any:
    """A made-up list with two years behind it, posts, a vacancy, and so many in line."""
    from uuid import uuid4

    from kept.forecasts.inputs import ListInputs
    from kept.forecasts.models import Post, Profession, Share
    from kept.forecasts.plan import Staff
    from kept.rules.waits.survival import End
    from kept.waiting.facts import History, InLine, Stay, WaitingList

    today, dice = date(2026, 6, 22), np.random.default_rng(number)
    a_week, stage = max(1, waiting // 30), uuid4()
    weekly = tuple(int(n) for n in dice.poisson(a_week, 104))

    def stay(n: int) -> Stay:
        joined = today - timedelta(days=int(dice.integers(210, 700)))
        end = End.LEFT if n % 12 == 0 else End.SEEN
        return Stay(uuid4(), uuid4(), 3 - (n % 9 == 0), joined, joined, joined + timedelta(days=200), end, "", 0, 1)

    def place(n: int) -> InLine:
        priority = 1 if n < waiting * 0.05 else 2 if n < waiting * 0.15 else 3
        joined = today - timedelta(days=round(210 * (1 - n / waiting)))
        return InLine(uuid4(), uuid4(), priority, joined, joined, "waiting", None, n)

    past = tuple(stay(n) for n in range(a_week * 70))
    history = History(stage, today, 104, past, weekly, weekly, a_week, 400, 4000, a_week * 26)
    one = Profession(name="Therapist")
    share = Share(profession=one, stage_id=stage, share=0.5, hours_per_slot=7, starts_on=date(2024, 1, 1))
    posts = [Post(profession=one, name=f"Post {n}", kind="held") for n in range(max(2, round(a_week / 2.2)))]
    posts.append(Post(profession=one, name="Vacant", kind="vacant"))
    facts = WaitingList(stage, "Stage", uuid4(), "Service", "speech", "Pathway", uuid4(), "Trust", None, "priority",
                        "Therapist", 7.0, waiting, 210)  # fmt: skip
    line = tuple(place(n) for n in range(waiting))
    return ListInputs(facts, today, history, line, Staff((one,), tuple(posts), (share,)), (2, 6, 18), 0.0)


def main() -> None:
    """Measure all, check that they agree, print."""
    runs = {
        "Kept, one process": (ours, OURS),
        "Kept, two processes": (ours_on_two, OURS),
        "SimPy": (by_simpy, SIMPY_RUNS),
        "Ciw": (by_ciw, CIW_RUNS),
    }
    found = {name: (*alone(work, count), count) for name, (work, count) in runs.items()}
    seen, mean, _ = found["Kept, one process"][0]
    assert found["Kept, two processes"][0] == found["Kept, one process"][0], "two processes gave another answer"
    assert abs(found["SimPy"][0][0] - seen) < 600, found["SimPy"][0]
    assert abs(found["SimPy"][0][1] - mean) < 1.0, found["SimPy"][0]
    assert abs(found["Ciw"][0][0] - seen) < 900, found["Ciw"][0]
    each = {name: used / count for name, (_, _, used, _, count) in found.items()}
    base = each["Kept, one process"]
    heads = ("replications", "seconds", "CPU ms each", "times ours", "peak MB", "seen", "mean", "95%")
    print(f"{'':22}" + "".join(f"{head:>13}" for head in heads))
    for name, (figures, seconds, _, memory, count) in found.items():
        row = (count, f"{seconds:.2f}", f"{each[name] * 1000:.2f}", f"{each[name] / base:.1f}", f"{memory:.0f}")
        row += (f"{figures[0]:.0f}", f"{figures[1]:.2f}", f"{figures[2]:.1f}")
        print(f"{name:22}" + "".join(f"{one:>13}" for one in row))
    seconds, used = statements()
    print(f"What 5,000 children in line are told: {seconds:.1f} s, {used:.1f} s of processor")
    print(
        json.dumps(
            {
                "bench": "waits",
                "statements_5000_seconds": round(seconds, 1),
                "seconds_per_1000": round(found["Kept, one process"][1], 2),
                "seconds_per_1000_two_processes": round(found["Kept, two processes"][1], 2),
                "peak_mb": round(found["Kept, one process"][3]),
                "times_faster_than_simpy": round(each["SimPy"] / base),
                "times_faster_than_ciw": round(each["Ciw"] / base),
            }
        )
    )


if __name__ == "__main__":
    main()
