"""A tribunal's order: its words go into a version as ordered, locked, and end only by an order or by the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kept.access.acting import Actor, Refused
from kept.documents.models import Document
from kept.plans import versions
from kept.plans.access import check_can_move, check_open, check_writer, locked
from kept.plans.facts import provision_data, unscheduled
from kept.plans.models import Entry, Lock, Plan, TribunalOrder, Version
from kept.plans.queries import finals
from kept.plans.section_sets import set_of
from kept.plans.words import Kind, Stage
from kept.rules import plans as rules
from kept.rules.identifiers.keys import uuid7

AMENDING = frozenset({Stage.PROPOSED_AMENDMENT, Stage.AMENDED_FINAL})


@dataclass(frozen=True)
class OrderedWords:
    """One passage of an order. lineage: the entry it replaces; None for a new one. text empty: the entry goes out."""

    section: str
    text: str
    lineage: UUID | None = None


@transaction.atomic
def record_order(
    *, by: Actor, plan: Plan, reference: str, ordered_on: date, passages: Iterable[OrderedWords],
    document: Document | None = None,
) -> Version:  # fmt: skip
    """Write the plan as a tribunal ordered it: from the version in force, with the ordered words put in and locked.

    Issuing it is a step of its own, within the order's time limit. Raises Refused with a sentence. Safe to repeat.
    """
    check_writer(by, plan)
    done = TribunalOrder.objects.filter(area=by.area, plan=plan, reference=reference.strip()).first()
    passages = list(passages)
    if done:
        entry = done.entries.select_related("version").first()
        held = set(done.locks.values_list("section", "text"))
        if {(one.section, one.text.strip()) for one in passages if one.text.strip()} - held:
            raise Refused(
                f"The order {done.reference} is recorded already, with other words. Nothing of this was put in: open "
                "the version that it made, and give that up first if its words are wrong."
            )
        if entry:
            return entry.version
    if not reference.strip():
        raise Refused("Give the reference of the order, as it stands on it.")
    if ordered_on > by.today:
        raise Refused("An order cannot be dated later than today.")
    if not passages:
        raise Refused("Choose at least one entry and give its words as ordered.")
    before = finals(by).select_related("plan", "child").filter(plan=plan).first()
    if before is None:
        raise Refused("There is no plan in force that the order could change.")
    check_can_move(by, "order", before)
    version = versions.write_next(by=by, version=before, move="order", reason=f"Ordered by the tribunal: {reference}")
    order = TribunalOrder.objects.create(
        area=by.area, plan=plan, child_id=plan.child_id, reference=reference.strip()[:60], ordered_on=ordered_on,
        document=document, recorded_by=by.user,
    )  # fmt: skip
    for passage in passages:
        _put(by, version, order, passage)
    return version


def _put(by: Actor, version: Version, order: TribunalOrder, passage: OrderedWords) -> None:
    entry = Entry.objects.filter(version=version, lineage=passage.lineage).first() if passage.lineage else None
    if passage.lineage and entry is None:
        raise Refused("An entry that the order changes is not in the plan in force.")
    lineage = entry.lineage if entry else uuid7()
    why = f"Replaced by the order {order.reference} of {order.ordered_on.day} {order.ordered_on:%B %Y}."
    Lock.objects.filter(area=by.area, child_id=version.child_id, lineage=lineage, ended_on__isnull=True).update(
        ended_on=by.today, ended_by=by.user, ended_why=why
    )
    text = passage.text.strip()
    if not text:
        if entry:
            entry.order = None
            entry.save(update_fields=["order"])
            from kept.plans.actions import remove_entry

            remove_entry(by=by, version=version, lineage=lineage)
        return
    Lock.objects.create(
        area=by.area, order=order, child_id=version.child_id, lineage=lineage, section=passage.section, text=text
    )
    kind = Kind(entry.kind) if entry else set_of(version.section_set).section(passage.section).kind
    found = rules.read_provision(text) if kind is Kind.PROVISION else None
    values = {
        "text": text,
        "order": order,
        "provision": provision_data(found) if found else None,
        "schedulable": None if found is None else found.schedulable and not unscheduled(found),
        "is_typed": False,
        "read_by_machine": False,
        "changed_by": by.user,
    }
    if entry:
        Entry.objects.filter(pk=entry.pk).update(revision=entry.revision + 1, **values)
        return
    last = Entry.objects.filter(version=version, section=passage.section).aggregate(last=Max("position"))["last"]
    Entry.objects.create(
        area=by.area, version=version, child_id=version.child_id, lineage=lineage, section=passage.section, kind=kind,
        position=0 if last is None else last + 1, revision=1, **values,
    )  # fmt: skip


@transaction.atomic
def release(*, by: Actor, version: Version, lineage: UUID, why: str) -> Lock:
    """End the lock on ordered words, in a version that amends the plan in law (after a review, or reg 28).

    Raises Refused without a reason, and in any other version: councils were at fault for altered or omitted words
    (LGSCO 22 015 597, 23 018 921).
    """
    version = locked(by, version)
    check_open(by, version)
    if Stage(version.stage) not in AMENDING:
        raise Refused(
            "Ordered words change only in an amendment made under the law (after a review, or by notice): propose an "
            "amendment first, or record a later order."
        )
    if not why.strip():
        raise Refused("Say on what legal ground the ordered words may change now. The reason is kept.")
    lock = Lock.objects.filter(area=by.area, child_id=version.child_id, lineage=lineage, ended_on__isnull=True).first()
    if lock is None:
        raise Refused("No order locks this entry any more.")
    lock.ended_on, lock.ended_by, lock.ended_why = by.today, by.user, why.strip()[:500]
    lock.save(update_fields=["ended_on", "ended_by", "ended_why"])
    Entry.objects.filter(version=version, lineage=lineage).update(order=None)
    return lock


def orders_of(actor: Actor, plan: Plan) -> list[TribunalOrder]:
    """The orders about a plan with the passages that they lock."""
    found = TribunalOrder.objects.filter(area=actor.area, plan=plan).prefetch_related("locks")
    return list(found.select_related("recorded_by", "document"))
