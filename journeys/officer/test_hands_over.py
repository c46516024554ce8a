"""An officer hands a case over: the note is written from the record, and the family is told."""

from __future__ import annotations

import pytest

from journeys.people import a_case, an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def test_a_case_changes_hands(visit, people):
    case = a_case(people)
    olu = visit(people.officer)
    olu.goes_to("/handover/")
    olu.sees("Caseloads side by side")
    olu.finds_the_page_accessible()
    olu.goes_to(f"/handover/{case.pk}/")
    assert "Request under consideration" in olu.page.get_by_label("Handover note").input_value()
    olu.finds_the_page_accessible()
    olu.selects("New case officer", "Dee Deputy")
    olu.selects("Deputy, who stands in", "Olu Officer")
    olu.presses("Hand over and tell the family")
    olu.sees("Dee Deputy has the case.")
    pat = visit(people.mother, phone=True)
    pat.goes_to("/family/")
    pat.sees("Dee Deputy")
    pat.follows("Who has your case now")
    pat.sees("Dee Deputy has your case from today, instead of Olu Officer.")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
