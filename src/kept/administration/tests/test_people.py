"""Roles given and ended, leavers, the quarterly review, agencies and teams."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kept.access.acting import Refused, acting_as_system
from kept.access.models import Agency, Membership, Team
from kept.access.roles import Role
from kept.access.tests.world import AREA_STAFF, NAME, Who, World, make_world
from kept.administration import leaving, queries, roles
from kept.administration.models import ReviewAnswer
from kept.administration.visit_views import VisitForm
from kept.cases.actions import open_case
from kept.cases.models import Case
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.messages.actions import start
from tests.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_from_before(db: None) -> None:
    cache.clear()


@standing
def world() -> World:
    return make_world()


@pytest.fixture
def with_case(world: World) -> World:
    with acting_as_system(world.area) as system:
        world.made["case"] = open_case(
            by=system,
            child=world.nia,
            kind="request_received",
            on=world.today - timedelta(days=3),
            details={"by": "parent"},
            officer=world.users[Who.OFFICER],
        )
    return world


def role_of(world: World, who: Who) -> Membership:
    with acting_as_system(world.area):
        return Membership.objects.get(area=world.area, user=world.users[who])


def test_a_leaver_is_not_closed_while_anything_is_theirs(with_case):
    with with_case.acting(Who.ADMINISTRATOR) as actor, pytest.raises(Refused, match="Move them first"):
        leaving.close_account(by=actor, user=with_case.users[Who.OFFICER])


def test_a_leavers_cases_and_duties_move_and_then_the_account_closes(with_case, client: Client):
    world = with_case
    leaver, manager = world.users[Who.OFFICER], world.users[Who.MANAGER]
    client.force_login(leaver)
    with world.acting(Who.MOTHER) as mother:
        talk = start(by=mother, child=world.nia, subject="?", text="?", with_user=mother.user, owner=leaver)
    with world.acting(Who.ADMINISTRATOR) as actor:
        held = leaving.holding(by=actor, user=leaver)
        assert len(held.cases) == 1
        assert held.talks == 1
        assert held.duties
        leaving.move_all(by=actor, user=leaver, to=manager)
        assert leaving.holding(by=actor, user=leaver).is_empty
        leaving.close_account(by=actor, user=leaver)
    with acting_as_system(world.area):
        assert Case.objects.get().officer == manager
        talk.refresh_from_db()
        assert talk.owner == manager
        assert not Duty.objects.filter(outstanding(), person=leaver).exists()
        assert len(held.duties) <= Duty.objects.filter(outstanding(), person=manager).count()
        assert not any(one.is_running(world.today) for one in Membership.objects.filter(user=leaver))
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert client.get("/people/").status_code == 302


def test_the_page_of_a_leaver_names_no_child(with_case, client: Client):
    client.force_login(with_case.users[Who.ADMINISTRATOR])
    page = client.get(reverse("administration:leaver", args=[with_case.users[Who.OFFICER].pk])).content.decode()
    assert "1 case, " in page
    assert NAME[1] not in page


def test_work_goes_only_to_somebody_who_can_take_it(with_case):
    with with_case.acting(Who.ADMINISTRATOR) as actor, pytest.raises(Refused, match="no role"):
        leaving.move_all(by=actor, user=with_case.users[Who.OFFICER], to=with_case.users[Who.MOTHER])


@pytest.mark.parametrize("who", sorted(AREA_STAFF | {Who.MOTHER, Who.AUDITOR, Who.DATA_PROTECTION}))
def test_nobody_but_an_administrator_gives_ends_or_closes(world, who):
    officer = world.users[Who.PROVIDER]
    with world.acting(who) as actor:
        for move in (
            lambda: roles.give_role(by=actor, user=officer, role=Role.DIRECTOR, starts_on=world.today),
            lambda: roles.end_role(by=actor, membership=role_of(world, Who.PROVIDER)),
            lambda: leaving.holding(by=actor, user=officer),
            lambda: leaving.close_account(by=actor, user=officer),
        ):
            with pytest.raises(Refused):
                move()


def test_nobody_changes_their_own_roles(world):
    me = world.users[Who.ADMINISTRATOR]
    with world.acting(Who.ADMINISTRATOR) as actor:
        with pytest.raises(Refused, match="their own"):
            roles.give_role(by=actor, user=me, role=Role.DIRECTOR, starts_on=world.today)
        with pytest.raises(Refused, match="their own"):
            roles.end_role(by=actor, membership=role_of(world, Who.ADMINISTRATOR))
        with pytest.raises(Refused, match="own account"):
            leaving.close_account(by=actor, user=me)


def test_a_role_ends_at_once_and_may_be_ended_twice(world, client: Client):
    client.force_login(world.users[Who.OFFICER])
    assert client.get("/people/").status_code == 200
    held = role_of(world, Who.OFFICER)
    with world.acting(Who.ADMINISTRATOR) as actor:
        roles.end_role(by=actor, membership=held)
        roles.end_role(by=actor, membership=held)
    assert client.get("/people/").status_code == 404


def test_a_role_given_by_mistake_today_is_taken_back_today(world):
    with world.acting(Who.ADMINISTRATOR) as actor:
        given = roles.give_role(by=actor, user=world.users[Who.PROVIDER], role=Role.DIRECTOR, starts_on=world.today)
        same = roles.give_role(by=actor, user=world.users[Who.PROVIDER], role=Role.DIRECTOR, starts_on=world.today)
        assert given == same
        roles.end_role(by=actor, membership=given)
    with world.acting(Who.PROVIDER) as actor:
        assert Role.DIRECTOR not in actor.roles


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.FAMILY, Role.ADVOCATE])
def test_roles_of_families_and_of_kept_itself_are_not_given(world, role):
    with world.acting(Who.ADMINISTRATOR) as actor, pytest.raises(Refused, match="not given here"):
        roles.give_role(by=actor, user=world.users[Who.PROVIDER], role=role, starts_on=world.today)


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 1, 1), date(2026, 1, 1)), (date(2026, 12, 31), date(2026, 10, 1))]
)
def test_quarters(day, first):
    assert roles.quarter_of(day) == first


def test_the_review_asks_for_every_role_of_staff_once(world, client: Client):
    with world.acting(Who.ADMINISTRATOR) as actor:
        before = queries.review(actor)
        assert not {one.role for one in before.waiting} & {Role.FAMILY, Role.ADVOCATE, Role.SYSTEM}
        mine = [one for one in before.waiting if one.user == actor.user]
        with pytest.raises(Refused, match="their own"):
            roles.still_needed(by=actor, memberships=mine)
    client.force_login(world.users[Who.ADMINISTRATOR])
    ticked = [str(role_of(world, who).pk) for who in (Who.OFFICER, Who.MANAGER)]
    for _ in range(2):
        client.post(reverse("administration:confirm"), {"role": ticked})
    client.post(reverse("administration:end_role", args=[world.users[Who.SCHOOL].pk, role_of(world, Who.SCHOOL).pk]))
    with world.acting(Who.ADMINISTRATOR) as actor:
        after = queries.review(actor)
        assert ReviewAnswer.objects.count() == 3
        assert after.waiting.count() == before.total - 3
    with world.acting(Who.SCHOOL) as actor:
        assert not actor.roles


@pytest.mark.parametrize("forged", [["x"], ["0192d3c4-0000-7000-8000-000000000000"], []])
def test_a_forged_tick_records_nothing(world, client: Client, forged):
    client.force_login(world.users[Who.ADMINISTRATOR])
    assert client.post(reverse("administration:confirm"), {"role": forged}).status_code in {302, 404}
    with acting_as_system(world.area):
        assert not ReviewAnswer.objects.exists()


def test_agencies_and_teams_are_added_and_changed(world, client: Client):
    client.force_login(world.users[Who.ADMINISTRATOR])
    client.post(reverse("administration:new_agency"), {"name": "  New   trust ", "kind": "health"})
    with acting_as_system(world.area):
        made = Agency.objects.get(name="New trust")
    for _ in range(2):
        answer = client.post(reverse("administration:new_team"), {"agency": made.pk, "name": "North"})
    assert "has a team of this name already" in answer.content.decode()
    with acting_as_system(world.area):
        assert Team.objects.filter(agency=made).count() == 1
    assert "New trust" in client.get(reverse("administration:agencies")).content.decode()


def test_people_are_found_by_name_role_and_kind(world):
    with world.acting(Who.ADMINISTRATOR) as actor:
        staff = {user.name for user in queries.people(actor)}
        assert "Officer" in staff
        assert "Mother" not in staff
        assert [user.name for user in queries.people(actor, kind=queries.FORMER)] == ["Former_Officer"]
        assert {user.name for user in queries.people(actor, kind=queries.FAMILIES, text="MOTH")} == {"Mother"}
        assert [user.name for user in queries.people(actor, role=Role.DIRECTOR)] == ["Director"]


def test_the_list_of_people_takes_the_same_number_of_questions_however_long(
    world, client: Client, django_assert_max_num_queries
):
    client.force_login(world.users[Who.ADMINISTRATOR])
    client.get(reverse("administration:people"))
    with django_assert_max_num_queries(25):
        assert client.get(reverse("administration:people")).status_code == 200


def test_the_page_that_ends_a_role_counts_what_stays_and_leads_to_moving_it(with_case, client: Client):
    world = with_case
    client.force_login(world.users[Who.ADMINISTRATOR])
    officer, school = (world.users[who].pk for who in (Who.OFFICER, Who.SCHOOL))
    page = client.get(reverse("administration:end_role", args=[officer, role_of(world, Who.OFFICER).pk]))
    with acting_as_system(world.area):
        duties = Duty.objects.filter(outstanding(), person=officer).count()
    assert f"still holds 1 case and {duties} dut" in page.content.decode()
    assert reverse("administration:leaver", args=[officer]) in page.content.decode()
    empty = client.get(reverse("administration:end_role", args=[school, role_of(world, Who.SCHOOL).pk]))
    assert "No case and no duty" in empty.content.decode()
    assert reverse("administration:leaver", args=[school]) not in empty.content.decode()


def test_a_visit_without_inspectors_says_whom_to_ask(world: World) -> None:
    with world.acting(Who.MANAGER) as actor:
        Membership.objects.filter(area=world.area, role=Role.INSPECTOR).delete()
        assert "Ask an administrator" in VisitForm(actor=actor).fields["inspectors"].help_text
