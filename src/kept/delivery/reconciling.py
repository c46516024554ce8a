"""When family and setting say different things of the same week: opened by itself, settled within the area’s limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused
from kept.access.roles import Can
from kept.delivery.counting import ChildLedger, ItemLedger, ledgers
from kept.delivery.models import FamilyReport, Reconciliation, Record
from kept.delivery.words import Came, Finding, How, Said, Why
from kept.messages.actions import speaker
from kept.rules.delivery import GIVEN, Status, monday_of

DOUBTS = frozenset({Said.NO, Said.PARTLY})


def disagree(family: str, setting: str) -> bool:
    """Whether a family's answer and a setting's record cannot both be true: it is said to have come, and not to have.

    A family that does not know, and a setting that says nothing, disagree with nobody. A family that says partly
    disagrees with a setting that says all came.
    """
    if setting in {Came.DELIVERED, Came.REPLACED}:
        return family in DOUBTS
    if setting == Came.PART:
        return family == Said.NO
    return setting == Came.MISSED and family == Said.YES


def said_of_week(mine: ItemLedger, week: date) -> tuple[str, UUID | None]:
    """What the records together say of an item in a week, and which agency said so; "" for nothing."""
    rows = [row for row in mine.recorded_in(week) if row.how != How.SETTLED]
    if not rows:
        return "", None
    given = [row for row in rows if Status(row.status) in GIVEN]
    agency = rows[-1].agency_id
    if not given:
        return rows[-1].status, agency
    whole = all(row.status == Came.DELIVERED and not row.absent and not row.declined for row in rows)
    return (Came.DELIVERED if whole else Came.PART), agency


def open_new(by: Actor, found: Mapping[UUID, ChildLedger]) -> int:
    """Open a reconciliation for each week of an item on which the two disagree; how many. As Kept itself.

    One that is settled is not opened again. One that is still open ends when the two agree after all.
    """
    ids = list(found)
    latest: dict[tuple[UUID, date], dict[UUID, str]] = defaultdict(dict)
    for row in FamilyReport.objects.filter(area=by.area, child_id__in=ids).order_by("at", "pk"):
        latest[row.item_id, row.week][row.by_id] = row.said
    known = {(row.item_id, row.week): row for row in Reconciliation.objects.filter(area=by.area, child_id__in=ids)}
    made = []
    for mine in found.values():
        for one in mine.items:
            for (item_id, week), answers in latest.items():
                if item_id != one.row.pk:
                    continue
                setting, agency = said_of_week(one, week)
                family = next((said for said in answers.values() if setting and disagree(said, setting)), "")
                old = known.get((item_id, week))
                if family and old is None:
                    made.append(
                        Reconciliation(
                            area=by.area, child_id=mine.child_id, item=one.row, week=week, family_says=family,
                            setting_says=setting, setting_id=agency, opened_on=by.today,
                            due_on=mine.calendar.add(by.today, mine.limits.reconcile_days),
                        )
                    )  # fmt: skip
                elif old and not family and setting and old.settled_on is None:
                    _agreed_after_all(by, old, setting)
    Reconciliation.objects.bulk_create(made)
    return len(made)


def _agreed_after_all(by: Actor, old: Reconciliation, setting: str) -> None:
    old.settled_on, old.settled_by = by.today, by.user
    old.found = setting if setting in Finding.values else Finding.UNKNOWN
    old.account = "The family and the setting now say the same."
    old.save(update_fields=["settled_on", "settled_by", "found", "account"])


@transaction.atomic
def settle(*, by: Actor, one: Reconciliation, found: str, account: str, minutes: int | None = None) -> Reconciliation:
    """Say what was found; from then on the ledger counts that, and both columns stay as they were said. Raises Refused.

    Neither of the two settles it: somebody of the case team does, with an account that both read.
    """
    if not by.can(Can.WORK_CASES):
        raise Refused("The council's case team settles what a family and a setting say differently.")
    row = Reconciliation.objects.select_for_update().filter(area=by.area, pk=one.pk).first()
    if row is None:
        raise Refused("This is not in the record any more.")
    if row.settled_on:
        return row
    if found not in Finding.values:
        raise Refused("Choose what was found.")
    if not account.strip():
        raise Refused("Say how you know: the family and the setting will both read it.")
    if found == Finding.PART and not minutes:
        raise Refused("Say how many minutes came.")
    if found == Finding.PART and minutes:
        _check_in_part(by, row, minutes)
    row.found, row.account, row.minutes = found, account.strip(), minutes if found == Finding.PART else None
    row.settled_on, row.settled_by = by.today, by.user
    row.save(update_fields=["found", "account", "minutes", "settled_on", "settled_by"])
    _count_as_found(by, row)
    from kept.delivery.recording import follow

    follow(by, [row.child_id])
    return row


def _check_in_part(by: Actor, row: Reconciliation, minutes: int) -> None:
    mine = ledgers(by, [row.child_id])[row.child_id]
    one = next((each for each in mine.items if each.row.pk == row.item_id), None)
    due = sum(each.quantity for each in one.due_in(row.week)) if one and not one.in_sessions else 0
    if due and minutes >= due:
        raise Refused(f"{due} minutes were due. If all of them came, choose that it came as the plan says.")


def _count_as_found(by: Actor, row: Reconciliation) -> None:
    """What was found takes the place of what was recorded; when nobody can tell, the week is unknown again."""
    current = Record.objects.filter(
        area=by.area, item_id=row.item_id, replaced_at__isnull=True, catch_up__isnull=True, on__gte=row.week
    )
    theirs = [one.pk for one in current if monday_of(one.on) == row.week]
    Record.objects.filter(pk__in=theirs).update(replaced_at=timezone.now())
    if row.found == Finding.UNKNOWN:
        return
    Record.objects.create(
        area=by.area, child_id=row.child_id, item_id=row.item_id, on=row.week, whole_week=True, status=row.found,
        minutes=row.minutes or 0, reason="" if row.found == Finding.DELIVERED else Why.UNKNOWN,
        note=row.account[:300], said_by=speaker(by)[:200], by=by.user, how=How.SETTLED,
    )  # fmt: skip
