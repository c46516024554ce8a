"""The report of the meeting and the council's decision. The case gets both, so that the law's clocks stop and start."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.design.words import counted, day
from kept.reviews import plan_facts, recording, sending, states
from kept.reviews.access import check_may_run
from kept.reviews.actions import locked, saved
from kept.reviews.models import Invitee, Paper, Review
from kept.reviews.words import Outcome, Part
from kept.rules import ages


def not_judged(actor: Actor, review: Review) -> list[str]:
    """The outcomes and help of the plan of which nothing was said yet, by their labels."""
    said = set(review.judgements.filter(area=actor.area).values_list("lineage", flat=True))
    return [item.label for item in plan_facts.items_of(actor, review) if item.lineage not in said]


@transaction.atomic
def report(
    *,
    by: Actor,
    review: Review,
    summary: str,
    recommends: str,
    changes: str = "",
    disagreements: str = "",
    version: int | None = None,
) -> Paper:
    """Freeze the report and send it to everybody who was invited; the case records that day.

    Every outcome and all help must have been judged. recommends: what the meeting asks the council to do. Raises
    Refused or NotPossible.
    """
    check_may_run(by, review.child_id, "report")
    current = locked(by, review, version)
    states.check_may(current, "report", by.today)
    if left := not_judged(by, current):
        raise Refused(
            f"{counted(len(left), 'entry', 'entries').capitalize()} of the plan not judged yet: {', '.join(left)}. "
            "Judge each outcome and all help first; the decision rests on it."
        )
    if not summary.strip():
        raise Refused("Write what was said and agreed.")
    if recommends not in Outcome.values:
        raise Refused("Choose what the meeting recommends.")
    if recommends == Outcome.AMEND and not changes.strip():
        raise Refused("Say what should be changed in the plan.")
    child = current.child
    labels = {item.lineage: item.label for item in plan_facts.items_of(by, current)}
    content = {
        "child": {
            "name": child.full_name,
            "first_name": child.first_name,
            "year": ages.say_year(ages.curriculum_year(child.born_on, current.meets_on)),
        },
        "meets_on": current.meets_on.isoformat(),
        "summary": summary.strip(),
        "recommends": Outcome(recommends).label,
        "changes": changes.strip(),
        "disagreements": disagreements.strip(),
        "judged": [
            {
                "label": labels.get(one.lineage, one.section),
                "text": one.text,
                "verdict": one.get_verdict_display(),
                "evidence": one.evidence,
                "family": one.family_disagrees,
            }
            for one in current.judgements.filter(area=by.area)
        ],
        "came": [_who(one) for one in current.invitees.filter(area=by.area) if one.came],
    }
    paper = sending.freeze(by, current, "report", content)
    recording.record(by, current.case_id, "review_report_issued", by.today, note="Report of the review sent.")
    current.reported_on = by.today
    saved(current, "reported_on")
    sending.send_report(by, current, paper)
    return paper


def _who(one: Invitee) -> str:
    """Who came; parents without their names, as each may read the report."""
    part: str = one.get_part_display()
    return part if one.part == Part.PARENT else f"{one.name}, {part}"


@transaction.atomic
def decide(
    *, by: Actor, review: Review, outcome: str, reasons: str, on: date | None = None, version: int | None = None
) -> Review:
    """Record the council's decision as notified: the review is complete, and the next year begins.

    on: the day on which the family was told, today unless given. Raises Refused or NotPossible.
    """
    check_can(by, Can.WORK_CASES)
    check_may_run(by, review.child_id, "decide")
    current = locked(by, review, version)
    states.check_may(current, "decide", by.today)
    if outcome not in Outcome.values:
        raise Refused("Choose whether the plan is kept, amended or ceased.")
    if not reasons.strip():
        raise Refused("Give the reasons: the family is told them and may appeal.")
    told_on = on or by.today
    if current.held_on and told_on < current.held_on:
        raise Refused(f"The decision cannot have been notified before the meeting on {day(current.held_on)}.")
    recording.record(
        by, current.case_id, "review_decision", told_on, note=reasons.strip(), details={"outcome": outcome}
    )
    current.decided_on, current.outcome, current.reasons = told_on, outcome, reasons.strip()
    return saved(current, "decided_on", "outcome", "reasons")
