"""The trails: written without being asked, by nobody else, never mended, and read by those who should."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kept.access.acting import acting_as_system
from kept.access.models import Change, ChangeValue, Grant, Membership, Reading, Relation, SecurityEvent
from kept.access.roles import Role
from kept.access.tests.test_permission_table import sign_in
from kept.access.tests.world import Who, World, make_world
from kept.access.trails import Kind, Shown, queries
from kept.access.trails.children import names_of
from kept.access.trails.reading import write_reading
from kept.access.trails.security import Happened, note
from kept.access.trails.tables import harmless
from kept.people.models import Child, Identifier, IdentifierKind
from tests.standing import standing

pytestmark = pytest.mark.django_db
TRAIL_TABLES = ["access_change", "access_changevalue", "access_reading", "access_securityevent"]


@standing
def world() -> World:
    return make_world()


def visit(world: World, who: Who, page: str, /, **kwargs: object) -> Client:
    client = Client()
    sign_in(client, world, who)
    client.answer = client.get(reverse(page, kwargs=kwargs))
    return client


def changes_of(world: World, row_id: object) -> list[tuple[str, list[str], object]]:
    with acting_as_system(world.area):
        found = Change.objects.filter(row_id=row_id).order_by("at", "pk")
        return [(line.operation, line.fields, line.person_id) for line in found]


def test_an_insert_an_update_and_a_delete_each_leave_a_line_with_the_person(world: World) -> None:
    officer = world.users[Who.OFFICER].pk
    with world.acting(Who.OFFICER) as actor:
        child = Child.objects.create(
            area=actor.area, given_names="New", family_name="Child", born_on=world.bo.born_on, sort_key="child, new"
        )
        Child.objects.filter(pk=child.pk).update(family_name="Changed", sex="F")
        Child.objects.filter(pk=child.pk).update(family_name="Changed")
        Child.objects.filter(pk=child.pk).delete()
    assert changes_of(world, child.pk) == [
        ("added", [], officer),
        ("changed", ["family_name", "sex"], officer),
        ("removed", [], officer),
    ]
    with acting_as_system(world.area):
        values = list(ChangeValue.objects.filter(change__row_id=child.pk, change__operation="changed"))
        assert [(line.was, line.became) for line in values] == [
            ({"family_name": "Child", "sex": ""}, {"family_name": "Changed", "sex": "F"})
        ]
        gone = ChangeValue.objects.get(change__row_id=child.pk, change__operation="removed")
        assert gone.was["family_name"] == "Changed"
        assert gone.child_id == child.pk


def test_work_in_bulk_and_raw_statements_are_tracked_row_by_row(world: World) -> None:
    with world.acting(Who.OFFICER) as actor, connection.cursor() as cursor:
        cursor.execute("UPDATE people_child SET language = 'cym' WHERE area_id = %s", [actor.area.pk])
        assert cursor.rowcount == len([world.nia, world.bo, world.zac])
    for child in (world.nia, world.bo, world.zac):
        assert changes_of(world, child.pk)[-1][1] == ["language"]


def test_no_password_is_in_the_history(world: World) -> None:
    user = world.users[Who.MOTHER]
    user.set_password("a very secret pass phrase")
    user.name = "Mara Changed"
    with world.acting(Who.MOTHER):
        user.save()
    with acting_as_system(world.area):
        words = str(list(ChangeValue.objects.filter(change__table_name="access_user").values_list("was", "became")))
    assert "Mara Changed" in words
    assert user.password not in words
    assert "password" not in words


@pytest.mark.parametrize("table", TRAIL_TABLES)
@pytest.mark.parametrize("attempt", ["UPDATE {} SET area_id = area_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("who", [Who.OFFICER, Who.ADMINISTRATOR, Who.AUDITOR])
def test_nobody_mends_or_empties_a_trail(world: World, table: str, attempt: str, who: Who) -> None:
    with world.acting(who) as actor:
        write_reading(actor, Shown(children={world.nia.pk: None}), page="x")
        note(Happened.REFUSED, person=actor.user, area=actor.area, request=None)
    before = count_of(world, table)
    words, changed = "", 0
    with world.acting(who), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(attempt.format(table))
                changed = cursor.rowcount
        except DatabaseError as refusal:
            words = str(refusal)
    assert changed == 0
    assert not words or "append-only" in words or "permission denied" in words
    assert count_of(world, table) == before > 0


def count_of(world: World, table: str) -> int:
    with acting_as_system(world.area), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("who", [Who.OFFICER, Who.MOTHER, Who.ADMINISTRATOR])
def test_nobody_writes_a_false_line_into_the_change_history(world: World, who: Who) -> None:
    line = Change(
        area=world.area,
        person=world.users[Who.MANAGER],
        at=timezone.now(),
        table_name="people_child",
        operation="added",
    )
    with world.acting(who), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Change.objects.bulk_create([line])


def test_nobody_writes_a_reading_in_somebody_elses_name(world: World) -> None:
    line = Reading(
        area=world.area,
        child_id=world.nia.pk,
        at=timezone.now(),
        person=world.users[Who.MANAGER],
        kind=Kind.PAGE,
        page="x",
        what="",
        service="",
        why="",
    )
    with world.acting(Who.OFFICER), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Reading.objects.bulk_create([line])


def test_a_page_that_shows_a_child_costs_one_statement_more(world: World, django_assert_num_queries) -> None:
    children = dict.fromkeys([world.nia.pk, world.bo.pk, world.zac.pk])
    with world.acting(Who.OFFICER) as actor, django_assert_num_queries(1):
        write_reading(actor, Shown(children=children, kind=Kind.LIST), page="people:find")
    with acting_as_system(world.area):
        assert Reading.objects.filter(kind=Kind.LIST).count() == len(children)


def test_the_family_sees_who_looked_when_from_which_service_and_why(world: World) -> None:
    visit(world, Who.PROFESSIONAL, "people:child", pk=world.nia.pk)
    visit(world, Who.OFFICER, "people:child", pk=world.nia.pk)
    page = visit(world, Who.MOTHER, "records:who_looked", pk=world.nia.pk).answer.content.decode()
    for words in ("Therapy service", "Agency that is involved", "Works for the whole area as Case officer"):
        assert words in page, words
    assert timezone.localtime().strftime("%-d %B %Y") in page


def test_a_parent_does_not_see_when_the_other_parent_looks(world: World) -> None:
    visit(world, Who.MOTHER, "records:sharing", pk=world.nia.pk)
    with world.acting(Who.FATHER) as actor:
        assert not queries.who_looked(actor, world.nia.pk).filter(person=world.users[Who.MOTHER]).exists()
    with world.acting(Who.MOTHER) as actor:
        assert queries.who_looked(actor, world.nia.pk).filter(person=world.users[Who.MOTHER]).exists()


def test_a_professional_does_not_read_who_else_looked(world: World) -> None:
    visit(world, Who.OFFICER, "people:child", pk=world.nia.pk)
    with world.acting(Who.SCHOOL):
        assert not Reading.objects.exists()


def test_a_page_that_was_refused_or_failed_leaves_no_reading_but_a_refusal(world: World) -> None:
    client = visit(world, Who.OTHER_PROFESSIONAL, "people:child", pk=world.nia.pk)
    assert client.answer.status_code == 404
    with acting_as_system(world.area):
        assert not Reading.objects.filter(child_id=world.nia.pk).exists()
    with world.acting(Who.DATA_PROTECTION):
        refused = SecurityEvent.objects.get(kind="refused")
        assert (refused.person, refused.what) == (world.users[Who.OTHER_PROFESSIONAL], "GET people:child")


def test_sign_ins_and_failed_ones_are_in_the_security_log_without_what_was_typed(world: World) -> None:
    user = world.users[Who.OFFICER]
    user.set_password("right")
    user.save()
    assert authenticate(None, username=user.email, password="wrong") is None
    assert authenticate(None, username="hunter2", password="x") is None
    client = Client()
    assert client.login(username=user.email, password="right")
    client.logout()
    with world.acting(Who.AUDITOR) as actor:
        lines = list(queries.security_events(actor))
    kinds = [(line.kind, line.person_id) for line in lines]
    for kind in ("signed in", "signed out", "sign-in failed"):
        assert (kind, user.pk) in kinds, kind
    assert "hunter2" not in " ".join(line.what for line in lines)


def test_an_auditor_reads_that_something_changed_and_not_what(world: World) -> None:
    with world.acting(Who.OFFICER):
        Child.objects.filter(pk=world.nia.pk).update(family_name="Verysecret")
    for who in (Who.AUDITOR, Who.DATA_PROTECTION, Who.ADMINISTRATOR):
        page = visit(world, who, "records:trail", name="changes").answer.content.decode()
        assert "family name" in page
        assert "Verysecret" not in page
        with world.acting(who):
            assert not ChangeValue.objects.exists()


def test_a_trail_is_filtered_and_exported_as_it_stands_on_screen(world: World) -> None:
    visit(world, Who.OFFICER, "people:child", pk=world.nia.pk)
    visit(world, Who.SCHOOL, "people:child", pk=world.nia.pk)
    client = Client()
    sign_in(client, world, Who.AUDITOR)
    answer = client.get(reverse("records:trail_csv", kwargs={"name": "readings"}), {"person": "school@"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert rows[0][:3] == ["When", "Who", "Service"]
    assert {row[1] for row in rows[1:]} == {world.users[Who.SCHOOL].name}
    far = client.get(reverse("records:trail_csv", kwargs={"name": "readings"}), {"child": str(world.bo.pk)})
    assert len(far.getvalue().decode().splitlines()) == 1
    assert client.get(reverse("records:trail", kwargs={"name": "readings"}), {"child": "x' OR 1=1"}).status_code == 200


def trail_of(world: World, who: Who, **asked: str) -> str:
    client = Client()
    sign_in(client, world, who)
    answer = client.get(reverse("records:trail", kwargs={"name": "readings"}), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "typed", ["{0.given_names} {0.family_name}", "{0.family_name}, {0.given_names}", "999 000 0018"]
)
def test_the_data_protection_officer_finds_a_childs_lines_by_what_a_family_gives(world: World, typed: str) -> None:
    with acting_as_system(world.area):
        Identifier.objects.create(area=world.area, child=world.nia, kind=IdentifierKind.NHS, value="9990000018")
    for child in (world.nia, world.bo):
        visit(world, Who.OFFICER, "people:child", pk=child.pk)
    asked = typed.format(world.nia)
    page = trail_of(world, Who.DATA_PROTECTION, child=asked)
    assert f"child={world.nia.pk}" in page
    assert str(world.bo.pk) not in page
    assert "people/" + str(world.nia.pk) not in page
    with world.acting(Who.DATA_PROTECTION) as actor:
        noted = queries.security_events(actor).filter(kind=Happened.LOOKED_FOR)
        assert [(line.person_id, asked in line.what) for line in noted] == [(actor.user.pk, False)]
    for who in (Who.AUDITOR, Who.ADMINISTRATOR):
        assert str(world.nia.pk) not in trail_of(world, who, child=asked)
    for part in (world.nia.family_name, f"{world.nia.given_names} {world.nia.family_name[:-2]}", "999 000 001"):
        assert str(world.nia.pk) not in trail_of(world, Who.DATA_PROTECTION, child=part)


def test_a_line_names_the_child_to_those_alone_who_may_see_it(world: World, django_assert_num_queries) -> None:
    visit(world, Who.OFFICER, "people:child", pk=world.nia.pk)
    name = f"{world.nia.given_names} {world.nia.family_name}"
    assert name not in trail_of(world, Who.DATA_PROTECTION)
    with acting_as_system(world.area):
        Membership.objects.create(
            area=world.area, user=world.users[Who.OFFICER], role=Role.DATA_PROTECTION, starts_on=world.today
        )
    page = trail_of(world, Who.OFFICER)
    link = reverse("people:child", kwargs={"pk": world.nia.pk})
    assert f'href="{link}">{name}</a>' in page
    with world.acting(Who.OFFICER) as actor, django_assert_num_queries(1):
        assert set(names_of(actor, [world.nia.pk, world.bo.pk, world.zac.pk, None])) >= {world.nia.pk}


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_breaking_the_glass_opens_closes_and_is_shown(world: World) -> None:
    client = Client()
    sign_in(client, world, Who.OTHER_PROFESSIONAL)
    born_on = world.nia.born_on
    facts = {
        "given_names": "nia",
        "family_name": "SAMPELWORTH",
        "born_on-day": born_on.day,
        "born_on-month": born_on.month,
        "born_on-year": born_on.year,
    }
    door, page = reverse("records:emergency"), reverse("people:child", kwargs={"pk": world.nia.pk})
    assert client.get(page).status_code == 404
    assert client.post(door, facts | {"reason": "short"}).status_code == 200
    assert client.get(page).status_code == 404
    opened = client.post(door, facts | {"reason": "Unconscious, allergies needed"})
    assert opened.headers["Location"] == page
    assert client.get(page).status_code == 200
    for who, name, kwargs in (
        (Who.MOTHER, "records:who_looked", {"pk": world.nia.pk}),
        (Who.DATA_PROTECTION, "records:emergencies", {}),
    ):
        assert "Unconscious, allergies needed" in visit(world, who, name, **kwargs).answer.content.decode()
    with acting_as_system(world.area):
        Grant.objects.filter(relation=Relation.BREAK_GLASS).update(ends_at=timezone.now() - timedelta(minutes=10))
    assert client.get(page).status_code == 404


def test_the_emergency_door_does_not_say_who_is_in_the_record(world: World) -> None:
    client = Client()
    sign_in(client, world, Who.OTHER_PROFESSIONAL)
    facts = {"given_names": "Nia", "family_name": "Sampelworth", "born_on-day": 2, "born_on-month": 1}
    answer = client.post(
        reverse("records:emergency"), facts | {"born_on-year": world.nia.born_on.year, "reason": "Unconscious here"}
    )
    assert "No child with exactly these details" in answer.content.decode()
    with acting_as_system(world.area):
        assert SecurityEvent.objects.filter(kind="emergency opening").exists()


def test_a_session_kept_open_through_a_change_of_role_changes_with_it(world: World) -> None:
    client = visit(world, Who.OFFICER, "people:child", pk=world.nia.pk)
    assert client.answer.status_code == 200
    with acting_as_system(world.area):
        Membership.objects.filter(user=world.users[Who.OFFICER]).update(ends_on=world.today - timedelta(days=1))
    assert client.get(reverse("people:child", kwargs={"pk": world.nia.pk})).status_code in {302, 404}


def test_a_forged_area_in_the_session_or_the_form_opens_nothing(world: World) -> None:
    client = Client()
    sign_in(client, world, Who.OTHER_AREA_OFFICER)
    session = client.session
    session["area"] = str(world.area.pk)
    session.save()
    page = reverse("people:child", kwargs={"pk": world.nia.pk})
    assert client.get(page).status_code in {302, 404}
    answer = client.get(page, {"area": str(world.area.pk), "role": "director"})
    assert answer.status_code in {302, 404}


def test_a_family_ends_an_advocates_access_at_once(world: World) -> None:
    with world.acting(Who.MOTHER):
        given = Grant.objects.get(child_id=world.nia.pk, relation=Relation.ADVOCATE)
    client = Client()
    sign_in(client, world, Who.MOTHER)
    client.post(reverse("records:end_sharing", kwargs={"pk": world.nia.pk, "grant": given.pk}))
    with world.acting(Who.ADVOCATE):
        assert not Child.objects.exists()
