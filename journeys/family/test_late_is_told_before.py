"""Something will be late: the officer says so before the day, and the mother reads why and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journeys.people import a_case, an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def test_late_is_told_before_it_is_late(visit, people):
    a_case(people, days_ago=40)
    olu = visit(people.officer)
    olu.goes_to(f"/family/{people.child.pk}/owed/")
    olu.sees("We must tell you if we will find out more")
    olu.follows("Tell the family that this will be late")
    olu.is_on("Tell the family that this will be late")
    olu.finds_the_page_accessible()
    olu.fills_date("New day", people.today + timedelta(days=9))
    olu.presses("Tell the family")
    olu.follows_the_error("Say why it will be late")
    olu.fills("Why it will be late", "The school's report has not come. We asked twice.")
    olu.presses("Tell the family")
    olu.sees("The family’s page says so now")
    pat = visit(people.mother, phone=True)
    pat.goes_to("/family/")
    pat.sees("we told you that this will be late")
    pat.sees("The school's report has not come. We asked twice.")
    pat.does_not_see("We told you too late")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
