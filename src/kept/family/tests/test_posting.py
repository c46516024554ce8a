"""Somebody without an account is answered only when the answer was posted, and the ledger says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kept.access.acting import Refused
from kept.duties.models import Duty
from kept.family import actions as family
from kept.messages import actions, posting
from kept.people.models import Carer

CALLED, ANSWERED, POSTED = date(2026, 6, 1), date(2026, 6, 4), date(2026, 6, 5)


@pytest.fixture
def talk(place):
    """A call of a grandmother without an account, written down, with its copy posted on the same day."""
    with place.acting(place.officer) as actor:
        carer = Carer.objects.create(area=place.area, name="Gran Sample", phone="01632 960009")
        thread = family.write_down(
            by=actor, child=place.child, carer=carer, subject="The bus", text="It does not come.", how="phone",
            said_on=CALLED, owner=place.officer,
        )  # fmt: skip
        family.copy_sent(by=actor, thread=thread, on=CALLED)
    return thread


def owed(place, source):
    with place.acting(place.officer):
        return [(one.rule, one.due_on, one.met_on, one.person) for one in Duty.objects.filter(source=source)]


def answer(place, thread, on=ANSWERED):
    with place.acting(place.officer, on) as actor:
        actions.say(by=actor, thread=thread, text="It comes again from Monday.", answers=True)


def test_an_answer_to_somebody_without_an_account_has_to_be_posted(place, talk):
    assert owed(place, posting.SOURCE) == []
    answer(place, talk)
    assert owed(place, posting.SOURCE) == [("messages.post", date(2026, 6, 8), None, place.officer)]
    with place.acting(place.officer, POSTED) as actor:
        with pytest.raises(Refused, match="after today"):
            family.copy_sent(by=actor, thread=talk, on=date(2026, 6, 9))
        family.copy_sent(by=actor, thread=talk, on=POSTED)
        family.copy_sent(by=actor, thread=talk, on=POSTED)
    assert owed(place, posting.SOURCE) == [("messages.post", date(2026, 6, 8), POSTED, place.officer)]


def test_the_first_copy_keeps_its_day_when_an_answer_is_posted_later(place, talk):
    answer(place, talk)
    with place.acting(place.officer, POSTED) as actor:
        family.copy_sent(by=actor, thread=talk, on=POSTED)
    assert [met for _, _, met, _ in owed(place, "family.copy")] == [CALLED]


def test_a_conversation_is_not_closed_before_its_answer_was_posted(place, talk):
    answer(place, talk)
    with place.acting(place.officer, POSTED) as actor:
        with pytest.raises(Refused, match="has not had it yet"):
            actions.close(by=actor, thread=talk)
        family.copy_sent(by=actor, thread=talk, on=POSTED)
        assert actions.close(by=actor, thread=talk).closed_on == POSTED


def test_a_second_answer_is_owed_anew(place, talk):
    answer(place, talk)
    with place.acting(place.officer, POSTED) as actor:
        family.copy_sent(by=actor, thread=talk, on=POSTED)
    answer(place, talk, date(2026, 6, 10))
    assert [met for _, _, met, _ in owed(place, posting.SOURCE)] == [POSTED, None]


def test_whoever_has_an_account_reads_it_there(place):
    with place.acting(place.mother) as actor:
        thread = actions.start(
            by=actor, child=place.child, subject="Reading", text="When?", with_user=place.mother, owner=place.officer
        )
    answer(place, thread)
    assert owed(place, posting.SOURCE) == []


def test_the_pages_say_that_it_is_not_sent_by_itself(place, talk, browse):
    client, path = browse(place.officer), f"/messages/{talk.pk}/"
    assert "Gran Sample has no account here" in client.get(path).content.decode()
    facts = {"text": "It comes again.", "answers": "yes", "token": str(talk.pk)}
    page = client.post(path, facts, follow=True).content.decode()
    assert "print this page and post it" in page
    assert "It comes again." in page
    assert "Call us on 01632 960001" in page
    assert "01632 960002" in page
    assert "What you told us, and what we answer" in page
    assert "on this page)" not in page
    thread = client.get(path).content.decode()
    assert "Something that we wrote here has not been posted yet" in thread
    assert "It is not with the family yet." in thread
    assert "This is answered." not in thread


def test_the_form_on_the_copy_is_not_printed(place, talk, browse):
    page = browse(place.officer).get(f"/family/{place.child.pk}/copy/{talk.pk}/").content.decode()
    assert page.index("govuk-!-display-none-print") < page.index("When did the copy go out?")


def test_word_that_it_was_saved_is_not_on_the_paper():
    css = finders.find("design/kept.css")
    printed = Path(css).read_text(encoding="utf-8").split("@media print", 1)[1]
    hidden = next(line for line in printed.splitlines() if "display: none !important" in line)
    assert ".govuk-notification-banner" in hidden
