"""A family reads its date: between which months, what could change it, were we right, what to do meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journeys.people import an_area_of_people
from kept.access.acting import acting_as_system, today_here
from kept.forecasts import jobs
from kept.forecasts.tests.conftest import a_stage, history, with_posts
from kept.waiting import actions


@pytest.fixture
def people(transactional_db):
    people = an_area_of_people()
    with acting_as_system(people.area) as by:
        people.stage = a_stage(people, by)
        history(people.stage, by, a_week=1.8, weeks=50)
        with_posts(people.stage, by, share=0.4)
        day = today_here() - timedelta(days=30)
        people.referral = actions.refer(by=by, stage=people.stage, child=people.child, made_on=day, received_on=day)
        jobs.tell_families(by=by)
    return people


def given_the_mother_opens_her_childs_wait(mother, people):
    mother.goes_to(f"/forecasts/referrals/{people.referral.pk}/")
    mother.finds_the_page_accessible()
    mother.does_not_scroll_sideways()


def then_she_reads_two_months_and_not_an_average(mother):
    mother.sees("8 in 10 children in this place on the list today are seen")
    mother.sees("1 in 10 will wait longer than")
    mother.sees("What could change this")
    mother.sees("Last checked")


def and_how_it_was_worked_out_and_what_to_do_meanwhile(mother):
    mother.sees("How this was worked out")
    mother.sees("What simpler rules would have said")
    mother.sees("What you can do meanwhile")
    mother.sees("Everything we told you")
    mother.sees("Download this as a letter")


def when_she_asks_whether_such_statements_come_true(mother):
    mother.follows("See every list, month by month")
    mother.is_on("Were we right about waits?")
    mother.finds_the_page_accessible()
    mother.does_not_scroll_sideways()
    mother.sees("Too few statements have been put to the test")


def and_the_way_back_leads_to_all_waits_of_the_child(mother, people):
    mother.goes_to(f"/forecasts/referrals/{people.referral.pk}/")
    mother.follows("’s wait")
    mother.is_on("wait")
    mother.sees("While you wait")


def test_a_family_reads_its_date(visit, people):
    mother = visit(people.mother, phone=True)
    given_the_mother_opens_her_childs_wait(mother, people)
    then_she_reads_two_months_and_not_an_average(mother)
    and_how_it_was_worked_out_and_what_to_do_meanwhile(mother)
    when_she_asks_whether_such_statements_come_true(mother)
    and_the_way_back_leads_to_all_waits_of_the_child(mother, people)
