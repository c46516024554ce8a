"""Referrals from the first day to the last: who may, both clocks, what is owed, what is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kept.access.acting import Refused
from kept.duties.queries import of_child
from kept.waiting import actions, counting, queries
from kept.waiting.models import Event, Pathway, Referral
from kept.waiting.standards import Standards
from kept.waiting.tests.house import an_area_with_lists, refer
from kept.waiting.words import EventKind, Priority, State
from tests import made_up
from tests.budgets import client_of
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def people():
    return an_area_with_lists()


def _now(referral):
    return Referral.objects.select_related("stage__service").get(pk=referral.pk)


def _clocks(actor, referral):
    referral = _now(referral)
    row = Standards(actor).on(referral.stage.standard, referral.referral_made_on)
    return counting.both(referral, Event.objects.filter(referral=referral), row, actor.today)


def test_a_month_on_the_list(people):
    made = refer(people, people.lists.first, 100)
    with people.acting(people.therapist, people.today - timedelta(days=30)) as tam:
        actions.record(by=tam, referral=made, kind=EventKind.OFFERED, for_on=people.today - timedelta(days=10))
    with people.acting(people.therapist, people.today - timedelta(days=10)) as tam:
        event = actions.record(by=tam, referral=made, kind=EventKind.NOT_BROUGHT)
        owed = {duty.key: duty for duty in of_child(tam, people.child.pk)}
        assert owed[f"check-{event.pk}"].due_on == people.today - timedelta(days=9)
        assert _now(made).state == State.WAITING, "a missed appointment closes nothing"
        actions.record(by=tam, referral=made, kind=EventKind.OFFERED, for_on=people.today)
    with people.acting(people.therapist) as tam:
        actions.record(by=tam, referral=made, kind=EventKind.ATTENDED)
        told = _clocks(tam, made)
        assert (told.lived.days, told.counted.days, told.is_late) == (100, 100, True)
        assert _now(made).state == State.SEEN
        owed = {duty.key: duty.status for duty in of_child(tam, people.child.pk)}
        assert (owed["answer"], owed["standard"], owed["contact-1"]) == ("met", "met_late", "ended")
        following = actions.pass_on(by=tam, referral=made)
        assert (following.stage, following.referral_made_on) == (
            people.lists.second,
            people.today - timedelta(days=100),
        )
        assert actions.pass_on(by=tam, referral=made) == following
        history = queries.history_for_statements(tam, None, people.lists.first.pk)
        assert (history.weekly_referrals[-15], history.seen_in_26_weeks, history.missed, history.offered) == (
            1,
            1,
            1,
            2,
        )


def test_the_count_is_set_back_and_the_wait_that_was_lived_is_not(people):
    made = refer(people, people.lists.rtt, 90)
    with people.system(people.today - timedelta(days=50)) as by:
        actions.record(by=by, referral=made, kind=EventKind.OFFERED, for_on=by.today)
        actions.record(by=by, referral=made, kind=EventKind.NOT_BROUGHT, told=True)
    with people.system(people.today - timedelta(days=20)) as by:
        actions.record(by=by, referral=made, kind=EventKind.OFFERED, for_on=people.today)
    with people.acting(people.therapist) as tam:
        told = _clocks(tam, made)
        assert (told.lived.days, told.counted.days, told.show_both) == (90, 20, True)
        assert "missed" in told.why


def test_what_is_taken_back_counts_no_more_and_stays_in_the_record(people):
    made = refer(people, people.lists.first, 20)
    with people.acting(people.therapist) as tam:
        actions.record(by=tam, referral=made, kind=EventKind.OFFERED, for_on=tam.today)
        attended = actions.record(by=tam, referral=made, kind=EventKind.ATTENDED)
        assert _now(made).closed_on == tam.today
        actions.undo(by=tam, event=attended)
        actions.undo(by=tam, event=attended)
        assert (_now(made).state, _now(made).closed_on) == (State.OFFERED, None)
        assert _clocks(tam, made).counted.stop is None, "the start of the assessment is taken back with it"
        kinds = list(Event.objects.filter(referral=made).values_list("kind", flat=True))
        assert kinds.count(EventKind.UNDONE) == 2
        assert EventKind.ATTENDED in kinds
        with pytest.raises(Refused, match="cannot be taken back"):
            actions.undo(by=tam, event=Event.objects.get(referral=made, kind=EventKind.REFERRED))


REFUSED = [
    ({"kind": EventKind.ATTENDED}, "cannot be recorded now"),
    ({"kind": EventKind.OFFERED}, "for which day"),
    ({"kind": EventKind.OFFERED, "for_on": -3}, "before the day on which it is offered"),
    ({"kind": EventKind.CONTACTED, "on": 1}, "after today"),
    ({"kind": EventKind.CONTACTED, "on": -60}, "before the referral"),
    ({"kind": EventKind.PAUSED, "reason": "staff_shortage"}, "pauses no count"),
    ({"kind": EventKind.PAUSED, "reason": "family_asked"}, "does not pause"),
    ({"kind": EventKind.PRIORITY, "priority": Priority.URGENT}, "Say why"),
]


def test_what_cannot_be_is_refused_in_words(people):
    made = refer(people, people.lists.first)
    with people.acting(people.therapist) as tam:
        for facts, words in REFUSED:
            days = {k: tam.today + timedelta(days=facts[k]) for k in ("on", "for_on") if k in facts}
            with pytest.raises(Refused, match=words):
                actions.record(by=tam, referral=made, **{**facts, **days})
        with pytest.raises(Refused, match="already waits"):
            actions.refer(by=tam, stage=people.lists.first, child=people.child, made_on=tam.today)


def test_a_school_refers_and_the_service_sees_the_child(people):
    with people.acting(people.therapist) as tam:
        assert queries.referrals_of_child(tam, people.child.pk) == []
    with people.acting(people.senco) as sen:
        made = actions.refer(
            by=sen, stage=people.lists.first, child=people.child, made_on=sen.today, referrer=people.school
        )
        with pytest.raises(Refused, match="run a waiting list"):
            actions.record(by=sen, referral=made, kind=EventKind.ACCEPTED)
    with people.acting(people.therapist) as tam:
        actions.record(by=tam, referral=made, kind=EventKind.RETURNED, note="Since when?")
    with people.acting(people.senco) as sen:
        actions.record(by=sen, referral=made, kind=EventKind.ANSWERED, note="Since the spring")
        owed = {duty.key: duty.status for duty in of_child(sen, people.child.pk).filter(source="waiting")}
        assert (_now(made).state, owed["answer"], owed["answer-2"]) == (State.REFERRED, "met", "open")
    with people.acting(people.therapist) as tam:
        assert [one.ref for one in queries.referrals_of_child(tam, people.child.pk)] == [made.ref]
        actions.record(by=tam, referral=made, kind=EventKind.NOT_ACCEPTED, note="Another service fits better")
    with people.acting(people.stranger) as otto:
        assert queries.lists(otto) == []
        assert queries.referrals_of_child(otto, people.child.pk) == []
        with pytest.raises(Refused, match="no such referral"):
            actions.record(by=otto, referral=made, kind=EventKind.CONTACTED)
    with people.acting(people.therapist, people.today + timedelta(days=29)) as tam:
        assert queries.referrals_of_child(tam, people.child.pk) == [], "four weeks after it left unseen"


def test_a_list_is_set_up_and_ended_by_who_keeps_it(people):
    mo = client_of(people.manager)
    address = reverse("waiting:change", args=["stage", people.lists.second.pk])
    assert b"Feedback" in mo.get(address).content
    facts = {"order": 2, "ends_with": ["attended"], "urgent_weeks": 1, "soon_weeks": 4, "routine_weeks": 12}
    ends = {"ends_on_0": "1", "ends_on_1": "2", "ends_on_2": "2030"}
    typed = {**facts, "name": "Something else", "ends_on": "1/2/2030", **ends}
    assert mo.post(address, typed).status_code == 302
    with people.system():
        changed = type(people.lists.second).objects.get(pk=people.lists.second.pk)
        assert (changed.routine_weeks, changed.name, changed.ends_on.year) == (12, "Feedback", 2030)
        new = reverse("waiting:add", args=["pathway"])
        assert mo.post(new, {"name": "Speech"}).status_code == 302
        assert Pathway.objects.filter(name="Speech").exists()


def test_a_list_of_a_past_day_is_as_it_stood_then(people):
    first = people.lists.first
    early = refer(people, first, 90)
    sooner = refer(people, first, 80, child=made_up.a_child(people.area, "Bo"))
    refer(people, first, 10, child=made_up.a_child(people.area, "Cy"))
    with people.system(people.today - timedelta(days=20)) as system:
        actions.record(by=system, referral=sooner, kind=EventKind.PRIORITY, priority=Priority.URGENT, note="Excluded")
        actions.record(by=system, referral=early, kind=EventKind.OFFERED, for_on=people.today - timedelta(days=15))
    with people.system(people.today - timedelta(days=15)) as system:
        actions.record(by=system, referral=early, kind=EventKind.ATTENDED)
    with people.acting(people.therapist, people.today - timedelta(days=60)) as tam:
        line = queries.waiting_now(tam, first.pk)
        assert [one.referral_id for one in line] == [early.pk, sooner.pk], "the later referral was not there yet"
        assert [(one.priority, one.state, one.next_offer_on) for one in line] == [
            (Priority.ROUTINE, State.WAITING, None)
        ] * 2
        assert [one.waiting for one in queries.lists(tam) if one.stage_id == first.pk] == [2]
        history = queries.history_for_statements(tam, None, first.pk)
        assert {stay.ended_on for stay in history.stays} == {None}
        assert (history.offered, history.seen_in_26_weeks) == (0, 0)
        assert [one.state for one in queries.referrals_of_child(tam, people.child.pk)] == [State.WAITING]
    with people.acting(people.therapist) as tam:
        assert queries.waiting_now(tam, first.pk)[0].referral_id == sooner.pk
        assert queries.history_for_statements(tam, None, first.pk).seen_in_26_weeks == 1
