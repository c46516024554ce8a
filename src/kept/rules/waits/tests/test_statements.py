"""What a family is told: the interval, its words, when there is none, and whether it was right."""

from datetime import date, timedelta

import numpy as np
import pytest

from kept.rules.waits import calibration, statements, weekly
from kept.rules.waits.calibration import Told
from kept.rules.waits.paths import sample_paths
from kept.rules.waits.simulate import Arrivals, FixedSlots, Job, Stage, WaitingList
from kept.rules.waits.statements import Withheld, make_statement, weeks_seen

DAY = date(2026, 1, 12)


def paths(weeks, n=1000):
    return np.resize(np.array(weeks), n)


def statement(weeks, **change):
    facts = {"made_on": DAY, "seen_lately": 100, "load": 0.95, **change}
    return make_statement(paths(weeks), **facts)


def test_interval_is_rounded_outward_to_whole_months():
    found = statement([9] * 2 + [13] * 6 + [17] * 2)
    assert found.weeks == (9, 13, 17)
    assert (found.first, found.last) == (date(2026, 3, 1), date(2026, 5, 31))
    assert found.sentence == (
        "8 in 10 children in this place on the list today are seen between March and May 2026. 1 in 10 will wait "
        "longer than May 2026. Last checked 12 January 2026."
    )


def test_interval_over_the_new_year_names_both_years():
    found = statement([46] * 5 + [56] * 5, causes=["sickness", "a post that is being filled"])
    assert "between November 2026 and February 2027" in found.sentence
    assert "What could change this: sickness and a post that is being filled." in found.sentence


def test_one_month():
    assert "in January 2026." in statement([1, 2]).sentence


@pytest.mark.parametrize(
    ("weeks", "change", "why"),
    [
        ([10], {"load": 1.05}, Withheld.GROWING),
        ([10], {"seen_lately": 19}, Withheld.TOO_FEW_SEEN),
        ([10], {"suspended": True}, Withheld.SUSPENDED),
        ([4, 60], {}, Withheld.TOO_WIDE),
        ([10, -1], {}, Withheld.TOO_WIDE),
    ],
)
def test_no_date_is_given(weeks, change, why):
    found = statement(weeks, **change)
    assert found.withheld is why
    assert not found.published
    assert found.first is None
    assert found.sentence.startswith("We cannot give")


def test_growing_list_with_a_funded_plan_has_a_date():
    assert statement([10], load=1.05, funded_plan=True).published


def test_growing_list_says_why_and_never_a_date():
    found = statement([10], load=1.2, causes=["more children are referred than two years ago"])
    assert "list is growing" in found.sentence
    assert "more children are referred than two years ago" in found.sentence
    assert "2026" not in found.sentence


def test_too_few_paths():
    assert make_statement([5] * 50, made_on=DAY, seen_lately=99, load=0.9).withheld is Withheld.TOO_FEW_PATHS


def test_widened_statement_is_wider():
    narrow, wide = statement([20] * 10), statement([20] * 10, widen_by=5)
    assert (wide.weeks[0], wide.weeks[2]) == (15, 25)
    assert wide.first < narrow.first
    assert wide.last > narrow.last


def test_weeks_seen_of_a_certain_future():
    kept = np.array([[2, 0, 2, 2], [1, 1, 1, 1]])
    assert weeks_seen(3, kept).tolist() == [3, 4]
    urgent = np.array([[0, 1, 0, 0], [1, 1, 1, 1]])
    assert weeks_seen(3, kept, urgent).tolist() == [4, -1]


def test_weeks_seen_agree_with_the_exact_law():
    rng = np.random.default_rng(3)
    found = weeks_seen(179, rng.binomial(25, 0.9, (4000, 20)))
    exact = weekly.seen_within(180, [25] * 20, 0.1)
    assert (found <= 8).mean() == pytest.approx(exact[7], abs=4 * 0.008)


def test_paths_come_from_the_job():
    stage = Stage("s", (WaitingList("one", missed=0.1),), Arrivals(np.full(30, 20.0), (0.2, 0.8)))
    job = Job((stage,), FixedSlots(np.full((30, 1), 25)), 30, replications=300, priorities=2)
    found = sample_paths(job, "one", priority=1)
    assert found.kept.shape == found.urgent.shape == (300, 30)
    assert found.kept.mean() == pytest.approx(22.5, rel=0.01)
    assert found.urgent.mean() == pytest.approx(4, rel=0.05)
    assert sample_paths(job, "one", priority=0).urgent.sum() == 0
    with pytest.raises(ValueError, match="no list"):
        sample_paths(job, "two")


def test_baselines_beside_the_statement():
    back = [DAY - timedelta(weeks=weeks) for weeks in (2, 4, 30)]
    seen = [
        (DAY - timedelta(weeks=40), DAY - timedelta(weeks=20)),
        (DAY - timedelta(weeks=30), DAY - timedelta(weeks=3)),
    ]
    found = statements.baselines(DAY, waiting_since=back, seen=seen, position=50, kept_slots_a_week=5)
    assert found == statements.Baselines(12, 27, 27, 30, 10)
    nothing = statements.baselines(DAY, waiting_since=[], seen=[], position=1, kept_slots_a_week=0)
    assert nothing == statements.Baselines(None, None, None, None, None)


# --- calibration ----------------------------------------------------------------------------------------------------


def told(seen=None, age=30.0, **more):
    return Told(10, 15, 20, age, seen, **more)


def test_open_statement_past_its_end_is_a_miss_now():
    found = calibration.calibrate([told(12)] * 3 + [told(None, age=21)])
    assert (found.resolved, found.inside) == (4, 3)
    assert found.coverage == pytest.approx(0.75)
    assert found.beyond == pytest.approx(0.25)


def test_open_statement_inside_its_time_says_nothing_yet():
    assert calibration.calibrate([told(None, age=19)]).coverage is None


def test_child_seen_early_is_outside():
    found = calibration.calibrate([told(9), told(15)])
    assert found.coverage == pytest.approx(0.5)
    assert found.beyond == 0
    assert found.interval_score == pytest.approx((20 + 10) / 2)  # 10 + 2/0.2 x 1, and 10


def test_withdrawn_children_hand_their_weight_to_those_who_stayed_longer():
    told_ = [told(12), told(None, age=13, withdrawn=True), told(25)]
    found = calibration.calibrate(told_)
    # the first counts 1; of the two left one withdrew, so the last counts 2
    assert found.coverage == pytest.approx(1 / 3)
    assert found.resolved == 2


@pytest.mark.parametrize(("inside", "accepted"), [(148, False), (149, True), (171, True), (172, False)])
def test_acceptance_band_of_two_hundred(inside, accepted):
    found = calibration.calibrate([told(15)] * inside + [told(25)] * (200 - inside))
    assert found.band == (149, 171)
    assert found.accepted is accepted


def test_groups_are_scored_apart():
    found = calibration.by_group([told(15, group="a"), told(25, group="b")])
    assert [found[name].coverage for name in ("a", "b")] == [1, 0]


def test_two_bad_months_stop_the_statements():
    assert calibration.has_to_stop([0.9, 0.69, 0.6])
    assert not calibration.has_to_stop([0.6, 0.6, 0.7])
    assert not calibration.has_to_stop([0.6, None])
    assert not calibration.has_to_stop([0.6])


def test_widening_would_have_covered_the_past():
    past = [told(15)] * 6 + [told(22), told(23), told(26), told(7)]
    extra = calibration.widening(past)
    assert extra == 3
    assert sum(10 - extra <= one.seen <= 20 + extra for one in past) >= 8
    assert calibration.widening([told(15)] * 20) == 0


def test_share_right_of_the_last_ones():
    assert calibration.right_of_last([told(25)] * 5 + [told(15)] * 3 + [told(None, age=5)], last=4) == (3, 4)
