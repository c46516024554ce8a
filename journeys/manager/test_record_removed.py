"""A manager decides that a record whose time is up goes; the data protection officer, who reads no name, confirms."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import acting_as_system
from kept.access.roles import Role
from kept.administration.retention import list_what_is_due
from kept.people.models import Child
from tests import made_up


@pytest.fixture
def area(transactional_db):
    area = made_up.an_area()
    child = made_up.a_child(area, "Olwen", "Longago", date(1990, 5, 4))
    with acting_as_system(area) as kept:
        Child.objects.filter(pk=child.pk).update(made_at="2010-01-01T12:00Z")
        assert list_what_is_due(by=kept) == 1
    return area


def test_two_people_remove_a_record(visit, area):
    manager = visit(made_up.a_person(area, Role.CASE_MANAGER, name="Max Manager"))
    officer = visit(made_up.a_person(area, Role.DATA_PROTECTION, name="Dot Protector"), phone=True)
    # given a record that the night listed, with the rule and its authority
    manager.goes_to("/retention/")
    manager.sees("Limitation Act 1980")
    manager.finds_the_page_accessible()
    manager.follows("Olwen Longago")
    manager.finds_the_page_accessible()
    # when the manager decides without a reason, then with one
    manager.chooses("Remove it")
    manager.presses("Save the decision")
    manager.sees("There is a problem")
    manager.fills("Why?", "No claim, inquiry or complaint runs.")
    manager.presses("Save the decision")
    manager.sees("The data protection officer confirms it")
    # then the officer reads the rule and no name, and confirms
    officer.goes_to("/retention/")
    officer.does_not_see("Longago")
    officer.does_not_scroll_sideways()
    officer.page.locator("table a").first.click()
    officer.sees("No claim, inquiry or complaint runs.")
    officer.does_not_see("Longago")
    officer.finds_the_page_accessible()
    officer.does_not_scroll_sideways()
    officer.chooses("Yes, remove it for good")
    officer.presses("Continue")
    officer.sees("Removed:")
    # and nothing of it is left but the review
    manager.goes_to("/people/")
    manager.does_not_see("Longago")
    manager.goes_to("/retention/?show=removed")
    manager.sees("Removed")
    manager.does_not_see("Longago")
