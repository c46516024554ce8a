"""A family without the internet calls: it is written down, the same clock runs, and a copy goes out by post."""

from __future__ import annotations

import pytest

from journeys.people import a_case, an_area_of_people
from kept.people import actions


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


@pytest.fixture
def gran(people):
    """A grandmother on the record who has no account."""
    with people.acting(people.officer) as by:
        carer = actions.add_carer(by=by, name="Gran Sample", phone="01632 960009")
        actions.link_carer(
            by=by, child=people.child, carer=carer, relationship="grandmother", has_responsibility=False,
            lives_with=False, starts_on=people.child.born_on,
        )  # fmt: skip
    return carer


def test_a_call_counts_as_much_as_a_message_and_its_answer_goes_by_post(visit, people, gran):
    a_case(people)
    olu = visit(people.officer)
    olu.goes_to(f"/family/{people.child.pk}/write-down/")
    olu.chooses("Gran Sample")
    olu.chooses("By phone")
    olu.fills("What is it about?", "The bus")
    olu.finds_the_page_accessible()
    olu.presses("Write it down")
    olu.follows_the_error("Write down what was said")
    olu.fills("What was said?", "The bus has not come for two days.")
    olu.presses("Write it down")
    olu.is_on("What you told us")
    olu.sees("We will answer you by")
    olu.sees("Olu Officer has your case.")
    olu.finds_the_page_accessible()
    olu.presses("Save")
    olu.sees("Saved: the copy was sent.")
    olu.sees("By phone. Written down by Olu Officer.")
    olu.chooses("It answers the question")
    olu.fills("Your message", "It comes again from Monday.")
    olu.presses("Send")
    # then the answer is on a page to print, and it counts as given when it went
    olu.is_on("What you told us, and what we answer")
    olu.sees("It is not sent by itself: print this page and post it.")
    olu.sees("Call us on 01632 960001.")
    olu.finds_the_page_accessible()
    olu.goes_to("/messages/?waiting=them")
    olu.follows("The bus")
    olu.sees("An answer is written. It is not with the family yet.")
    olu.follows("Print it, post it")
    olu.presses("Save")
    olu.sees("This is answered.")
    olu.finds_the_page_accessible()
