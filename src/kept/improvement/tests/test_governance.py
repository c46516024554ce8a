"""Agendas are built from what stands; decisions are duties."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.duties.models import Duty
from kept.improvement import actions, governance
from kept.improvement.judging import NotAllowed
from kept.improvement.tests.conftest import TODAY


@pytest.mark.usefixtures("improved")
def test_the_agenda_puts_what_families_dispute_before_what_moved(place: SimpleNamespace) -> None:
    with place.acting(place.forum) as by:
        actions.judge(by=by, finding=place.finding, method="panel", asked=9, answered=8, answer="no", words="No.")
        actions.challenge(by=by, programme=place.programme, on_behalf_of="Forum", words="Why?")
    with place.acting(place.director) as by:
        meeting = governance.call(by=by, programme=place.programme, body="board", meets_on=TODAY)
        assert governance.call(by=by, programme=place.programme, body="board", meets_on=TODAY) == meeting
    assert next(iter(meeting.agenda)) == "disputed"
    assert [len(meeting.agenda[part]) for part in ("disputed", "moved", "challenges", "late")] == [1, 1, 1, 0]


def test_a_decision_is_a_duty_until_it_is_carried_out_and_comes_back_next_time(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        meeting = governance.call(by=by, programme=place.programme, body="board", meets_on=date(2026, 6, 1))
        with pytest.raises(NotAllowed, match="on or after"):
            governance.decide(by=by, meeting=meeting, what="x", owner=place.officer, due_on=date(2026, 5, 1))
        one = governance.decide(
            by=by, meeting=meeting, what="Hire a psychologist", owner=place.officer, due_on=date(2026, 7, 1)
        )
        assert Duty.objects.get(area=place.area, source_id=one.pk).met_on is None
        next_time = governance.agenda_of(by, place.programme)["last_time"]
        governance.carry_out(by=by, decision=one)
        assert Duty.objects.get(area=place.area, source_id=one.pk).met_on == TODAY
    assert next_time == ["Hire a psychologist: Noor Nurse, due by 1 July 2026"]


def test_the_chairs_note_is_public_after_the_meeting_and_never_before(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        meeting = governance.call(by=by, programme=place.programme, body="board", meets_on=date(2026, 7, 1))
        with pytest.raises(NotAllowed, match="not been held"):
            governance.publish_note(by=by, meeting=meeting, words="All is well.")
    with place.acting(place.director, date(2026, 7, 2)) as by:
        place.programme.published_on = TODAY
        place.programme.save()
        governance.publish_note(by=by, meeting=meeting, words="The forum spoke first.")
        governance.minute(by=by, meeting=meeting, minutes="For the table alone.")
    page = Client().get(f"/improvement/public/{place.area.slug}/").content.decode()
    assert "The forum spoke first." in page
    assert "For the table alone." not in page
