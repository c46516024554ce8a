"""Taking up what a plan promises: each item of provision of the version in force becomes an item of the ledger."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.access.models import Agency
from kept.access.roles import Can
from kept.delivery.models import Item
from kept.plans import queries as plans
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.words import Kind
from kept.rules.delivery import Amount, Measure, ProvisionItem, Step, Unit, item_of
from kept.rules.plans import read_provision

A_DAY = timedelta(days=1)


def facts_of(item: ProvisionItem) -> dict[str, Any]:
    """The counted facts of an item as JSON."""
    return {
        "measure": item.measure.value,
        "steps": [
            {**dataclasses.asdict(step.amount), "until": step.until.isoformat() if step.until else None}
            for step in item.steps
        ],
        "group_max": item.group_max,
        "role": item.role,
        "year_round": item.year_round,
        "weeks": [day.isoformat() for day in item.weeks],
        "why_not": list(item.why_not),
    }


def counted_item(row: Item) -> ProvisionItem:
    """The item as the rules count it."""
    steps = tuple(
        Step(
            Amount(one["sessions"], one["minutes"], Unit(one["unit"]), one["every"]),
            date.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in row.facts["steps"]
    )
    return ProvisionItem(
        id=str(row.pk),
        service=row.service,
        starts_on=row.starts_on,
        steps=steps,
        ends_on=row.ends_on,
        measure=Measure(row.facts["measure"]),
        group_max=row.facts["group_max"],
        role=row.facts["role"],
        year_round=row.facts["year_round"],
        weeks=tuple(date.fromisoformat(day) for day in row.facts.get("weeks", [])),
        why_not=tuple(row.facts["why_not"]),
    )


@transaction.atomic
def take_up(*, by: Actor, child_id: UUID) -> int:
    """Bring the ledger's items of a child up to the plan in force today; how many are new. Safe to repeat.

    Items of an older version end the day before the newer one was issued; what was recorded of them stays. Called as
    Kept itself, at night and when somebody opens the child's ledger after an amendment.
    """
    plan = plans.plan_in_force(by, child_id, by.today)
    running = Item.objects.select_for_update().filter(area=by.area, child_id=child_id)
    if plan is None or plan.issued_on is None:
        return 0
    known = {row.lineage for row in running if row.version == plan.version_id}
    if known:
        return 0
    before = {row.lineage: row for row in running}
    for row in running:
        if row.version != plan.version_id and (row.ends_on is None or row.ends_on >= plan.issued_on):
            row.ends_on = max(plan.issued_on - A_DAY, row.starts_on - A_DAY)
            row.save(update_fields=["ends_on"])
    made = [_item(by, plan, entry, before.get(entry.lineage)) for entry in plan.of_kind(Kind.PROVISION)]
    Item.objects.bulk_create(made)
    return len(made)


def _item(by: Actor, plan: WholePlan, entry: WholeEntry, before: Item | None) -> Item:
    typed = entry.provision if entry.provision else read_provision(entry.text)
    if entry.provision and not entry.is_typed:  # the words may set a limit that fields cannot say
        said = read_provision(entry.text).reasons
        typed = dataclasses.replace(typed, reasons=tuple(dict.fromkeys([*typed.reasons, *said])))
    if entry.schedulable is False and not typed.reasons:
        typed = dataclasses.replace(typed, reasons=("The plan marks this as something that cannot be counted.",))
    in_force_on = plan.issued_on or by.today
    item = item_of(typed, id=str(entry.lineage), in_force_on=in_force_on, service=(typed.service or "")[:120])
    return Item(
        area=by.area,
        child_id=plan.child_id,
        lineage=entry.lineage,
        version=plan.version_id,
        section=entry.section,
        service=item.service[:120],
        words=entry.text,
        facts=facts_of(item),
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        schedulable=item.schedulable,
        provider=entry.provider,
        deliverer=before.deliverer if before else None,
    )


@transaction.atomic
def assign(*, by: Actor, item: Item, deliverer: Agency | None) -> Item:
    """Say which agency delivers and records an item; none: the setting does. Raises Refused."""
    if not by.can(Can.WORK_CASES):
        raise Refused("The case team says who delivers what.")
    item.deliverer = deliverer
    item.save(update_fields=["deliverer"])
    return item
