"""Laws and properties of the arithmetic, against independent ways of counting."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.waits import fluid, formulas, peer, percentiles, queues, scores, survival, weekly
from kept.rules.waits.numbers import binomial_at_least, binomial_pmf, binomial_quantile
from kept.rules.waits.survival import End


def iterate(mean, slots, missed, steps=1500, size=260):
    """The long-run list by plain repetition."""
    arrivals = np.array([math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(size)])
    kept = [math.comb(slots, k) * (1 - missed) ** k * missed ** (slots - k) for k in range(slots + 1)]
    law = np.zeros(size)
    law[0] = 1
    for _ in range(steps):
        grown = np.convolve(law, arrivals)[:size]
        after = np.zeros(size)
        for k, chance in enumerate(kept):
            after[0] += chance * grown[: k + 1].sum()
            after[1 : size - k] += chance * grown[k + 1 :]
        law = after
    return law


@pytest.mark.parametrize(("mean", "slots", "missed"), [(3.2, 4, 0.0), (0.7, 2, 0.4), (4.0, 9, 0.5)])
def test_long_run_list_agrees_with_repetition(mean, slots, missed):
    found, law = weekly.stationary(mean, slots, missed), iterate(mean, slots, missed)
    assert found.mean == pytest.approx(np.arange(len(law)) @ law, rel=1e-7)
    assert found.empty() == pytest.approx(law[0], rel=1e-9)
    assert found.more_than(20) == pytest.approx(law[21:].sum(), rel=1e-5)


@pytest.mark.parametrize("load", [0.2, 0.5, 0.501, 0.9, 0.99, 0.9999])
def test_long_run_list_of_one_slot_has_its_closed_form(load):
    # one slot a week is a discrete M/D/1: the mean left at week end is load^2 / (2 (1 - load))
    assert weekly.stationary(load, 1).mean == pytest.approx(load**2 / (2 * (1 - load)), rel=1e-6)


@pytest.mark.parametrize(("mean", "slots", "missed"), [(3.0, 6, 0.0), (9.0, 16, 0.1), (0.3, 1, 0.0)])
def test_a_rare_long_list_has_its_own_digits(mean, slots, missed):
    far = iterate(mean, slots, missed, steps=400, size=160)[21:].sum()
    assert 0 < far < 1e-6
    assert weekly.stationary(mean, slots, missed).more_than(20) == pytest.approx(far, rel=1e-6)


@pytest.mark.parametrize(("mean", "slots", "missed"), [(1, 1000, 0.0), (600, 1500, 0.1), (60_000, 100_000, 0.0)])
def test_far_more_slots_than_referrals_leave_nobody(mean, slots, missed):
    found = weekly.stationary(mean, slots, missed)
    assert (found.empty(), found.percentile(0.95)) == (pytest.approx(1), 0)
    assert found.mean == pytest.approx(0, abs=1e-9)


def test_load_too_near_one_is_refused():
    with pytest.raises(ValueError, match="too much for an exact answer"):
        weekly.stationary(9.9999999, 10)


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.floats(0.001, 0.999))
def test_binomial_quantile_is_the_smallest(n, p, level):
    k = binomial_quantile(n, p, level)
    below = np.cumsum(binomial_pmf(n, p))
    assert below[k] >= level - 1e-9
    assert k == 0 or below[k - 1] < level + 1e-9
    assert binomial_at_least(n, p, k) == pytest.approx(1 - (below[k - 1] if k else 0), abs=1e-9)


@given(st.floats(0.01, 50), st.floats(0.1, 10), st.integers(1, 40))
def test_many_servers(arrivals, services, servers):
    queue = queues.many_servers(arrivals, services, servers)
    assert 0 <= queue.erlang_c <= 1
    assert (queue.mean_wait is None) == (arrivals >= servers * services)
    if servers == 1 and queue.mean_wait is not None:
        wait, _, _ = queues.one_server(arrivals, 1 / services, 1.0)
        assert queue.mean_wait == pytest.approx(wait, rel=1e-6)


def test_classes_conserve_the_work_that_waits():
    rates, means, seconds = [0.1, 0.3, 0.2], [1.0, 0.8, 1.5], [2.0, 1.0, 3.0]
    waits = queues.one_server_priorities(rates, means, seconds)
    load = [rate * mean for rate, mean in zip(rates, means, strict=True)]
    residual = sum(rate * second for rate, second in zip(rates, seconds, strict=True)) / 2
    work = sum(part * wait for part, wait in zip(load, waits, strict=True))
    assert work == pytest.approx(sum(load) * residual / (1 - sum(load)))


def test_urgent_class_stays_finite_when_the_routine_one_is_overloaded():
    assert queues.one_server_priorities([0.2, 1], [1, 1], [2, 2]) == [pytest.approx(1.25), None]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.floats(0, 1), st.floats(0, 1))
def test_percentile_of_bands_rises(counts, p, q):
    low, high = percentiles.from_bands(counts, min(p, q)), percentiles.from_bands(counts, max(p, q))
    assert (low is None) == (sum(counts) == 0)
    if low is not None and high is not None:
        assert 0 <= low <= high + 1e-9 <= len(counts) + 1e-9


def test_365_days_belong_to_the_last_band():
    assert percentiles.band_counts([0, 7, 8, 126, 127, 364, 365, 366]) == [2, 1, 0, 0, 1, 2, 2]


def stepped(backlog, rate, capacity, until, dt=0.005):
    size = backlog
    for i in range(round(until / dt)):
        now = [per for start, per in capacity if start <= i * dt][-1]
        size = max(0.0, size + (rate - now) * dt)
    return size


@given(
    st.floats(0, 60),
    st.floats(0.5, 20),
    st.lists(st.tuples(st.integers(1, 9), st.floats(0, 30)), max_size=3, unique_by=lambda step: step[0]),
    st.floats(0.5, 30),
    st.floats(0, 6),
)
def test_flow_serves_in_turn(backlog, rate, steps, last, week):
    flow = fluid.FluidList(backlog, rate, ((0, last), *steps))
    wait = flow.wait(week)
    if wait is None:
        assert (max(steps)[1] if steps else last) <= 1e-12
        return
    capacity = sorted([(0.0, last), *steps])
    assert flow.list_at(week) == pytest.approx(stepped(backlog, rate, capacity, week), abs=0.3)
    ends = [start for start, _ in capacity[1:]] + [math.inf]
    served = sum(
        per * max(0.0, min(end, week + wait) - max(start, week))
        for (start, per), end in zip(capacity, ends, strict=True)
    )
    assert served == pytest.approx(flow.list_at(week), rel=1e-6, abs=1e-6)


def test_unused_capacity_is_not_banked():
    flow = fluid.FluidList(0, 10, ((0, 100), (5, 0)))
    assert flow.list_at(6) == pytest.approx(10)


@given(st.lists(st.integers(0, 50), max_size=15), st.lists(st.integers(0, 60), max_size=15))
def test_schedule_uses_each_slot_once_and_never_early(referrals, slots):
    removed, used = peer.schedule(referrals, slots)
    given_slots = [day for day in removed if day is not None]
    assert sum(used) == len(given_slots)
    assert all(day is None or day > start for start, day in zip(sorted(referrals), removed, strict=True))
    assert given_slots == sorted(given_slots)


def test_rate_of_referrals_has_its_error():
    rate, error = formulas.referral_rate(52, 364)
    assert rate == pytest.approx(1.0)
    assert error == pytest.approx(1 / math.sqrt(52))


def test_missed_appointments_raise_the_load():
    assert formulas.load_with_missed(9, 10, 0.1) == pytest.approx(1.0)
    assert formulas.load_with_missed(9, 10, 0.1, attempts=2) == pytest.approx(0.99)
    assert fluid.attempts_used(0.1, 2) == (pytest.approx(1.1), pytest.approx(0.99))


def test_kaplan_meier_by_hand():
    waits = [(2, End.SEEN), (3, End.WAITING), (5, End.SEEN), (5, End.LEFT), (8, End.SEEN)]
    steps = survival.kaplan_meier(waits)
    assert [(step.time, step.at_risk, round(step.not_yet, 6)) for step in steps] == [
        (2, 5, 0.8),
        (5, 3, 0.533333),
        (8, 1, 0.0),
    ]
    assert survival.percentile(steps, 0.5) == (8, 1)
    assert survival.percentile([], 0.5) == (None, 0)


def test_share_ever_seen_counts_those_who_leave():
    rows = survival.ever_seen([(1, End.SEEN), (2, End.LEFT), (3, End.SEEN), (4, End.LEFT)])
    assert rows[-1] == (4, pytest.approx(0.5), pytest.approx(0.5))


def test_interval_that_ends_before_it_begins():
    with pytest.raises(ValueError, match="ends before"):
        scores.interval_score(5, 3, 4, 0.8)
