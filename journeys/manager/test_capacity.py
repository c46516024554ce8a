"""Capacity: a manager asks what two more people would change, and a growing list never gets a date."""

from __future__ import annotations

from functools import partial

import pytest

from journeys.people import an_area_of_people
from kept.access.acting import acting_as_system
from kept.forecasts import actions, capacity_views, jobs, reckoning, running
from kept.forecasts.models import Run
from kept.forecasts.tests.conftest import a_stage, history, with_posts


@pytest.fixture
def people(transactional_db, monkeypatch):
    monkeypatch.setattr(running, "start", lambda run: None)  # the journey does the job's work when it says so
    monkeypatch.setattr(
        reckoning, "PATHS", 200
    )  # what is told of a growing list does not turn on the number of futures
    monkeypatch.setattr(actions, "ask", partial(actions.ask, replications=60, weeks=120))
    monkeypatch.setattr(capacity_views, "AGAIN", "1")
    people = an_area_of_people()
    with acting_as_system(people.area) as by:
        people.stage = a_stage(people, by)
        history(people.stage, by, a_week=1.8, weeks=40)
        with_posts(people.stage, by, held=1)
        jobs.tell_families(by=by)
    return people


def given_the_director_opens_the_heaviest_list(director):
    director.goes_to("/forecasts/")
    director.sees("Growing")
    director.finds_the_page_accessible()
    director.does_not_scroll_sideways()
    director.follows("Speech and language therapy")
    director.sees("The list is growing")
    director.finds_the_page_accessible()


def when_she_asks_what_two_more_would_change(director):
    director.fills("Hire how many people, full time?", "2")
    director.presses("Simulate")
    director.sees("Cancel this simulation")
    director.finds_the_page_accessible()


def then_the_fan_comes_with_its_table(director, people):
    with acting_as_system(people.area):
        run = Run.objects.get()
    running.perform(people.area, run.pk)
    # the page looks again by itself, with scripts and without: nobody presses anything
    director.sees("fewer children wait at the end than as planned")
    director.sees("The figures as a table")
    director.sees("What it was made from")
    director.finds_the_page_accessible()
    director.does_not_scroll_sideways()


def and_one_that_is_cancelled_keeps_nothing(director, people):
    director.goes_to(f"/forecasts/lists/{people.stage.pk}/")
    director.presses("Simulate")
    director.presses("Cancel this simulation")
    director.sees("Nothing of it is kept or shown")


def test_what_if_we_hire_two(visit, people):
    director = visit(people.director)
    given_the_director_opens_the_heaviest_list(director)
    when_she_asks_what_two_more_would_change(director)
    then_the_fan_comes_with_its_table(director, people)
    and_one_that_is_cancelled_keeps_nothing(director, people)
