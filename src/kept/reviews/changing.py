"""What came of a review in the plan itself: the version at the meeting beside the one that followed it.

Compared at night and kept, as neither version ever changes again. A review whose plan Kept does not hold as data, or
whose amended plan has not been issued, is not compared and is said to be so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor
from kept.plans.models import Entry, Version
from kept.plans.queries import finals
from kept.reviews.models import PlanChange, Review
from kept.reviews.words import Outcome
from kept.rules.reviews.changes import SECTIONS, changed_sections

PART = 200


@transaction.atomic
def compare_plans(*, by: Actor) -> int:
    """Compare the plans before and after each decided review that is not compared yet; how many now are.

    As Kept itself, at night. Safe to repeat. Three queries for each few hundred reviews.
    """
    waiting = Review.objects.filter(
        area=by.area, decided_on__isnull=False, held_on__isnull=False, plan_change=None,
        outcome__in=[Outcome.MAINTAIN, Outcome.AMEND],
    )  # fmt: skip
    reviews = list(waiting.order_by("held_on", "pk"))
    return sum(_compare(by, reviews[start : start + PART]) for start in range(0, len(reviews), PART))


def _compare(by: Actor, reviews: Sequence[Review]) -> int:
    issued: dict[UUID, list[Version]] = defaultdict(list)
    for version in finals(by).filter(child_id__in=[one.child_id for one in reviews]).order_by("issued_on", "number"):
        issued[version.child_id].append(version)
    pairs = [(review, pair) for review in reviews if (pair := _before_and_after(review, issued[review.child_id]))]
    texts: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    looked_at = {version.pk for _, (old, new) in pairs if old != new for version in (old, new)}
    rows = Entry.objects.filter(area=by.area, version__in=looked_at, section__in=SECTIONS)
    for version_id, section, text in rows.values_list("version_id", "section", "text"):
        texts[version_id].append((section, text))
    made = [
        PlanChange(
            area=by.area, review=review, child_id=review.child_id, before=old.pk, after=new.pk, on=by.today,
            sections=list(changed_sections(texts[old.pk], texts[new.pk])),
        )
        for review, (old, new) in pairs
    ]  # fmt: skip
    PlanChange.objects.bulk_create(made)
    return len(made)


def _before_and_after(review: Review, issued: Sequence[Version]) -> tuple[Version, Version] | None:
    """The version in force on the day of the meeting and the first issued after it; the same where none was owed."""
    if review.held_on is None:
        return None
    old = [one for one in issued if one.issued_on and one.issued_on <= review.held_on]
    new = [one for one in issued if one.issued_on and one.issued_on > review.held_on]
    if not old:
        return None
    if review.outcome == Outcome.MAINTAIN:
        return old[-1], old[-1]
    return (old[-1], new[0]) if new else None
