"""A quarter to nine: a case officer sees what is late and what is due, finds one child, and gives work away."""

from __future__ import annotations

import csv

import pytest

from kept.rules.identifiers.keys import uuid7
from kept.worklist.tests.office import Office, make_office


@pytest.fixture
def office(transactional_db) -> Office:
    """An officer with something of every sort on the desk."""
    office = make_office()
    nia, bo = office.child("Nia", "Sampelworth"), office.child("Bo", "Otherby")
    thing = uuid7()
    office.owe("assess.final_plan", 20, child=nia, to=office.olu, source_id=thing)
    office.advice(-5, child=nia, source_id=thing)
    office.owe("review.decision", -9, child=bo, to=office.olu)
    office.owe("review.next", 0, child=bo, to=office.olu)
    office.owe("review.next", 5, child=office.child("Ida", "Thirdly"), to=office.olu)
    office.owe("assess.consult", None, child=office.child("Max", "Fourthman"), team_id=office.team.pk)
    return office


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_day_begins_with_what_is_late_and_due(visit, office, phone):
    olu = visit(office.olu, phone=phone)
    # given a desk with something late, something due today and something held up
    olu.goes_to("/work/")
    olu.is_on("My work")
    for words in ("Overdue (1)", "Due today (1)", "Due in the 7 days after today (1)", "Later (1)", "No date (1)"):
        olu.sees(words)
    olu.sees("Waiting for Educational psychologist, 5 days late")
    olu.sees("9 days late")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    # when they look for one child, on a phone behind the fold of the filter
    olu.opens_the_filter()
    olu.fills("Child or case number", "otherby")
    olu.selects("Due", "Overdue")
    olu.presses("Show")
    olu.sees("Bo Otherby")
    olu.does_not_see("Sampelworth")
    # then the filter is still there after looking at a duty and going back
    olu.follows("Decide and notify")
    olu.is_on("Decide and notify")
    olu.sees("How the date was counted")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.page.go_back()
    olu.does_not_see("Sampelworth")
    assert olu.page.get_by_label("Child or case number").input_value() == "otherby"
    olu.follows("Decide and notify")
    olu.follows("Back", exact=True)
    olu.does_not_see("Sampelworth")
    olu.follows("Clear", exact=True)
    olu.sees("Nia Sampelworth")


def test_work_is_given_to_a_colleague_and_taken_back(visit, office):
    olu = visit(office.olu)
    olu.goes_to("/work/?kind=review")
    # when nothing is ticked they are told what to do
    olu.presses("Give the ticked to a colleague")
    olu.is_on("Nothing is ticked")
    olu.follows("Back to the list")
    # when two duties are ticked
    olu.chooses("Choose Bo Otherby: Decide and notify")
    olu.chooses("Choose Ida Thirdly")
    olu.presses("Give the ticked to a colleague")
    olu.sees("2 duties chosen")
    olu.finds_the_page_accessible()
    olu.presses("Give", exact=True)
    olu.follows_the_error("Answer the question: Who takes this work?")
    olu.chooses("Ana Officer")
    olu.fills("Why?", "On leave from Tuesday")
    olu.presses("Give", exact=True)
    # then they are with the colleague, and the list shows it
    olu.is_on("2 duties given to Ana Officer")
    olu.finds_the_page_accessible()
    olu.follows("Back to the list")
    olu.does_not_see("Ida Thirdly")
    ana = visit(office.ana)
    ana.goes_to("/work/")
    ana.sees("Ida Thirdly")
    # and can be taken back
    olu.page.go_back()
    olu.presses("Undo: take it back")
    olu.is_on("Taken back")
    olu.finds_the_page_accessible()
    olu.follows("Back to the list")
    olu.sees("Ida Thirdly")


def test_the_list_is_taken_away_as_a_spreadsheet(visit, office):
    olu = visit(office.olu)
    olu.goes_to("/work/?when=overdue")
    with olu.page.expect_download() as waited:
        olu.follows("Download as a spreadsheet")
    with open(waited.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["Child"], row["Days late"], row["With"]) for row in rows] == [("Bo Otherby", "9", "Olu Officer")]


def test_everything_is_reached_by_keyboard(visit, office):
    olu = visit(office.olu)
    olu.goes_to("/work/")
    olu.page.keyboard.press("Tab")
    olu.sees("Skip to main content")
    olu.page.keyboard.press("Enter")
    box = olu.page.get_by_label("Child or case number")
    for _ in range(30):
        olu.page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    olu.page.keyboard.type("thirdly")
    olu.page.keyboard.press("Enter")
    olu.sees("Ida Thirdly")
    olu.does_not_see("Otherby")


def test_the_calendar_and_its_private_address(visit, office):
    olu = visit(office.olu)
    olu.goes_to("/calendar/")
    olu.is_on("Calendar")
    olu.sees("Bo Otherby")
    olu.finds_the_page_accessible()
    olu.follows("Show as a list")
    olu.sees("Bo Otherby")
    olu.finds_the_page_accessible()
    olu.follows("Month after")
    olu.follows("This month")
    olu.follows("See it in my own calendar")
    olu.fills("Where will you use it?", "Phone")
    olu.presses("Make an address")
    olu.sees("Your new address")
    olu.finds_the_page_accessible()
    address = olu.page.locator(".work-address a").get_attribute("href")
    program = visit()
    assert "SUMMARY:B.O." in program.page.request.get(address).text()
    assert "Otherby" not in program.page.request.get(address).text()
    olu.presses("Stop it")
    olu.sees("The address no longer works")
    assert program.page.request.get(address).status == 404
