"""The law pages: every time limit, every reading, and a date tried out."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kept.cases.readings import choose
from kept.rules.process import DEFAULT, Readings
from kept.rules.process.table import clocks
from kept.worklist import law, reading_effects, readings
from tests.budgets import client_of


def test_every_reading_and_every_choice_has_words():
    assert tuple(point.name for point in readings.POINTS) == readings.NAMES
    for point in readings.POINTS:
        options = type(getattr(DEFAULT.readings, point.name))
        assert set(point.choices) == {option.value for option in options}
        assert point.number == point.name.split("_")[0].upper()
        assert any(point.touches(clock) for clock in clocks().values()), point.name


def test_a_reading_that_changes_a_due_date_is_named_on_that_time_limit():
    start = date(2026, 3, 2)
    for point in readings.POINTS:
        for option in type(getattr(DEFAULT.readings, point.name)):
            settings = replace(DEFAULT, readings=replace(Readings(), **{point.name: option}))
            for clock in clocks().values():
                usual, other = law.try_date(clock, start, DEFAULT), law.try_date(clock, start, settings)
                if usual and other and usual.due_on != other.due_on:
                    assert point in readings.points_for(clock), (point.name, clock.id)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(clocks()))
def test_every_time_limit_has_a_page_for_everybody(name):
    clock = clocks()[name]
    page = html.unescape(Client().get(reverse("worklist:clock", args=[name])).content.decode())
    for words in (clock.name, clock.citation, clock.notes, law.MARKS[clock.verified].meaning):
        assert words in page
    for one in clock.exceptions:
        assert one.condition in page
        assert one.citation in page
    assert f"{clock.effective_from.year}" in page


@pytest.mark.django_db
def test_a_date_is_counted_as_the_area_reads_the_law(office):
    address = reverse("worklist:clock", args=["assess.decision"]) + "?start-day=2&start-month=3&start-year=2026"
    assert "13 April 2026" in client_of(office.olu).get(address).content.decode()
    with office.acting(office.manager) as manager:
        choose(by=manager, reading="a1_receipt_day", choice="day_one", why="Counsel advised it")
    page = client_of(office.olu).get(address).content.decode()
    assert "12 April 2026" in page
    assert "13 April 2026" in Client().get(address).content.decode()
    points = client_of(office.olu).get(reverse("worklist:points")).content.decode()
    assert "Chosen by Mo Manager" in points
    assert "Counsel advised it" in points


@pytest.mark.django_db
def test_what_another_reading_would_change_is_shown_before_it_is_chosen(office):
    address, browser = reverse("worklist:choose_reading", args=["a1_receipt_day"]), client_of(office.manager)
    assert (
        reverse("worklist:choose_reading", args=["a1_receipt_day"])
        in browser.get(reverse("worklist:points")).content.decode()
    )
    office.case(office.child(), asked_on=office.day(-20), officer=office.olu)
    point = next(one for one in readings.POINTS if one.name == "a1_receipt_day")
    with office.acting(office.manager) as manager:
        effect = reading_effects.effect_of(manager, point, "day_one")
    assert (effect.touched, effect.looked_at) == (1, 1)
    assert effect.moved
    assert all(one.after == one.before - timedelta(days=1) for one in effect.moved)
    shown = html.unescape(browser.get(address, {"choice": "day_one"}).content.decode())
    assert f"{len(effect.moved)} date" in shown
    assert all(one.case.reference in shown for one in effect.shown)
    typed = {"choice": "day_one", "why": "Counsel advised it"}
    assert "Enter" in browser.post(address, typed).content.decode()
    day = {f"starts_on-{part}": getattr(office.today, part) for part in ("day", "month", "year")}
    assert browser.post(address, typed | day).status_code == 302
    assert "Counsel advised it" in browser.get(reverse("worklist:points")).content.decode()
    assert browser.post(address, typed | day).status_code == 200, "the choice in force is not offered again"


@pytest.mark.django_db
def test_a_date_that_cannot_be_is_said(office):
    address = reverse("worklist:clock", args=["assess.decision"]) + "?start-day=30&start-month=2&start-year=2026"
    assert "real day of February 2026" in client_of(office.olu).get(address).content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("final plan 20 weeks", {"assess.final_plan"}),
        ("reg 32", set()),
        ("advice", {"advice.response", "detained.advice", "review.advice_circulated"}),
        ("ADVICE  missed appointment", {"advice.response"}),
        ("no such words anywhere", set()),
    ],
)
def test_the_law_is_searched_by_all_words(text, found):
    ids = {clock.id for clock in law.search(text)}
    assert found <= ids
    if not found:
        assert not ids or text == "reg 32"
    assert len(ids) < len(clocks())


def test_an_empty_search_gives_everything_and_filters_narrow_it():
    assert len(law.search("")) == len(clocks())
    assert {clock.verified for clock in law.search("", mark="unverified")} == {"unverified"}
    assert {clock.id.split(".")[0] for clock in law.search("", family="review")} == {"review"}
    assert sum(len(law.search("", mark=mark)) for mark in law.MARKS) == len(clocks())


@pytest.mark.django_db
def test_a_time_limit_that_is_none_is_not_found():
    assert Client().get(reverse("worklist:clock", args=["no.such"])).status_code == 404
