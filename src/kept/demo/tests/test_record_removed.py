"""A large record whose time is up, as the demonstration makes it: removed, and nothing personal stays but what must."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q

from kept.access.acting import acting, acting_as_system
from kept.access.models import Area, ChangeValue, Grant, Membership, User
from kept.access.roles import Role
from kept.administration import retention
from kept.administration.models import RetentionReview
from kept.cases.models import Case
from kept.demo.delivery import load_delivery
from kept.demo.load import Loaded
from kept.demo.plans import load_plans
from kept.demo.waiting import load_waits
from kept.people.models import Carer, Child, Identifier

# What outlives a record: that there was one, who changed and read what and when, and the accounts, which have a rule
# of their own. None of them holds what the record said.
STAYS = {"access_change", "access_reading", "access_securityevent", "access_user", "administration_retentionreview"}
WHY = "Nobody has a claim or a complaint that still runs."


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'SELECT') ORDER BY relname"
        )
        return [row[0] for row in cursor.fetchall()]


def where_it_stands(words: list[str]) -> dict[str, int]:
    """Every table that holds any of these words in any column, texts and lists within a column too."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE to_jsonb(t)::text ILIKE ANY (%s)',
                [[f"%{one}%" for one in words]],
            )
            if number := cursor.fetchone()[0]:
                found[table] = number
    return found


def largest(area: Area) -> Child:
    """The child of the area who stands in most tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'child_id'")
        each = [f'SELECT child_id FROM "{row[0]}" GROUP BY 1' for row in cursor.fetchall() if row[0] in tables()]
        whole = " UNION ALL ".join(each)
        cursor.execute(
            f"SELECT child_id FROM ({whole}) found WHERE child_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        return Child.objects.get(pk=cursor.fetchone()[0])


def somebody(area: Area, role: str) -> User:
    return Membership.objects.filter(area=area, role=role, ends_on__isnull=True).order_by("pk").first().user


@pytest.fixture
def removed(area: Loaded, today: date):
    """The largest record, aged until its time is up, signed by two and gone; what named the child in it."""
    here = area.area
    load_plans(here, today, most=12)
    load_delivery(here, today)
    load_waits(here, today)
    with acting_as_system(here, today=today) as kept:
        child = largest(here)
        names = [child.full_name, str(child.pk)]
        names += Identifier.objects.filter(child=child).values_list("value", flat=True)
        carers = Carer.objects.filter(links__child=child).exclude(links__child__in=Child.objects.exclude(pk=child.pk))
        names += [str(one.pk) for one in carers]
        names += [one.reference for one in Case.objects.filter(child=child)]
        before = where_it_stands(names)
        Child.objects.filter(pk=child.pk).update(born_on=date(today.year - 33, 1, 1))
        Case.objects.filter(child=child).update(stage="CEASED")
        retention.list_what_is_due(by=kept)
        review = RetentionReview.objects.get(of="child", subject_id=child.pk)
        decides, confirms = (somebody(here, role) for role in (Role.CASE_MANAGER, Role.DATA_PROTECTION))
    with acting(user=decides, area=here, today=today) as manager:
        retention.decide(by=manager, review=review, decision="remove", reason=WHY)
    with acting(user=confirms, area=here, today=today) as officer:
        retention.confirm(by=officer, review=review)
    return child, names, before, review


def test_nothing_personal_stays_of_a_large_record(area: Loaded, today: date, removed) -> None:
    child, names, before, review = removed
    with acting_as_system(area.area, today=today):
        after = where_it_stands(names)
        review.refresh_from_db()
        assert set(after) <= {*STAYS, "access_changevalue"}
        # the key stands in the lines that say what became of the review, as in the review itself, and in no other
        left = ChangeValue.objects.exclude(change__table_name="administration_retentionreview")
        assert not left.filter(Q(was__icontains=str(child.pk)) | Q(became__icontains=str(child.pk))).exists()
        # accounts have a rule of their own, and another person may be called the same
        assert set(where_it_stands([child.full_name])) <= {"access_user", "access_changevalue"}
        of_others = left.exclude(change__table_name="access_user")
        named = Q(was__icontains=child.full_name) | Q(became__icontains=child.full_name)
        assert not of_others.filter(named).exists()
        assert {"people_namekey", "plans_entry", "plans_version", "delivery_record", "duties_duty"} <= set(before)
        assert review.removed["plans_version"] >= 1
        assert not Grant.objects.filter(child_id=child.pk).exists()
        assert Child.objects.count() == area.children - 1
