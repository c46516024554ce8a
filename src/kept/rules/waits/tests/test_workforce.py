"""Real posts: what they give over time, with and without chance."""

import numpy as np
import pytest

from kept.rules.waits import fluid
from kept.rules.waits.simulate import Cohort, Initiative, Post, Profession, Vacancy, Workforce


def profession(**more):
    settings = {"hours_per_slot": {"ep": 25.0}, "shares": {"ep": 1.0}, "hours_per_week": 37.5, "replaced": False}
    return Profession("psychologist", **{**settings, **more})


def slots(plan, n=1, weeks=104, lists=("ep",)):
    return plan.slots(1, 0, n, weeks, lists)


def test_one_full_post():
    plan = Workforce((profession(),), (Post("a", "psychologist"),))
    assert slots(plan, weeks=4)[0, :, 0].tolist() == [1, 2, 1, 2]


def test_newcomer_agrees_with_the_formula():
    settings = profession(lead_median=13, lead_spread=0.0, annual_leaving=1 - np.exp(-0.12), ramp_weeks=26)
    plan = Workforce((settings,), vacancies=(Vacancy("new", "psychologist"),))
    found = slots(plan, 1000).sum(axis=1).astype(float)
    exact = fluid.slots_of_post(
        fte=1,
        start_week=13,
        horizon_weeks=104,
        slots_per_fte_week=1.5,
        productivity_start=0.25,
        ramp_weeks=26,
        annual_leaving_rate=0.12,
    )
    # half a slot is cut off by whole slots, and a leaver works its last week to the end
    assert found.mean() + 0.5 == pytest.approx(exact, abs=4 * found.std() / np.sqrt(1000))


def test_leavers_are_replaced_after_recruitment():
    gone = profession(annual_leaving=0.3, ramp_weeks=0)
    back = profession(annual_leaving=0.3, ramp_weeks=0, replaced=True, lead_median=10, lead_spread=0.0)
    totals = [slots(Workforce((one,), (Post("a", "psychologist"),)), 300).sum(axis=1).mean() for one in (gone, back)]
    assert totals[0] < totals[1] < 156


def test_failed_rounds_delay_the_start():
    sure = profession(lead_median=4, lead_spread=0.0, ramp_weeks=0)
    hard = profession(lead_median=4, lead_spread=0.0, ramp_weeks=0, round_fails=0.5, weeks_between_rounds=10)
    totals = [
        slots(Workforce((one,), vacancies=(Vacancy("v", "psychologist"),)), 500).sum(axis=1).mean()
        for one in (sure, hard)
    ]
    assert totals[0] == 150
    assert totals[1] == pytest.approx(150 - 1.5 * 10, abs=2)  # one failed round on average


def test_term_time_sickness_and_leave():
    year = (1.0,) * 39 + (0.0,) * 13
    plan = Workforce((profession(term=year, sickness=0.1),), (Post("a", "psychologist", term_time_only=True),))
    hours = plan.hours(plan.professions[0], 1, 0, 1, 104)
    assert hours.sum() == pytest.approx(78 * 37.5 * 0.9)
    assert (hours[0, 39:52] == 0).all()
    varied = Workforce((profession(sickness=0.1, sickness_spread=20.0),), (Post("a", "psychologist"),))
    weekly = varied.hours(varied.professions[0], 1, 0, 200, 50)
    assert weekly.mean() == pytest.approx(37.5 * 0.9, rel=0.01)
    assert weekly.std() > 1


def test_newcomers_are_supervised():
    settings = profession(supervision_hours=2.0, ramp_weeks=10, ramp_start=0.0)
    plan = Workforce((settings,), (Post("old", "psychologist"), Post("new", "psychologist", start=0)))
    hours = plan.hours(settings, 1, 0, 1, 20)[0]
    assert hours[0] == pytest.approx(37.5 - 2)
    assert hours[10] == pytest.approx(75)


def test_training_cohort_comes_when_it_finishes():
    cohort = Cohort("2027", "psychologist", size=10, finish=20, completion=0.9, staying=0.5)
    plan = Workforce((profession(ramp_weeks=0),), cohorts=(cohort,))
    hours = plan.hours(plan.professions[0], 1, 0, 400, 30)
    assert (hours[:, :20] == 0).all()
    assert hours[:, 25].mean() == pytest.approx(4.5 * 37.5, rel=0.05)


def test_shares_change_by_date_and_initiatives_add_slots():
    one = profession(hours_per_slot={"ep": 37.5, "review": 18.75}, shares_from=((2, {"ep": 0.5, "review": 0.5}),))
    plan = Workforce((one,), (Post("a", "psychologist"),), initiatives=(Initiative("locum", "ep", 1, 1, 3, 100.0),))
    table = slots(plan, weeks=6, lists=("ep", "review"))[0]
    assert table[:, 0].tolist() == [1, 4, 0, 1, 0, 1]
    assert table[:, 1].tolist() == [0, 0, 1, 1, 1, 1]
    assert plan.cost(1, 0, 2, 6).tolist() == [300, 300]


def test_one_more_vacancy_leaves_the_luck_of_the_others():
    settings = profession(annual_leaving=0.2, round_fails=0.3)
    base = Workforce((settings,), (Post("a", "psychologist"),), (Vacancy("v", "psychologist"),))
    more = Workforce(
        (settings,), (Post("a", "psychologist"),), (Vacancy("u", "psychologist"), Vacancy("v", "psychologist"))
    )
    assert (more.hours(settings, 1, 0, 50, 104) >= base.hours(settings, 1, 0, 50, 104) - 1e-9).all()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Workforce((profession(),), (Post("a", "nobody"),)),
        lambda: Workforce((profession(),), (Post("a", "psychologist"), Post("a", "psychologist"))),
        lambda: Workforce((profession(hours_per_slot={"ep": 0.0}),)),
        lambda: Workforce((profession(shares={"ep": 0.7, "other": 0.7}),)),
    ],
)
def test_impossible_plans_are_refused(make):
    with pytest.raises(ValueError, match=r"\w"):
        make()
