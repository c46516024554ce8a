"""Agendas are built from what stands; decisions are duties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.duties.models import Duty
from kept.improvement import actions, governance
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Challenge
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


def test_a_challenge_goes_through_the_pages_from_question_to_settled(
    place: SimpleNamespace, browse: Callable[[object], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    page, forum, director = f"/improvement/{place.programme.pk}/", browse(place.forum), browse(place.director)
    forum.post(f"{page}challenge/", {"on_behalf_of": "Parent carer forum", "words": "Why is August empty?"})
    with place.system():
        one = Challenge.objects.get()
        duty = Duty.objects.get(area=place.area, source_id=one.pk)
    assert (duty.due_on, duty.met_on) == (date(2026, 7, 18), None)
    assert "Answer owed by 18 July 2026." in director.get(page).content.decode()
    director.post(f"/improvement/challenges/{one.pk}/reply/", {"words": "No panel met. It will next year."})
    assert "It is resolved" not in director.get(page).content.decode()
    assert "whoever asked has not said that it is resolved" in director.get(page).content.decode()
    forum.post(f"/improvement/challenges/{one.pk}/resolve/")
    assert "Resolved 20 June 2026" in director.get(page).content.decode()
    with place.system():
        assert Duty.objects.get(area=place.area, source_id=one.pk).met_on == TODAY


def test_an_old_decision_stays_on_the_agenda_until_it_is_carried_out(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        for month in (3, 4):
            meeting = governance.call(by=by, programme=place.programme, body="board", meets_on=date(2026, month, 1))
            governance.decide(
                by=by, meeting=meeting, what=f"Decision {month}", owner=place.officer, due_on=date(2026, month, 9)
            )
        lines = governance.agenda_of(by, place.programme)["last_time"]
    assert lines == [
        f"Decision {month}: Noor Nurse, overdue since 9 {name} 2026" for month, name in ((3, "March"), (4, "April"))
    ]
