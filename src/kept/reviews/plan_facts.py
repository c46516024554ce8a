"""What a review reads of the plan: its outcomes and its help, and what was delivered of each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.delivery.queries import record_facts
from kept.plans.facts import WholePlan
from kept.plans.queries import plan_in_force
from kept.plans.words import Kind
from kept.reviews.models import Review
from kept.rules.delivery import total
from kept.rules.reviews import Shown, Verdict, verdicts_for
from kept.rules.reviews.judging import PROVISION


@dataclass(frozen=True)
class Item:
    """An outcome or an item of help that the review judges. label: such as F2; measures empty for help."""

    lineage: UUID
    label: str
    section: str
    text: str
    baseline: str = ""
    measure: str = ""
    by: str = ""
    is_typed: bool = False

    @property
    def is_provision(self) -> bool:
        """Whether it is help, and not an outcome."""
        return self.section in PROVISION

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What may be said of it."""
        return verdicts_for(self.section)


def whole_plan(actor: Actor, review: Review) -> WholePlan | None:
    """The plan in force on the day of the meeting, or today where that is earlier."""
    return plan_in_force(actor, review.child_id, min(review.held_on or review.meets_on, actor.today))


def items_of(actor: Actor, review: Review, plan: WholePlan | None = None) -> list[Item]:
    """What is judged: the outcomes and help of the plan in force, then what was typed in from paper."""
    plan = plan or whole_plan(actor, review)
    found = []
    if plan is not None:
        labels = plan.labels
        for one in plan.entries:
            if one.kind in {Kind.OUTCOME, Kind.PROVISION}:
                section = one.section if one.kind is Kind.PROVISION else "E"
                said = one.details
                found.append(
                    Item(
                        one.lineage,
                        labels[one.lineage],
                        section,
                        one.text,
                        str(said.get("baseline", "")),
                        str(said.get("measure", "")),
                        str(said.get("by", "")),
                    )
                )
    counts: dict[str, int] = {}
    for row in review.typed.filter(area=actor.area):
        counts[row.section] = counts.get(row.section, 0) + 1
        found.append(Item(row.pk, f"{row.section} ({counts[row.section]})", row.section, row.text, is_typed=True))
    return sorted(found, key=lambda item: item.section)


def shown_of(actor: Actor, child_id: UUID, items: Sequence[Item], *, since: date, until: date) -> dict[UUID, Shown]:
    """What the ledger of delivery shows of each item of help; an item of which nothing is recorded is not named.

    In minutes, or sessions where an item has no minutes; of the school year that runs.
    """
    found = {}
    facts = record_facts(actor, child_id) if any(one.is_provision for one in items) else {}
    for one in items:
        counts = [c for c in facts.get(str(one.lineage), []) if c.starts_on and since <= c.starts_on <= until]
        whole = total(counts)
        if whole.due and any(c.records for c in counts):
            found[one.lineage] = Shown(due=whole.due, given=whole.delivered, unknown=whole.unknown)
    return found
