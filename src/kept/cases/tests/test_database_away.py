"""The database goes away while an officer presses the button: a clear page, the typed text kept, nothing half done."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from kept.access.acting import acting
from kept.cases import projection
from kept.cases.models import Event
from kept.rules.identifiers import uuid7

UNAVAILABLE = 503


@pytest.fixture
def patient_browser(here, olga) -> Client:
    """A browser that shows the page for a fault instead of raising it."""
    client = Client(raise_request_exception=False)
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["area"] = str(here.pk)
    session.save()
    return client


def end_the_connection() -> None:
    """Do to this request's connection what a restart of the database does."""
    place = connections["default"].settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    address = {"host": place["HOST"], "port": place["PORT"], "dbname": place["NAME"], "user": place["USER"]}
    with psycopg.connect(**address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.mark.django_db(transaction=True)
def test_nothing_is_half_recorded_and_the_text_comes_back(patient_browser, here, olga, a_case, monkeypatch):
    case = a_case()
    on = case.opened_on + timedelta(days=30)
    form = {
        "date-day": str(on.day),
        "date-month": str(on.month),
        "date-year": str(on.year),
        "outcome": "assess",
        "note": "The words that took me an hour",
        "token": str(uuid7()),
        "step": "confirm",
    }
    page = reverse("cases:record", args=[case.pk, "assess_decision"])
    real = projection.refresh

    def cut(*args: object, **more: object) -> object:
        end_the_connection()
        return real(*args, **more)

    monkeypatch.setattr(projection, "refresh", cut)
    answer = patient_browser.post(page, form)
    assert answer.status_code == UNAVAILABLE
    assert answer["Retry-After"]
    said = answer.content.decode()
    assert "We cannot reach our records" in said
    assert "The words that took me an hour" in said
    assert form["token"] not in said.split("What you typed")[-1].split("<form")[0]
    monkeypatch.setattr(projection, "refresh", real)
    with acting(user=olga, area=here):
        assert not Event.objects.filter(case=case, kind="assess_decision").exists()
    for _twice in range(2):
        assert patient_browser.post(page, form).status_code == 302
    with acting(user=olga, area=here):
        assert Event.objects.filter(case=case, kind="assess_decision").count() == 1


@pytest.mark.django_db
def test_a_fault_of_our_own_is_still_a_fault(patient_browser, a_case, monkeypatch):
    monkeypatch.setattr("kept.cases.queries.people_of", lambda *args: 1 / 0)
    answer = patient_browser.get(reverse("cases:detail", args=[a_case().pk]))
    assert answer.status_code == 500
    assert settings.DEBUG is False
