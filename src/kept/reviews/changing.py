"""What came of a review in the plan itself: the version at the meeting beside the one that followed the decision.

Compared at night and kept, as neither version ever changes again. It starts from the decisions of the cases, so that
reviews held before Kept ran them count as well. A review whose plan Kept does not hold as data, or whose amended plan
has not been issued, is not compared and is said to be so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from kept.access.acting import Actor
from kept.cases.models import Event
from kept.plans.models import Entry, Version
from kept.plans.queries import finals
from kept.reviews.models import PlanChange
from kept.reviews.words import Outcome
from kept.rules.reviews.changes import SECTIONS, changed_sections

PART = 200
DECISION, MEETING = "review_decision", "review_meeting"
COMPARED = frozenset({Outcome.MAINTAIN, Outcome.AMEND})
LONGEST = timedelta(days=365)  # a version issued later belongs to the next review


def standing(actor: Actor, kind: str) -> QuerySet[Event]:
    """The entries of a kind that no correction replaced."""
    replaced = Event.objects.filter(supersedes=OuterRef("pk"))
    found = Event.objects.filter(area=actor.area, kind=kind, is_withdrawal=False)
    return found.exclude(Exists(replaced)).order_by("happened_on", "pk")


@transaction.atomic
def compare_plans(*, by: Actor) -> int:
    """Compare the plans before and after each decided review that is not compared yet; how many now are.

    As Kept itself, at night. Safe to repeat. Four queries for each few hundred reviews.
    """
    known = PlanChange.objects.filter(event=OuterRef("pk"))
    decided = [one for one in standing(by, DECISION).exclude(Exists(known)) if one.details.get("outcome") in COMPARED]
    return sum(_compare(by, decided[start : start + PART]) for start in range(0, len(decided), PART))


def _compare(by: Actor, decided: Sequence[Event]) -> int:
    issued: dict[UUID, list[Version]] = defaultdict(list)
    for version in finals(by).filter(child_id__in=[one.child_id for one in decided]).order_by("issued_on", "number"):
        issued[version.child_id].append(version)
    met: dict[UUID, list[date]] = defaultdict(list)
    for meeting in standing(by, MEETING).filter(case_id__in=[one.case_id for one in decided]):
        met[meeting.case_id].append(meeting.happened_on)
    pairs = []
    for one in decided:
        held = max((day for day in met[one.case_id] if day <= one.happened_on), default=one.happened_on)
        if pair := _before_and_after(one, held, issued[one.child_id]):
            pairs.append((one, pair))
    texts: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    looked_at = {version.pk for _, (old, new) in pairs if old != new for version in (old, new)}
    rows = Entry.objects.filter(area=by.area, version__in=looked_at, section__in=SECTIONS)
    for version_id, section, text in rows.values_list("version_id", "section", "text"):
        texts[version_id].append((section, text))
    made = [
        PlanChange(
            area=by.area, child_id=one.child_id, event=one.pk, before=old.pk, after=new.pk, on=by.today,
            sections=list(changed_sections(texts[old.pk], texts[new.pk])),
        )
        for one, (old, new) in pairs
    ]  # fmt: skip
    PlanChange.objects.bulk_create(made)
    return len(made)


def _before_and_after(decision: Event, held: date, issued: Sequence[Version]) -> tuple[Version, Version] | None:
    """The version in force at the meeting and the first issued after the decision; the same where none is owed.

    None where Kept does not hold them.
    """
    old = [one for one in issued if one.issued_on and one.issued_on <= held]
    last = decision.happened_on + LONGEST
    new = [one for one in issued if one.issued_on and decision.happened_on <= one.issued_on <= last]
    if not old:
        return None
    if decision.details.get("outcome") == Outcome.MAINTAIN:
        return old[-1], old[-1]
    return (old[-1], new[0]) if new else None
