"""Tests of schools' requests and of early notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.access.acting import Refused, acting
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases.models import Case
from kept.duties.models import Duty
from kept.partners import settling, telling
from kept.partners.models import Told
from kept.people.actions import enrol
from kept.people.models import Child
from kept.whereabouts.rolls import on_roll
from tests import made_up
from tests.budgets import client_of

FACTS = {
    "given_names": "Baby",
    "family_name": "Newby",
    "born_on": date(2024, 3, 1),
    "parent_name": "Pa Newby",
    "parent_contact": "07700 900222",
    "needs": "Does not turn to sounds.",
    "parent_told_on": date(2026, 5, 29),
}


@pytest.fixture
def school(place):
    found = made_up.an_agency(place.area, AgencyKind.SCHOOL, "Harbour Primary")
    with place.system() as system:
        enrol(by=system, child=place.child, setting=found, starts_on=date(2021, 9, 1))
    place.senco = made_up.a_person(place.area, Role.SCHOOL, agency=found, name="Sen Senco")
    return found


def test_a_school_sends_a_request_and_the_six_weeks_run_from_that_day(place, school):
    with place.acting(place.senco) as actor:
        assert list(on_roll(actor, school)) == [place.child]
        case = telling.send_request(by=actor, child=place.child, setting=school, text="She needs more than we have.")
        with pytest.raises(Refused, match=case.reference):
            telling.send_request(by=actor, child=place.child, setting=school, text="Again")
    with place.acting(place.officer) as actor:
        assert Duty.objects.get(rule="assess.decision").due_on == place.today + timedelta(days=42)
        assert Case.objects.get().team == place.team


def test_a_school_sends_no_request_for_somebody_elses_pupil(place, school):
    stranger = made_up.a_child(place.area, "Cy", "Other")
    with place.acting(place.senco) as actor, pytest.raises(Refused, match="your own pupils"):
        telling.send_request(by=actor, child=stranger, setting=school, text="Please")


def test_an_early_notice_gives_the_council_a_duty_until_it_is_settled(place):
    with place.acting(place.therapist) as actor:
        told = telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **FACTS)
    with place.acting(place.officer) as actor:
        duty = Duty.objects.get(source="partners.told")
        assert (duty.due_on, duty.met_on, duty.team) == (date(2026, 6, 15), None, place.team)
        with pytest.raises(Refused, match="what was done"):
            telling.settle(by=actor, told=told, how=" ")
        telling.settle(by=actor, told=told, how="Portage visits from Monday")
        duty.refresh_from_db()
        assert duty.met_on == place.today


def test_settling_links_a_child_who_is_there_or_adds_one_once(place):
    with place.acting(place.therapist) as actor:
        told = telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **FACTS)
    with place.acting(place.officer) as actor:
        assert not settling.who_it_may_be(actor, told)
        first = settling.settle(by=actor, told=told, child="new", how="Portage from Monday").child
        assert settling.settle(by=actor, told=told, child="new", how="Again").child == first
        assert Duty.objects.get(source="partners.told").child_id == first.pk
    with place.acting(place.therapist) as actor:
        again = telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **FACTS)
        assert Told.objects.count() == 2, "whoever told still reads what they told"
    with place.acting(place.officer) as actor:
        (match,) = settling.who_it_may_be(actor, again)
        assert match.child == first
        assert settling.settle(by=actor, told=again, child=str(first.pk), how="Known").child == first
        assert Child.objects.filter(family_name="Newby").count() == 1
        with pytest.raises(Refused, match="not in your record"):
            settling.settle(by=actor, told=again, child=str(place.area.pk), how="Nobody")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"born_on": date(2018, 1, 1)}, "of school age"),
        ({"born_on": date(2027, 1, 1)}, "cannot be after today"),
        ({"parent_told_on": date(2026, 6, 2)}, "Tell the parent first"),
        ({"parent_told_on": date(2024, 2, 1)}, "before the child was born"),
        ({"born_on": date(1900, 1, 1)}, "under 25"),
        ({"postcode": "NOT A PC"}, "not in the form of a postcode"),
    ],
)
def test_an_early_notice_that_cannot_be_says_why(place, change, why):
    with place.acting(place.therapist) as actor, pytest.raises(Refused, match=why):
        telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **(FACTS | change))


def test_a_child_told_of_twice_is_settled_once_and_the_service_reads_what_became_of_it(place):
    with place.acting(place.therapist) as actor:
        first = telling.tell_of_a_child(by=actor, agency=place.health, kind="early", postcode="qx11aa", **FACTS)
        again = telling.tell_of_a_child(
            by=actor, agency=place.health, kind="early", **(FACTS | {"family_name": "NEWBY"})
        )
        assert (again.pk, first.postcode) == (first.pk, "QX1 1AA")
    later = place.today + timedelta(days=3)
    said = pytest.raises(Refused, match="told the council of this child on 1 June 2026")
    with acting(user=place.therapist, area=place.area, today=later) as actor, said:
        telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **FACTS)
    assert "Not settled yet" in client_of(place.therapist).get("/partners/tell/early/").content.decode()
    with place.acting(place.officer) as actor:
        telling.settle(by=actor, told=first, how="Portage visits from Monday")
    assert "Portage visits from Monday" in client_of(place.therapist).get("/partners/tell/early/").content.decode()


def test_what_one_service_told_no_other_reads(place):
    other = made_up.a_person(place.area, Role.PROFESSIONAL, agency=made_up.an_agency(place.area, "health", "Other"))
    with place.acting(place.therapist) as actor:
        telling.tell_of_a_child(by=actor, agency=place.health, kind="early", **FACTS)
        assert Told.objects.count() == 1
    with place.acting(other):
        assert not Told.objects.exists()
