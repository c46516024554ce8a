"""Before a change of phase: who moves is recorded in one press, and the review comes twelve weeks before the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.access.acting import today_here
from kept.design.words import day
from kept.duties.models import Duty
from kept.reviews import queries
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from kept.rules.ages import school_year
from kept.rules.calendar import ENGLAND


@pytest.fixture
def place(transactional_db):
    """A pupil of year 5: the September after next they go to secondary school."""
    today = today_here()
    place = a_place(today)
    born_on = date(school_year(today) - 9, 1, 9)
    made_on = today - timedelta(days=60)
    place.moving, place.moving_case = a_child_with_a_plan(place, "Six", born_on, made_on=made_on)
    return place


def test_a_change_of_phase_is_prepared(visit, place):
    year = school_year(place.today) + 2
    last = date(year, 2, 14)
    olu = visit(place.officer)
    # given those who by their age change phase
    olu.goes_to(f"/reviews/transfers/{year}/")
    olu.sees("Six Sample")
    olu.sees("Primary to secondary school")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    # when it is recorded, the law's day binds
    olu.chooses("Record it for Six Sample")
    olu.presses("Record the change for those ticked")
    olu.sees("Recorded for 1 child")
    with place.acting(place.officer) as by:
        duty = Duty.objects.get(area=by.area, rule="phase.general", child=place.moving)
        assert duty.due_on == last
    # then the review is proposed in time for the plan of the next phase
    olu.goes_to(f"/reviews/plan/{place.moving.pk}/")
    olu.sees(f"the plan for the next phase final by {day(last)}")
    with place.acting(place.officer) as by:
        line = queries.line_of(by, place.moving.pk)
    assert line.latest.day <= ENGLAND.on_or_before(last - timedelta(weeks=12))
    olu.sees(f"Meet on {day(line.latest.day)} at the latest")
    olu.finds_the_page_accessible()
    olu.presses("Plan the review")
    olu.is_on("Who is invited")
    olu.goes_to("/reviews/year/")
    olu.sees(day(last))
