"""A standard is superseded by a dated row: what it would change is told before, and what was counted stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.acting import Refused
from kept.duties.queries import of_child
from kept.waiting import superseding
from kept.waiting.models import Standard
from kept.waiting.standards import Standards
from kept.waiting.tests.house import an_area_with_lists, refer
from tests.budgets import client_of
from tests.standing import standing

pytestmark = pytest.mark.django_db
KEY = "autism_start"
NEW = {"weeks": 6, "months": None}


@standing
def people():
    return an_area_with_lists()


def test_a_row_counts_referrals_from_its_day_and_leaves_the_others_to_theirs(people):
    refer(people, people.lists.first, 100)
    from_on = people.today - timedelta(days=60)
    with people.acting(people.manager) as mo:
        old = superseding.row_on(mo, KEY, people.today)
        made = superseding.supersede(by=mo, key=KEY, valid_from=from_on, source="Board paper 4", why="Agreed", **NEW)
        standards = Standards(mo)
    assert (made.weeks, made.months, made.days_reported, made.made_by) == (6, None, None, people.manager)
    assert standards.on(KEY, from_on - timedelta(days=1)).months == 3
    assert standards.on(KEY, from_on).weeks == 6
    with people.system():
        old.refresh_from_db()
    assert old.valid_to == from_on - timedelta(days=1)


def test_what_it_would_change_is_told_before_and_is_what_then_happens(people):
    refer(people, people.lists.first, 50)
    from_on = people.today - timedelta(days=55)
    with people.acting(people.manager) as mo:
        foreseen = superseding.effect_of(mo, KEY, from_on, NEW)
        assert (foreseen.lists, foreseen.touched, foreseen.becoming_late) == (1, 1, 1)
        [(_, before, after)] = foreseen.moved
        assert after == people.today - timedelta(days=50 - 42) < before
        assert Standard.objects.filter(key=KEY).count() == 1, "looking changes nothing"
        superseding.supersede(by=mo, key=KEY, valid_from=from_on, source="Board paper 4", why="Agreed", **NEW)
        owed = {duty.key: duty.due_on for duty in of_child(mo, people.child.pk)}
    assert owed["standard"] == after, "the ledger of duties follows at once"


@pytest.mark.parametrize(
    ("days", "changes", "says"),
    [
        (0, {"weeks": 6, "months": 2}, "weeks or months"),
        (0, {"share": 1.5}, "share"),
        (0, {"pause_reasons": ["staff_shortage"]}, "shortage of staff"),
        (0, {"starts": ["attended"]}, "cannot be changed"),
        (2000, {"weeks": 6}, "three years"),
    ],
)
def test_a_row_that_cannot_be_is_refused(people, days, changes, says):
    with people.acting(people.manager) as mo, pytest.raises(Refused, match=says):
        superseding.supersede(by=mo, key=KEY, valid_from=people.today + timedelta(days=days), source="Paper", **changes)


def test_rows_follow_each_other_and_only_who_keeps_all_lists_makes_them(people):
    with people.acting(people.manager) as mo:
        superseding.supersede(by=mo, key=KEY, valid_from=people.today, source="Paper", **NEW)
        with pytest.raises(Refused, match="Another row holds"):
            superseding.supersede(by=mo, key=KEY, valid_from=people.today - timedelta(days=9), source="Paper", **NEW)
        with pytest.raises(LookupError):
            superseding.supersede(by=mo, key="nothing", valid_from=people.today, source="Paper", **NEW)
    with people.acting(people.therapist) as tam, pytest.raises(Refused):
        superseding.supersede(by=tam, key=KEY, valid_from=people.today, source="Paper", **NEW)


def test_the_page_looks_first_and_then_supersedes(people):
    client = client_of(people.manager)
    day = people.today + timedelta(days=30)
    given = {
        "valid_from_0": day.day, "valid_from_1": day.month, "valid_from_2": day.year,
        "valid_from": f"{day.day}/{day.month}/{day.year}", "unit": "weeks", "number": "18", "share": "80",
    }  # fmt: skip
    address = f"/waiting/set-up/standards/{KEY}/"
    looked = client.post(address, {**given, "step": "look"})
    assert looked.status_code == 200
    assert "What would change today" in looked.content.decode()
    assert client.post(address, {**given, "step": "set"}).status_code == 422, "a reason and a source are asked"
    done = client.post(address, {**given, "source": "Planning framework", "why": "New target", "step": "set"})
    assert done.status_code == 302
    page = client.get(address).content.decode()
    assert "18 weeks, for 80% of children" in page
    assert "(to come)" in page
