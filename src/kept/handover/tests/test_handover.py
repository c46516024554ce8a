"""Tests of handover and cover."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import Refused, acting_as_system
from kept.duties.models import Duty
from kept.handover import actions, queries
from kept.handover.note import handover_note
from kept.messages import actions as talking
from kept.messages.queries import threads_of
from kept.people.models import Carer, ParentalLink


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
