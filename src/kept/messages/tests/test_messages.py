"""Tests of conversations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, transaction

from kept.access.acting import Refused
from kept.duties.models import Duty
from kept.messages import actions, queries
from kept.messages.models import Message, ReplyStandard


def ask(place, text="When?", **more):
    with place.acting(place.mother) as actor:
        return actions.start(
            by=actor,
            child=place.child,
            subject="Reading",
            text=text,
            with_user=place.mother,
            owner=place.officer,
            **more,
        )


def owed(place):
    with place.acting(place.officer):
        return {duty.rule: duty for duty in Duty.objects.filter(source="messages")}


def test_acknowledging_and_answering_are_duties_of_the_owner(place):
    thread = ask(place)
    found = owed(place)
    assert found["messages.acknowledge"].due_on == date(2026, 6, 3)
    assert (found["messages.answer"].due_on, found["messages.answer"].person) == (date(2026, 6, 15), place.officer)
    with place.acting(place.officer) as actor:
        actions.say(by=actor, thread=thread, text="We have it.")
        with pytest.raises(Refused, match="Answer the question first"):
            actions.close(by=actor, thread=thread)
        actions.say(by=actor, thread=thread, text="On Friday.", answers=True)
        assert actions.close(by=actor, thread=thread).closed_on == place.today
        (speed,) = queries.speeds(actor)
        assert (speed.answered, speed.in_time, speed.waiting) == (1, 1, 0)
    assert {duty.met_on for duty in owed(place).values()} == {place.today}


def test_a_reply_to_a_closed_conversation_opens_it_and_is_owed_an_answer(place):
    thread = ask(place)
    with place.acting(place.officer) as actor:
        actions.say(by=actor, thread=thread, text="On Friday.", answers=True)
        actions.close(by=actor, thread=thread)
    with place.acting(place.mother, date(2026, 6, 8)) as actor:
        actions.say(by=actor, thread=thread, text="Nobody came.")
        thread.refresh_from_db()
    assert (thread.closed_on, thread.waiting_for, thread.answer_by) == (None, "us", date(2026, 6, 22))


def test_handing_on_keeps_the_clock(place):
    thread = ask(place)
    with place.acting(place.officer) as actor:
        actions.hand_on(by=actor, thread=thread, person=place.deputy, why="Leave")
    answer = owed(place)["messages.answer"]
    assert (answer.person, answer.due_on) == (place.deputy, date(2026, 6, 15))


def test_the_other_parent_and_other_services_read_nothing(place):
    thread = ask(place)
    for user in (place.father, place.therapist):
        with place.acting(user):
            assert not Message.objects.exists()
    with place.acting(place.father) as actor, pytest.raises(Refused, match="not in your record"):
        actions.say(by=actor, thread=thread, text="Let me in")


@pytest.mark.parametrize(("text", "why"), [("x" * 200_000, "200,000 letters"), (" \n", "Write your message")])
def test_a_message_too_long_or_empty_is_refused_with_a_sentence(place, text, why):
    with pytest.raises(Refused, match=why):
        ask(place, text)


def test_a_message_too_long_keeps_what_was_typed(place, browse):
    thread = ask(place)
    page = browse(place.mother).post(f"/messages/{thread.pk}/", {"text": "y" * 200_000}).content.decode()
    assert "Keep it to 20,000 letters (it has 200000)" in page
    assert "y" * 200_000 in page


def test_a_double_click_says_it_once_and_nothing_said_is_changed(place):
    from kept.rules.identifiers import uuid7

    token = uuid7()
    assert ask(place, token=token) == ask(place, token=token)
    with place.acting(place.officer):
        message = Message.objects.get()
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(text="Never said")


def test_an_area_sets_its_own_standard(place):
    with place.acting(place.officer) as actor:
        ReplyStandard.objects.create(
            area=place.area, acknowledge_days=1, answer_days=5, from_on=place.today, made_by=actor.user
        )
    ask(place)
    assert owed(place)["messages.answer"].due_on == date(2026, 6, 8)


def test_a_family_reads_how_soon_it_is_answered_and_the_way_back(place, browse):
    page = browse(place.mother).get("/messages/speed/").content.decode()
    assert "How soon we reply" in page
    assert "within 2 working days" in page
    assert 'href="/family/" class="govuk-back-link"' in page
    assert "How fast we reply" in browse(place.officer).get("/messages/speed/").content.decode()
