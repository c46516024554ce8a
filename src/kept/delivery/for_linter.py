"""The ledger's facts as the linter of plans reads them (its rules L01 to L07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.delivery.counting import ItemLedger, ledgers
from kept.delivery.models import FamilyReport, InPlaceCheck, Record
from kept.delivery.words import Came, Said, Why
from kept.rules.delivery import Reason, Unit, total
from kept.rules.plans import Delivery

AT_ONCE = 300
RECENTLY = 6  # weeks in which a family's no counts as now
OFTEN = frozenset({Unit.DAY, Unit.WEEK})


def facts_for_linter(actor: Actor, child_ids: Sequence[UUID]) -> dict[UUID, tuple[Delivery, ...]]:
    """What the ledger knows of each running item of some children; `part` is the entry's lineage.

    Six queries for each few hundred children, however many items they have.
    """
    found: dict[UUID, tuple[Delivery, ...]] = {}
    for start in range(0, len(child_ids), AT_ONCE):
        found |= _some(actor, child_ids[start : start + AT_ONCE])
    return found


def _some(actor: Actor, child_ids: Sequence[UUID]) -> dict[UUID, tuple[Delivery, ...]]:
    theirs = {"area": actor.area, "child_id__in": child_ids}
    checked = set(InPlaceCheck.objects.filter(**theirs).values_list("item_id", flat=True))
    said = {row.item_id: row for row in FamilyReport.objects.filter(**theirs).order_by("week", "at")}
    return {
        child_id: tuple(
            _facts(one, actor.today, one.row.pk in checked, said.get(one.row.pk))
            for one in ledger.running(actor.today, actor.today)
        )
        for child_id, ledger in ledgers(actor, child_ids).items()
    }


def _facts(one: ItemLedger, today: date, is_checked: bool, said: FamilyReport | None) -> Delivery:
    whole = total(one.counts)
    last = _last_given(one.records)
    begun = one.expected[0].starts_on if one.expected else one.item.starts_on
    says_no = said is not None and said.said == Said.NO and (today - said.week).days <= RECENTLY * 7
    that_week = one.recorded_in(said.week) if said is not None else []
    return Delivery(
        part=str(one.row.lineage),
        days_since_session=one.calendar.count(last or begun, today) if begun <= today else None,
        due_weekly=any(step.amount.unit in OFTEN for step in one.item.steps),
        rate=whole.rate,
        provider_assigned=bool(one.row.deliverer_id or one.row.provider),
        start_overdue=last is None and bool(one.counts),
        days_since_issue_or_change=one.calendar.count(one.row.starts_on, today),
        in_place_checked=is_checked,
        missed_without_reason=sum(row.status == Came.MISSED and row.reason == Why.UNKNOWN for row in one.records),
        capacity_reasons=sum(row.reason == Reason.CAPACITY for row in one.records),
        family_says_not_happening=says_no,
        recorded_as_delivered=any(row.status == Came.DELIVERED for row in that_week),
    )


def _last_given(records: list[Record]) -> date | None:
    given = [row.on for row in records if row.status in {Came.DELIVERED, Came.PART, Came.REPLACED}]
    return max(given, default=None)
