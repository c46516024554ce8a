"""On which day a copy was sent, and confirmed: said by who records it, between the day of the version and today."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kept.access.acting import today_here
from kept.plans import recipients, versions
from kept.plans.models import Recipient, Version
from kept.plans.tests.made import a_written_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(place, as_person) -> Version:
    """A draft that was sent to the family ten days ago."""
    by = as_person(place.olga, today=today_here() - timedelta(days=10))
    version, _ = a_written_plan(by, place.child)
    return versions.send_draft(by=by, version=version)


def test_the_day_of_sending_and_of_confirming_is_the_one_said(place, as_person, browse, draft) -> None:
    by = as_person(place.olga)
    one = recipients.add_recipient(by=by, version=draft, to="family", name="Mina Sample")
    client, page = browse(place.olga), reverse("plans:recipients", args=[draft.pk])

    def said(what: str, **typed: str) -> str:
        answer = client.post(reverse("plans:receipt", args=[one.pk, what]), typed, follow=True)
        return " ".join(answer.content.decode().split())

    def stands() -> tuple[object, object]:
        as_person(place.olga)
        return Recipient.objects.values_list("sent_on", "confirmed_on").get(pk=one.pk)

    def days_ago(days: int) -> str:
        return (by.today - timedelta(days=days)).strftime("%d/%m/%Y")

    assert 'name="on"' in client.get(page).content.decode()
    for wrong in (days_ago(-1), days_ago(11)):
        assert "between the day of the version and today" in said("sent", how="post", on=wrong)
    assert "Nothing is recorded." in said("sent", how="post", on="31/2/2026")
    assert "Nothing is recorded." in said("sent", how="post", on="")
    assert stands() == (None, None)
    said("sent", how="post", on=days_ago(8))
    for wrong in (days_ago(9), days_ago(-1)):
        assert "from the day it was sent" in said("confirmed", on=wrong)
    assert stands() == (by.today - timedelta(days=8), None)
    said("confirmed", on=days_ago(3))
    assert stands() == (by.today - timedelta(days=8), by.today - timedelta(days=3))


def test_without_a_day_it_was_today(place, as_person, browse, draft) -> None:
    by = as_person(place.olga)
    one = recipients.add_recipient(by=by, version=draft, to="family", name="Mina Sample")
    browse(place.olga).post(reverse("plans:receipt", args=[one.pk, "sent"]), {"how": "email"})
    as_person(place.olga)
    assert Recipient.objects.get(pk=one.pk).sent_on == by.today
