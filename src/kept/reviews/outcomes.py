"""What became of the outcomes of a plan, for the pages of other services: measures and verdicts by lineage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.reviews.models import Judgement, Progress


@dataclass(frozen=True)
class Measured:
    """One measure of an outcome, or the verdict of a review on it; `verdict` is empty for a measure."""

    on: date
    words: str
    said_by: str = ""
    verdict: str = ""


def measured(actor: Actor, child_id: UUID) -> dict[UUID, list[Measured]]:
    """Measures and the verdicts of reviews whose report was sent, by lineage, the earliest first. Two queries."""
    found: dict[UUID, list[Measured]] = {}
    for row in Progress.objects.filter(area=actor.area, child_id=child_id):
        found.setdefault(row.lineage, []).append(Measured(row.on, row.value, row.said_by))
    told = Judgement.objects.filter(area=actor.area, child_id=child_id, review__reported_on__isnull=False)
    for each in told.select_related("review"):
        day = each.review.held_on or each.review.meets_on
        verdict = each.get_verdict_display()
        found.setdefault(each.lineage, []).append(Measured(day, each.evidence, "The review", verdict))
    return {lineage: sorted(rows, key=lambda row: row.on) for lineage, rows in found.items()}
