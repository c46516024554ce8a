"""Filling a clinic: once, however often the form is sent; on a day on which somebody is there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from kept.waiting.models import Referral
from kept.waiting.tests.house import an_area_with_lists, refer
from kept.waiting.words import State
from tests import made_up
from tests.budgets import client_of
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def people():
    found = an_area_with_lists()
    for number in range(4):
        refer(found, found.lists.first, 40 + number, child=made_up.a_child(found.area, f"Child{number}", "Sample"))
    return found


def _form(people, day, *, places: int, **more: object) -> dict[str, object]:
    page = client_of(people.therapist).get(reverse("waiting:list", args=[people.lists.first.pk])).content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    (token,) = {re.search(r'value="([^"]*)"', one).group(1) for one in inputs if 'id="id_token"' in one}
    days = {"clinic-day": day.day, "clinic-month": day.month, "clinic-year": day.year}
    return {**days, "places": places, "token": token, **more}


def _offered(people) -> int:
    with people.acting(people.therapist):
        return Referral.objects.filter(stage=people.lists.first, state=State.OFFERED).count()


def _monday(people):
    return people.today + timedelta(days=21 - people.today.weekday())


def test_the_same_form_sent_twice_fills_the_clinic_once(people):
    client, there = client_of(people.therapist), reverse("waiting:offer_next", args=[people.lists.first.pk])
    sent = _form(people, _monday(people), places=2)
    for _ in range(2):
        said = client.post(there, sent, follow=True).content.decode()
        assert ": 2." in said
        assert _offered(people) == 2
    client.post(there, _form(people, _monday(people), places=1))
    assert _offered(people) == 3, "another press is another place"
    said = client.post(there, _form(people, _monday(people), places=2), follow=True).content.decode()
    assert "1 place is free" in said


def test_only_changing_the_day_offers_nothing_and_puts_no_token_into_the_address(people):
    client, there = client_of(people.therapist), reverse("waiting:offer_next", args=[people.lists.first.pk])
    answer = client.post(there, _form(people, _monday(people), places=2, only="day"))
    assert answer.url.endswith(f"?clinic={_monday(people).isoformat()}")
    assert _offered(people) == 0


def test_a_clinic_on_a_sunday_is_asked_about(people):
    client, there = client_of(people.therapist), reverse("waiting:offer_next", args=[people.lists.first.pk])
    sunday = _monday(people) + timedelta(days=6)
    said = client.post(there, _form(people, sunday, places=1), follow=True).content.decode()
    assert "Is the clinic open then?" in said


def test_a_child_referred_this_week_waits_less_than_a_week(people):
    refer(people, people.lists.rtt, 4)
    said = client_of(people.therapist).get(reverse("waiting:home")).content.decode()
    assert "less than a week" in said
    assert "no weeks" not in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"places": ""}, "say how many places the clinic has, from 1 to 60, in figures."),
        ({"places": "a few"}, "say how many places the clinic has, from 1 to 60, in figures."),
        ({"places": "900"}, "say how many places the clinic has, from 1 to 60, in figures."),
        ({"clinic-month": "14"}, "say on which day the clinic is, for example 27 3 2026."),
        ({"token": "no-token"}, "this page was open for too long. Look at the list and press again."),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_in_our_words(people, wrong, said):
    client, there = client_of(people.therapist), reverse("waiting:offer_next", args=[people.lists.first.pk])
    sent = _form(people, _monday(people), places=2) | wrong
    page = client.post(there, sent, follow=True).content.decode()
    assert f"Nothing was offered: {said}" in page
    assert not re.search("Enter a |Ensure this|valid UUID|This field", page)
    assert _offered(people) == 0
