"""The night's work on the ledger: take up plans, count, ask families, open what somebody must see to."""

from __future__ import annotations

from kept.access.acting import Actor
from kept.delivery import families, owing
from kept.delivery.items import take_up
from kept.delivery.models import Item
from kept.plans.queries import finals

PART = 300


def count_all(*, by: Actor) -> int:
    """Take up the plans in force and count every child's provision; how many children. As Kept itself. Repeatable."""
    taken = set(Item.objects.filter(area=by.area).values_list("version", flat=True).distinct())
    latest = finals(by).order_by("child_id", "-issued_on", "-number").distinct("child_id").values_list("child_id", "pk")
    for child_id, version in latest:
        if version not in taken:
            take_up(by=by, child_id=child_id)
    ids = list(Item.objects.filter(area=by.area).order_by().values_list("child_id", flat=True).distinct())
    for start in range(0, len(ids), PART):
        owing.refresh(by, ids[start : start + PART])
    owing.sync_services(by)
    return len(ids)


ask_families = families.ask_families
