"""Steps of a day, chances by lead time, withdrawals from joined stages, and a cluster: against plain programs."""

import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from kept.rules.waits.simulate import (
    Arrivals,
    Booked,
    Cancelled,
    Clinic,
    FixedSlots,
    Job,
    Stage,
    WaitingList,
    backlog_from_entries,
    by_day,
    clinic_days,
    on_cluster,
    run,
)
from kept.rules.waits.simulate.joined import ranks_gone

WEEKS = 40


def flat(slots, weeks=WEEKS):
    return FixedSlots(np.full((weeks, len(slots)), slots))


def job(*lists, slots=(5,), rate=5.0, weeks=WEEKS, replications=250, withdrawal=(), **more):
    stage = Stage("stage", lists, Arrivals(np.full(weeks, rate)) if rate else None, withdrawal)
    return Job((stage,), flat(slots, weeks), weeks, replications=replications, **more)


# --- chances by lead time --------------------------------------------------------------------------------------------


def backlog(*ages):
    return backlog_from_entries([(0, age, 0) for age in ages])


@pytest.mark.parametrize(("ahead", "waited", "brought"), [(None, 3, 0.9), (None, 20, 0.4), (4, 20, 0.9), (12, 20, 0.4)])
def test_the_chance_is_that_of_the_weeks_between_booking_and_appointment(ahead, waited, brought):
    one = WaitingList(
        "one", missed=0.99, max_attempts=1, backlog=backlog(*[waited] * 10),
        missed_by_lead=((0, 0.1), (10, 0.6)), books_ahead=ahead,
    )  # fmt: skip
    found = run(job(one, rate=0, slots=(10,), weeks=1, replications=500))
    assert found.seen().mean() == pytest.approx(10 * brought, abs=0.25)


def test_second_appointment_has_its_own_lead():
    one = WaitingList("one", backlog=backlog(*[20] * 10), missed_by_lead=((0, 0.0), (10, 1.0)), rebook_weeks=2)
    found = run(job(one, rate=0, slots=(10,), weeks=8, replications=3))
    assert found.wait_counts()[:, 23].tolist() == [10, 10, 10]  # all missed at 20, all brought three weeks later


def test_a_booked_child_has_the_lead_of_its_booking():
    booked = (Booked(week=1, children=10, weeks_waited=2, lead=12),)
    one = WaitingList("one", booked=booked, missed_by_lead=((0, 0.0), (10, 1.0)), max_attempts=1)
    assert run(job(one, rate=0, slots=(10,), weeks=3, replications=2)).seen().sum() == 0


# --- joined stages ---------------------------------------------------------------------------------------------------


def plain(rng, *, rate, slots, weeks, hazard, missed):
    """One replication child by child: (waits of those through, children who withdrew)."""
    inside, waits, withdrawn = [], [], 0
    for week in range(weeks):
        stays = [child for child in inside if rng.random() >= hazard]
        withdrawn += len(inside) - len(stays)
        inside = stays + [
            {"from": week, "seen": set()} for _ in range(np.random.default_rng(rng.randrange(2**60)).poisson(rate))
        ]
        for k, offered in enumerate(slots):
            for _ in range(offered):
                child = next((child for child in inside if k not in child["seen"]), None)
                if child is not None and rng.random() >= missed:
                    child["seen"].add(k)
        through = [child for child in inside if len(child["seen"]) == len(slots)]
        waits += [week - child["from"] for child in through]
        inside = [child for child in inside if len(child["seen"]) < len(slots)]
    return waits, withdrawn


def test_withdrawals_from_a_joined_stage_agree_with_a_plain_program():
    rules = {"rate": 6.0, "weeks": 60, "hazard": 0.03, "missed": 0.1}
    rng = random.Random(7)  # noqa: S311
    runs = [plain(rng, **rules, slots=(6, 5)) for _ in range(120)]
    lists = (WaitingList("a", missed=0.1), WaitingList("b", missed=0.1))
    found = run(job(*lists, slots=(6, 5), rate=6.0, weeks=60, withdrawal=((0, 0.03),), replications=500))
    means = np.array([np.mean(waits) for waits, _ in runs])
    error = 4 * np.hypot(means.std() / np.sqrt(len(runs)), found.mean_wait("stage").std() / np.sqrt(500))
    assert found.mean_wait("stage").mean() == pytest.approx(means.mean(), abs=error)
    seen = np.array([len(waits) for waits, _ in runs])
    assert found.seen("stage").mean() == pytest.approx(seen.mean(), abs=5 * seen.std() / np.sqrt(len(runs)))


def test_nobody_is_lost_from_a_joined_stage():
    lists = tuple(WaitingList(name, backlog=backlog(*range(9))) for name in "abc")
    found = run(job(*lists, slots=(6, 2, 4), withdrawal=((0, 0.02), (8, 0.1)), report_every=7, replications=130))
    came = found.entered[:, :3].sum(axis=(0, 3))
    gone = found.waits[:, :3].sum(axis=(0, 3)) + found.withdrawn.sum(axis=0)
    assert (came == gone + found.size[..., -1].sum(axis=0)).all()
    assert (found.seen("stage")[:, None] <= np.stack([found.seen(name) for name in "abc"], axis=1)).all()


def test_those_who_leave_are_drawn_from_all_who_are_inside():
    rng = np.random.default_rng(1)
    n = 4000
    seen = np.array([[0] * n, [6] * n, [2] * n])
    gone = ranks_gone(seen, np.full(n, 10), np.full(n, 5), rng)
    assert gone.mean(axis=1).tolist() == pytest.approx([0.0, 3.0, 1.0], abs=0.06)
    assert (gone[1] >= gone[2]).all()


# --- days ------------------------------------------------------------------------------------------------------------


def test_a_job_in_days_is_the_job_in_weeks():
    weekly = job(WaitingList("one", missed=0.1, backlog=backlog(2, 5, 9)), slots=(6,), withdrawal=((0, 0.01),))
    days = by_day(weekly)
    one, other = run(weekly), run(days)
    assert other.seen().mean() == pytest.approx(one.seen().mean(), rel=0.02)
    assert other.mean_wait().mean() / 7 == pytest.approx(one.mean_wait().mean(), abs=0.5)  # a week counts its start
    assert days.standards == (126,)


def test_a_fortnightly_clinic_sees_on_its_days_alone():
    days = clinic_days([Clinic("one", weekday=2, slots=1, every_weeks=2, first_week=1)], ["one"], 42)
    weekly = job(WaitingList("one", backlog=backlog(0, 1)), rate=0, slots=(0,), weeks=6, replications=1)
    found = run(by_day(weekly, days))
    assert np.flatnonzero(found.waits[0, 0, 0]).tolist() == [9 + 7, 23]  # day 9 for the elder, day 23 for the other


def test_spread_of_a_week_is_kept_in_days():
    arrivals = Arrivals(np.full(100, 10.0), dispersion=4.0)
    weekly = Job((Stage("s", (WaitingList("one"),), arrivals),), flat((20,), 100), 100, replications=250)
    came = run(by_day(weekly)).entered[0, 0].reshape(250, 100, 7).sum(axis=2)
    assert came.var() == pytest.approx(10 + 100 / 4, rel=0.08)


@pytest.mark.parametrize("clinic", [Clinic("other", 0, 1), Clinic("one", 7, 1), Clinic("one", 0, -1)])
def test_impossible_clinics_are_refused(clinic):
    with pytest.raises(ValueError, match=r"\w"):
        clinic_days([clinic], ["one"], 14)


# --- clusters --------------------------------------------------------------------------------------------------------


class Future:
    def __init__(self, work, task):
        self.work, self.task, self.cancelled = work, task, False

    def result(self):
        return self.work(self.task)


class Cluster:
    """What a Dask client does, in this process."""

    def __init__(self):
        self.sent = []

    def submit(self, work, task, pure):
        assert not pure
        self.sent.append(Future(work, task))
        return self.sent[-1]

    def cancel(self, futures):
        for one in futures:
            one.cancelled = True


BUSY = job(WaitingList("one", missed=0.2), slots=(6,), replications=500)


def test_a_cluster_gives_the_same_to_the_bit():
    assert np.array_equal(run(BUSY, map=on_cluster(Cluster(), ahead=2)).waits, run(BUSY).waits)


def test_a_cancelled_run_takes_its_tasks_back():
    client, done = Cluster(), []
    with pytest.raises(Cancelled, match="1 of 4"):
        run(BUSY, map=on_cluster(client), cancelled=lambda: bool(done), progress=lambda *at: done.append(at))
    assert [one.cancelled for one in client.sent] == [False, True, True, True]


IN_DASK = """
import numpy as np
from distributed import Client, LocalCluster
from kept.rules.waits.simulate import on_cluster, run
from kept.rules.waits.tests.test_leftovers import BUSY

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local:
        with Client(local) as client:
            assert np.array_equal(run(BUSY, map=on_cluster(client)).waits, run(BUSY).waits)
            print("the same")
"""


def test_dask_gives_the_same_to_the_bit(tmp_path):
    pytest.importorskip("distributed", reason="Dask is not installed: it is not needed to run Kept")
    script = tmp_path / "in_dask.py"  # a file, so that the workers can import it
    script.write_text(IN_DASK, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "the same"


def test_plans_still_share_their_luck():
    lists = (WaitingList("a"), WaitingList("b"))
    less = job(*lists, slots=(5, 5), withdrawal=((0, 0.02),), replications=50)
    more = [replace(less, capacity=flat(slots)) for slots in ((6, 5), (6, 6))]
    means = [run(one).mean_wait("stage").mean() for one in (less, *more)]
    assert all(later <= earlier + 0.05 for earlier, later in pairwise(means))
