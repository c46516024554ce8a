"""Figures for charts: counted by hand on small jobs."""

import numpy as np
import pytest

from kept.rules.waits.simulate import FixedSlots, outputs, run
from kept.rules.waits.simulate.job import Arrivals, Job, Stage, WaitingList
from kept.rules.waits.tests.test_simulator import flat, single, waiting


def steady(weeks=80, slots=2, rate=1.5, **more):
    """Two slots a week from week 10 on, none before; today's list is empty."""
    table = np.full((weeks, 1), slots)
    table[:10] = 0
    return single(rate=rate, weeks=weeks, capacity=FixedSlots(table), **more)


def test_list_size_fan_keeps_its_order():
    fan = outputs.list_size(run(steady(replications=60)))
    values = np.array(fan.values)
    assert fan.weeks[0] == 0
    assert fan.weeks[-1] == 79
    assert (np.diff(values, axis=0) >= 0).all()


def test_waits_by_week_of_referral():
    result = run(single(slots=1, backlog=waiting(*[0] * 8), weeks=12, replications=5))
    fan = outputs.waits_by_referral(result)
    assert fan.weeks[0] == 0
    assert [row[0] for row in fan.values] == [3, 6, 7, 7]  # waits 0 to 7, one each
    assert np.isnan(fan.values[0][1])


def test_waits_so_far_of_those_on_the_list():
    result = run(single(slots=0, backlog=waiting(2, 4, 6), weeks=2, replications=3, report_every=1))
    fan = outputs.waits_of_those_waiting(result, levels=(0.5, 0.95))
    assert fan.values == [[4, 5], [6, 7]]


def test_long_waits_are_counted():
    result = run(
        single(slots=0, backlog=waiting(50, 51, 52), weeks=3, replications=4, report_every=1, long_waits=(52,))
    )
    fan, expected = outputs.waiting_longer(result, 52)
    assert expected == [0, 1, 2]
    assert fan.values[0] == [0, 1, 2]


def test_success_is_counted_by_referral():
    result = run(steady(replications=200, standards=(4,), backlog=None))
    early = outputs.chance_of_target(result, 4, 0, 3)
    late = outputs.chance_of_target(result, 4, 40, 60)
    assert early.probability == 0  # nobody is seen before week 10
    assert late.probability > 0.5
    assert late.low < late.probability < late.high or late.probability == 1
    with pytest.raises(ValueError, match="horizon"):
        outputs.chance_of_target(result, 4, 40, 78)


def test_first_week_that_holds_is_after_the_gap():
    result = run(steady(replications=50, standards=(6,), rate=8, slots=24))
    weeks, reached = outputs.first_week_that_holds(result, 6, hold=20)
    assert reached > 0.9
    assert weeks[weeks >= 0].min() >= 4
    never, share = outputs.first_week_that_holds(result, 6, hold=79)
    assert share == 0
    assert (never == -1).all()


def test_children_who_withdraw_in_time_do_not_count_against_the_target():
    leave = run(single(slots=0, rate=20, weeks=40, withdrawal=((0, 0.1),), standards=(8,), replications=100))
    good, came = outputs.cohort_counts(leave, 8)
    assert good.sum() == 0
    # of 20 referred, those who still want it after 8 weeks remain to be counted
    assert came[:, :20].mean() == pytest.approx(20 * 0.9**8, rel=0.05)


def test_joint_chance_is_not_above_any_single_one():
    stages = tuple(Stage(name, (WaitingList(name),), Arrivals(np.full(60, 4.0))) for name in ("speech", "psychology"))
    result = run(Job(stages, flat(4, 60, 2), 60, replications=300, standards=(4,)))
    each = [outputs.chance_of_target(result, 4, 10, 30, units=[name]).probability for name in ("speech", "psychology")]
    both = outputs.chance_of_target(result, 4, 10, 30, units=["speech", "psychology"]).probability
    assert both <= min(each)


def test_slots_add_up():
    (row,) = outputs.slots_table(run(steady(replications=100, missed=0.2)))
    assert row["offered"] == pytest.approx(row["lost"] + row["empty"] + row["seen"])


def test_share_in_time_only_where_the_outcome_is_known():
    fan = outputs.share_in_time(run(steady(replications=20, standards=(18,))), 18)
    assert fan.weeks[-1] + 4 + 18 <= 80
    with pytest.raises(ValueError, match="standards"):
        outputs.share_in_time(run(steady(replications=2)), 17)
