"""A mother asks for an assessment on her phone, follows it to the draft plan, and writes to the officer."""

from __future__ import annotations

import pytest

from journeys.people import an_area_of_people
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.family.answering import EIGHT


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def reads_the_answers(pat, people):
    pat.follows("Answers to the questions")
    pat.is_on("Your questions")
    for question in EIGHT:
        pat.sees(question)
    pat.sees("Olu Officer has it. Dee Deputy stands in if Olu is away.")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.follows("The plan and your letters")
    pat.is_on("The plan and your letters")
    pat.sees("There is no plan now.")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.goes_to(f"/family/{people.child.pk}/help/")
    pat.sees("How to ask the Ombudsman")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    pat.follows("Write your complaint")
    pat.is_on("Make a complaint")
    assert pat.page.get_by_label("What is it about?").input_value() == "A complaint"


def test_a_request_is_followed_to_the_end_on_a_phone(visit, people):
    pat = visit(people.mother, phone=True)
    # given a mother who tells her story once and chooses who reads it
    pat.goes_to("/")
    pat.is_on("Nia")
    pat.follows("Tell our story")
    pat.fills("Our story", "Nia loves trains. Loud rooms hurt her.")
    pat.presses("Save")
    pat.is_on("Who may read our story?")
    pat.finds_the_page_accessible()
    pat.presses("Save")
    # when she asks, the story is in the box already
    pat.presses("Ask us to find out")  # a link that looks and is announced as a button
    pat.sees("We must say yes or no in six weeks.")
    assert "Nia loves trains" in pat.page.get_by_label("What help does your child need?").input_value()
    pat.finds_the_page_accessible()
    pat.presses("Send")
    # then the six weeks run, and the page says who must do what by when
    pat.sees("The six weeks start today.")
    pat.sees("Step 1 of 5: We were asked")
    pat.sees("Nobody has your case yet.")
    pat.sees("We must tell you if we will find out more")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
    # and when the council moves, so does the page
    with people.acting(people.officer) as actor:
        case = Case.objects.get(area=people.area)
        cases.assign(by=actor, case=case, officer=people.officer, deputy=people.deputy, team=people.team)
        today = people.today
        cases.record(by=actor, case=case, kind="assess_decision", on=today, details={"outcome": "assess"})
        cases.record(by=actor, case=case, kind="draft_plan_served", on=today)
    pat.goes_to("/family/")
    pat.sees("Step 3 of 5: You check the draft")
    pat.sees("Olu Officer")
    pat.sees("Tell us what you think of the draft plan.")
    pat.sees("Kept in time: 2")
    # every question has its answer one page on, and a complaint begins with what it is
    reads_the_answers(pat, people)
    # and she writes, and sees by when she is answered
    pat.goes_to("/family/")
    pat.follows("Write to Olu Officer")
    pat.fills("What is it about?", "The draft")
    pat.fills("Your message", "Page 2 has the wrong school.")
    pat.presses("Send")
    pat.sees("We owe you an answer by")
    pat.finds_the_page_accessible()
    pat.does_not_scroll_sideways()
