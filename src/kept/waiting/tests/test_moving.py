"""A child on a list who moved to another council: the council's service owes no more, the health service owes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.models import AgencyKind
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.people.actions import record_details
from kept.waiting import actions, configuring
from kept.waiting.moving import MOVED
from kept.waiting.owing import end_of_moved
from kept.waiting.tests.house import an_area_with_lists, refer
from kept.waiting.words import EventKind, ServiceKind
from tests import made_up


@pytest.fixture
def people(db):
    """The area with a list of the council's own psychologists, and a child on both lists who is answered by neither."""
    found = an_area_with_lists()
    psychology = made_up.an_agency(found.area, AgencyKind.PSYCHOLOGY, "Educational psychology")
    with found.system() as by:
        service = configuring.add_service(by=by, kind=ServiceKind.PSYCHOLOGY, name="Psychologists", agency=psychology)
        pathway = configuring.add_pathway(by=by, name="Psychology")
        stage = configuring.add_stage(by=by, pathway=pathway, service=service, name="Consultation")
    found.ours = refer(found, stage, accept=False)
    found.theirs = refer(found, found.lists.first, accept=False)
    return found


def owed(people, referral):
    with people.system():
        return set(Duty.objects.filter(outstanding(), source_id=referral.pk).values_list("key", flat=True))


def leave(people, day):
    with people.acting(people.manager) as by:
        record_details(by=by, child=people.child, left_area_on=day)
    with people.system() as by:
        return end_of_moved(by=by)


def test_what_the_council_owed_ends_with_the_move_and_what_health_owes_goes_on(people):
    before = owed(people, people.theirs)
    assert "answer" in owed(people, people.ours) & before
    day = people.today - timedelta(days=4)
    assert leave(people, day) == 1
    assert owed(people, people.ours) == set()
    assert owed(people, people.theirs) == before
    with people.system() as by:
        duty = Duty.objects.get(source_id=people.ours.pk, key="answer")
        assert (duty.ended_on, duty.ended_because) == (day, MOVED)
        assert end_of_moved(by=by) == 0, "a second night finds nothing"
    with people.acting(people.therapist) as by:
        actions.record(by=by, referral=people.theirs, kind=EventKind.MOVED)
    assert "answer" not in owed(people, people.theirs), "the service itself says that they moved"


def test_who_comes_back_is_owed_it_again(people):
    before = owed(people, people.ours)
    leave(people, people.today)
    assert leave(people, None) == 1
    assert owed(people, people.ours) == before


def test_a_plan_that_went_to_the_new_council_is_a_move(people):
    day = people.today - timedelta(days=2)
    with people.system() as by:
        case = cases.open_case(
            by=by, child=people.child, kind="request_received", on=day - timedelta(days=400), details={"by": "parent"}
        )
        Case.objects.filter(pk=case.pk).update(stage="TRANSFERRED_OUT")
        case.events.create(
            area=by.area, child=people.child, kind="plan_transferred", happened_on=day, recorded_by=by.user
        )
        assert end_of_moved(by=by) == 1
        assert Duty.objects.get(source_id=people.ours.pk, key="answer").ended_on == day
    assert owed(people, people.ours) == set()
