"""Tests of handover and cover."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kept.access.acting import Refused, acting_as_system, today_here
from kept.access.models import Membership
from kept.cases import actions as cases
from kept.duties.models import Duty
from kept.handover import actions, queries
from kept.handover.note import handover_note
from kept.messages import actions as talking
from kept.messages.queries import threads_of
from kept.people.models import Carer, ParentalLink
from tests import made_up

PARTS = ("day", "month", "year")


def decision(place):
    with place.acting(place.officer):
        return Duty.objects.get(rule="assess.decision")


def test_the_note_is_written_from_the_record(place, case):
    with place.acting(place.mother) as actor:
        talking.start(by=actor, child=place.child, subject="Reading", text="?", with_user=place.mother)
    with place.acting(place.officer, date(2026, 6, 3)) as actor:
        note = handover_note(actor, case)
    assert "Request under consideration" in note
    assert "1 June 2026, LATE" in note
    assert "- Reading, by 15 June 2026" in note
    assert "- Nothing." in note


def test_duties_and_messages_move_and_each_parent_is_told(place, case):
    with place.acting(place.mother) as actor:
        thread = talking.start(
            by=actor, child=place.child, subject="Reading", text="?", with_user=place.mother, owner=place.officer
        )
    with acting_as_system(place.area, today=place.today):
        carer = Carer.objects.create(area=place.area, name="Gran Sample", phone="01632 960009")
        ParentalLink.objects.create(
            area=place.area, child=place.child, carer=carer, relationship="grandmother", starts_on=date(2020, 1, 1)
        )
    due = decision(place).due_on
    with place.acting(place.officer) as actor:
        done = actions.hand_over(by=actor, case=case, to=place.deputy, deputy=place.officer, note="See the draft.")
        thread.refresh_from_db()
        assert thread.owner == place.deputy
        tell = Duty.objects.get(source="handover")
    assert (decision(place).person, decision(place).due_on) == (place.deputy, due)
    assert done.duties_moved >= 1
    assert "Gran Sample" in tell.what
    for parent in (place.mother, place.father):
        with place.acting(parent) as actor:
            assert "Who has your case now" in [one.subject for one in threads_of(actor, place.child.pk)]


def test_a_handover_needs_a_note_and_another_person(place, case):
    with place.acting(place.officer) as actor:
        with pytest.raises(Refused, match="must know"):
            actions.hand_over(by=actor, case=case, to=place.deputy, deputy=None, note=" ")
        with pytest.raises(Refused, match="already"):
            actions.hand_over(by=actor, case=case, to=place.officer, deputy=None, note="Note")


def test_the_deputy_stands_in_and_the_work_goes_back(place, case):
    with place.acting(place.officer) as actor:
        first, last = date(2026, 6, 1), date(2026, 6, 5)
        actions.record_absence(by=actor, officer=place.officer, starts_on=first, ends_on=last)
        actions.record_absence(by=actor, officer=place.officer, starts_on=first, ends_on=last)
    assert decision(place).person == place.deputy
    with place.acting(place.deputy, date(2026, 6, 8)) as actor:
        actions.cover(by=actor)
        actions.cover(by=actor)
    assert decision(place).person == place.officer


def test_loads_stand_side_by_side(place, case):
    with place.acting(place.officer, date(2026, 6, 3)) as actor:
        found = {load.officer: load for load in queries.loads(actor)}
    assert (found[place.officer].cases, found[place.officer].late) == (1, 1)
    assert (found[place.deputy].cases, found[place.deputy].owed) == (0, 0)


def another_case(place, name="Bo"):
    """A case of the officer without a deputy."""
    with place.acting(place.officer) as actor:
        return cases.open_case(
            by=actor,
            child=made_up.a_child(place.area, name, "Other"),
            kind="request_received",
            on=date(2026, 5, 4),
            details={"by": "parent"},
            officer=place.officer,
            team=place.team,
        )


def test_what_nobody_stands_in_for_is_counted(place, case):
    another_case(place)
    with place.acting(place.officer) as actor:
        days = {"starts_on": date(2026, 6, 3), "ends_on": date(2026, 6, 5)}
        actions.record_absence(by=actor, officer=place.officer, **days)
        assert [(one.cases, one.uncovered) for one in queries.absences(actor)] == [(2, 1)]
        actions.record_absence(by=actor, officer=place.deputy, starts_on=date(2026, 6, 5), ends_on=date(2026, 6, 9))
        assert [(one.cases, one.uncovered) for one in queries.absences(actor)] == [(2, 2), (0, 0)]


def test_the_page_says_what_stays_uncovered(place, case, browse):
    another_case(place)
    day = today_here() + timedelta(days=1)
    typed = {f"{name}-{part}": getattr(day, part) for name in ("starts_on", "ends_on") for part in PARTS}
    client = browse(place.officer)
    page = client.post(reverse("handover:absence"), {"officer": place.officer.pk, **typed}, follow=True)
    assert "1 case of 2 has no deputy" in page.content.decode()
    assert "Call off" in page.content.decode()


def test_a_deputy_who_is_away_as_well_is_given_nothing(place, case):
    with place.acting(place.officer) as actor:
        for person in (place.deputy, place.officer):
            actions.record_absence(by=actor, officer=person, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5))
    assert decision(place).person == place.officer


def test_somebody_who_is_back_sooner_has_their_work_again(place, case):
    with place.acting(place.officer) as actor:
        made = actions.record_absence(
            by=actor, officer=place.officer, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 9)
        )
    with place.acting(place.deputy, date(2026, 6, 3)) as actor:
        actions.end_absence(by=actor, absence=made)
        actions.end_absence(by=actor, absence=made)
        assert queries.absences(actor) == []
        actions.cover(by=actor)
    assert decision(place).person == place.officer


def test_an_absence_that_never_began_is_called_off(place, case):
    with place.acting(place.officer) as actor:
        days = {"starts_on": date(2026, 6, 8), "ends_on": date(2026, 6, 9)}
        made = actions.record_absence(by=actor, officer=place.officer, **days)
        actions.end_absence(by=actor, absence=made)
        assert queries.absences(actor) == []
    with place.acting(place.deputy, date(2026, 6, 8)) as actor:
        assert actions.cover(by=actor) == 0


def test_two_absences_end_to_end_stay_covered(place, case):
    with place.acting(place.officer) as actor:
        actions.record_absence(by=actor, officer=place.officer, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 2))
        actions.record_absence(by=actor, officer=place.officer, starts_on=date(2026, 6, 3), ends_on=date(2026, 6, 5))
    with place.acting(place.deputy, date(2026, 6, 3)) as actor:
        actions.cover(by=actor)
    assert decision(place).person == place.deputy


def test_a_leavers_cases_are_shared_out_with_a_note_each(place, case, browse):
    other = another_case(place)
    client = browse(place.officer)
    address = reverse("handover:several", args=[place.officer.pk])
    assert client.get(address).content.decode().count("checked") == 2
    assert "checked" not in client.get(f"{address}?tick=none").content.decode()
    sent = {"case": [case.pk], "to": place.deputy.pk, "note": "Ring before eight."}
    page = client.post(address, sent, follow=True).content.decode()
    assert "Dee Deputy has 1 case more" in page
    assert other.reference in page
    assert case.reference not in page
    with place.acting(place.deputy) as actor:
        case.refresh_from_db()
        note = case.handovers.get().note
        assert (case.officer, case.deputy) == (place.deputy, None)
    assert note.startswith("Ring before eight.")
    assert "Request under consideration" in note
    with place.acting(place.mother) as actor:
        assert "Who has your case now" in [one.subject for one in threads_of(actor, place.child.pk)]


def test_cases_of_somebody_who_is_no_officer_any_more_are_seen(place, case):
    with place.system() as system:
        Membership.objects.filter(user=place.officer).update(starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 31))
        assert [(one.officer, one.has_left) for one in queries.loads(system)][:1] == [(place.officer, True)]
