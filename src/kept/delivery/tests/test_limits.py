"""The limits of the ledger are the area's own: dated, with a reason, and what they would do is counted before."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from journeys.people import an_area_of_people
from kept.access.acting import Refused, acting, acting_as_system
from kept.delivery import limits, owing, queries, recording
from kept.delivery.models import Escalation
from kept.delivery.recording import Given
from kept.delivery.tests.made import SPEECH, an_item, last_school_week
from kept.rules.calendar import ENGLAND
from kept.rules.delivery import STANDARD, Settings, Standing, standing, total
from tests.standing import standing as made_once

pytestmark = pytest.mark.django_db


@made_once
def people() -> SimpleNamespace:
    return an_area_of_people()


def _mostly_delivered(people):
    """Nine of ten weeks of speech therapy came: 90%."""
    speech = an_item(people.child, SPEECH, starts_on=people.today - timedelta(days=300))
    week, weeks = last_school_week(people.today), []
    while len(weeks) < 3:
        weeks.append(week)
        week = last_school_week(week)
    with acting(user=people.senco, area=people.area) as senco:
        given = [Given(speech.pk, one, whole_week=True) for one in weeks[1:]]
        missed = Given(speech.pk, weeks[0], whole_week=True, status="missed", reason="sickness")
        recording.record(by=senco, given=[*given, missed])
    return speech


def test_a_limit_holds_from_its_day_with_its_reason_and_moves_colours_and_days(people):
    with acting(user=people.director, area=people.area) as director:
        assert limits.limits_of(director) == STANDARD
        limits.choose(by=director, limit="find_out_days", value=2, why="A week is too long.")
        limits.choose(
            by=director, limit="silence_days", value=20, why="Trial", starts_on=people.today + timedelta(days=30)
        )
        now = limits.limits_of(director)
        assert (now.find_out_days, now.silence_days) == (2, 15)
        assert limits.limits_of(director, people.today + timedelta(days=30)).silence_days == 20
        assert limits.choices_made(director)["find_out_days"][0].made_by == people.director
    an_item(people.child, starts_on=people.today - timedelta(days=80))
    with acting_as_system(people.area) as system:
        owing.refresh(system, [people.child.pk])
        assert Escalation.objects.get(kind="silence").due_on == ENGLAND.after(people.today, 2)


def test_a_colour_follows_the_limit_and_its_effect_is_told_before(people):
    speech = _mostly_delivered(people)
    with acting_as_system(people.area) as system:
        owing.refresh(system, [people.child.pk])
    with acting(user=people.director, area=people.area) as director:
        lines = limits.effect_of(director, limits.BY_NAME["amber"], 10).lines
        assert sum(now for _, now, _ in lines) == sum(then for _, _, then in lines) == 1
        limits.choose(by=director, limit="amber", value=10, why="Trial")
        limits.choose(by=director, limit="green", value=50, why="Trial")
        mine = queries.ledgers(director, [people.child.pk])[people.child.pk]
        whole = total(one for ledger in mine.items for one in ledger.counts)
        page = queries.ledger_page(director, people.child)
    assert mine.limits.green == 0.5
    assert whole.delivered > 0 < whole.missing
    assert standing(whole, Settings(green=0.01, amber=0.001)) is Standing.GREEN
    for item in page.items:
        assert item.ledger.row == speech
        assert all(colour is standing(count, mine.limits) for _, count, colour in item.halves)


@pytest.mark.parametrize(
    ("limit", "value", "why", "says"),
    [
        ("green", 70, "x", "Amber must begin below green"),
        ("green", 95, "x", "the limit already"),
        ("green", 90, " ", "Say why"),
        ("check_days", 2.5, "x", "whole number"),
        ("check_days", 400, "x", "between 1 and 60"),
        ("colour", 5, "x", "no such limit"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_a_sentence(people, limit, value, why, says):
    with acting(user=people.director, area=people.area) as director, pytest.raises(Refused, match=says):
        limits.choose(by=director, limit=limit, value=value, why=why)


def test_only_who_sets_standards_sets_limits(people):
    with acting(user=people.senco, area=people.area) as senco, pytest.raises(Refused):
        limits.choose(by=senco, limit="green", value=90, why="x")


def test_the_page_tells_what_would_change_before_it_is_set(people, client: Client):
    client.force_login(people.director, backend="django.contrib.auth.backends.ModelBackend")
    given = {"value": "20", "why": "", "starts_on_0": "", "starts_on_1": "", "starts_on_2": ""}
    day = people.today
    given |= {"starts_on": f"{day.day}/{day.month}/{day.year}"}
    looked = client.post("/delivery/limits/silence_days/", {**given, "step": "look"})
    assert looked.status_code == 200
    assert b"Children in silence" in looked.content
    refused = client.post("/delivery/limits/silence_days/", {**given, "step": "set"})
    assert refused.status_code == 422
    done = client.post("/delivery/limits/silence_days/", {**given, "why": "Long holidays", "step": "set"})
    assert done.status_code == 302
    assert b"20 school days" in client.get("/delivery/limits/").content
