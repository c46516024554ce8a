"""What the public pages say: what is late is said to be late, in the visitor's language, and nothing leads nowhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kept.offer.comments import pass_for_publishing, reply, send
from kept.offer.models import Service
from kept.offer.models_more import Page
from kept.offer.publishing import publish
from kept.offer.states import Answer
from kept.offer.tests.conftest import CONTENT, TODAY
from kept.offer.visiting import LANGUAGE_COOKIE, SAVED_COOKIE, with_phones
from kept.offer.voice_views import CommentForm


@pytest.fixture
def public(as_editor: Any, area: Any) -> Any:
    """A published comment of today without an answer."""
    comment = send(area=area, about="gap", words="There is no swimming on Sundays.", today=TODAY)
    return pass_for_publishing(by=as_editor, comment=comment, words=comment.words, who_answers="Leisure team")


def page(client: Client, path: str, on: date = TODAY) -> str:
    with time_machine.travel(on):
        return client.get(path).content.decode()


def test_an_answer_that_is_late_is_said_to_be_late(client: Client, public: Any, area: Any) -> None:
    path = f"/local-offer/{area.slug}/you-said-we-did/"
    assert "It is owed by 7 April 2026." in page(client, path, TODAY + timedelta(days=28))
    assert "It is late: it was owed by 7 April 2026." in page(client, path, TODAY + timedelta(days=29))


def test_a_promise_of_the_offer_that_is_late_is_said_to_be_late(
    client: Client, as_editor: Any, public: Any, area: Any
) -> None:
    due = TODAY + timedelta(days=10)
    facts = {"action": "Open the pool", "action_owner": "Leisure manager", "action_due": due}
    reply(by=as_editor, public=public, answer=Answer.WILL_DO, words="You are right.", **facts)
    path = f"/local-offer/{area.slug}/you-said-we-did/"
    assert "This is late." not in page(client, path, due)
    assert "This is late. It was to be done by 20 March 2026." in page(client, path, due + timedelta(days=1))


def test_a_no_is_not_followed_by_and_why(client: Client, as_editor: Any, public: Any, area: Any) -> None:
    reply(by=as_editor, public=public, answer=Answer.CANNOT, words="The building is too small.")
    said = page(client, f"/local-offer/{area.slug}/you-said-we-did/")
    assert "We cannot do this.</strong> The building is too small." in said


@pytest.mark.parametrize(
    ("typed", "kept"), [("QX1 5LX", "QX1"), ("QX15LX", "QX1"), ("QX1", "QX1"), ("SW1A 1AA", "SW1A"), ("", "")]
)
def test_a_whole_postcode_is_cut_to_what_was_asked_and_not_refused(typed: str, kept: str) -> None:
    form = CommentForm({"about": "gap", "words": "No swimming", "district": typed})
    assert form.is_valid()
    assert form.cleaned_data["district"] == kept


def test_the_form_speaks_the_language_of_the_page(client: Client, area: Any) -> None:
    path = f"/local-offer/{area.slug}/comment/"
    polish = page(client, f"{path}?lang=pl")
    assert "Czego to dotyczy?" in polish
    assert "Usługi lub strony" in polish
    assert "What is it about?" not in polish
    assert "What is it about?" in page(client, f"{path}?lang=en-GB")
    assert CommentForm.base_fields["words"].label == "Your comment"


def test_whoever_complains_about_one_child_is_led_on(client: Client, area: Any, as_editor: Any) -> None:
    Page.objects.create(area=area, slug="complaints", title="Complaints and appeals", body="Talk first.")
    from kept.offer.publishing import touch

    touch(area)
    said = page(client, f"/local-offer/{area.slug}/comment/")
    assert f'href="/local-offer/{area.slug}/guide/complaints/"' in said


def entry_of(as_editor: Any, organisation: Any, **more: Any) -> Service:
    content = {**CONTENT, "capacity": "", "capacity_on": None, **more}
    return publish(by=as_editor, organisation=organisation, content=content)


def test_where_you_just_turn_up_nothing_is_said_of_a_wait(
    client: Client, as_editor: Any, organisation: Any, area: Any
) -> None:
    unknown = "Nobody has told us how long the wait is"
    asked = entry_of(as_editor, organisation, route="gp")
    assert unknown in page(client, f"/local-offer/{area.slug}/service/{asked.pk}/")
    open_to_all = entry_of(as_editor, organisation, route="anyone", name="Parents’ tea")
    assert unknown not in page(client, f"/local-offer/{area.slug}/service/{open_to_all.pk}/")


def test_a_service_is_taken_off_the_list_on_the_list(
    client: Client, as_editor: Any, organisation: Any, area: Any
) -> None:
    made = entry_of(as_editor, organisation)
    save, listed = f"/local-offer/{area.slug}/service/{made.pk}/save/", f"/local-offer/{area.slug}/my-list/"
    client.post(save)
    shown = client.get(listed).content.decode()
    assert "Take off my list: Sleep clinic" in shown
    assert 'href="tel:01632960001"' in shown
    assert client.post(save, {"back": "list"})["Location"] == listed
    assert "Nothing is on your list" in client.get(listed).content.decode()
    shared = client.get(f"{listed}?ids={made.pk}").content.decode()
    assert "Take off my list" not in shared


def test_the_privacy_page_names_what_the_local_offer_keeps_in_a_browser(
    client: Client, as_editor: Any, organisation: Any, area: Any
) -> None:
    made = entry_of(as_editor, organisation)
    client.get(f"/local-offer/{area.slug}/")
    assert SAVED_COOKIE not in client.cookies
    assert LANGUAGE_COOKIE not in client.cookies
    client.post(f"/local-offer/{area.slug}/service/{made.pk}/save/")
    client.get(f"/local-offer/{area.slug}/?lang=pl")
    assert {SAVED_COOKIE, LANGUAGE_COOKIE} <= set(client.cookies)
    said = client.get("/privacy/").content.decode()
    assert "the list that you save and the language that you choose" in said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Call 01632 960 100 (free)", 'Call <a class="govuk-link" href="tel:01632960100">01632 960 100</a> (free)'),
        ("Monday to Friday, 9:30 to 16:00, room 12", "Monday to Friday, 9:30 to 16:00, room 12"),
        ("<b>0300 123 4567</b>", '&lt;b&gt;<a class="govuk-link" href="tel:03001234567">0300 123 4567</a>&lt;/b&gt;'),
    ],
)
def test_a_number_in_words_can_be_called_from_a_phone(words: str, shown: str) -> None:
    assert with_phones(words) == shown
