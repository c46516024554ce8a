"""The database refuses too: every table protected, nothing without a person, no grant or role given to oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from kept.access.acting import acting, acting_as_system
from kept.access.grants import grants_to
from kept.access.models import Grant, Membership, Relation, User
from kept.access.roles import ROLES, Can, Role, Scope
from kept.access.tests.world import (
    AREA_STAFF,
    LONG_AGO,
    MAY_KNOW_OF_NIA,
    MAY_SEE_NIA,
    MOTHERS_PHONE,
    REFUGE,
    SIGNED_IN,
    Who,
    World,
    make_world,
)
from kept.access.trails.tracking import tables_to_track, tracked_tables
from kept.people.models import Address, Carer, Child, ParentalLink
from tests.standing import standing

pytestmark = pytest.mark.django_db

# Tables without row-level security, each with its reason. Anything else unprotected fails.
OPEN_TABLES = {
    "access_area": "names of councils",
    "access_cache": "counts of tries at signing in; keys are digests",
    "access_user": "read before anybody acts, to sign in; holds a name and an address and nothing of a child",
    "auth_group": "Django's, empty",
    "auth_group_permissions": "Django's, empty",
    "auth_permission": "Django's, no person",
    "django_content_type": "Django's, no person",
    "django_migrations": "Django's, no person",
    "socialaccount_socialaccount": "joins an account to the council's directory; read before anybody acts",
    "socialaccount_socialapp": "empty: the directory is set in the environment",
    "socialaccount_socialtoken": "empty: no token is kept",
    "usersessions_usersession": "where an account is signed in; read before anybody acts",
    "django_session": "signed, opaque, read before anybody acts",
}


@standing
def world() -> World:
    return make_world()


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_every_table_of_the_database_is_protected_or_named_with_a_reason() -> None:
    open_tables = {
        name
        for (name,) in ask(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'public' "
            "AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        )
    }
    personal = {name for name in open_tables - OPEN_TABLES.keys() if not name.startswith(("account_", "mfa_"))}
    assert not personal, f"Add protect(...) in the migration of {sorted(personal)}"


def test_every_protected_table_has_a_policy_that_names_the_area_or_the_person() -> None:
    policies = ask("SELECT tablename, coalesce(qual, '') || coalesce(with_check, ''), permissive FROM pg_policies")
    loose = {
        table
        for table, words, permissive in policies
        if permissive == "PERMISSIVE" and "kept_" not in words and "CURRENT_USER" not in words
    }
    assert not loose, f"These tables have a policy that asks neither for an area nor for a person: {sorted(loose)}"


def test_no_table_of_an_area_is_open() -> None:
    open_tables = ask(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('area_id', "
        "'child_id') AND NOT a.attisdropped WHERE c.relkind IN ('r', 'p') AND NOT c.relforcerowsecurity"
    )
    assert open_tables == []


def test_we_test_as_the_service_does() -> None:
    name, passes_by, is_super = ask(
        "SELECT current_user, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user"
    )[0]
    assert (name, passes_by, is_super) == ("kept_app", False, False)


def test_without_a_person_every_protected_table_is_empty(world: World) -> None:
    protected = [name for (name,) in ask("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r'")]
    assert "people_child" in protected
    shown = {table for table in protected if ask(f"SELECT 1 FROM {table} LIMIT 1")}
    assert shown <= {"access_securityevent"}
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Child.objects.create(area=world.area, given_names="A", family_name="B", born_on=LONG_AGO, sort_key="b a")


def test_who_the_database_shows_nia_to(world: World) -> None:
    seen = set()
    for who in SIGNED_IN:
        with world.acting(who):
            if Child.objects.filter(pk=world.nia.pk).exists():
                seen.add(who)
    assert seen == MAY_KNOW_OF_NIA


def test_only_those_who_may_see_the_whole_record_see_more_than_who_she_is(world: World) -> None:
    for who in SIGNED_IN:
        with world.acting(who):
            assert ParentalLink.objects.filter(child=world.nia).exists() == (who in MAY_SEE_NIA), who


def test_a_hidden_address_reaches_its_holder_and_the_case_team_alone(world: World) -> None:
    for who in SIGNED_IN:
        with world.acting(who):
            found = " ".join(Address.objects.values_list("lines", flat=True))
            assert (REFUGE.split("\n", maxsplit=1)[0] in found) == (who in AREA_STAFF | {Who.MOTHER}), who


def test_a_parent_cannot_read_the_other_parents_telephone(world: World) -> None:
    for who, reads in ((Who.MOTHER, True), (Who.FATHER, False), (Who.ADVOCATE, False), (Who.SCHOOL, True)):
        with world.acting(who):
            assert (MOTHERS_PHONE in Carer.objects.values_list("phone", flat=True)) is reads, who


@pytest.mark.own_world
def test_a_responsibility_that_ended_this_morning_shows_nothing_at_once(world: World) -> None:
    with world.acting(Who.FATHER):
        assert Child.objects.exists()
    with acting_as_system(world.area):
        Grant.objects.filter(user=world.users[Who.FATHER]).update(ends_at=timezone.now() - timedelta(seconds=1))
    with world.acting(Who.FATHER):
        assert not Child.objects.exists()


def test_a_role_of_an_agency_that_sees_no_names_gains_nothing_from_its_agency(world: World) -> None:
    with acting_as_system(world.area):
        Membership.objects.create(
            area=world.area,
            user=world.users[Who.ANALYST],
            agency=world.agency(Who.PROFESSIONAL),
            role=Role.ANALYST,
            starts_on=LONG_AGO,
        )
    with world.acting(Who.ANALYST):
        assert not Child.objects.exists()


def tables_of_children() -> list[str]:
    found = ask(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'child_id' "
        "AND NOT a.attisdropped WHERE c.relkind = 'r' AND c.relrowsecurity"
    )
    return [name for (name,) in found]


@pytest.mark.parametrize("parts", [[], ["journey"], ["record"]])
@pytest.mark.parametrize("to_agency", [True, False])
def test_transport_staff_see_no_row_of_a_child_however_they_were_joined(
    world: World, parts: list[str], to_agency: bool
) -> None:
    to = {"agency": world.agency(Who.TRANSPORT)} if to_agency else {"user": world.users[Who.TRANSPORT]}
    with acting_as_system(world.area):
        for relation in (Relation.AGENCY, Relation.VISIT):
            Grant.objects.create(
                area=world.area, child_id=world.nia.pk, relation=relation, parts=parts, starts_on=LONG_AGO, **to
            )
    tables = tables_of_children()
    assert {"access_grant", "people_parentallink", "cases_case", "duties_duty"} <= set(tables)
    with world.acting(Who.TRANSPORT) as actor:
        shown = [table for table in tables if ask(f"SELECT 1 FROM {table} WHERE child_id = %s", world.nia.pk)]
        assert shown == []
        assert not Child.objects.exists()
        assert not Carer.objects.exists()
        assert not grants_to(actor, world.nia.pk).exists()


def test_a_visit_counts_only_while_the_visitor_holds_a_role_that_works_by_grants(world: World) -> None:
    inspector = world.users[Who.INSPECTOR]
    with world.acting(Who.INSPECTOR):
        assert Child.objects.filter(pk=world.nia.pk).exists()
    with acting_as_system(world.area):
        Membership.objects.filter(user=inspector).update(ends_on=world.today - timedelta(days=1))
        Membership.objects.create(area=world.area, user=inspector, role=Role.ANALYST, starts_on=LONG_AGO)
    with world.acting(Who.INSPECTOR) as actor:
        assert not Child.objects.exists()
        assert not Grant.objects.exists()
        assert not grants_to(actor, world.nia.pk).exists()


def test_transport_staff_who_are_parents_see_their_own_child_alone(world: World) -> None:
    mine = {"area": world.area, "user": world.users[Who.TRANSPORT], "starts_on": LONG_AGO}
    with acting_as_system(world.area):
        Membership.objects.create(role=Role.FAMILY, **mine)
        Grant.objects.create(child_id=world.bo.pk, relation=Relation.FAMILY, **mine)
        Grant.objects.create(child_id=world.nia.pk, relation=Relation.AGENCY, **mine)
    with world.acting(Who.TRANSPORT):
        assert list(Child.objects.all()) == [world.bo]


def test_acting_as_kept_itself_gives_the_database_back_to_the_person(world: World) -> None:
    with world.acting(Who.OTHER_FAMILY):
        with acting_as_system(world.area):
            assert Child.objects.count() == len([world.nia, world.bo, world.zac])
        assert list(Child.objects.all()) == [world.bo]
    assert ask("SELECT coalesce(current_setting('kept.person', true), '')") == [("",)]


@pytest.mark.parametrize("who", sorted(SIGNED_IN - AREA_STAFF - {Who.OTHER_AREA_OFFICER}))
@pytest.mark.parametrize("relation", [Relation.FAMILY, Relation.AGENCY, Relation.ADVOCATE, Relation.VISIT])
def test_nobody_else_joins_themselves_to_a_child(world: World, who: Who, relation: str) -> None:
    with world.acting(who), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Grant.objects.bulk_create(
            [
                Grant(
                    area=world.area_of(who),
                    child_id=world.bo.pk,
                    user=world.users[who],
                    relation=relation,
                    reason="because I want to",
                    starts_on=LONG_AGO,
                )
            ]
        )


@pytest.mark.parametrize("who", sorted(SIGNED_IN))
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SYSTEM, Role.ADMINISTRATOR, Role.FAMILY])
def test_nobody_gives_themselves_a_role(world: World, who: Who, role: str) -> None:
    mine = {"area": world.area_of(who), "user": world.users[who], "role": role, "starts_on": LONG_AGO}
    with world.acting(who), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Membership.objects.bulk_create([Membership(**mine)])
    with world.acting(who) as actor:
        for held in actor.memberships:
            held.role = role
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                held.save()


def test_an_administrator_gives_roles_to_others_and_the_case_team_lets_families_in(world: World) -> None:
    new = User.objects.create_user(email="new@world.example", name="New")
    facts = {"area": world.area, "user": new, "starts_on": LONG_AGO}
    with world.acting(Who.ADMINISTRATOR):
        Membership.objects.create(role=Role.CASE_OFFICER, **facts)
    with world.acting(Who.OFFICER):
        Membership.objects.create(role=Role.FAMILY, **facts)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.create(role=Role.DIRECTOR, **facts)


@pytest.mark.parametrize(
    ("who", "reason", "hours", "works"),
    [
        (Who.OTHER_PROFESSIONAL, "Unconscious in A&E", 4, True),
        (Who.OTHER_PROFESSIONAL, "Unconscious in A&E", 9, False),
        (Who.OTHER_PROFESSIONAL, "  urgent  ", 4, False),
        (Who.OTHER_SCHOOL, "Unconscious in A&E", 4, False),
        (Who.ANALYST, "Unconscious in A&E", 4, False),
        (Who.ADMINISTRATOR, "Unconscious in A&E", 4, False),
    ],
)
def test_breaking_the_glass_is_for_those_who_may_with_a_reason_and_an_end(
    world: World, who: Who, reason: str, hours: int, works: bool
) -> None:
    taken = Grant(
        area=world.area,
        child_id=world.nia.pk,
        user=world.users[who],
        relation=Relation.BREAK_GLASS,
        reason=reason,
        starts_on=world.today,
        ends_at=timezone.now() + timedelta(hours=hours),
    )
    with world.acting(who):
        if not works:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Grant.objects.bulk_create([taken])
            return
        Grant.objects.bulk_create([taken])
        assert Child.objects.filter(pk=world.nia.pk).exists()
    with world.acting(Who.MOTHER):
        assert Grant.objects.get(relation=Relation.BREAK_GLASS).reason == reason
    with world.acting(Who.DATA_PROTECTION):
        assert Grant.objects.get(relation=Relation.BREAK_GLASS).user == world.users[who]
    with world.acting(Who.OTHER_FAMILY):
        assert not Grant.objects.filter(relation=Relation.BREAK_GLASS).exists()


@pytest.mark.parametrize("who", [Who.MOTHER, Who.SCHOOL, Who.PROFESSIONAL, Who.INSPECTOR])
def test_those_who_see_a_child_do_not_rewrite_who_she_is(world: World, who: Who) -> None:
    with world.acting(who), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Child.objects.filter(pk=world.nia.pk).update(family_name="Changed")
    with world.acting(who):
        assert Address.objects.filter(child=world.nia).delete()[0] == 0


def test_the_database_holds_the_same_roles_as_the_code(world: World) -> None:
    for role, facts in ROLES.items():
        if role is Role.SYSTEM:
            continue
        user = User.objects.create_user(email=f"{role}@roles.example", name=role)
        with acting_as_system(world.area):
            Membership.objects.create(area=world.area, user=user, role=role, starts_on=LONG_AGO)
        with acting(user=user, area=world.area):
            found = ask("SELECT kept_scope(), kept_reads_trails(), kept_manages_access(), kept_breaks_glass()")[0]
        may = [Can.SEE_TRAILS, Can.MANAGE_ACCESS, Can.BREAK_GLASS]
        expected = ("area" if facts.scope is Scope.AREA else "granted", *(what in facts.can for what in may))
        assert found == expected, role


def test_every_table_that_should_be_is_tracked() -> None:
    assert set(tables_to_track()) == set(tracked_tables())
    assert {"people_child", "access_grant", "access_membership", "access_user", "cases_case"} <= set(tracked_tables())


def test_what_was_worked_out_is_forgotten_when_a_grant_or_a_role_changes_in_the_same_turn(world: World) -> None:
    sees = "SELECT count(*) FROM people_child"
    with world.acting(Who.OTHER_PROFESSIONAL) as by:
        assert ask(sees) == [(1,)]
        with acting_as_system(world.area, today=world.today):
            facts = {"relation": Relation.AGENCY, "agency": world.agency(Who.OTHER_PROFESSIONAL), "starts_on": LONG_AGO}
            given = Grant.objects.create(area=world.area, child_id=world.nia.pk, **facts)
        assert ask(sees) == [(2,)]
        with acting_as_system(world.area, today=world.today):
            Grant.objects.filter(pk=given.pk).update(ends_on=world.today - timedelta(days=1))
        assert ask(sees) == [(1,)]
        with acting_as_system(world.area, today=world.today):
            Membership.objects.filter(user=by.user).update(ends_on=world.today - timedelta(days=1))
        assert ask(sees) == [(0,)]
        point = transaction.savepoint()
        with acting_as_system(world.area, today=world.today):
            Membership.objects.filter(user=by.user).update(ends_on=None)
        assert ask(sees) == [(1,)]
        transaction.savepoint_rollback(point)
        assert ask(sees) == [(0,)]
