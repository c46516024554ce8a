"""Simulations as jobs, posts as capacity, and what cannot be."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from kept.access.acting import Refused
from kept.forecasts import actions, forms, inputs, plan, running
from kept.forecasts.inputs import Change
from kept.forecasts.models import Post, Profession, Run
from kept.forecasts.tests.conftest import TODAY
from kept.forecasts.words import PostKind, RunState


@pytest.fixture
def short(monkeypatch):
    """Fewer futures, so that the tests are quick."""
    return {"weeks": 78, "replications": 250}


def ask(place, change, short):
    with place.acting(place.manager) as by:
        return actions.ask(by=by, stage=place.stage, change=change, **short)


def test_two_more_people_shorten_the_list(steady, short):
    profession = Profession.objects
    with steady.system():
        name = profession.get().name
    run = ask(steady, Change(hires=2, profession=name), short)
    running.perform(steady.area, run.pk)
    with steady.system():
        run.refresh_from_db()
        assert (run.state, run.done, run.total) == (RunState.DONE, 4, 4)
        assert run.name == f"Hire 2 {name}s"
        assert run.found["difference"]["mean"] < 0
        assert run.found["plans"][1]["load"] < run.found["plans"][0]["load"]
        assert len(run.inputs_hash) == 64


def test_a_list_that_grows_has_no_wait_in_its_figures(steady, short):
    run = ask(steady, Change(demand=3.0), short)
    running.perform(steady.area, run.pk)
    with steady.system():
        run.refresh_from_db()
        grown = run.found["plans"][1]
        assert grown["grows"]
        assert grown["waits"]["weeks"] == []


def test_cancelled_half_way_nothing_is_kept(steady, short, monkeypatch):
    run = ask(steady, Change(demand=1.1), short)
    real = running._say

    def press_cancel(area, pk, **facts):
        if facts.get("done") == 1:
            with steady.acting(steady.manager) as by:
                actions.cancel(by=by, run=run)
        return real(area, pk, **facts)

    monkeypatch.setattr(running, "_say", press_cancel)
    running.perform(steady.area, run.pk)
    with steady.system():
        run.refresh_from_db()
        assert run.state == RunState.CANCELLED
        assert (run.done, run.total, run.found) == (1, 4, {})


def test_one_that_has_not_begun_is_cancelled_at_once_and_never_runs(steady, short):
    run = ask(steady, Change(), short)
    with steady.acting(steady.manager) as by:
        actions.cancel(by=by, run=run)
    running.perform(steady.area, run.pk)
    with steady.system():
        run.refresh_from_db()
        assert (run.state, run.done) == (RunState.CANCELLED, 0)


def test_silent_ones_are_said_to_have_stopped_and_three_at_a_time_are_enough(steady, short):
    for _ in range(3):
        run = ask(steady, Change(), short)
    with pytest.raises(actions.NotAllowed, match="not finished"):
        ask(steady, Change(), short)
    with steady.system() as by:
        from django.utils import timezone

        Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, heard_at=timezone.now() - timedelta(minutes=5))
        assert running.sweep_up(by=by) == 1
        run.refresh_from_db()
        assert run.state == RunState.FAILED


def test_one_that_a_restart_left_waiting_is_begun_by_the_next_page_or_the_night(steady, short, monkeypatch):
    from django.utils import timezone

    waits, new = (ask(steady, Change(hires=hires), short) for hires in (0, 1))
    begun, done = [], []
    monkeypatch.setattr(running, "start", lambda run: begun.append(run.pk))
    monkeypatch.setattr(running, "perform", lambda area, pk: done.append(pk))
    monkeypatch.setattr(running.transaction, "on_commit", lambda act: act())
    with steady.system() as by:
        Run.objects.filter(pk=waits.pk).update(asked_at=timezone.now() - timedelta(minutes=1))
        assert (running.pick_up(by), begun) == (1, [waits.pk])
        assert (running.sweep_up(by=by), done) == (1, [waits.pk])
        assert new.pk not in begun + done, "its own process may still have it"


def test_who_may_not_plan_may_not_ask(steady, short):
    from kept.access.roles import Role
    from tests import made_up

    officer = made_up.a_person(steady.area, Role.CASE_OFFICER)
    with steady.acting(officer) as by, pytest.raises(Refused):
        actions.ask(by=by, stage=steady.stage, change=Change())


def test_posts_become_people_vacancies_and_training(steady, facts):
    with steady.system() as by:
        one = Profession.objects.get()
        for name, kind, start in (("Gone", PostKind.HELD, None), ("New", PostKind.VACANT, TODAY + timedelta(weeks=6)),
                                  ("Course", PostKind.TRAINEES, TODAY + timedelta(weeks=30))):  # fmt: skip
            ends = TODAY - timedelta(days=1) if name == "Gone" else None
            Post.objects.create(area=by.area, profession=one, name=name, kind=kind, starts_on=start, ends_on=ends)
        made = plan.workforce(inputs.read(by, facts(by, steady.stage)).staff, TODAY)
        assert len(made.posts) == 2
        assert [one.advert for one in made.vacancies] == [6]
        assert [one.finish for one in made.cohorts] == [30]


@pytest.mark.parametrize(("field", "value"), [("hours_per_week", -1), ("sickness", 1.2), ("cost_per_week", -5)])
def test_negative_hours_and_impossible_shares_are_refused(steady, field, value):
    with steady.acting(steady.manager) as by:
        one = Profession.objects.get()
        setattr(one, field, value)
        with pytest.raises(ValidationError):
            actions.save_profession(by=by, stage=steady.stage, one=one, share=0.5, hours=5)


def test_a_form_says_what_is_wrong():
    form = forms.WhatIfForm({"hires": "-2", "locum_slots": "4"}, professions=["Therapist"])
    assert not form.is_valid()
    assert set(form.errors) == {"hires", "locum_weeks"}
    post = forms.PostForm({"name": "P", "kind": "trainees", "fte": "0", "people": "3", "completing": "0.9"})
    assert not post.is_valid()
    assert {"fte", "starts_on"} <= set(post.errors)


def test_leave_takes_as_many_weeks_as_it_says():
    assert sum(1 - left for left in plan.year_pattern(8, term_time=False)) == pytest.approx(8)
    assert sum(plan.year_pattern(0, term_time=True)) == plan.TERM_WEEKS
