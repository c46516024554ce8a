"""A text that a letter is on its way: to whoever prefers texts, once, by day, and never a way of sending."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kept.letters.channels.base import CouldNotSend, Receipt
from kept.notices import sending, texts
from kept.notices.models import Dispatch, Proof, Proved, Way
from kept.people.models import Carer

from .conftest import TODAY

NOON = datetime(2025, 12, 15, 12, tzinfo=ZoneInfo("Europe/London"))


class Phone:
    """A channel that keeps what it is given, or fails as told."""

    name = "text"

    def __init__(self):
        self.sent, self.problem = [], None

    def send(self, parcel):
        if self.problem:
            raise self.problem
        self.sent.append(parcel)
        return Receipt("notify", "number 1", "Accepted by GOV.UK Notify")


@pytest.fixture
def phone(monkeypatch):
    found = Phone()
    monkeypatch.setattr(texts, "channel_for", lambda way, **more: found)
    return found


@pytest.fixture
def posted(by, ready):
    """The refusal, posted to the mother, who prefers texts."""
    Carer.objects.filter(name="Mara Sample").update(prefers="text", phone="07700 900123")
    sending.send(by=by, notice=ready, moment=NOON)
    assert texts.tell_of_letters(by=by, moment=NOON) == 0
    keys = Dispatch.objects.filter(way=Way.POST).values_list("pk", flat=True)
    sending.confirm(by=by, keys=list(keys), on=TODAY)
    return Dispatch.objects.get(recipient__name="Mara Sample")


def test_who_prefers_texts_hears_once_that_a_letter_was_posted(by, phone, posted):
    assert texts.tell_of_letters(by=by, moment=NOON.replace(hour=21)) == 0
    assert [texts.tell_of_letters(by=by, moment=NOON) for _ in range(2)] == [1, 0]
    (parcel,) = phone.sent
    assert parcel.to == "07700 900123"
    assert "posted a letter to you" in parcel.words
    assert not {"Nia", "special", "assess"} & set(parcel.words.replace(".", "").split())
    assert sending.latest_proofs(by, posted.notice)[posted.recipient_id].what == Proved.POSTED
    sending.deliver_waiting(by=by, moment=NOON)
    assert Proof.objects.filter(dispatch__way=Way.TEXT).count() == len(phone.sent) == 1


def test_a_text_that_fails_for_now_is_tried_again_and_one_that_fails_for_good_is_not(by, phone, posted):
    phone.problem = CouldNotSend("The server is busy", may_retry=True)
    assert texts.tell_of_letters(by=by, moment=NOON) == 0
    assert not Dispatch.objects.filter(way=Way.TEXT).exists()
    phone.problem = CouldNotSend("No such number")
    assert texts.tell_of_letters(by=by, moment=NOON) == 0
    assert Proof.objects.get(dispatch__way=Way.TEXT).what == Proved.FAILED
    phone.problem = None
    assert texts.tell_of_letters(by=by, moment=NOON) == 0
    assert sending.latest_proofs(by, posted.notice)[posted.recipient_id].what == Proved.POSTED
