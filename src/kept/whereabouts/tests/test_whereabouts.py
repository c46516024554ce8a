"""Tests of where children are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from kept.access.acting import Refused, acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.duties.models import Duty
from kept.people.actions import enrol
from kept.rules.delivery import usual_calendar
from kept.rules.names import name_keys
from kept.whereabouts import actions, queries, rolls
from kept.whereabouts.actions import Said
from kept.whereabouts.half_terms import CONFIRM_WITHIN, half_term_of
from tests import made_up

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 9, 1), "2026-autumn-1"),
        (date(2026, 10, 31), "2026-autumn-1"),
        (date(2026, 11, 1), "2026-autumn-2"),
        (date(2027, 1, 3), "2026-autumn-2"),
        (date(2027, 1, 4), "2027-spring-1"),
        (date(2027, 8, 31), "2027-summer-2"),
    ],
)
def test_every_day_lies_in_one_half_term(day, key):
    assert half_term_of(day).key == key


def test_every_roll_is_due_on_a_school_day_and_nobody_gets_less_time():
    school_days = set(usual_calendar(2024, 2044).days)
    starts = {half_term_of(date(2025, 1, 4) + timedelta(days=n)) for n in range(0, 365 * 19, 7)}
    assert len(starts) > 6 * 18
    for one in starts:
        assert one.due_on in school_days, one
        assert timedelta(days=CONFIRM_WITHIN) <= one.due_on - one.starts_on <= timedelta(days=CONFIRM_WITHIN + 5)
    assert half_term_of(TODAY).due_on == date(2026, 11, 23), "21 November 2026 is a Saturday"
    assert half_term_of(date(2030, 4, 20)).due_on == date(2030, 5, 7), "Easter is late, and 6 May a bank holiday"


@pytest.fixture
def school(db):
    """A school with two pupils who have cases, a director and a SENCO."""
    area = made_up.an_area()
    place = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary", phone="01632 960003")
    found = {"area": area, "school": place}
    found["senco"] = made_up.a_person(area, Role.SCHOOL, agency=place, name="Sen Senco")
    found["director"] = made_up.a_person(area, Role.DIRECTOR, name="Di Director")
    found["children"] = [
        made_up.a_child(area, name, "Sample", name_keys=sorted(name_keys(f"{name} Sample"))) for name in ("Ada", "Bea")
    ]
    with acting_as_system(area, today=TODAY) as system:
        for child in found["children"]:
            cases.open_case(
                by=system, child=child, kind="request_received", on=date(2026, 11, 2), details={"by": "parent"}
            )
            enrol(by=system, child=child, setting=place, starts_on=date(2021, 9, 1))
    return found


def duty(school):
    with acting_as_system(school["area"], today=TODAY):
        return Duty.objects.get(source="whereabouts")


def test_the_roll_is_a_duty_that_is_met_when_every_pupil_is_confirmed(school):
    ada, bea = school["children"]
    with acting_as_system(school["area"], today=TODAY) as system:
        actions.sync_all(by=system)
    assert (duty(school).due_on, duty(school).met_on) == (date(2026, 11, 23), None)
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        actions.confirm_roll(by=actor, setting=school["school"], said={ada.pk: Said("full")})
    assert duty(school).met_on is None
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        said = {bea.pk: Said("part", Decimal("12.5"))}
        actions.confirm_roll(by=actor, setting=school["school"], said=said)
    assert duty(school).met_on == TODAY


def test_the_roll_stands_on_the_work_of_whoever_answers_for_the_school_and_leads_to_its_page(school):
    with acting_as_system(school["area"], today=today_here()) as system:
        actions.sync_all(by=system)
    elsewhere = made_up.an_agency(school["area"], AgencyKind.SCHOOL, "Hill Primary")
    stranger = made_up.a_person(school["area"], Role.SCHOOL, agency=elsewhere)
    therapist = made_up.a_person(school["area"], Role.PROFESSIONAL, agency=school["school"])
    page = browser(school, school["senco"]).get("/work/").content.decode()
    assert "Confirm where your 2 pupils with special needs are" in page
    assert 'href="/whereabouts/roll/"' in page[page.index("Confirm where your 2") - 300 :]
    assert "1 thing to do" in page.replace("One", "1")
    for nobody in (stranger, therapist):
        assert "Confirm where your 2 pupils" not in browser(school, nobody).get("/work/").content.decode()


def test_a_part_time_table_has_hours_and_only_own_pupils_are_confirmed(school):
    ada, _ = school["children"]
    stranger = made_up.a_child(school["area"], "Cy", "Other")
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        with pytest.raises(Refused, match="how many hours"):
            actions.confirm_roll(by=actor, setting=school["school"], said={ada.pk: Said("part")})
        with pytest.raises(Refused, match="not your pupil"):
            actions.confirm_roll(by=actor, setting=school["school"], said={stranger.pk: Said("full")})


def test_the_director_finds_the_longest_unconfirmed_first_and_confirms_by_phone(school):
    ada, bea = school["children"]
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        actions.confirm(by=actor, child=ada, said=Said("not"), how="phone", said_by="Head, Harbour Primary")
        found = list(queries.every_child(actor))
        assert [(child.pk, child.where) for child in found] == [(bea.pk, "roll"), (ada.pk, "not")]
        assert found[1].said_by == "Head, Harbour Primary"
        assert found[0].setting_phone == "01632 960003"
        assert [child.pk for child in queries.every_child(actor, unconfirmed=True)] == [bea.pk]
        assert queries.totals(actor) == {"all": 2, "roll": 1, "not": 1, "unconfirmed": 1}
        for asked in ({}, {"unconfirmed": True}, {"state": "not"}, {"state": "left"}, {"plan": "yes"}, {"plan": "no"}):
            keys = [child.pk for child in queries.every_child(actor, **asked)]
            found, page = queries.page_of_every_child(actor, number="1", per_page=30, **asked)
            assert (found.keys, page.paginator.count) == (keys, len(keys))
            assert [child.pk for child in page] == keys
        found, page = queries.page_of_every_child(actor, number="9", per_page=1)
        assert (page.number, found.keys) == (2, [child.pk for child in queries.every_child(actor)][1:])


def test_a_child_without_a_case_is_not_in_the_list(school):
    made_up.a_child(school["area"], "Dot", "Nobody")
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        assert queries.every_child(actor).count() == 2


def test_a_long_roll_comes_page_by_page_and_those_confirmed_leave_it(school, monkeypatch):
    monkeypatch.setattr(rolls, "PER_PAGE", 1)
    ada, bea = school["children"]

    def page(actor, *, text="", everybody=False, number=None):
        whole = rolls.roll_of(actor, school["school"])
        found = rolls.roll_page(actor, whole, text=text, everybody=everybody, number=number)
        return [pupil.child for pupil in found], found.paginator.count

    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        assert page(actor) == ([ada], 2)
        assert page(actor, text="Bea Sampel")[0] == [bea]
        actions.confirm_roll(by=actor, setting=school["school"], said={ada.pk: Said("full")})
        assert page(actor) == ([bea], 1)
        assert page(actor, everybody=True) == ([ada], 2)
        assert rolls.pupils_page(actor, school["school"], text="", number="2").object_list[0].child == bea


def test_a_roll_says_that_it_is_late_and_takes_no_empty_answer_for_one(school):
    ada, _ = school["children"]
    with time_machine.travel(date(2026, 11, 25)):
        client = Client()
        client.force_login(school["senco"], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(school["area"].pk)
        session.save()
        page = client.get("/whereabouts/roll/").content.decode()
        assert "by Monday 23 November 2026." in page
        assert "This is 2 days late." in page
        assert "2 days ago" in client.get("/partners/pupils/").content.decode()
        nothing = client.post("/whereabouts/roll/", {f"attends_{ada.pk}": ""}).content.decode()
        assert "Choose where at least one pupil is" in nothing
        hours = client.post("/whereabouts/roll/", {f"attends_{ada.pk}": "", f"hours_{ada.pk}": "12"}).content.decode()
        assert "Ada Sample: choose where, or take the hours out." in hours
        assert client.post("/whereabouts/roll/", {f"attends_{ada.pk}": "full"}).status_code == 302


def browser(school, user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["area"] = str(school["area"].pk)
    session.save()
    return client


def test_the_file_opens_in_a_spreadsheet_with_its_letters_and_runs_nothing(school):
    ada, _ = school["children"]
    with acting(user=school["director"], area=school["area"]) as actor:
        said_by = '=HYPERLINK("x","Zoë")'
        actions.confirm(by=actor, child=ada, said=Said("full"), how="phone", said_by=said_by, on=actor.today)
    answer = browser(school, school["director"]).get("/whereabouts/csv/")
    content = answer.content.decode()
    assert content.startswith("\ufeffName,Born,")
    assert "'=HYPERLINK" in content
    assert ",=HYPERLINK" not in content
    assert ',"=HYPERLINK' not in content
    assert "01632 960003" in content
    assert f"where-every-child-is-{today_here().isoformat()}.csv" in answer["Content-Disposition"]


def test_mine_only_are_those_whose_case_i_have_or_stand_in_for(school):
    ada, _ = school["children"]
    officer = made_up.a_person(school["area"], Role.CASE_OFFICER, name="Olu Officer")
    with acting_as_system(school["area"], today=TODAY) as system:
        case = Case.objects.get(child=ada)
        cases.assign(by=system, case=case, officer=officer, deputy=None)
    client = browser(school, officer)
    page = client.get("/whereabouts/?whose=mine").content.decode()
    assert "Ada Sample" in page
    assert "Bea Sample" not in page
    assert "Bea Sample" in client.get("/whereabouts/").content.decode()
    content = client.get("/whereabouts/csv/?whose=mine").content.decode()
    assert ("Ada" in content, "Bea" in content) == (True, False)


def test_after_a_confirmation_the_list_is_as_it_was_left(school):
    ada, _ = school["children"]
    client = browser(school, school["director"])
    page = client.get("/whereabouts/?unconfirmed=1&state=roll").content.decode()
    address = f"/whereabouts/{ada.pk}/?back=unconfirmed%3D1%26state%3Droll"
    assert address in page
    day = today_here()
    typed = {"on-day": day.day, "on-month": day.month, "on-year": day.year, "attends": "full", "how": "phone"}
    answer = client.post(address, typed | {"said_by": "Head"})
    assert answer["Location"] == "/whereabouts/?unconfirmed=1&state=roll"
    away = client.get(f"/whereabouts/{ada.pk}/?back=//evil.example/").content.decode()
    assert 'href="/whereabouts/?%2F%2Fevil.example%2F="' in away
