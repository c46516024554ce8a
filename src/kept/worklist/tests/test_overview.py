"""The overview: every figure is the number of rows behind it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kept.access.roles import Role
from kept.rules.identifiers.keys import uuid7
from kept.worklist.overview import overview
from tests import made_up
from tests.budgets import client_of

LINK = re.compile(r'href="(/team/duties/\?[^"]+)"[^>]*>\s*([\d,]+)')
TOTAL = re.compile(r"([\d,]+|No) dut(?:y|ies) still owed", re.IGNORECASE)


@pytest.fixture
def busy(office):
    """A team with something of every sort."""
    left = made_up.a_person(office.area, Role.FAMILY, name="Les Gone")
    for due in (-200, -60, -20, -3, 0, 2, 7, 8, 40, 300, None):
        office.owe(due=due, to=office.olu)
        office.owe("review.next", due, to=office.ana)
    office.owe(due=-4)
    office.owe(due=3, team_id=office.team.pk)
    office.owe(due=-4, to=left)
    office.owe("promise", -4, to=office.olu)
    office.owe(due=-9, to=office.olu, released_by="reg13_3.school_closure")
    office.owe(due=200, to=office.olu, released_by="reg13_3.school_closure")
    for plan_due, body in ((-3, "Educational psychologist"), (5, "Educational psychologist"), (-1, "Health")):
        thing, child = uuid7(), office.child()
        office.owe("assess.final_plan", plan_due, to=office.ana, source_id=thing, child=child)
        office.advice(-10, source_id=thing, child=child)
        if body == "Health":
            office.owe("advice.response", -8, source_id=thing, child=child, owed_by="Health")
    office.case(office.child(), asked_on=office.day(-50), officer=office.olu)
    return office


@pytest.mark.parametrize("scope", ["", "?law=statutory", "team"])
def test_every_figure_leads_to_as_many_rows(busy, scope):
    client = client_of(busy.manager)
    scope = f"?team={busy.team.pk}" if scope == "team" else scope
    page = client.get(reverse("worklist:team") + scope).content.decode()
    links = {(address.replace("&amp;", "&"), number.replace(",", "")) for address, number in LINK.findall(page)}
    assert len(links) > 12
    wrong = []
    for address, number in links:
        behind = TOTAL.search(client.get(address).content.decode())
        assert behind, address
        if behind[1].replace(",", "").replace("No", "0") != number:
            wrong.append((address, number, behind[1]))
    assert not wrong


def test_why_duties_are_late_counts_each_body_that_is_awaited(busy):
    with busy.acting(busy.manager) as actor:
        reasons = {one.words: one.overdue for one in overview(actor).by_reason}
    assert reasons["Waiting for Educational psychologist"] == 2
    assert reasons["Waiting for Health"] == 1
    ours = sum(1 for _ in range(4)) * 2 + 4  # four late of two kinds, unheld, left, promise and the case's decision
    assert reasons["Nobody outside: it is with us"] == ours


def test_somebody_who_left_is_named_with_what_they_still_hold(busy):
    with busy.acting(busy.manager) as actor:
        names = {one.words: one.overdue for one in overview(actor).by_holder}
    assert names["Les Gone"] == 1
    assert names["Nobody yet"] == 2  # one of ours, and advice asked of a body without an agency


def test_the_latest_first_and_what_slips_next(busy):
    with busy.acting(busy.manager) as actor:
        found = overview(actor)
    assert [(line.duty.due_on - busy.today).days for line in found.worst][:4] == [-200, -200, -60, -60]
    assert [line.reasons for line in found.next_to_slip] == [("Waiting for Educational psychologist, 10 days late",)]


def test_a_team_is_its_desk_and_its_people(busy):
    with busy.acting(busy.manager) as actor:
        names = {one.words for one in overview(actor, team=busy.team.pk).by_holder}
    assert names == {"Olu Officer", "Desk of Assessment team"}


def test_a_quiet_team_is_told_so(office):
    page = client_of(office.manager).get(reverse("worklist:team")).content.decode()
    assert "Nothing that the law requires is late." in page


def test_a_designated_officer_begins_with_their_own_service_and_may_see_more(busy):
    desi = made_up.a_person(busy.area, Role.DESIGNATED_OFFICER, agency=busy.psychology, name="Desi Officer")
    child, thing = busy.child("Ivo"), uuid7()
    made_up.involve(child, busy.psychology)
    busy.advice(-6, source_id=thing, child=child)
    busy.owe("waits.answer", -5, child=child, agency_id=busy.psychology.pk, owed_by="Autism assessment")
    busy.owe("advice.response", -4, child=child, to=busy.ed, owed_by="Educational psychologist")
    busy.owe("assess.final_plan", -3, child=child, to=busy.olu)
    client = client_of(desi)
    page = client.get(reverse("worklist:team")).content.decode()
    assert "Desk of Psychologists" in page
    assert "Ed Psychologist" in page
    assert "Olu Officer" not in page
    links = {address.replace("&amp;", "&"): n for address, n in LINK.findall(page)}
    assert all("team=own" in address for address in links)
    for address, n in links.items():
        assert TOTAL.search(client.get(address).content.decode())[1].replace("No", "0") == n, address
    assert links["/team/duties/?team=own&when=overdue"] == "3"
    assert "Olu Officer" in client.get(reverse("worklist:team") + "?team=&law=").content.decode()
    assert "My own service" not in client_of(busy.manager).get(reverse("worklist:team")).content.decode()
