"""A term is short: the therapist says so, the manager sees the gap, agrees catch-up and says what is paid for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journeys.delivered import provision
from kept.access.acting import acting_as_system
from kept.delivery import owing, recording
from kept.delivery.recording import Given
from kept.delivery.tests.made import last_school_week


@pytest.fixture
def people(transactional_db):
    found = provision()
    weeks = sorted({last_school_week(found.today - timedelta(days=7 * back)) for back in range(4)})
    with found.acting(found.therapist) as therapist:
        given = [Given(found.speech.pk, day, "missed", reason="capacity") for day in weeks]
        recording.record(by=therapist, given=given)
    with acting_as_system(found.area) as system:
        owing.sync_services(system)
    return found


def test_a_manager_sees_the_shortfall_and_agrees_catch_up(visit, people):
    max_ = visit(people.manager)
    max_.goes_to("/delivery/shortfalls/")
    max_.sees("Speech and language therapy")
    max_.finds_the_page_accessible()
    max_.follows("Nia Sample")
    max_.sees("nobody to do it")
    max_.finds_the_page_accessible()
    max_.presses("Agree catch-up")
    max_.fills("How will it be made up?", "A longer session every Friday")
    max_.fills("With whom of the family was it agreed?", "Pat Sample")
    max_.fills("Minutes to be made up", "90")
    max_.presses("Keep the agreement")
    max_.follows_the_error("By which day")
    max_.fills_date("By which day?", people.today + timedelta(days=60))
    max_.finds_the_page_accessible()
    max_.presses("Keep the agreement")
    max_.sees("90 minutes by")
    max_.goes_to("/delivery/services/")
    max_.sees("Find staff for speech and language therapy")
    max_.finds_the_page_accessible()
    max_.page.get_by_label("Service", exact=True).fill("speech and language therapy")
    max_.fills("Hours a month that are paid for", "1")
    max_.fills("Which contract or budget pays?", "Therapy contract")
    max_.page.get_by_role("button", name="Keep").last.click()
    max_.sees("What is paid for speech and language therapy is kept.")
    max_.follows("Speech and language therapy")
    max_.sees("hours a month")
    max_.finds_the_page_accessible()
    max_.follows("Nia Sample")
    max_.sees("The rows behind the figures")


def test_a_therapist_and_a_director_see_who_is_behind(visit, people):
    tam = visit(people.therapist, phone=True)
    tam.goes_to("/delivery/mine/")
    tam.sees("min short")
    tam.finds_the_page_accessible()
    tam.does_not_scroll_sideways()
    tam.follows("Record a session")
    tam.finds_the_page_accessible()
    tam.fills_date("On which day?", people.monday + timedelta(days=1))
    tam.chooses("Came as the plan says")
    tam.presses("Record the session")
    tam.sees("speech and language therapy is recorded")
    di = visit(people.director)
    di.goes_to("/delivery/nothing-recorded/")
    di.sees("of provision can be counted as written")
    di.finds_the_page_accessible()
    di.follows("Where this limit and the others come from")
    di.sees("No law sets these limits.")
    di.finds_the_page_accessible()
    di.follows("Change silence")
    di.fills("The limit", "20")
    di.presses("See what would change")
    di.sees("Children in silence")
    di.finds_the_page_accessible()
    di.fills("Why", "A long holiday lies between")
    di.presses("Set this limit")
    di.sees("Silence: 20 school days")
