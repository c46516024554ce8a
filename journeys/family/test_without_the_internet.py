"""A family without the internet calls: it is written down, the same clock runs, and a copy goes out by post."""

from __future__ import annotations

import pytest

from journeys.people import a_case, an_area_of_people


@pytest.fixture
def people(transactional_db):
    return an_area_of_people()


def test_a_call_counts_as_much_as_a_message(visit, people):
    a_case(people)
    olu = visit(people.officer)
    olu.goes_to(f"/family/{people.child.pk}/write-down/")
    olu.chooses("Pat Sample")
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
    olu.sees("This is answered.")
    olu.finds_the_page_accessible()
