"""The simulator against exact laws, against a plain one-child-at-a-time program, and against itself."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from kept.rules.waits import weekly
from kept.rules.waits.simulate import (
    Arrivals,
    Backlog,
    Booked,
    Cancelled,
    Discipline,
    FixedSlots,
    Job,
    Order,
    Stage,
    WaitingList,
    backlog_from_bands,
    backlog_from_entries,
    outputs,
    run,
    run_in_processes,
    slots_from_fte,
    sweep,
)


def flat(slots, weeks, lists=1):
    return FixedSlots(np.full((weeks, lists), slots))


def single(*, rate=0.0, slots=1, weeks=20, missed=0.0, backlog=None, mix=(1.0,), withdrawal=(), **more):
    arrivals = Arrivals(np.full(weeks, float(rate)), mix)
    policy = {
        name: more.pop(name) for name in ("max_attempts", "keeps_place", "rebook_weeks", "booked") if name in more
    }
    one = WaitingList("one", missed=missed, backlog=backlog, **policy)
    stage = Stage("stage", (one,), arrivals, withdrawal)
    capacity = more.pop("capacity", flat(slots, weeks))
    return Job((stage,), capacity, weeks, priorities=len(mix), **more)


def waiting(*ages):
    """One class, children who have waited so many weeks."""
    return backlog_from_entries([(0, age, 0) for age in ages])


# --- exact laws -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "slots", "missed"), [(9, 10, 0.0), (9, 11, 0.1), (0.7, 1, 0.0)])
def test_long_run_list_agrees_with_its_law(rate, slots, missed):
    result = run(single(rate=rate, slots=slots, missed=missed, weeks=500, replications=250, report_every=5))
    sizes = result.size[0, 0][:, 20:]
    law = weekly.stationary(rate, slots, missed)
    error = sizes.mean(axis=1).std(ddof=1) / np.sqrt(len(sizes))
    assert sizes.mean() == pytest.approx(law.mean, abs=4 * error)
    empty = (sizes == 0).mean(axis=1)
    assert empty.mean() == pytest.approx(law.empty(), abs=4 * empty.std(ddof=1) / np.sqrt(len(empty)))


def test_children_waiting_are_rate_times_wait():
    result = run(single(rate=9, slots=10, weeks=600, replications=125, report_every=1))
    # a child seen in its own week is not on the list at that week's end, so whole weeks fit Little's law
    assert result.size.mean() / 9 == pytest.approx(np.nanmean(result.mean_wait()), rel=0.02)


def test_urgent_children_do_not_feel_the_routine_ones():
    result = run(single(rate=9, slots=10, mix=(0.5, 0.5), weeks=300, replications=125))
    alone = weekly.stationary(4.5, 10)
    assert result.size[0, 0][:, 20:].mean() == pytest.approx(alone.mean, abs=0.02)


def test_last_child_of_a_known_list_is_seen_as_the_binomial_says():
    result = run(single(slots=25, missed=0.1, backlog=waiting(*[1] * 180), weeks=9, replications=2000, report_every=1))
    gone_by_week_8 = (result.size[0, 0, :, 7] == 0).mean()
    assert gone_by_week_8 == pytest.approx(weekly.seen_within(180, [25] * 8, 0.1)[-1], abs=4 * 0.0111)


def test_list_empties_as_the_transient_law_says():
    result = run(single(rate=20, slots=25, backlog=waiting(*[1] * 100), weeks=26, replications=2000, report_every=1))
    emptied = (result.size[0, 0] == 0).any(axis=1).mean()
    assert emptied == pytest.approx(weekly.has_been_empty(100, 20, 25, [26])[0], abs=4 * 0.0063)


def test_children_who_are_never_seen_leave_at_their_hazard():
    backlog = waiting(*[0] * 1000)
    result = run(single(slots=0, backlog=backlog, withdrawal=((0, 0.01), (10, 0.05)), weeks=21, replications=50))
    # weeks waited 0 to 9 at 1%, then 10 to 19 at 5%
    assert result.size[0, 0, :, -1].mean() == pytest.approx(1000 * 0.99**10 * 0.95**10, rel=0.01)
    assert (result.withdrawn[0, 0] + result.size[0, 0, :, -1] == 1000).all()


# --- one child at a time --------------------------------------------------------------------------------------------


def plain(rng, *, rate, slots, weeks, missed, attempts, keeps, pause, hazard):
    """(waits of those seen, closed, withdrawn) of one replication, child by child; P(urgent) = 0.3."""
    queue, coming, seen, closed, withdrawn = [], {}, [], 0, 0
    for week in range(weeks):
        for _ in range(np.random.Generator(np.random.PCG64(rng.randrange(2**60))).poisson(rate)):
            patience = 0 if hazard else 10**6
            while hazard and rng.random() >= hazard:
                patience += 1
            queue.append(
                {
                    "class": int(rng.random() >= 0.3),
                    "place": (week, 0),
                    "from": week,
                    "until": week + patience,
                    "used": 0,
                }
            )
        queue += coming.pop(week, [])
        stay = [child for child in queue if child["until"] >= week]
        withdrawn += len(queue) - len(stay)
        queue = sorted(stay, key=lambda child: (child["class"], child["place"]))
        for _ in range(slots):
            if not queue:
                break
            child = queue.pop(0)
            if rng.random() >= missed:
                seen.append((child["class"], week - child["from"]))
                continue
            child["used"] += 1
            if attempts is not None and child["used"] >= attempts:
                closed += 1
                continue
            if keeps and pause == 0:
                queue.insert(0, child)
                continue
            if not keeps:
                child["place"] = (week + pause, 1)
            coming.setdefault(week + 1 + pause, []).append(child)
    return seen, closed, withdrawn


@pytest.mark.parametrize(
    ("attempts", "keeps", "pause", "hazard"),
    [(None, True, 2, 0.0), (2, True, 0, 0.0), (None, False, 0, 0.0), (3, False, 1, 0.02), (2, True, 3, 0.02)],
)
def test_missed_appointments_agree_with_a_plain_program(attempts, keeps, pause, hazard):
    rules = {"rate": 5.0, "slots": 5, "weeks": 80, "missed": 0.2}
    rng = random.Random(4)  # noqa: S311
    runs = [plain(rng, **rules, attempts=attempts, keeps=keeps, pause=pause, hazard=hazard) for _ in range(50)]
    job = single(
        **{name: rules[name] for name in ("rate", "slots", "weeks", "missed")},
        mix=(0.3, 0.7),
        max_attempts=attempts,
        keeps_place=keeps,
        rebook_weeks=pause,
        withdrawal=((0, hazard),),
        replications=250,
    )
    result = run(job)
    for priority in (0, 1):
        waits = [np.mean([wait for kind, wait in seen if kind == priority]) for seen, _, _ in runs]
        ours = result.mean_wait(priority=priority)
        error = np.hypot(np.std(waits, ddof=1) / np.sqrt(len(waits)), np.nanstd(ours) / np.sqrt(len(ours)))
        assert np.nanmean(ours) == pytest.approx(np.mean(waits), abs=4 * error)
        late = [np.percentile([wait for kind, wait in seen if kind == priority], 95) for seen, _, _ in runs]
        ours = result.wait_percentile(0.95, priority=priority)
        error = np.hypot(np.std(late, ddof=1) / np.sqrt(len(late)), np.nanstd(ours) / np.sqrt(len(ours)))
        assert np.nanmean(ours) == pytest.approx(np.mean(late), abs=4 * error + 0.5)  # half a week: whole weeks or not
    counts = np.array([(len(seen), closed, withdrawn) for seen, closed, withdrawn in runs])
    error = 5 * counts.std(axis=0) / np.sqrt(len(counts)) + 0.5
    totals = (
        result.seen().mean(),
        result.closed_unseen.sum(axis=(0, 1)).mean(),
        result.withdrawn.sum(axis=(0, 1)).mean(),
    )
    assert np.abs(np.array(totals) - counts.mean(axis=0)).tolist() == [pytest.approx(0, abs=one) for one in error]


def test_nobody_is_lost_or_made():
    job = single(
        rate=6,
        slots=5,
        weeks=60,
        missed=0.2,
        max_attempts=3,
        keeps_place=False,
        rebook_weeks=2,
        mix=(0.2, 0.8),
        withdrawal=((0, 0.01),),
        backlog=Backlog(np.full((1, 2, 9), 3.0), is_mean=True),
        replications=130,
        report_every=7,
    )
    result = run(job)
    came = result.entered.sum(axis=(0, 1, 3))
    gone = result.seen() + result.withdrawn.sum(axis=(0, 1)) + result.closed_unseen.sum(axis=(0, 1))
    assert (came == gone + result.size[..., -1].sum(axis=(0, 1))).all()
    used = result.seen() + result.lost.sum(axis=(0, 1)) + result.empty[0]
    assert (used == result.slots_offered[0]).all()


# --- order of service -----------------------------------------------------------------------------------------------


def classes_waiting(urgent_age, routine_age, n=4):
    counts = np.zeros((1, 2, max(urgent_age, routine_age) + 1))
    counts[0, 0, urgent_age] = counts[0, 1, routine_age] = n
    return Backlog(counts)


def first_seen(discipline):
    job = single(
        slots=4, backlog=classes_waiting(2, 10), mix=(0.5, 0.5), weeks=1, replications=1, discipline=discipline
    )
    return [int(run(job).seen(priority=priority)[0]) for priority in (0, 1)]


def test_urgent_first():
    assert first_seen(Discipline()) == [4, 0]


def test_earliest_due_first():
    assert first_seen(Discipline(Order.DUE_FIRST, (2.0, 18.0))) == [4, 0]  # due now, due in 8 weeks
    assert first_seen(Discipline(Order.DUE_FIRST, (12.0, 18.0))) == [0, 4]  # due in 10 weeks, due in 8


def test_reserved_share_goes_to_the_oldest():
    assert first_seen(Discipline(reserved=0.5)) == [2, 2]


# --- starts ---------------------------------------------------------------------------------------------------------


def test_warm_start_is_seen_oldest_first():
    result = run(single(slots=1, backlog=waiting(3, 1, 7), weeks=3, replications=1))
    assert np.flatnonzero(result.waits[0, 0, 0]).tolist() == [3, 4, 7]  # 7 + 0, 3 + 1, 1 + 2


def test_booked_children_come_first_in_their_week():
    booked = (Booked(week=1, children=1, weeks_waited=0),)
    result = run(single(slots=1, backlog=waiting(9, 8), booked=booked, weeks=3, replications=1))
    assert np.flatnonzero(result.waits[0, 0, 0]).tolist() == [1, 9, 10]  # booked in week 1; 9 + 0; 8 + 2


def test_attempts_used_before_today_count():
    backlog = backlog_from_entries([(0, 5, 1)])
    result = run(single(slots=1, missed=0.5, max_attempts=2, backlog=backlog, weeks=6, replications=400))
    assert result.seen().mean() == pytest.approx(0.5, abs=0.1)  # one attempt is left


def test_bands_are_spread_and_said():
    backlog = backlog_from_bands([(0, 3, 8), (4, 5, 3)], mix=(0.25, 0.75))
    assert backlog.counts.sum() == 11
    assert backlog.counts.sum(axis=(0, 1)).tolist() == [2, 2, 2, 2, 1, 2]
    result = run(single(slots=1, backlog=backlog, mix=(0.25, 0.75), weeks=2, replications=1))
    assert any("banded start" in words for words in result.provenance.warnings)


# --- stages ---------------------------------------------------------------------------------------------------------


def test_joined_stage_waits_for_the_last_contribution():
    lists = (WaitingList("quick", backlog=waiting(0, 0, 0)), WaitingList("slow", backlog=waiting(0, 0, 0)))
    stage = Stage("advice", lists)
    job = Job((stage,), FixedSlots(np.array([[3, 1]] * 4)), 4, replications=2)
    result = run(job)
    assert result.wait_counts("quick")[0].tolist()[:3] == [3, 0, 0]
    assert result.wait_counts("advice")[0].tolist()[:4] == [1, 1, 1, 0]


def test_joined_stage_has_the_later_of_both_waits_with_chance_in_it():
    lists = (WaitingList("a", missed=0.1), WaitingList("b", missed=0.3))
    job = Job((Stage("both", lists, Arrivals(np.full(60, 8.0))),), flat(10, 60, 2), 60, replications=125)
    result = run(job)
    assert (result.mean_wait("both") >= np.maximum(result.mean_wait("a"), result.mean_wait("b")) - 0.05).all()
    assert (result.seen("both") <= np.minimum(result.seen("a"), result.seen("b"))).all()


def test_next_stage_counts_from_the_first_referral():
    first = Stage("first", (WaitingList("triage", backlog=waiting(4, 4)),), onward=("second", 1.0, 3))
    job = Job((first, Stage("second", (WaitingList("clinic"),))), flat(1, 12, 2), 12, replications=1)
    result = run(job)
    assert np.flatnonzero(result.waits[0, 0, 0]).tolist() == [4, 5]
    assert np.flatnonzero(result.waits[0, 1, 0]).tolist() == [7, 8]  # three weeks after triage


def test_part_of_the_children_go_on():
    first = Stage("first", (WaitingList("triage"),), Arrivals(np.full(50, 10.0)), onward=("second", 0.3, 1))
    job = Job((first, Stage("second", (WaitingList("clinic"),))), flat(100, 50, 2), 50, replications=125)
    assert run(job).seen("clinic").mean() == pytest.approx(0.3 * 490, rel=0.03)


# --- the same luck --------------------------------------------------------------------------------------------------


def same(one, other):
    names = ("entered", "waits", "in_time", "size", "withdrawn", "waits_by_period", "still_waiting")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


BUSY = single(rate=6, slots=7, weeks=40, missed=0.2, withdrawal=((0, 0.01),), replications=300)


def test_results_do_not_depend_on_processes_or_order_of_work():
    here, again = run(BUSY), run(BUSY)
    (there,) = run_in_processes([BUSY], workers=2)
    with ThreadPoolExecutor(3) as pool:
        threads = run(BUSY, map=pool.map)
    assert same(here, again)
    assert same(here, there)
    assert same(here, threads)
    assert not same(here, run(replace(BUSY, seed=2)))


def test_sweep_gives_each_job_its_own_result():
    other = replace(BUSY, replications=130)
    first, second = sweep([BUSY, other])
    assert same(first, run(BUSY))
    assert same(second, run(other))


def test_plans_share_their_luck():
    more = replace(BUSY, capacity=flat(8, 40))
    plan, base = run(more), run(BUSY)
    assert np.array_equal(plan.entered, base.entered)
    found = outputs.difference(plan.mean_wait(), base.mean_wait())
    alone = np.hypot(plan.mean_wait().std(), base.mean_wait().std()) / np.sqrt(300)
    assert found["mean"] < 0
    assert found["standard_error"] < 0.8 * alone


def test_more_slots_never_keep_fewer():
    plain_job = single(rate=6, slots=7, weeks=40, missed=0.3, replications=50)
    more = replace(plain_job, capacity=flat(9, 40))
    assert (run(more).seen() >= run(plain_job).seen()).all()


def test_more_referrals_are_the_same_children_and_some_more():
    def job(factor):
        arrivals = Arrivals(np.full(40, 6.0), dispersion=3.0, level_shape=50.0, multiplier=np.full(40, factor))
        return Job((Stage("s", (WaitingList("one"),), arrivals),), flat(7, 40), 40, replications=200)

    less, base, more = (run(job(factor)).entered for factor in (0.8, 1.0, 1.2))
    assert (less <= base).all()
    assert (base <= more).all()
    assert more.sum() / base.sum() == pytest.approx(1.2, rel=0.03)
    weekly_counts = base[0, 0]
    expected = 6 + 36 / 3 + 36 / 50 * (1 + 1 / 3)  # Poisson, week and level
    assert weekly_counts.var() == pytest.approx(expected, rel=0.1)


def test_run_can_be_cancelled():
    done = []
    with pytest.raises(Cancelled, match="1 of 3"):
        run(BUSY, cancelled=lambda: bool(done), progress=lambda n, total: done.append((n, total)))
    assert done == [(1, 3)]


def test_fractions_of_slots_carry_forward():
    slots = slots_from_fte([(0, [0.5]), (3, [1.0])], [1.5], 6)
    assert slots[:, 0].tolist() == [0, 1, 1, 1, 2, 1]


def test_growing_list_is_said():
    assert any(
        "grows" in words for words in run(single(rate=3, slots=2, weeks=30, replications=20)).provenance.warnings
    )


@pytest.mark.parametrize(
    "change", [{"weeks": 0}, {"replications": 0}, {"capacity": flat(-1, 40)}, {"capacity": flat(1, 39)}]
)
def test_impossible_jobs_are_refused(change):
    with pytest.raises(ValueError, match=r"."):
        run(replace(BUSY, **change))
