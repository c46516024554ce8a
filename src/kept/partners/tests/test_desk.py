"""Tests of the partners' desk: taking, handing on, answering, and being chased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.access.acting import Refused
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases.models import AdviceRequest, Event
from kept.duties.models import Duty, Handing
from kept.duties.statuses import Status
from kept.partners import actions, chasing, queries
from tests import made_up

WHOLE = {"needs": "She needs short sentences.", "outcomes": "Asks for help by July.", "provision": "45 minutes weekly."}
DUE = date(2026, 6, 15)


def own(place, name):
    return {duty.key: duty for duty in Duty.objects.filter(area=place.area, source="partners")}.get(name)


def test_the_desk_shows_the_legal_day_and_only_to_the_service_that_was_asked(place, asked):
    with place.acting(place.therapist) as actor:
        (line,) = queries.desk(actor)
        assert (line.request.pk, line.due_on, line.status) == (asked.pk, DUE, Status.OPEN)
    stranger = made_up.a_person(place.area, Role.PROFESSIONAL, agency=made_up.an_agency(place.area, "health", "Other"))
    with place.acting(stranger) as actor:
        assert queries.desk(actor) == []
        with pytest.raises(Refused, match="not made to your service"):
            actions.accept(by=actor, request=asked)


def test_accepting_puts_the_persons_name_on_the_duty(place, asked):
    with place.acting(place.therapist) as actor:
        actions.accept(by=actor, request=asked)
        actions.accept(by=actor, request=asked)
        assert chasing.advice_duty(actor, asked).person == place.therapist
        assert Handing.objects.filter(area=place.area).count() == 1
        assert own(place, "accept").met_on == place.today


def test_handing_on_keeps_the_day_and_stays_in_the_service(place, asked):
    colleague = made_up.a_person(place.area, Role.PROFESSIONAL, agency=place.health, name="Cy Colleague")
    with place.acting(place.therapist) as actor:
        actions.hand_on(by=actor, request=asked, person=colleague, team=None, why="On leave")
        duty = chasing.advice_duty(actor, asked)
        assert (duty.person, duty.due_on) == (colleague, DUE)
        with pytest.raises(Refused, match="must work for the service"):
            actions.hand_on(by=actor, request=asked, person=place.officer, team=None, why="No")
        with pytest.raises(Refused, match="one of the service"):
            actions.hand_on(by=actor, request=asked, person=None, team=place.team, why="No")


def test_a_question_to_the_officer_has_its_own_clock(place, asked):
    with place.acting(place.therapist) as actor:
        thread = actions.ask_a_question(by=actor, request=asked, text="Which school is it?")
        assert (thread.owner, thread.answer_by) == (place.officer, date(2026, 6, 15))
    with place.acting(place.mother) as actor:
        from kept.messages.queries import threads_of

        assert not threads_of(actor, place.child.pk).exists()


def test_advice_with_gaps_is_a_draft_and_cannot_be_returned(place, asked):
    with place.acting(place.therapist) as actor:
        actions.save_draft(by=actor, request=asked, sections={"needs": "Half a sentence"})
        (line,) = queries.desk(actor)
        assert line.work.draft["needs"] == "Half a sentence"
        with pytest.raises(Refused, match="What help is needed"):
            actions.return_advice(by=actor, request=asked, sections={"needs": "Half a sentence"})
    with place.acting(place.mother) as actor:
        assert queries.lines_of(actor, [asked])[0].work is None  # a draft is nobody else's


def test_returning_stops_the_clock_and_the_family_reads_it(place, asked):
    with place.acting(place.therapist) as actor:
        actions.return_advice(by=actor, request=asked, sections=WHOLE)
        duty = chasing.advice_duty(actor, asked)
        assert (duty.met_on, queries.timeliness(actor).kept, queries.timeliness(actor).share) == (place.today, 1, 1.0)
        assert queries.desk(actor) == []
        assert len(queries.desk(actor, answered=True)) == 1
        with pytest.raises(Refused, match="given already"):
            actions.return_advice(by=actor, request=asked, sections=WHOLE)
    with place.acting(place.mother) as actor:
        (advice,) = queries.advice_of_child(actor, place.child.pk)
        assert advice.sections["provision"] == "45 minutes weekly."
        event = Event.objects.get(kind="advice_received")
        assert (event.happened_on, event.details) == (place.today, {"from": "Therapy trust"})
        assert "Tam Therapist" in event.note


def test_earlier_advice_that_still_stands_needs_no_sections(place, asked):
    with place.acting(place.therapist) as actor:
        advice = actions.return_advice(by=actor, request=asked, sections={}, earlier_stands=True)
    assert advice.earlier_stands


def test_a_day_later_than_the_law_allows_needs_a_reason_and_does_not_move_the_law(place, asked):
    with place.acting(place.therapist) as actor:
        with pytest.raises(Refused, match="Say why"):
            actions.say_when(by=actor, request=asked, expected_on=DUE + timedelta(days=1))
        actions.say_when(by=actor, request=asked, expected_on=DUE + timedelta(days=1), why="Two of us are ill")
        assert chasing.advice_duty(actor, asked).due_on == DUE


def test_a_warning_comes_before_the_day_and_an_escalation_after_it(place, asked):
    designated = made_up.a_person(place.area, Role.DESIGNATED_OFFICER, agency=place.health, name="Dot Designated")
    with place.system(date(2026, 5, 20)) as system:
        assert chasing.chase(by=system) == 1
        assert (own(place, "warn"), own(place, "escalate")) == (None, None)
    with place.system(date(2026, 6, 2)) as system:
        chasing.chase(by=system)
        assert own(place, "warn").due_on == date(2026, 6, 8)
        assert own(place, "escalate") is None
    with place.system(DUE + timedelta(days=1)) as system:
        chasing.chase(by=system)
        chasing.chase(by=system)
        escalated = own(place, "escalate")
        assert (escalated.person, escalated.due_on) == (designated, date(2026, 6, 18))
    with place.acting(place.therapist, date(2026, 6, 17)) as actor:
        actions.return_advice(by=actor, request=asked, sections=WHOLE)
        assert own(place, "escalate").met_on == date(2026, 6, 17)
        assert (queries.timeliness(actor).late, queries.timeliness(actor).share) == (1, 0.0)


def test_a_designated_officer_of_another_agency_is_let_in_to_chase(place, asked):
    icb = made_up.an_agency(place.area, AgencyKind.ICB, "The board")
    designated = made_up.a_person(place.area, Role.DESIGNATED_OFFICER, agency=icb)
    with place.acting(designated) as actor:
        assert not AdviceRequest.objects.exists()
    with place.system(DUE + timedelta(days=1)) as system:
        chasing.chase(by=system)
    with place.acting(designated, DUE + timedelta(days=1)) as actor:
        assert [line.request.pk for line in queries.desk(actor)] == [asked.pk]


def test_the_desk_is_sorted_and_turned_in_pages(place, asked):
    from kept.cases.actions import ask_for_advice

    with place.system() as system:
        later = [
            ask_for_advice(
                by=system,
                case=asked.case,
                kind="health",
                body=f"Body {number}",
                agency=place.health,
                asked_on=place.today - timedelta(days=number),
                received_on=place.today - timedelta(days=number),
            )
            for number in (1, 3)
        ]
    with place.acting(place.therapist) as actor:
        by_day = [line.due_on for line in queries.desk(actor)]
        assert by_day == sorted(by_day)
        keys = queries.desk_keys(actor)
        assert set(keys) == {asked.pk, *(one.pk for one in later)}
        assert [line.request.pk for line in queries.lines_by_key(actor, keys[1:])] == keys[1:]
        assert queries.desk_keys(actor, mine=True) == []
        actions.accept(by=actor, request=asked)
        assert queries.desk_keys(actor, mine=True) == [asked.pk]
