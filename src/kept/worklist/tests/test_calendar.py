"""The calendar, and the private address at which a program reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import Membership
from kept.worklist import actions, feed, months, queries
from kept.worklist.models import CalendarLink
from tests.budgets import client_of


def unfold(text):
    return text.replace("\r\n ", "").split("\r\n")


def read(office, user):
    with office.acting(user) as actor:
        return reverse("worklist:feed", args=[actions.make_link(by=actor, name="Phone")])


def test_a_program_that_cannot_sign_in_reads_the_dates_without_a_name(office):
    case = office.case(office.child("Nia", "Sampelworth"), asked_on=office.day(-10), officer=office.olu)
    office.owe("promise", 3, child=office.child("Bo", "Otherby"), to=office.olu, what="Give Bo Otherby a talker, daily")
    office.owe(due=4, to=office.ana)
    answer = Client().get(read(office, office.olu))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    for name in ("Nia", "Sampelworth", "Bo", "Otherby", "talker"):
        assert name not in text
    lines = unfold(text)
    assert f"SUMMARY:N.S. {case.reference} Tell the parent or young person whether an EHC needs " in "\n".join(lines)
    assert "SUMMARY:B.O. Other duties" in lines
    assert f"DTSTART;VALUE=DATE:{office.day(3):%Y%m%d}" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len([line for line in lines if line[:4] == "UID:"])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_address_dies_with_the_link_the_role_and_the_account(office):
    office.owe(due=1, to=office.olu)
    address = read(office, office.olu)
    assert Client().get(address).status_code == 200
    with office.acting(office.ana) as ana:
        assert not actions.end_link(by=ana, pk=_only(office).pk)
    assert Client().get(address).status_code == 200
    with office.acting(office.olu) as olu:
        assert actions.end_link(by=olu, pk=queries.links_of(olu)[0].pk)
    assert Client().get(address).status_code == 404
    other = read(office, office.olu)
    office.olu.is_active = False
    office.olu.save()
    assert Client().get(other).status_code == 404
    office.olu.is_active = True
    office.olu.save()
    with acting_as_system(office.area):
        Membership.objects.filter(user=office.olu).update(ends_on=office.day(-1))
    assert Client().get(other).status_code == 404


def _only(office):
    with office.acting(office.olu):
        return CalendarLink.objects.get()


@pytest.mark.parametrize("token", ["x", "", "é", "A" * 86, "=" * 8, "a" * 500])
def test_a_made_up_token_is_nothing(office, token):
    assert actions.whose(token) is None
    if token:
        assert Client().get(reverse("worklist:feed", args=[token])).status_code == 404


def test_a_token_of_one_person_opens_nothing_of_another(office):
    with office.acting(office.olu) as olu:
        token = actions.make_link(by=olu, name="Phone")
    claimed = actions.whose(token)
    assert claimed
    assert claimed[:2] == (office.area, office.olu)
    with office.acting(office.ana) as ana:
        assert not actions.is_open(by=ana, digest=claimed[2])
        assert not CalendarLink.objects.exists()


def test_the_secret_is_kept_nowhere_and_shown_once(office):
    client = client_of(office.olu)
    page = client.post(reverse("worklist:subscribe"), {"name": "Phone"}, follow=True)
    address = page.context["address"] if page.context else ""
    text = page.content.decode()
    assert ".ics" in text
    assert "not read yet" in text
    assert ".ics" not in client.get(reverse("worklist:subscribe")).content.decode()
    assert page["Cache-Control"] == "no-store"
    assert _only(office).digest not in text
    assert not address or _only(office).digest not in address


def test_nobody_has_more_than_a_few_addresses(office):
    with acting(user=office.olu, area=office.area) as olu:
        for _ in range(actions.MOST_LINKS):
            actions.make_link(by=olu, name="Phone")
        with pytest.raises(Refused):
            actions.make_link(by=olu, name="Phone")


def test_a_grid_has_a_few_entries_a_day_and_says_how_many_more(office):
    for _ in range(6):
        office.owe(due=0, to=office.olu)
    office.owe(due=40, to=office.olu)
    with office.acting(office.olu) as actor:
        weeks = months.weeks_of(actor, queries.mine(actor), office.today.replace(day=1))
    (today,) = [day for week in weeks for day in week if day.on == office.today]
    assert (len(today.duties), today.total, today.more, today.is_today) == (4, 6, 2, True)
    page = client_of(office.olu).get(reverse("worklist:calendar")).content.decode()
    assert "2 more" in page


def test_weeks_begin_on_monday_and_bank_holidays_are_known(office):
    with office.acting(office.olu) as actor:
        weeks = months.weeks_of(actor, queries.mine(actor), date(2026, 12, 1))
    days = [day for week in weeks for day in week]
    assert days[0].on == date(2026, 11, 30)
    assert len(days) % 7 == 0
    assert [day.on.day for day in days if day.is_bank_holiday and day.in_month] == [25, 26, 28]


@pytest.mark.parametrize("text", ["", "2026-13", "x", "2026", "99999-01", "2026-00", "-5-3"])
def test_a_month_that_is_none_is_this_month(text):
    assert months.first_of(text, date(2026, 11, 23)) == date(2026, 11, 1)


def test_months_beside_cross_the_year():
    assert months.beside(date(2026, 12, 1)) == (date(2026, 11, 1), date(2027, 1, 1))
    assert months.beside(date(2026, 1, 1)) == (date(2025, 12, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("typed", "written"),
    [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("one\r\ntwo\nthree", "one\\ntwo\\nthree"), ("plain", "plain")],
)
def test_signs_with_a_meaning_are_escaped(typed, written):
    assert feed.escape(typed) == written


@pytest.mark.parametrize("line", ["a" * 75, "a" * 76, "é" * 200, "", "a" * 74 + "€" + "b" * 200])
def test_long_lines_are_folded_and_unfold_to_themselves(line):
    folded = feed.fold(line)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
