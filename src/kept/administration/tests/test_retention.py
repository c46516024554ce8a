"""A record whose time is up: listed, signed by two, gone everywhere but in the lines of the trails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kept.access.acting import Refused, acting_as_system
from kept.access.models import Change, ChangeValue, Reading, User
from kept.access.removing import STAY
from kept.access.tests.world import NAME, Who, World, make_world
from kept.access.trails import Shown
from kept.access.trails.reading import write_reading
from kept.administration import periods, retention
from kept.administration.models import RetentionPeriod, RetentionReview
from kept.cases.actions import open_case, record
from kept.cases.models import Case
from kept.people.models import Carer, Child
from tests.standing import standing
from tools import scratch

pytestmark = pytest.mark.django_db
WHY = "Nobody has a claim or a complaint that still runs."


@standing
def world() -> World:
    """Nia was 32 in January and never had a plan; her request was refused long ago."""
    return world_with_old_record()


def world_with_old_record() -> World:
    made = make_world()
    with made.acting(Who.OFFICER) as by:
        Child.objects.filter(pk=made.nia.pk).update(born_on=date(by.today.year - 32, 1, 1))
        made.nia.refresh_from_db()
        case = open_case(
            by=by,
            child=made.nia,
            kind="request_received",
            on=date(2016, 1, 4),
            details={"by": "parent"},
            officer=by.user,
        )
        record(by=by, case=case, kind="assess_decision", on=date(2016, 2, 1), details={"outcome": "refuse"})
        write_reading(by, Shown(what="Her page", children={made.nia.pk: None}), page="people:child")
    return made


def listed(world: World) -> RetentionReview:
    with acting_as_system(world.area, today=world.today) as kept:
        retention.list_what_is_due(by=kept)
        assert retention.list_what_is_due(by=kept) == 0  # once
        return RetentionReview.objects.get(of="child")


def decided(world: World) -> RetentionReview:
    with world.acting(Who.MANAGER) as manager:
        return retention.decide(by=manager, review=listed(world), decision="remove", reason=WHY)


def where_it_is_still_said(text: str) -> dict[str, int]:
    """Every table in which the words stand, read past all policies."""
    found = {}
    with scratch.as_superuser(scratch.ensure_server(), connection.settings_dict["NAME"]) as superuser:
        tables = [
            row[0]
            for row in superuser.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ]
        for table in tables:
            count = superuser.execute(f"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ILIKE '%{text}%'")
            if number := next(iter(count))[0]:
                found[table] = number
    return found


def test_a_signed_record_goes_and_the_trails_keep_their_lines(transactional_db: None) -> None:
    world = world_with_old_record()
    review = decided(world)
    assert (review.rule, review.due_on) == ("child.without_plan", date(2022, 2, 1))
    with world.acting(Who.DATA_PROTECTION) as officer:
        done = retention.confirm(by=officer, review=review)
    assert done.removed["people_child"] == done.removed["cases_case"] == 1
    assert done.removed["cases_event"] >= 2  # append-only, and gone
    assert not where_it_is_still_said(NAME[1]).keys() - {
        "access_user"
    }  # her parents' accounts have a rule of their own
    of_the_review = {"administration_retentionreview", "access_changevalue"}
    of_the_trails = {"access_change", "access_reading", "access_securityevent"}
    assert set(where_it_is_still_said(str(world.nia.pk))) <= of_the_review | of_the_trails
    with acting_as_system(world.area):
        assert Reading.objects.filter(child_id=world.nia.pk).count() == 1
        assert Change.objects.filter(table_name="people_child", row_id=world.nia.pk, operation="removed").exists()
        left = ChangeValue.objects.exclude(change__table_name="administration_retentionreview")
        assert not left.filter(became__icontains=str(world.nia.pk)).exists()
        assert not left.filter(child_id=world.nia.pk).exists()
        assert Child.objects.filter(pk=world.bo.pk).exists()
        assert not Carer.objects.filter(user=world.users[Who.MOTHER]).exists()


def test_every_trigger_that_lets_nothing_go_lets_a_signed_removal_through(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text || '.' || t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgtype & 1 > 0 AND t.tgtype & 2 > 0 AND t.tgtype & 8 > 0 "
            "AND t.tgrelid::regclass::text <> ALL (%s) "
            "AND pg_get_triggerdef(t.oid) || p.prosrc NOT LIKE '%%kept_is_removing()%%'",
            [list(STAY)],
        )
        assert cursor.fetchall() == []


def test_one_person_alone_removes_nothing(world: World) -> None:
    review = decided(world)
    with world.acting(Who.MANAGER) as manager, pytest.raises(Refused, match="confirm that a record is removed"):
        retention.confirm(by=manager, review=review)
    with world.acting(Who.OFFICER), pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        connection.cursor().execute("SELECT kept_remove_child(%s)", [world.nia.pk])
    # saying that a removal is at work opens nothing: only the owner's own function may
    cheat = "SELECT set_config('kept.removing', '1', true); DELETE FROM cases_event"
    with world.acting(Who.OFFICER), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(cheat)


def test_a_record_kept_longer_is_asked_again_later(world: World) -> None:
    review = listed(world)
    until = date(world.today.year + 1, 1, 31)
    with world.acting(Who.MANAGER) as manager:
        with pytest.raises(Refused, match="until which day"):
            retention.decide(by=manager, review=review, decision="keep", reason=WHY)
        retention.decide(by=manager, review=review, decision="keep", reason=WHY, keep_until=until)
    with acting_as_system(world.area, today=world.today) as kept:
        assert retention.list_what_is_due(by=kept) == 0
    with acting_as_system(world.area, today=until) as kept:
        assert retention.list_what_is_due(by=kept) == 1
        assert RetentionReview.objects.get(of="child", decision="").due_on == until


SCHEDULE = "The council's schedule of 2026, line 12, decided by the cabinet member."


def test_the_areas_own_period_counts_from_its_day_and_takes_off_what_is_not_due(world: World) -> None:
    review = decided(world)
    with world.acting(Who.MANAGER) as manager:
        facts = {"by": manager, "rule": "child.without_plan", "from_on": manager.today, "reason": SCHEDULE}
        with pytest.raises(Refused, match="cannot be shorter than 6 years after the last entry"):
            periods.set_period(**{**facts, "years": 5})
        with pytest.raises(Refused, match="before today"):
            periods.set_period(**{**facts, "years": 12, "from_on": manager.today - timedelta(days=1)})
        with pytest.raises(Refused, match="Say why"):
            periods.set_period(**{**facts, "years": 12, "reason": "because"})
        periods.set_period(**{**facts, "years": 40, "from_on": manager.today + timedelta(days=30)})
        assert RetentionReview.objects.filter(pk=review.pk).exists()  # not yet in force
        periods.set_period(**{**facts, "years": 30})
    assert not RetentionReview.objects.filter(pk=review.pk).exists()
    with world.acting(Who.DATA_PROTECTION) as officer, pytest.raises(RetentionReview.DoesNotExist):
        retention.confirm(by=officer, review=review)
    with acting_as_system(world.area, today=world.today) as kept:
        assert retention.list_what_is_due(by=kept) == 0
    with acting_as_system(world.area, today=date(2046, 2, 1)) as kept:
        assert retention.years_in_force(kept) == {"child.without_plan": 40}
        retention.list_what_is_due(by=kept)
        assert not RetentionReview.objects.filter(of="child").exists()
    with acting_as_system(world.area, today=date(2056, 2, 1)) as kept:
        retention.list_what_is_due(by=kept)
        assert RetentionReview.objects.get(of="child").due_on == date(2056, 2, 1)


def test_what_was_signed_is_not_removed_when_a_longer_period_came_into_force_since(world: World) -> None:
    review = decided(world)
    with acting_as_system(world.area) as kept:
        facts = {"rule": "child.without_plan", "years": 30, "from_on": world.today, "reason": SCHEDULE}
        RetentionPeriod.objects.create(area=world.area, made_by=kept.user, **facts)
    with world.acting(Who.DATA_PROTECTION) as officer, pytest.raises(Refused, match="not due before 1 February 2046"):
        retention.confirm(by=officer, review=review)
    with acting_as_system(world.area):
        assert Child.objects.filter(pk=world.nia.pk).exists()


def test_a_period_that_was_set_cannot_be_changed(world: World) -> None:
    with world.acting(Who.MANAGER) as by:
        facts = {"by": by, "rule": "account", "years": 3, "from_on": by.today, "reason": SCHEDULE}
        made = periods.set_period(**facts)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            RetentionPeriod.objects.filter(pk=made.pk).update(years=1)


def test_a_case_opened_since_stops_the_removal(world: World) -> None:
    review = decided(world)
    with world.acting(Who.OFFICER) as by:
        Case.objects.filter(area=by.area, child=world.nia).update(stage="ASSESSING")
    with world.acting(Who.DATA_PROTECTION) as officer, pytest.raises(Refused, match="A case was opened"):
        retention.confirm(by=officer, review=review)


def test_an_account_without_roles_is_forgotten_but_for_its_name(world: World) -> None:
    gone = world.users[Who.FORMER_OFFICER]
    with acting_as_system(world.area) as kept:
        gone.memberships.update(starts_on=date(2015, 1, 1), ends_on=date(2020, 1, 1))
        retention.list_what_is_due(by=kept)
    with world.acting(Who.MANAGER) as manager:
        review = RetentionReview.objects.get(of="account")
        retention.decide(by=manager, review=review, decision="remove", reason=WHY)
    with world.acting(Who.DATA_PROTECTION) as officer:
        retention.confirm(by=officer, review=review)
    found = User.objects.get(pk=gone.pk)
    assert found.email.endswith("@removed.invalid")
    assert (found.name, found.is_active) == (gone.name, False)
