"""Two parents have parted. Each writes to the council and is answered; neither reads, or is told of, the other's."""

from __future__ import annotations

import pytest
from django.core import mail

from journeys.people import a_case, an_area_of_people
from kept.access.acting import acting_as_system
from kept.messages.models import Email
from tests import made_up


@pytest.fixture
def people(transactional_db):
    found = an_area_of_people()
    found.father = made_up.a_parent_of(found.child, "Kit Sample")
    return found


def test_each_parent_has_messages_of_their_own(visit, people):
    a_case(people)
    mail.outbox.clear()
    # given a mother and a father who each ask something on their telephone
    asked = {}
    for user, subject, words in (
        (people.mother, "Collecting Nia", "We have moved. Do not tell him where."),
        (people.father, "Visit on a Saturday", "When may I come to the sports day?"),
    ):
        parent = visit(user, phone=True)
        parent.goes_to("/family/")
        parent.follows("Write a new message")
        parent.fills("What is it about?", subject)
        parent.fills("Your message", words)
        parent.presses("Send")
        parent.sees("Your message was sent.")
        parent.finds_the_page_accessible()
        asked[user] = (parent, subject, words)
    # when the officer answers both
    olu = visit(people.officer)
    for _, (_, subject, _) in asked.items():
        olu.goes_to("/messages/")
        olu.follows(subject)
        olu.fills("Your message", f"About {subject.lower()}: on Friday.")
        olu.chooses("It answers the question")
        olu.presses("Send")
    # then each reads their own answer, and nothing of the other's is on any page of theirs
    for user, (parent, subject, words) in asked.items():
        ((_, other_subject, other_words),) = [one for who, one in asked.items() if who != user]
        parent.goes_to("/family/")
        address = parent.page.url
        parent.follows(subject)
        parent.sees(f"About {subject.lower()}: on Friday.")
        parent.sees(words)
        for page in ("", "messages/", "owed/", "questions/"):
            parent.goes_to(f"{address}{page}")
            parent.does_not_see(other_subject)
            parent.does_not_see(other_words)
            parent.does_not_scroll_sideways()
        parent.goes_to(f"{address}messages/")
        parent.follows("Choose when we email you")
        parent.finds_the_page_accessible()
        parent.sees("It never has your child’s name in it")
    # and each got an email of their own, with nothing in it of what was said
    with acting_as_system(people.area):
        told = list(Email.objects.values_list("to__email", "subject", "words"))
    assert {to for to, _, _ in told} == {people.mother.email, people.father.email}
    assert len(told) == len(asked)
    assert not [one for one in told if "Friday" in one[2] or "Nia" in one[1] + one[2]]


def test_a_manager_changes_what_is_promised(visit, people):
    mo = visit(made_up.a_person(people.area, made_up.Role.CASE_MANAGER, name="Mo Manager"))
    mo.goes_to("/messages/speed/")
    mo.follows("Change how soon we reply")
    mo.fills("Answer within (working days)", "1")
    mo.presses("Save")
    mo.sees("Answer within 2 to 20 working days.")
    mo.finds_the_page_accessible()
    mo.fills("Answer within (working days)", "7")
    mo.presses("Save")
    mo.sees("an answer within 7 working days")
    mo.goes_to("/messages/quiet/")
    mo.finds_the_page_accessible()
    mo.fills("No emails from", "19:00")
    mo.presses("Save")
    mo.sees("Saved.")
    mum = visit(people.mother, phone=True)
    mum.goes_to("/messages/emails/")
    mum.sees("We send none from 19:00 to 08:00")
    mum.does_not_scroll_sideways()
