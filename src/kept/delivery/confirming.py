"""A setting confirms its week: what came as planned by one tick a child, the rest by saying what was different."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.delivery.queries import ChildWeek, ItemWeek, week_of_setting
from kept.delivery.recording import Given, record
from kept.delivery.words import Came, How
from kept.design.words import counted
from kept.rules.delivery import GIVEN, Expectation, Status

SUNDAY = timedelta(days=6)


def is_ours(one: ItemWeek, setting_id: UUID | None) -> bool:
    """Whether the setting itself says whether an item came: nobody else was named as who delivers it."""
    return one.row.deliverer_id is None or one.row.deliverer_id == setting_id


def asked_for(child: ChildWeek, setting_id: UUID, monday: date) -> bool:
    """Whether the setting has anything to say of a child's week: an item of its own that is due by the week's end."""
    last = monday + SUNDAY
    return any(is_ours(one, setting_id) and any(each.ends_on <= last for each in one.due) for one in child.items)


def ticked(child: ChildWeek, setting_id: UUID, monday: date) -> list[ItemWeek]:
    """What a tick for the whole week answers for: the setting's own items that are due by its end, not recorded yet.

    What is due by a later week (a fortnight, a half-term) is not answered for until its last week.
    """
    found = []
    for one in child.items:
        ends = [each for each in one.due if each.ends_on <= monday + SUNDAY]
        if ends and is_ours(one, setting_id) and not one.records and not _came_before(one, ends[0], monday):
            found.append(one)
    return found


def _came_before(one: ItemWeek, period: Expectation, monday: date) -> bool:
    """Whether all of a longer period came in the weeks before (a fortnight's session, say)."""
    if period.starts_on >= monday:
        return False
    rows = [row for row in one.ledger.records if period.starts_on <= row.on < monday and Status(row.status) in GIVEN]
    return sum(row.sessions for row in rows) >= period.sessions


@transaction.atomic
def confirm_week(
    *, by: Actor, setting: Agency, monday: date, planned: Collection[UUID], absent: Collection[UUID] = ()
) -> int:
    """Confirm a week for some children: all came as planned, or the child was absent all week.

    How many children something was recorded of: what was recorded before stays as it is, and of a week without anything
    due there is nothing to say. Nothing is assumed of a child who is not named. Raises Refused.
    """
    check_can(by, Can.RECORD_DELIVERY)
    if setting.pk not in by.agency_ids:
        raise Refused("You confirm the week of your own setting only.")
    if monday > by.today:
        raise Refused("That week is not here yet.")
    if both := set(planned) & set(absent):
        many = counted(len(both), "child is", "children are")
        raise Refused(f"{many} ticked twice: as planned, and absent all week. Choose one.")
    weeks = {week.child.pk: week for week in week_of_setting(by, setting, monday)}
    if not set(planned) | set(absent) <= set(weeks):
        raise Refused("One of these children is not your pupil any more. Open the page again.")
    given, said = [], set()
    for children, status in ((planned, Came.DELIVERED), (absent, Came.ABSENT)):
        for child_id in children:
            mine = ticked(weeks[child_id], setting.pk, monday)
            given += [Given(one.row.pk, monday, status, whole_week=True) for one in mine]
            said |= {child_id} if mine else set()
    if given:
        record(by=by, given=given, how=How.WEEK)
    return len(said)
