"""Carers, parental responsibility, addresses, needs and settings, and the access that follows from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from kept.access.acting import Refused, acting
from kept.access.actions import end_grant, grant
from kept.access.models import Grant, Relation
from kept.access.roles import Role
from kept.people import actions, queries
from kept.people.models import Address, Change, Child, Enrolment
from kept.people.tests.conftest import TODAY
from tests import made_up

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def sees(user, area, child, *, on=TODAY) -> bool:
    with acting(user=user, area=area, today=on) as actor:
        return queries.child_summary(actor, child.pk) is not None


@pytest.fixture
def parent(area):
    return made_up.a_person(area, Role.FAMILY, name="Pat Sample")


@pytest.fixture
def carer(officer, parent):
    return actions.add_carer(by=officer, name="Pat Sample", email="pat@example.org", prefers="email", user=parent)


def link(officer, child, carer, **more):
    facts = {
        "relationship": "mother",
        "starts_on": child.born_on,
        "has_responsibility": True,
        "evidence": "birth certificate",
    }
    return actions.link_carer(by=officer, child=child, carer=carer, **facts | more)


def test_a_linked_parent_sees_their_child_and_no_other(officer, area, nia, carer, parent):
    other = actions.add_child(by=officer, given_names="Leo", family_name="Zebra", born_on=date(2012, 3, 3))
    assert not sees(parent, area, nia)
    for _ in range(2):
        link(officer, nia, carer)
    assert sees(parent, area, nia)
    assert not sees(parent, area, other)
    assert Grant.objects.filter(child_id=nia.pk).count() == 1
    with acting(user=parent, area=area, today=TODAY) as actor:
        assert list(queries.children_seen(actor)) == [nia]
        assert queries.search_children(actor, "Zebra").total == 0
        assert queries.search_children(actor, "").total == 1


def test_the_end_of_responsibility_ends_the_access_at_once(officer, area, nia, carer, parent):
    mother = link(officer, nia, carer)
    with pytest.raises(actions.NotPossible, match="Say why it ends"):
        actions.end_responsibility(by=officer, link=mother, on=TODAY, why=" ")
    for _ in range(2):
        mother = actions.end_responsibility(by=officer, link=mother, on=TODAY, why="Adoption order of 23 November 2026")
    assert mother.ends_on == TODAY
    assert not sees(parent, area, nia)
    assert Change.objects.filter(child=nia, details__why__startswith="Adoption").count() == 1


def test_somebody_may_stay_without_responsibility(officer, area, nia, carer, parent):
    mother = link(officer, nia, carer, lives_with=False)
    actions.end_responsibility(by=officer, link=mother, on=TODAY - A_DAY, why="Order discharged", stays=True)
    now = [member for member in queries.family_of(officer, nia.pk) if member.is_running]
    assert [member.link.has_responsibility for member in now] == [False]
    assert not sees(parent, area, nia)
    with pytest.raises(actions.NotPossible, match="no parental responsibility to end"):
        actions.end_responsibility(by=officer, link=now[0].link, on=TODAY, why="again")


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({"has_responsibility": True, "lives_with": False}, True),
        ({"has_responsibility": False, "lives_with": True}, True),
        ({"has_responsibility": False, "lives_with": False}, False),
        ({"has_responsibility": True, "withheld_because": "Non-molestation order of 2 May 2026"}, False),
    ],
)
def test_who_has_care_or_responsibility_sees_the_record_unless_withheld(
    *, officer, area, nia, carer, parent, facts, opens
):
    link(officer, nia, carer, **facts)
    assert sees(parent, area, nia) is opens


def test_changed_facts_end_the_old_link_and_begin_a_new_one(officer, area, nia, carer, parent):
    link(officer, nia, carer)
    link(officer, nia, carer, starts_on=date(2026, 6, 1), withheld_because="Court order")
    assert [(str(row.starts_on), str(row.ends_on)) for row in nia.links.order_by("starts_on")] == [
        ("2016-05-04", "2026-05-31"),
        ("2026-06-01", "None"),
    ]
    assert not sees(parent, area, nia)


def test_an_account_linked_later_opens_the_record_and_unlinked_closes_it(officer, area, nia, parent):
    carer = actions.add_carer(by=officer, name="Pat Sample")
    link(officer, nia, carer)
    actions.link_account(by=officer, carer=carer, user=parent)
    assert sees(parent, area, nia)
    other = actions.add_carer(by=officer, name="Kit Sample")
    with pytest.raises(actions.NotPossible, match="another parent's"):
        actions.link_account(by=officer, carer=other, user=parent)
    actions.link_account(by=officer, carer=carer, user=None)
    assert not sees(parent, area, nia)


def test_parents_do_not_see_each_others_contact_details(officer, area, nia, carer, parent):
    link(officer, nia, carer)
    father = actions.add_carer(by=officer, name="Kit Sample", phone="07700 900123", prefers="phone")
    link(officer, nia, father, relationship="father")
    with acting(user=parent, area=area, today=TODAY) as actor:
        assert [(m.name, m.carer) for m in queries.family_of(actor, nia.pk)] == [
            ("Father", None),
            ("Pat Sample", carer),
        ]
        assert not type(father).objects.filter(pk=father.pk).exists(), (
            "the database hides the other parent's row as well"
        )


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ({"email": "pat@"}, "is not one email address"),
        ({"phone": "123"}, "too short"),
        ({"prefers": "email"}, "Enter an email address"),
        ({"prefers": "text"}, "Enter a telephone number"),
        ({"prefers": "pigeon"}, "not a way to reach"),
        ({"language": "zz"}, "not a code for a language"),
    ],
)
def test_a_carer_must_be_reachable(officer, contact, sentence):
    with pytest.raises(actions.NotPossible, match=sentence):
        actions.add_carer(by=officer, name="Pat Sample", **contact)


def test_a_change_of_contact_details_is_noted_on_the_child_without_the_details(officer, nia, carer):
    link(officer, nia, carer)
    actions.change_carer(by=officer, carer=carer, email="new@example.org")
    note = Change.objects.filter(child=nia).first()
    assert note.what == "Contact details of Pat Sample changed"
    assert "new@example.org" not in str(note.details)


def test_each_parent_reads_the_history_without_the_other_parents_part(*, officer, area, nia, carer, parent):
    link(officer, nia, carer)
    father = actions.add_carer(by=officer, name="Kit Sample", phone="07700 900123")
    link(officer, nia, father, relationship="father")
    actions.change_carer(by=officer, carer=father, phone="07700 900124")
    actions.move_address(
        by=officer, child=nia, lines="Hidden", starts_on=TODAY, is_confidential=True, holder=father, replaces=[]
    )
    with acting(user=parent, area=area, today=TODAY) as actor:
        read = [change.what for change in queries.history_of(actor, nia.pk)]
    assert read == ["Pat Sample (mother) with parental responsibility from 4 May 2016", "Added to the record"]
    assert len(queries.history_of(officer, nia.pk)) == 5


def test_the_young_person_sees_their_own_record(officer, area, nia):
    user = made_up.a_person(area, Role.FAMILY)
    actions.open_to_young_person(by=officer, child=nia, user=user, on=TODAY)
    assert sees(user, area, nia)


def test_moving_ends_the_old_address_the_day_before(officer, nia):
    old = nia.addresses.get()
    Address.objects.filter(pk=old.pk).update(starts_on=date(2020, 1, 1))
    for _ in range(2):
        actions.move_address(by=officer, child=nia, lines=" 2 New Road ", postcode="QX2 1AB", starts_on=TODAY)
    assert [(home.lines.split("\n")[0], home.ends_on) for home in queries.addresses_of(officer, nia.pk)] == [
        ("2 New Road", None),
        ("1 Made Up Road", TODAY - A_DAY),
    ]


def test_a_second_home_ends_nothing_and_a_move_cannot_come_first(officer, nia):
    actions.move_address(by=officer, child=nia, lines="3 Other Road", starts_on=TODAY, replaces=[])
    assert nia.addresses.filter(ends_on=None).count() == 2
    with pytest.raises(actions.NotPossible, match="not after the beginning"):
        actions.move_address(by=officer, child=nia, lines="4 Road", starts_on=TODAY)
    with pytest.raises(actions.NotPossible, match="Enter the address"):
        actions.move_address(by=officer, child=nia, lines=" ", starts_on=TODAY, replaces=[])


def test_a_refuge_is_shown_to_its_holder_and_the_case_team_only(*, officer, area, nia, carer, parent, school):
    father_user = made_up.a_person(area, Role.FAMILY)
    father = actions.add_carer(by=officer, name="Kit Sample", user=father_user)
    link(officer, nia, carer)
    link(officer, nia, father, relationship="father")
    actions.enrol(by=officer, child=nia, setting=school, starts_on=date(2021, 9, 1))
    senco = made_up.a_person(area, Role.SCHOOL, agency=school)
    actions.move_address(
        by=officer, child=nia, lines="Refuge", starts_on=TODAY, is_confidential=True, holder=carer, replaces=[]
    )
    seen = {}
    for name, user in {"officer": officer.user, "mother": parent, "father": father_user, "school": senco}.items():
        with acting(user=user, area=area, today=TODAY) as actor:
            seen[name] = any(home.lines == "Refuge" for home in queries.addresses_of(actor, nia.pk))
            assert queries.child_summary(actor, nia.pk) is not None
    assert seen == {"officer": True, "mother": True, "father": False, "school": False}
    assert "Refuge" not in str(list(Change.objects.values_list("what", "details")))


def test_needs_have_ranks_and_dates(officer, nia):
    actions.set_needs(by=officer, child=nia, needs=["ASD", "SLCN"], on=date(2024, 1, 10))
    for _ in range(2):
        now = actions.set_needs(by=officer, child=nia, needs=["ASD", "SEMH"], on=TODAY)
    assert [(row.need, row.rank, row.starts_on) for row in now] == [("ASD", 1, date(2024, 1, 10)), ("SEMH", 2, TODAY)]
    assert nia.needs.get(need="SLCN").ends_on == TODAY - A_DAY
    with pytest.raises(actions.NotPossible, match="only once"):
        actions.set_needs(by=officer, child=nia, needs=["ASD", "ASD"], on=TODAY)
    with pytest.raises(actions.NotPossible, match="not a type of need"):
        actions.set_needs(by=officer, child=nia, needs=["XX"], on=TODAY)


def test_a_school_sees_its_pupils_while_they_are_on_roll(officer, area, nia, school, other_school):
    senco, stranger = (made_up.a_person(area, Role.SCHOOL, agency=each) for each in (school, other_school))
    for _ in range(2):
        actions.enrol(by=officer, child=nia, setting=school, starts_on=date(2021, 9, 1))
    assert (sees(senco, area, nia), sees(stranger, area, nia)) == (True, False)
    actions.enrol(by=officer, child=nia, setting=other_school, starts_on=TODAY)
    assert (sees(senco, area, nia), sees(stranger, area, nia)) == (False, True)
    assert [row.ends_on for row in queries.enrolments_of(officer, nia.pk)] == [None, TODAY - A_DAY]


def test_a_place_ahead_opens_on_its_first_day(officer, area, nia, school):
    senco = made_up.a_person(area, Role.SCHOOL, agency=school)
    starts = date(2027, 9, 1)
    actions.enrol(by=officer, child=nia, setting=school, starts_on=starts)
    assert not sees(senco, area, nia, on=starts - A_DAY)
    assert sees(senco, area, nia, on=starts)


def test_leaving_closes_the_record_to_the_school(officer, area, nia, school):
    senco = made_up.a_person(area, Role.SCHOOL, agency=school)
    at_school = actions.enrol(by=officer, child=nia, setting=school, starts_on=date(2021, 9, 1))
    for _ in range(2):
        actions.leave(by=officer, enrolment=at_school, on=TODAY + 3 * A_DAY)
    assert sees(senco, area, nia)
    assert sees(senco, area, nia, on=TODAY + 3 * A_DAY)
    assert not sees(senco, area, nia, on=TODAY + 4 * A_DAY)
    actions.leave(by=officer, enrolment=at_school, on=TODAY)
    assert not sees(senco, area, nia)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": "on_roll"}, "Choose the school"),
        ({"kind": "telepathy"}, "not a way to be educated"),
        ({"kind": "home", "setting": "school"}, "Leave the setting empty"),
        ({"kind": "on_roll", "setting": "council"}, "is not a school"),
        ({"kind": "home", "starts_on": date(2016, 5, 3)}, "before the date of birth"),
        ({"kind": "home", "starts_on": date(2029, 1, 1)}, "more than 2 years ahead"),
    ],
)
def test_enrolments_that_cannot_be(*, officer, area, nia, school, facts, sentence):
    named = {"school": school, "council": made_up.an_agency(area)}
    facts = {"starts_on": TODAY} | facts | {"setting": named.get(facts.get("setting"))}
    with pytest.raises(actions.NotPossible, match=sentence):
        actions.enrol(by=officer, child=nia, **facts)
    assert not Enrolment.objects.exists()


def test_without_permission_nothing_of_it_can_be_done(*, officer, area, nia, carer, parent, school):
    mother = link(officer, nia, carer)
    at_school = actions.enrol(by=officer, child=nia, setting=school, starts_on=TODAY)
    with acting(user=parent, area=area, today=TODAY) as actor:
        for refused in (
            lambda: actions.move_address(by=actor, child=nia, lines="x", starts_on=TODAY),
            lambda: actions.set_needs(by=actor, child=nia, needs=["ASD"], on=TODAY),
            lambda: actions.enrol(by=actor, child=nia, kind="home", starts_on=TODAY),
            lambda: actions.leave(by=actor, enrolment=at_school, on=TODAY),
            lambda: actions.add_carer(by=actor, name="Kit"),
            lambda: actions.change_carer(by=actor, carer=carer, name="Kit"),
            lambda: link(actor, nia, carer),
            lambda: actions.end_link(by=actor, link=mother, on=TODAY, why="x"),
            lambda: actions.end_responsibility(by=actor, link=mother, on=TODAY, why="x"),
            lambda: actions.link_account(by=actor, carer=carer, user=None),
            lambda: actions.open_to_young_person(by=actor, child=nia, user=parent, on=TODAY),
            lambda: actions.add_identifier(by=actor, child=nia, kind="local", value="1"),
            lambda: actions.change_name(by=actor, child=nia, given_names="N", family_name="M", from_day=TODAY),
        ):
            with pytest.raises(Refused):
                refused()


def test_history_cannot_be_changed(officer, nia):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.filter(child=nia).update(what="Nothing")


def test_a_stale_page_stops_every_kind_of_change(officer, nia, carer, school):
    stale = nia.version
    actions.set_needs(by=officer, child=nia, needs=["ASD"], on=TODAY, version=stale)
    for late in (
        lambda: actions.move_address(by=officer, child=nia, lines="x", starts_on=TODAY, replaces=[], version=stale),
        lambda: actions.set_needs(by=officer, child=nia, needs=["HI"], on=TODAY, version=stale),
        lambda: actions.enrol(by=officer, child=nia, setting=school, starts_on=TODAY, version=stale),
        lambda: link(officer, nia, carer, version=stale),
        lambda: actions.add_identifier(by=officer, child=nia, kind="local", value="1", version=stale),
        lambda: actions.change_name(
            by=officer, child=nia, given_names="N", family_name="M", from_day=TODAY, version=stale
        ),
    ):
        with pytest.raises(actions.SomebodyElseWasFirst):
            late()
    assert Child.objects.get(pk=nia.pk).version == stale + 1


def test_advocates_are_invited_by_the_family_and_by_nobody_else(officer, area, nia, carer, parent):
    link(officer, nia, carer)
    advocate = made_up.a_person(area, Role.ADVOCATE)
    with acting(user=parent, area=area, today=TODAY) as actor:
        given = grant(by=actor, child_id=nia.pk, relation=Relation.ADVOCATE, user=advocate, starts_on=TODAY)
    assert sees(advocate, area, nia)
    with acting(user=made_up.a_person(area, Role.FAMILY), area=area, today=TODAY) as stranger, pytest.raises(Refused):
        grant(by=stranger, child_id=nia.pk, relation=Relation.ADVOCATE, user=stranger.user, starts_on=TODAY)
    assert end_grant(by=officer, given=given, ends_on=TODAY) == 1
    assert end_grant(by=officer, given=given, ends_on=TODAY) == 0
    assert not sees(advocate, area, nia)


def test_emergency_access_is_for_oneself_with_a_reason(area, nia):
    doctor = made_up.a_person(area, Role.PROFESSIONAL)
    with acting(user=doctor, area=area, today=TODAY) as actor:
        facts = {"child_id": nia.pk, "relation": Relation.BREAK_GLASS, "starts_on": TODAY}
        with pytest.raises(Refused, match="Say why"):
            grant(by=actor, user=doctor, **facts)
        with pytest.raises(Refused, match="never given"):
            grant(by=actor, user=made_up.a_user(), reason="urgent", **facts)
        grant(by=actor, user=doctor, reason="Unconscious in A&E", **facts)
    assert sees(doctor, area, nia)
