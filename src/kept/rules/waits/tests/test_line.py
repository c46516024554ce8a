"""A whole line at once says of each child what the rule for one child says; capacity as it was lately."""

import numpy as np
import pytest

from kept.rules.waits import calibration
from kept.rules.waits.calibration import Told
from kept.rules.waits.line import Place, places_to_sample, quantiles_of_line, read_between, weeks_of_line
from kept.rules.waits.simulate import AsLately
from kept.rules.waits.statements import weeks_seen

RNG = np.random.default_rng(3)
KEPT = RNG.poisson(5, (400, 80))
COMING = np.stack([RNG.poisson(0.5, KEPT.shape), RNG.poisson(0.5, KEPT.shape), RNG.poisson(4, KEPT.shape)], axis=2)


@pytest.mark.parametrize(
    ("ahead", "priority", "withdrawal"), [(0, 0, 0.0), (30, 0, 0.0), (120, 2, 0.0), (120, 2, 0.01)]
)
def test_each_place_is_what_the_rule_for_one_child_says(ahead, priority, withdrawal):
    one = weeks_seen(ahead, KEPT, COMING[:, :, :priority].sum(axis=2), withdrawal=withdrawal).astype(float)
    one[one < 0] = np.inf
    found = weeks_of_line([Place(ahead, priority)], KEPT, COMING, withdrawal=withdrawal)[0]
    if withdrawal:
        assert np.median(found) == pytest.approx(np.median(one), abs=1)
    else:
        assert found.tolist() == one.tolist()


def test_those_overtaken_for_fewer_weeks_are_seen_sooner():
    all_to_come, a_while, nobody = weeks_of_line(
        [Place(60, 2), Place(60, 2, (4, 4)), Place(60, 2, (0, 0))], KEPT, COMING
    )
    assert all_to_come.mean() > a_while.mean() > nobody.mean()


def test_reading_between_places_is_within_a_week_of_sampling_each():
    ahead = list(range(150))
    chosen = places_to_sample(ahead)
    assert chosen[0] == 0
    assert chosen[-1] == 149
    levels = (0.1, 0.5, 0.9)
    every = quantiles_of_line(weeks_of_line([Place(a, 2) for a in ahead], KEPT, COMING), levels)
    read = read_between(ahead, chosen, every[chosen])
    assert np.abs(read - every).max() <= 1


def test_nobody_sees_anybody():
    assert np.isinf(weeks_of_line([Place(0, 0)], np.zeros((5, 9), dtype=int), COMING[:5, :9])).all()
    assert read_between([3], [0, 9], np.array([[2.0], [np.inf]])).tolist() == [[np.inf]]


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="same paths"):
        weeks_of_line([Place(0, 0)], KEPT, COMING[:5])


def test_capacity_as_lately_keeps_the_level_and_its_doubt():
    past = (10,) * 44 + (0, 0) + (10,) * 6
    found = AsLately("one", past, spread=0.15).slots(1, 0, 2000, 52, ["one", "other"])
    assert found[:, :, 1].sum() == 0
    totals = found[:, :, 0].sum(axis=1)
    assert totals.mean() == pytest.approx(500, rel=0.03)
    assert 0.12 < np.std(np.log(totals)) < 0.25
    assert (AsLately("one", (0, 0)).slots(1, 0, 3, 20, ["one"]) == 0).all()


@pytest.mark.parametrize("past", [(), (3, -1)])
def test_impossible_pasts_are_refused(past):
    with pytest.raises(ValueError, match="0 or more"):
        AsLately("one", past).slots(1, 0, 2, 4, ["one"])


def test_statements_of_a_line_are_calibrated_where_the_plan_is_uncertain():
    """Worlds whose level of staff nobody knows: the interval holds as often as it says."""
    rng = np.random.default_rng(11)
    past = tuple(int(n) for n in rng.poisson(6, 52))
    paths = AsLately("one", past, spread=0.2).slots(1, 0, 800, 120, ["one"])[:, :, 0]
    worlds = AsLately("one", past, spread=0.2).slots(2, 0, 500, 120, ["one"])[:, :, 0]
    come = rng.poisson(0.6, (800, 120, 1))
    they_come = rng.poisson(0.6, (500, 120, 1))
    told = []
    for world in range(500):
        ahead = int(rng.integers(20, 200))
        low, median, high = quantiles_of_line(weeks_of_line([Place(ahead, 1)], paths, come, seed=4), (0.1, 0.5, 0.9))[0]
        truth = weeks_of_line([Place(ahead, 1)], worlds[world : world + 1], they_come[world : world + 1], seed=world)[
            0, 0
        ]
        within = rng.random() - 0.5  # the day in the week: the ends of an interval stand for the middle of theirs
        told.append(Told(low, median, high, age=999, seen=max(1.0, truth + within)))
    made = calibration.calibrate(told)
    assert made.band[0] <= made.inside <= made.band[1]
