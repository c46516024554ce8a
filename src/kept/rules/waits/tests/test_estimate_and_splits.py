"""Inputs estimated from a record whose truth is known, and waits by group."""

import numpy as np
import pytest

from kept.rules.waits.estimate import missed_share, referral_level, withdrawal_hazard
from kept.rules.waits.splits import waits_by_group
from kept.rules.waits.survival import End


def test_level_and_spread_are_found_again():
    rng = np.random.default_rng(5)
    found = referral_level(rng.negative_binomial(4, 4 / 24, 3000).tolist())  # mean 20, k 4
    assert found.weekly == pytest.approx(20, rel=0.03)
    assert found.dispersion == pytest.approx(4, rel=0.1)
    # relative error of the level: sqrt((1/20 + 1/4) / 3000)
    assert 1 / np.sqrt(found.shape) == pytest.approx(np.sqrt(0.3 / 3000), rel=0.05)


def test_even_counts_are_poisson():
    found = referral_level([5, 5, 5, 5])
    assert found.dispersion is None
    assert found.shape == pytest.approx(20)  # as many as the referrals counted
    assert referral_level([0, 0]).shape is None
    with pytest.raises(ValueError, match="one week"):
        referral_level([])


def test_hazard_by_band():
    stays = [(5, True), (10, False), (20, True), (30, False)]
    found = withdrawal_hazard(stays, bands=(0, 13, 52))
    assert found == [(0, pytest.approx(1 / 41)), (13, pytest.approx(1 / 24)), (52, pytest.approx(1 / 24))]
    assert withdrawal_hazard([], bands=(0,)) == [(0, 0.0)]


def test_missed_share_is_shrunk():
    assert missed_share(0, 0, 0.1) == pytest.approx(0.1)
    assert missed_share(20, 50, 0.1) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="missed"):
        missed_share(3, 2, 0.1)


def test_small_groups_are_not_shown():
    entries = [("a", weeks, End.SEEN) for weeks in range(1, 21)] + [("b", 5, End.SEEN)] * 9
    large, small = waits_by_group(entries, 10)
    assert (large.children, large.median, large.p92) == (20, 10, 19)
    assert large.in_time.probability == pytest.approx(0.5)
    assert (small.group, small.children, small.median, small.in_time) == ("b", None, None, None)


def test_children_who_have_not_waited_long_enough_say_nothing():
    entries = [("a", 20, End.WAITING)] * 10 + [("a", 3, End.WAITING)] * 90
    (found,) = waits_by_group(entries, 10)
    assert found.in_time.replications == 10
    assert found.in_time.probability == 0
    assert found.median is None
