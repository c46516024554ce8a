"""Advice in, plan out: each recommendation is used, changed with a reason, or declined with a reason.

The advice itself is kept by the services above this one (the partners' desk) and among the documents. Each such place
says how to read it: `reads_advice(function)`. What is picked out and not yet answered counts as unanswered even before
anybody has opened the page, so that nothing is dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.plans.models import Entry, Plan, Recommendation, Source, Version
from kept.plans.words import Kind, Use
from kept.rules.plans.recommended import Asks, Recommended, recommendations

KIND = {Asks.NEED: Kind.NEED, Asks.OUTCOME: Kind.OUTCOME, Asks.PROVISION: Kind.PROVISION}
LONGEST = 5_000


@dataclass(frozen=True, kw_only=True)
class AdviceText:
    """One part of advice as it was returned. `part` is the key of a structured section; "" for a whole report.

    advice: the row that holds it, for structured advice; document: the file, for a report.
    """

    said_by: str
    text: str
    part: str = ""
    said_on: date | None = None
    advice: UUID | None = None
    document: UUID | None = None


Reader = Callable[[Actor, UUID], Iterable[AdviceText]]
_READERS: list[Reader] = []


def reads_advice(reader: Reader) -> Reader:
    """Register a place where advice is kept: a function of the person who asks and the child. Returns it."""
    if reader not in _READERS:
        _READERS.append(reader)
    return reader


def advice_texts(actor: Actor, child_id: UUID) -> list[AdviceText]:
    """All advice about a child that the person may read, from every place that keeps some; the earliest first."""
    found = [text for reader in _READERS for text in reader(actor, child_id)]
    return sorted(found, key=lambda one: (one.said_on or date.min, one.said_by, one.part))


def recommendations_of(actor: Actor, plan: Plan) -> QuerySet[Recommendation]:
    """The recommendations picked out for a plan, those withdrawn left out, by adviser and place."""
    found = Recommendation.objects.filter(area=actor.area, plan=plan, withdrawn_on__isnull=True)
    return found.select_related("answered_by").order_by("said_on", "said_by", "advice", "place", "start", "pk")


def key_of(row: Recommendation) -> str:
    """What makes a recommendation the same one, whether it is listed yet or not: its advice, place and words."""
    return "\x1f".join(_key(row.advice, row.document_id, row.place, row.text))


def _key(advice: UUID | None, document: UUID | None, part: str, text: str) -> tuple[str, str, str]:
    return str(advice or document or ""), part, " ".join(text.split())


def _row(actor: Actor, plan: Plan, source: AdviceText, found: Recommended) -> Recommendation:
    return Recommendation(
        area=actor.area,
        plan=plan,
        child_id=plan.child_id,
        document_id=source.document,
        advice=source.advice,
        said_by=source.said_by[:200],
        said_on=source.said_on,
        place=source.part,
        start=found.start,
        end=found.end,
        text=found.text,
        kind=KIND[found.asks],
    )


def not_yet_picked(actor: Actor, plan: Plan, texts: Sequence[AdviceText] | None = None) -> list[Recommendation]:
    """What the advice recommends and the plan does not list yet, as rows that are not saved. Reads only."""
    texts = advice_texts(actor, plan.child_id) if texts is None else texts
    rows = Recommendation.objects.filter(area=actor.area, plan=plan)
    known = {_key(row.advice, row.document_id, row.place, row.text) for row in rows}
    found = []
    for source in texts:
        for each in recommendations(source.text, section=source.part):
            row = _row(actor, plan, source, each)
            key = _key(row.advice, row.document_id, row.place, row.text)
            if key not in known:
                known.add(key)
                found.append(row)
    return found


@transaction.atomic
def pick_out(*, by: Actor, plan: Plan) -> int:
    """List what the advice about the child recommends, once each. How many are new. Raises Refused."""
    check_can(by, Can.EDIT_PLANS)
    Plan.objects.select_for_update().get(area=by.area, pk=plan.pk)
    return len(Recommendation.objects.bulk_create(not_yet_picked(by, plan)))


@transaction.atomic
def list_new(*, by: Actor, child_id: UUID) -> int:
    """List what advice that has just come recommends, where a plan of the child runs; how many are new.

    For whoever takes the advice in, acting as Kept itself. Before there is a plan nothing is lost: what the advice
    recommends counts as unanswered from the day on which the plan begins.
    """
    plan = Plan.objects.select_for_update().filter(area=by.area, child_id=child_id, ceased_on__isnull=True).first()
    return len(Recommendation.objects.bulk_create(not_yet_picked(by, plan))) if plan else 0


def unanswered(actor: Actor, version: Version) -> list[Recommendation]:
    """Recommendations of advice to which the plan gives no answer. The gate refuses a final while there are some.

    Those of advice that nobody has looked at yet count too. An answer "used" or "changed" that names an entry which
    is no longer in this version counts as none: the help was dropped after all.
    """
    plan = version.plan
    present = set(Entry.objects.filter(area=actor.area, version=version).values_list("lineage", flat=True))
    listed = [row for row in recommendations_of(actor, plan) if not _stands(row, present)]
    return [*listed, *not_yet_picked(actor, plan)]


def _stands(row: Recommendation, present: set[UUID]) -> bool:
    if row.use == Use.DECLINED:
        return True
    return bool(row.use) and (row.lineage is None or row.lineage in present)


def recommendation_of(actor: Actor, pk: UUID) -> Recommendation | None:
    """One recommendation that the person may see."""
    found = Recommendation.objects.filter(area=actor.area, pk=pk).select_related("plan__child", "answered_by")
    return found.first()


@transaction.atomic
def answer_recommendation(
    *, by: Actor, row: Recommendation, version: Version, use: str, reason: str = "", lineage: UUID | None = None
) -> Recommendation:
    """Say what the plan does with a recommendation: used, changed, or declined, the last two with a reason.

    lineage: the entry that uses it; needed for used and changed, where it becomes a source of that entry as long as
    the version is still written. Raises Refused.
    """
    check_can(by, Can.EDIT_PLANS)
    reason = reason.replace("\x00", "").strip()
    if use not in Use:
        raise Refused("Choose what the plan does with it.")
    if len(reason) > LONGEST:
        raise Refused(f"The reason has {len(reason):,} letters. Keep it to {LONGEST:,}.")
    if use != Use.USED and not reason:
        raise Refused("Give the reason. The family and the adviser can read it.")
    if use == Use.DECLINED:
        lineage = None
    elif lineage is None:
        raise Refused("Choose the part of the plan that uses it.")
    if lineage and not Entry.objects.filter(area=by.area, version=version, lineage=lineage).exists():
        raise Refused("This part is not in the version you are writing. Choose another.")
    held = Recommendation.objects.select_for_update().get(area=by.area, pk=row.pk)
    if held.plan_id != version.plan_id:
        raise Refused("This advice is about another plan.")
    if (held.use, held.reason, held.lineage) == (use, reason, lineage):
        return held
    held.use, held.reason, held.lineage = use, reason, lineage
    held.answered_by, held.answered_on = by.user, by.today
    held.save(update_fields=["use", "reason", "lineage", "answered_by", "answered_on"])
    if lineage and not version.is_locked:
        _note_source(by, version, held)
    return held


def _note_source(by: Actor, version: Version, row: Recommendation) -> None:
    """Write the recommendation beside the entry that uses it, once."""
    Source.objects.get_or_create(
        area=by.area,
        version=version,
        child_id=version.child_id,
        lineage=row.lineage,
        advice=row.advice,
        document_id=row.document_id,
        place=row.place,
        start=row.start,
        end=row.end,
        defaults={"said_by": row.said_by, "said_on": row.said_on, "words": row.text},
    )


@transaction.atomic
def withdraw(*, by: Actor, row: Recommendation, reason: str) -> Recommendation:
    """Say that a sentence was picked out by mistake: it recommends nothing. The reason is kept. Raises Refused."""
    check_can(by, Can.EDIT_PLANS)
    if not reason.strip():
        raise Refused("Say why this is no recommendation.")
    held = Recommendation.objects.select_for_update().get(area=by.area, pk=row.pk)
    held.reason, held.withdrawn_on = reason.strip()[:LONGEST], by.today
    held.answered_by, held.answered_on = by.user, by.today
    held.save(update_fields=["reason", "withdrawn_on", "answered_by", "answered_on"])
    return held
