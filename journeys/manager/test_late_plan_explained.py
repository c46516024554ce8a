"""Monday: a manager sees where the team slips, opens a plan past 20 weeks, and reads why down to the law."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system
from kept.cases.actions import ask_for_advice, record
from kept.worklist.tests.office import PSYCHOLOGIST, Office, make_office


@pytest.fixture
def office(transactional_db) -> Office:
    """A case of 22 weeks ago that waits for the psychologist, and one that is only on its way to be late."""
    office = make_office()
    for name, weeks in (("Sampelworth", 22), ("Otherby", 15)):
        asked = office.day(-7 * weeks)
        case = office.case(office.child("Nia", name), asked_on=asked, officer=office.olu)
        with acting_as_system(office.area, today=office.today) as system:
            record(by=system, case=case, kind="assess_decision", on=office.day(-60), details={"outcome": "assess"})
            ask_for_advice(
                by=system,
                case=case,
                kind="psychology",
                body=PSYCHOLOGIST,
                asked_on=office.day(-55),
                received_on=office.day(-55),
                agency=office.psychology,
                team=office.psychologists,
            )
    return office


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_from_the_overview_to_the_law(visit, office, phone):
    mo = visit(office.manager, phone=phone)
    # given the overview of the team
    mo.goes_to("/team/")
    mo.is_on("Team")
    mo.sees("Late the longest")
    mo.sees("Waiting for Educational psychologist, 13 days late")
    mo.sees("Slips next: still in time, but an earlier step is late")
    mo.sees("Nia Otherby")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    # when they drill from the reason to the rows behind it
    mo.page.locator("a[href*='waits=Educational']").first.click()
    mo.is_on("Work of the team")
    mo.sees("Nia Sampelworth")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    # and to the plan that is past its 20 weeks
    mo.goes_to("/team/duties/?kind=assess.final_plan&when=overdue")
    mo.sees("14 days late")
    mo.follows("Send the finalised EHC plan")
    # then the sentence of how it was counted, the exception and what it waits for are there
    mo.sees("20 weeks from then, not counting that day, end on")
    mo.sees("No exception is recorded.")
    mo.sees("Waiting for Educational psychologist, 13 days late")
    mo.finds_the_page_accessible()
    # and the law of it
    mo.follows("What the law says")
    mo.sees("reg 13(2)")
    mo.sees("How it is counted")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.follows("Everybody to whom this is still owed")
    mo.is_on("Work of the team")
    mo.sees("Nia Otherby")


def test_the_law_is_searched_and_the_readings_are_shown(visit, office):
    mo = visit(office.manager)
    mo.goes_to("/law/")
    mo.finds_the_page_accessible()
    mo.fills("Words, or a regulation", "missed appointment")
    mo.presses("Search")
    mo.sees("1 time limit")
    mo.follows("Body asked for advice")
    mo.sees("S: read in guidance, not in the law itself")
    mo.fills_date("If it began on", office.day(0))
    mo.presses("Count")
    mo.sees("6 weeks from then, not counting that day")
    mo.goes_to("/law/readings/")
    mo.is_on("How we read the law")
    mo.sees("A12: Contents and school both ordered")
    mo.finds_the_page_accessible()
    mo.follows("Change how we read this")
    mo.sees("The ways to read it")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
