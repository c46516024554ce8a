"""A month on the list: a school refers, the child is not brought, the count is set back, the lived wait is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kept.waiting import actions
from kept.waiting.models import Event, Referral
from kept.waiting.tests.house import an_area_with_lists
from kept.waiting.words import EventKind, State


@pytest.fixture
def people(transactional_db):
    return an_area_with_lists()


def given_a_school_refers(sen, people):
    sen.goes_to(reverse("waiting:refer", args=[people.child.pk]))
    sen.is_on("Refer Nia Sample")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    sen.selects("To which service?", "Community doctors: First clinic")
    sen.fills_date("When was the child first referred", people.today - timedelta(days=60))
    sen.fills("Why do you refer the child?", "She falls often. We first wrote to the doctor in the spring.")
    sen.presses("Refer")
    sen.follows_the_error("Talk with the family first.")
    sen.chooses("The family knows and agrees")
    sen.presses("Refer")
    sen.sees("Nia Sample was referred to Community doctors.")
    sen.sees("To be accepted")


def and_a_month_ago_an_appointment_was_offered(people, made):
    """The days of the month between are written as they happened."""
    with people.acting(people.therapist) as tam:
        actions.record(by=tam, referral=made, kind=EventKind.ACCEPTED, on=tam.today - timedelta(days=50))
        actions.record(
            by=tam,
            referral=made,
            kind=EventKind.OFFERED,
            on=tam.today - timedelta(days=30),
            for_on=tam.today - timedelta(days=12),
        )


def when_the_child_is_not_brought(tam, people, made):
    tam.goes_to(reverse("waiting:referral", args=[made.pk]))
    tam.finds_the_page_accessible()
    tam.does_not_scroll_sideways()
    tam.follows("Not brought")
    tam.fills_date("On which day?", people.today - timedelta(days=12))
    tam.chooses("The family was told of the appointment clearly")
    tam.finds_the_page_accessible()
    tam.presses("Record")
    tam.sees("Recorded: was not brought.")
    tam.sees("Check that the child is safe: they were not brought to their appointment")


def then_both_clocks_are_told(tam):
    tam.follows("Offer", exact=True)
    tam.fills_date("When did you offer it?", tam.today)
    tam.fills_date("On which day is the appointment?", tam.today)
    tam.presses("Record")
    tam.sees("The family has lived 8 weeks of waiting")
    tam.sees("the first appointment was missed")


def and_a_shortage_of_staff_pauses_nothing(tam):
    tam.follows("Pause the count")
    tam.sees("A shortage of staff pauses nothing")
    tam.chooses("The family is away")
    tam.presses("Record")
    tam.sees("Record it as a cause of the delay instead.")


def test_a_month_on_the_list(visit, people):
    given_a_school_refers(visit(people.senco, phone=True), people)
    with people.system():
        made = Referral.objects.get()
    and_a_month_ago_an_appointment_was_offered(people, made)
    tam = visit(people.therapist)
    tam.today = people.today
    when_the_child_is_not_brought(tam, people, made)
    then_both_clocks_are_told(tam)
    and_a_shortage_of_staff_pauses_nothing(tam)
    mother = visit(people.mother, phone=True)
    mother.goes_to(reverse("waiting:wait_of", args=[people.child.pk]))
    mother.sees("You have waited 8 weeks")
    mother.sees("Official figures count")
    mother.finds_the_page_accessible()
    mother.does_not_scroll_sideways()
    with people.system():
        assert Referral.objects.get().state == State.OFFERED
        assert not Event.objects.filter(kind=EventKind.PAUSED).exists()
