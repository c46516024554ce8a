"""The ledger end to end: a school confirms, a therapist records, a parent says no, it is settled, a term is short."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from journeys.people import an_area_of_people
from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import Grant, Relation
from kept.delivery import agreeing, area_queries, confirming, families, items, owing, queries, reconciling, recording
from kept.delivery.for_linter import facts_for_linter
from kept.delivery.models import Counted, Escalation, Quiet, Reconciliation, Record
from kept.delivery.recording import Given
from kept.delivery.tests.made import GROUP, PHONICS, SPEECH, VAGUE, an_item, last_school_week
from kept.duties.models import Duty
from kept.people.actions import enrol
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.words import Kind, Stage
from kept.rules.delivery import Count, Standing, standing
from kept.rules.identifiers.keys import uuid7
from tests import made_up
from tests.standing import standing as made_once

pytestmark = pytest.mark.django_db
LINEAGE = uuid7()


@made_once
def people() -> SimpleNamespace:
    found = an_area_of_people()
    found.monday = last_school_week(found.today)
    return found


def test_nothing_is_delivered_until_the_school_says_so_and_twice_said_counts_once(people):
    phonics, vague = an_item(people.child), an_item(people.child, VAGUE)
    with acting(user=people.senco, area=people.area) as senco:
        week = queries.child_week(senco, people.child, people.monday)
        assert [one.state for one in week.due] == ["unknown"]
        assert [one.row for one in week.vague] == [vague]
        for written in (1, 0):
            done = confirming.confirm_week(
                by=senco, setting=people.school, monday=people.monday, planned=[people.child.pk]
            )
            assert done == written
        week = queries.child_week(senco, people.child, people.monday)
        assert week.due[0].count.delivered == week.due[0].count.due == 50
        assert week.is_recorded
        recording.record(
            by=senco,
            given=[Given(phonics.pk, people.monday, "part", 30, whole_week=True, reason="sickness")],
        )
        week = queries.child_week(senco, people.child, people.monday)
    assert (week.due[0].count.delivered, week.due[0].count.missing) == (30, 20)
    with acting_as_system(people.area):
        assert Record.objects.count() == 2
        assert Record.objects.filter(replaced_at__isnull=False).count() == 1
        assert Counted.objects.get(item=phonics, missing__gt=0).delivered == 30


@pytest.mark.parametrize(
    ("day", "facts", "words"),
    [
        (1, {}, "is not here yet"),
        (-500, {}, "too long ago"),
        ("sunday", {}, "was no school day"),
        (0, {"status": "missed"}, "Say why"),
        (0, {"status": "part", "reason": "clash"}, "how many minutes"),
        (0, {"status": "delivered", "minutes": 5000}, "more minutes than there are"),
        (-200, {}, "did not hold this provision"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(people, day, facts, words):
    speech = an_item(people.child, SPEECH, starts_on=people.monday - timedelta(days=60))
    on = people.monday - timedelta(days=1) if day == "sunday" else people.today + timedelta(days=day)
    if day == 0:
        on = people.monday
    with acting(user=people.senco, area=people.area) as senco, pytest.raises(Refused, match=words):
        recording.record(by=senco, given=[Given(speech.pk, on, **facts)])


def test_a_group_of_four_with_seven_counts_in_part_with_its_own_reason(people):
    group = an_item(people.child, GROUP)
    days = [people.monday, people.monday + timedelta(days=2)]
    with acting(user=people.senco, area=people.area) as senco:
        recording.record(by=senco, given=[Given(group.pk, days[0], pupils=7), Given(group.pk, days[1], pupils=4)])
        count = queries.child_week(senco, people.child, people.monday).due[0].count
    assert (count.delivered, count.part, count.unknown) == (30, 30, 0)
    assert list(count.part_reasons) == ["group"]


def test_a_parent_says_no_and_it_is_settled(people):
    phonics = an_item(people.child)
    with acting(user=people.senco, area=people.area) as senco:
        confirming.confirm_week(by=senco, setting=people.school, monday=people.monday, planned=[people.child.pk])
    with acting(user=people.mother, area=people.area) as mother:
        for _ in range(2):
            families.say(by=mother, child=people.child, week=people.monday, said={phonics.pk: ("no", "Ill all week")})
        with pytest.raises(Refused):
            families.say(by=mother, child=people.child, week=people.today + timedelta(days=7), said={})
    with acting(user=people.officer, area=people.area) as officer:
        one = Reconciliation.objects.get()
        assert Duty.objects.get(rule="delivery.reconcile").met_on is None
        with pytest.raises(Refused, match="how you know"):
            reconciling.settle(by=officer, one=one, found="missed", account=" ")
        reconciling.settle(by=officer, one=one, found="missed", account="The assistant was ill; the register says so.")
        count = queries.child_week(officer, people.child, people.monday).due[0].count
        assert (count.delivered, count.missing) == (0, 50)
        assert Duty.objects.get(rule="delivery.reconcile").met_on == people.today
    with acting(user=people.senco, area=people.area) as senco, pytest.raises(Refused):
        reconciling.settle(by=senco, one=one, found="delivered", account="It came.")


def test_the_linter_is_told_what_the_ledger_knows(people):
    phonics, vague = an_item(people.child), an_item(people.child, VAGUE)
    with acting(user=people.senco, area=people.area) as senco:
        confirming.confirm_week(by=senco, setting=people.school, monday=people.monday, planned=[people.child.pk])
    with acting(user=people.mother, area=people.area) as mother:
        families.say(by=mother, child=people.child, week=people.monday, said={phonics.pk: ("no", "")})
    with acting(user=people.officer, area=people.area) as officer:
        facts = {one.part: one for one in facts_for_linter(officer, [people.child.pk])[people.child.pk]}
    known = facts[str(phonics.lineage)]
    assert (known.family_says_not_happening, known.recorded_as_delivered, known.in_place_checked) == (True, True, False)
    assert known.days_since_session <= 10
    assert facts[str(vague.lineage)].rate is None


def test_the_plan_in_force_is_taken_up_and_an_amendment_ends_what_was(people, monkeypatch):
    def plan(number: int, issued_on: object, words: str) -> WholePlan:
        entry = WholeEntry(pk=uuid7(), lineage=LINEAGE, section="F", kind=Kind.PROVISION, position=1, text=words)
        return WholePlan(
            plan_id=uuid7(), version_id=uuid7(), child_id=people.child.pk, first_name="Nia", full_name="Nia Sample",
            born_on=people.child.born_on, number=number, stage=Stage.FINAL, section_set=None, entries=(entry,),
            issued_on=issued_on,
        )  # fmt: skip

    changed = people.monday + timedelta(days=2)
    first = plan(1, people.monday - timedelta(days=90), PHONICS)
    second = plan(2, changed, PHONICS.replace("10", "15"))
    with acting_as_system(people.area) as system:
        for now, new in ((first, 1), (first, 0), (second, 1), (second, 0)):
            monkeypatch.setattr("kept.delivery.items.plans.plan_in_force", lambda by, child, on, now=now: now)
            assert items.take_up(by=system, child_id=people.child.pk) == new
        week = queries.child_week(system, people.child, people.monday)
    assert sorted(one.count.due for one in week.due) == [20, 45]


def test_fifteen_school_days_of_silence_become_a_duty_that_a_record_meets(people):
    phonics = an_item(people.child, starts_on=people.today - timedelta(days=80))
    with acting_as_system(people.area) as system:
        owing.refresh(system, [people.child.pk])
        assert Quiet.objects.get().days >= 15
        assert Escalation.objects.get(kind="silence").met_on is None
        owing.refresh(system, [people.child.pk])
        assert Duty.objects.filter(rule="delivery.silence").count() == 1
    with acting(user=people.senco, area=people.area) as senco:
        recording.record(by=senco, given=[Given(phonics.pk, people.monday, whole_week=True)])
        assert Escalation.objects.get(kind="silence").met_on == people.today
    with acting(user=people.director, area=people.area) as director:
        assert not area_queries.quiet(director, days=15)


def test_a_term_that_is_short_becomes_a_statement_a_duty_and_a_catch_up(people):
    speech = an_item(people.child, SPEECH, deliverer=people.health)
    made_up.involve(people.child, people.health)
    weeks = [last_school_week(people.monday - timedelta(days=7 * back)) for back in range(5)]
    weeks = sorted(set(weeks))
    with acting(user=people.therapist, area=people.area) as therapist:
        recording.record(by=therapist, given=[Given(speech.pk, week, "missed", reason="capacity") for week in weeks])
        (mine,) = queries.week_of_therapist(therapist, weeks[-1])
        assert mine.due[0].state == "not"
    with acting(user=people.officer, area=people.area) as officer:
        term = queries.terms_of(officer)[0]
        page = queries.term_page(officer, people.child, term)
        line = page.statement.lines[0]
        assert line.count.missing >= 45
        assert line.owed_back == line.count.missing
        assert set(line.reasons) == {"capacity"}
        duty = Duty.objects.filter(rule="delivery.shortfall").first()
        assert duty.met_on is None
        agreed = agreeing.agree_catch_up(
            by=officer, child=people.child, service=speech.service, term=term, minutes=90,
            by_on=people.today + timedelta(days=60), how="Two longer sessions", agreed_with="Pat Sample",
            provider=people.health,
        )  # fmt: skip
    with acting(user=people.therapist, area=people.area) as therapist:
        recording.record_catch_up(by=therapist, catch_up=agreed, item=speech, on=people.today, minutes=90)
    with acting(user=people.officer, area=people.area) as officer:
        after = queries.term_page(officer, people.child, term).statement.lines[0]
        assert after.owed_back == line.owed_back - 90
        assert after.count.missing == line.count.missing
        assert Duty.objects.get(rule="delivery.catch_up").met_on == people.today
        short = area_queries.services(officer, area_queries.half_terms_of(officer)[0])
        assert short[0].capacity or len(area_queries.half_terms_of(officer)) > 1
    with acting_as_system(people.area) as system:
        assert owing.sync_services(system) >= 1


def test_a_child_who_moves_and_a_plan_amended_in_the_middle_count_once(people):
    other = made_up.an_agency(people.area, "school", "New Lane School")
    day = people.monday + timedelta(days=2)
    old = an_item(people.child, PHONICS, ends_on=day - timedelta(days=1))
    new = an_item(people.child, PHONICS.replace("10", "15"), starts_on=day, lineage=old.lineage)
    with acting_as_system(people.area) as system:
        enrol(by=system, child=people.child, setting=other, starts_on=day)
        week = queries.child_week(system, people.child, people.monday)
    assert sorted((one.row.pk == new.pk, one.count.due) for one in week.due) == [(False, 20), (True, 45)]


def test_only_who_is_joined_to_the_child_records_and_a_school_only_its_own(people):
    phonics = an_item(people.child)
    stranger = made_up.a_person(people.area, "school", agency=made_up.an_agency(people.area, "school", "Far School"))
    with acting(user=stranger, area=people.area) as far, pytest.raises(Refused, match="not in a plan that you see"):
        recording.record(by=far, given=[Given(phonics.pk, people.monday)])
    with acting(user=people.mother, area=people.area) as mother, pytest.raises(Refused):
        recording.record(by=mother, given=[Given(phonics.pk, people.monday)])
    with acting(user=people.senco, area=people.area) as senco, pytest.raises(Refused, match="own setting"):
        confirming.confirm_week(by=senco, setting=people.health, monday=people.monday, planned=[])


def test_families_are_asked_as_they_chose_and_once(people, mailoutbox, django_capture_on_commit_callbacks):
    an_item(people.child)
    friday = people.monday + timedelta(days=4)
    with acting(user=people.mother, area=people.area) as mother:
        families.ask_me(by=mother, child=people.child, every="week")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True), acting_as_system(people.area, today=friday) as system:
            families.ask_families(by=system)
    assert len(mailoutbox) == 1
    assert "Nia" not in mailoutbox[0].body
    assert Grant.objects.filter(relation=Relation.FAMILY).count() == 0  # nobody acts: the database shows nothing
    assert standing(Count()) is Standing.NOTHING_DUE
