"""The ledger: one door in, statuses computed, holders kept."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import Agency, AgencyKind, Area, Membership, Team, User
from kept.access.roles import Role
from kept.duties.actions import DutyFacts, reassign, sync
from kept.duties.models import Duty, Handing
from kept.duties.queries import counts, duties_for, my_list, of_child
from kept.duties.statuses import SOON, Status
from kept.people.models import Child
from kept.rules.identifiers.keys import uuid7

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
SOURCE_ID = uuid7()


@pytest.fixture
def area() -> Area:
    return Area.objects.create(name="Sandhaven", slug="sandhaven")


@pytest.fixture
def officer(area):
    user = User.objects.create_user(email="officer@example.org", name="Olu Officer")
    with acting_as_system(area):
        Membership.objects.create(area=area, user=user, role=Role.CASE_OFFICER, starts_on=date(2020, 1, 1))
    with acting(user=user, area=area, today=TODAY) as actor:
        yield actor


@pytest.fixture
def child(officer) -> Child:
    return Child.objects.create(
        area=officer.area, given_names="Made", family_name="Up", born_on=date(2016, 5, 4), sort_key="up made"
    )


def facts(**more) -> DutyFacts:
    return DutyFacts(
        **{
            "key": "assess.decision",
            "what": "Decide whether to assess",
            "authority": "SEND Regulations 2014 reg 5(1)",
            "owed_by": "local authority",
            "starts_on": date(2026, 2, 1),
            "due_on": date(2026, 3, 15),
        }
        | more
    )


def put(officer, child, *duties: DutyFacts) -> None:
    sync(by=officer, source="cases", source_id=SOURCE_ID, child_id=child.pk, duties=duties)


def only(officer) -> Duty:
    return duties_for(officer).get()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"due_on": TODAY - timedelta(1)}, Status.OVERDUE),
        ({"due_on": TODAY}, Status.DUE_SOON),
        ({"due_on": TODAY + SOON}, Status.DUE_SOON),
        ({"due_on": TODAY + SOON + timedelta(1)}, Status.OPEN),
        ({"due_on": None}, Status.OPEN),
        ({"due_on": TODAY, "met_on": TODAY}, Status.MET),
        ({"due_on": TODAY, "met_on": TODAY + timedelta(1)}, Status.MET_LATE),
        ({"due_on": None, "met_on": TODAY}, Status.MET),
        ({"due_on": TODAY - timedelta(9), "released_by": "reg 5(4)(c)"}, Status.RELEASED),
        ({"due_on": TODAY - timedelta(9), "released_by": "reg 5(4)(c)", "met_on": TODAY}, Status.RELEASED),
        ({"due_on": TODAY, "released_by": "reg 5(4)(c)", "met_on": TODAY}, Status.MET),
        ({"due_on": TODAY - timedelta(9), "ended_on": TODAY}, Status.ENDED),
    ],
)
def test_status_is_computed_from_dates(officer, child, more, status):
    put(officer, child, facts(**more))
    assert only(officer).status == status


def test_syncing_twice_changes_nothing(officer, child):
    put(officer, child, facts())
    before = only(officer)
    put(officer, child, facts())
    assert (only(officer).pk, only(officer).changed_at) == (before.pk, before.changed_at)


def test_a_changed_fact_changes_the_duty_and_a_corrected_one_removes_it(officer, child):
    put(officer, child, facts(), facts(key="assess.final_plan"))
    put(officer, child, facts(met_on=TODAY))
    assert only(officer).met_on == TODAY


def test_one_thing_cannot_touch_the_duties_of_another(officer, child):
    put(officer, child, facts())
    sync(by=officer, source="cases", source_id=uuid7(), child_id=child.pk, duties=[])
    assert Duty.objects.count() == 1


def test_a_holder_once_given_is_kept_by_sync_and_moved_by_reassign(officer, child):
    agency = Agency.objects.create(area=officer.area, name="Council SEND service", kind=AgencyKind.SEND)
    team = Team.objects.create(area=officer.area, agency=agency, name="Assessment")
    other = User.objects.create_user(email="other@example.org", name="Other Officer")
    put(officer, child, facts(person_id=officer.user.pk))
    assert list(my_list(officer)) == [only(officer)]
    assert reassign(by=officer, duties=[only(officer)], person=other, team=team, why="Leave") == 1
    assert reassign(by=officer, duties=[only(officer)], person=other, team=team) == 0
    put(officer, child, facts(person_id=officer.user.pk, met_on=None))
    assert only(officer).person == other
    assert [(handing.person, handing.by, handing.why) for handing in Handing.objects.all()] == [
        (other, officer.user, "Leave")
    ]


def test_someone_without_the_permission_cannot_reassign(area, officer, child):
    put(officer, child, facts())
    analyst = User.objects.create_user(email="analyst@example.org", name="Ana Lyst")
    with acting_as_system(area):
        Membership.objects.create(area=area, user=analyst, role=Role.ANALYST, starts_on=date(2020, 1, 1))
    duty = only(officer)
    with acting(user=analyst, area=area, today=TODAY) as actor, pytest.raises(Refused, match="needs the role"):
        reassign(by=actor, duties=[duty], person=analyst, team=None)


def test_the_database_hides_duties_of_children_that_are_not_theirs(area, officer, child):
    put(officer, child, facts())
    stranger = User.objects.create_user(email="stranger@example.org", name="Str Anger")
    with acting(user=stranger, area=area, today=TODAY) as actor:
        assert list(of_child(actor, child.pk)) == []
    assert len(of_child(officer, child.pk)) == 1


def test_counts_name_every_status(officer, child):
    put(officer, child, facts())
    assert counts(duties_for(officer)) == {status.value: int(status == Status.DUE_SOON) for status in Status}


BEFORE, AFTER = TODAY - timedelta(30), TODAY + timedelta(30)


def test_every_combination_of_facts_has_one_status_and_only_what_is_owed_is_overdue(officer, child):
    days = [None, BEFORE, TODAY, AFTER]
    combinations = list(product(days, days, [None, TODAY], ["", "reg 8(2)"]))
    put(
        officer,
        child,
        *[
            facts(key=str(number), due_on=due, met_on=met, ended_on=ended, released_by=released)
            for number, (due, met, ended, released) in enumerate(combinations)
        ],
    )
    for duty in duties_for(officer):
        kept = duty.met_on is not None and (duty.due_on is None or duty.met_on <= duty.due_on)
        owed = duty.met_on is None and duty.ended_on is None and not duty.released_by
        assert (duty.status == Status.MET) == kept
        assert (duty.status == Status.OVERDUE) == (owed and duty.due_on is not None and duty.due_on < TODAY)
        assert duty.status not in {Status.OPEN, Status.DUE_SOON} or owed
        assert duty.status != Status.RELEASED or duty.released_by
    assert duties_for(officer).count() == len(combinations)
