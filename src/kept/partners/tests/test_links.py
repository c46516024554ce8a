"""Tests of single-use links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kept.access.acting import Refused
from kept.access.models import Reading
from kept.cases.models import AdviceRequest
from kept.partners import actions, links
from kept.partners.models import Link

WHOLE = {
    "needs": "She needs short sentences.",
    "outcomes": "Asks for help by July.",
    "provision": "45 minutes weekly.",
    "role": "Speech and language therapist",
}
BORN = {"born_on-day": "4", "born_on-month": "5", "born_on-year": "2016"}
WRONG = BORN | {"born_on-day": "5"}


@pytest.fixture
def link(place, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), place.acting(place.officer) as actor:
        made, address = links.make_link(
            by=actor,
            request=asked,
            name="Lou Locum",
            email="lou@example.org",
            address=f"http://testserver/partners/answer/{place.area.slug}/TOKEN/",
        )
    return made, address.removeprefix("http://testserver")


def test_the_email_names_no_child_and_only_the_digest_is_kept(place, link):
    made, address = link
    (sent,) = mail.outbox
    assert address in sent.body
    assert "Nia" not in sent.body + sent.subject
    assert "Sample" not in sent.body
    with place.system():
        assert Link.objects.get(pk=made.pk).digest not in address


def test_nothing_of_the_child_is_shown_before_the_date_of_birth(place, link):
    _, address = link
    page = Client().get(address)
    assert page.status_code == 200
    assert "Nia" not in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_professional_answers_once_and_the_link_is_dead(place, asked, link):
    _, address = link
    visitor = Client()
    assert "Advice about Nia Sample" in visitor.post(address, BORN).content.decode()
    assert "The draft was saved" in visitor.post(address, {"needs": "Half", "draft": "1"}).content.decode()
    assert "Half" in visitor.get(address).content.decode()
    assert "Answer before you return" in visitor.post(address, {"needs": "Half", "role": "SLT"}).content.decode()
    assert "Thank you" in visitor.post(address, WHOLE).content.decode()
    again = visitor.get(address)
    assert again.status_code == 410
    assert "was used" in again.content.decode()
    assert visitor.post(address, WHOLE).status_code == 410
    with place.system():
        assert AdviceRequest.objects.get(pk=asked.pk).answered_on is not None
        assert asked.returned.get().said_by == "Lou Locum, Speech and language therapist, Therapy trust"
        assert Reading.objects.filter(child_id=place.child.pk, what__contains="Lou Locum").exists()


def test_three_wrong_dates_of_birth_kill_the_link(place, link):
    _, address = link
    visitor = Client()
    for _ in range(3):
        assert "not the child" in visitor.post(address, WRONG).content.decode()
    assert visitor.post(address, BORN).status_code == 410


def test_an_old_link_a_stopped_link_and_a_guess_say_what_to_do(place, link, asked):
    made, address = link
    with place.system():
        Link.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "too old" in Client().get(address).content.decode()
    with place.system():
        Link.objects.filter(pk=made.pk).update(expires_at=timezone.now() + timedelta(days=1))
    with place.acting(place.officer) as actor:
        links.make_link(by=actor, request=asked, name="New", email="new@example.org", address="TOKEN")
    assert "was stopped" in Client().get(address).content.decode()
    assert "not one of ours" in Client().get(f"/partners/answer/{place.area.slug}/guess/").content.decode()
    assert Client().get("/partners/answer/nowhere/guess/").status_code == 404


def test_a_link_dies_when_the_desk_answers_first(place, link, asked):
    _, address = link
    with place.acting(place.therapist) as actor:
        actions.return_advice(by=actor, request=asked, sections=WHOLE)
    assert Client().post(address, BORN).status_code == 410


def test_an_address_with_a_line_break_is_refused(place, asked):
    with place.acting(place.officer) as actor, pytest.raises(Refused, match="one line"):
        links.make_link(by=actor, request=asked, name="A\r\nBcc: x@y.z", email="a@b.example", address="TOKEN")
