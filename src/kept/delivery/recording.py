"""Writing down what came: a whole week, or one session. Whoever says the same again replaces what they said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.roles import Can
from kept.delivery import owing
from kept.delivery.counting import ChildLedger, ItemLedger, ledgers
from kept.delivery.models import CatchUp, Item, Record
from kept.delivery.words import Came, How, Why
from kept.design.words import day as in_words
from kept.messages.actions import speaker
from kept.rules.delivery import monday_of

LONGEST = 24 * 60
FURTHEST_BACK = timedelta(days=400)
FURTHEST_AHEAD = timedelta(days=120)  # a term: a session may come before the one that it stands for
A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
JUST_NOW = timedelta(minutes=10)
NEEDS_A_REASON = frozenset({Came.MISSED, Came.PART})


@dataclass(frozen=True)
class Given:
    """What somebody says of one item on one day, or in one week."""

    item_id: UUID
    on: date
    status: str = Came.DELIVERED
    minutes: int = 0
    whole_week: bool = False
    absent: int = 0
    declined: int = 0
    pupils: int | None = None
    right_role: bool = True
    reason: str = ""
    for_on: date | None = None
    authorised: bool = True
    note: str = ""


def may_record(by: Actor) -> bool:
    """Whether the person may write in the ledger at all."""
    return by.can(Can.RECORD_DELIVERY) or by.can(Can.WORK_CASES)


def check_may_record(by: Actor) -> None:
    """Raise Refused unless the person may write in the ledger."""
    if not may_record(by):
        check_can(by, Can.RECORD_DELIVERY)


def check_given(by: Actor, mine: ItemLedger, given: Given) -> None:
    """Raise Refused, with a sentence, for what cannot be: the future, a closed day, a day without the provision."""
    if given.status not in Came.values or (given.reason and given.reason not in Why.values):
        raise Refused("Choose what became of it.")
    if given.on > by.today:
        raise Refused(f"{in_words(given.on)} is not here yet. Record it when it is over.")
    if given.on < by.today - FURTHEST_BACK:
        raise Refused(f"{in_words(given.on)} is too long ago to be recorded here. Look at the year again.")
    row = mine.row
    last_day = given.on + timedelta(days=6) if given.whole_week else given.on
    if last_day < row.starts_on or (row.ends_on and given.on > row.ends_on):
        raise Refused(f"The plan did not hold this provision on {in_words(given.on)}.")
    if given.minutes > LONGEST * (7 if given.whole_week else 1):
        raise Refused("That is more minutes than there are.")
    if min(given.minutes, given.absent, given.declined) < 0 or (given.pupils is not None and given.pupils < 1):
        raise Refused("A number is below nothing.")
    if given.status in NEEDS_A_REASON and not given.reason:
        raise Refused("Say why it did not come as the plan says; “Nobody knows” is an answer too.")
    if given.status == Came.PART and not given.minutes and not given.pupils and given.right_role:
        raise Refused("Say how many minutes came.")
    if given.for_on:
        _check_replaced(by, mine, given.on, given.for_on)
    if given.whole_week and given.status != Came.CLOSED and by.today < (last := last_school_day(mine, given.on)):
        raise Refused(
            f"This week is not over: its last school day is {in_words(last)}. Record the whole week from then on, "
            "and single sessions on their day."
        )
    _check_open(mine, given)


def last_school_day(mine: ItemLedger, monday: date) -> date:
    """The last day of a week on which the child's setting is open; its Friday where it is shut all week."""
    days = mine.calendar.between(monday, monday + A_WEEK - A_DAY)
    return max(days, default=monday + 4 * A_DAY)


def _check_replaced(by: Actor, mine: ItemLedger, on: date, instead_of: date) -> None:
    """Raise Refused unless a session on one day can stand for one of another: a day of the plan, not too far off."""
    if instead_of == on:
        raise Refused("A session cannot stand for one of the same day. Record it as one that came as the plan says.")
    row = mine.row
    if instead_of < row.starts_on or (row.ends_on and instead_of > row.ends_on):
        raise Refused(f"The plan did not hold this provision on {in_words(instead_of)}.")
    if not by.today - FURTHEST_BACK <= instead_of <= by.today + FURTHEST_AHEAD:
        raise Refused(f"{in_words(instead_of)} is too far away for a session to stand for. Look at the year again.")
    if instead_of not in mine.calendar.open_days and not mine.item.year_round:
        raise Refused(f"{in_words(instead_of)} was no school day, so no session was due on it.")


def _check_open(mine: ItemLedger, given: Given) -> None:
    if given.for_on or mine.item.year_round or given.on - timedelta(days=given.on.weekday()) in mine.item.weeks:
        return
    if given.whole_week:
        if not mine.calendar.between(given.on, given.on + timedelta(days=6)):
            raise Refused(f"There was no school day in the week of {in_words(given.on)}.")
    elif given.on not in mine.calendar.open_days and given.status != Came.CLOSED:
        raise Refused(
            f"{in_words(given.on)} was no school day. If it was open, change the calendar; if a session was given "
            "instead of another one, say which day it replaces."
        )


@transaction.atomic
def record(*, by: Actor, given: Sequence[Given], how: str = How.SESSION, batch: UUID | None = None) -> int:
    """Write down what came of some items; how many records. Counting and duties follow. Raises Refused.

    The same item, day and agency said again replaces what was said; the older record stays in the history.
    """
    check_may_record(by)
    items = {
        row.pk: row
        for row in Item.objects.filter(area=by.area, pk__in={one.item_id for one in given}).select_related("child")
    }
    if len(items) < len({one.item_id for one in given}):
        raise Refused("One of these items is not in a plan that you see.")
    found = ledgers(by, {row.child_id for row in items.values()})
    for one in given:
        check_given(by, _ledger_of(found, items[one.item_id]), one)
    write(by, [(items[one.item_id], one) for one in given], how=how, batch=batch)
    follow(by, {row.child_id for row in items.values()})
    return len(given)


def _ledger_of(found: Mapping[UUID, ChildLedger], row: Item) -> ItemLedger:
    mine = next((one for one in found[row.child_id].items if one.row.pk == row.pk), None)
    if mine is None:
        raise Refused("The plan does not hold this provision any more.")
    return mine


def agency_of(by: Actor) -> UUID | None:
    """In whose name the person records: the first agency that they work for."""
    return next((m.agency_id for m in by.memberships if m.agency_id), None)


def write(by: Actor, given: Iterable[tuple[Item, Given]], *, how: str, batch: UUID | None = None) -> list[Record]:
    """Insert checked records, replacing what the same agency said of the same item and day."""
    agency_id, who, now = agency_of(by), speaker(by)[:200], timezone.now()
    latest: dict[tuple[UUID, date, bool], Record] = {}
    for item, one in given:
        on = monday_of(one.on) if one.whole_week else one.on
        latest[item.pk, on, one.whole_week] = Record(
            area=by.area, child_id=item.child_id, item=item, on=on, whole_week=one.whole_week, status=one.status,
            minutes=one.minutes, absent=one.absent, declined=one.declined, pupils=one.pupils,
            right_role=one.right_role, reason=one.reason, for_on=one.for_on, authorised=one.authorised,
            note=one.note[:300], agency_id=agency_id, said_by=who, by=by.user, how=how, batch=batch,
        )  # fmt: skip
    old = Record.objects.filter(
        area=by.area, item__in={key[0] for key in latest}, on__in={key[1] for key in latest}, agency_id=agency_id,
        replaced_at__isnull=True, catch_up__isnull=True,
    )  # fmt: skip
    said_before = [row.pk for row in old if (row.item_id, row.on, row.whole_week) in latest]
    Record.objects.filter(pk__in=said_before).update(replaced_at=now)
    return Record.objects.bulk_create(latest.values())


def follow(by: Actor, child_ids: Iterable[UUID]) -> None:
    """Count anew, open what must be reconciled, and bring the duties up to it; as Kept itself."""
    with acting_as_system(by.area, today=by.today) as system:
        owing.refresh(system, set(child_ids))


@transaction.atomic
def record_catch_up(*, by: Actor, catch_up: CatchUp, item: Item, on: date, minutes: int, note: str = "") -> Record:
    """Write down minutes that make up for a shortfall; they never count as this week's provision. Raises Refused.

    The same agency, day and minutes said again within minutes are the same session: a double click counts once.
    """
    check_may_record(by)
    with acting_as_system(by.area, today=by.today):  # nobody else may lock an agreement
        agreed = CatchUp.objects.select_for_update().get(area=by.area, pk=catch_up.pk)
    facts: dict[str, Any] = {"area": by.area, "child_id": agreed.child_id, "item": item, "on": on}
    said = Record.objects.filter(**facts, catch_up=agreed, agency_id=agency_of(by), replaced_at__isnull=True)
    if done := said.filter(minutes=minutes, at__gte=timezone.now() - JUST_NOW).first():
        return done
    _check_catch_up(by, agreed, on, minutes)
    done = Record.objects.create(
        **facts, status=Came.REPLACED, minutes=minutes, catch_up=agreed, note=note[:300],
        agency_id=agency_of(by), said_by=speaker(by)[:200], by=by.user, how=How.SESSION,
    )  # fmt: skip
    follow(by, [agreed.child_id])
    return done


def _check_catch_up(by: Actor, agreed: CatchUp, on: date, minutes: int) -> None:
    if agreed.ended_on is not None:
        raise Refused(
            f"The agreement ended on {in_words(agreed.ended_on)}. Agree anew before you record further minutes."
        )
    if on > by.today or on < agreed.agreed_on:
        raise Refused("The day lies between the agreement and today.")
    if not 0 < minutes <= LONGEST:
        raise Refused("Say how many minutes were given.")
    given = Record.objects.filter(area=by.area, catch_up=agreed, replaced_at__isnull=True).aggregate(all=Sum("minutes"))
    left = agreed.minutes - (given["all"] or 0)
    if minutes > left:
        raise Refused(
            f"{left:,} of the {agreed.minutes:,} minutes that were agreed are left to make up."
            if left > 0
            else f"All {agreed.minutes:,} minutes that were agreed are made up already."
        )
