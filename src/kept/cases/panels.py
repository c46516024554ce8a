"""Decision panels: which cases a meeting considers, what it recommends and how it ends.

A panel advises; the decision itself is an event of the case, recorded by the officer from the panel's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import TextChoices
from django.db.models.functions import Now

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.models import Case, PanelItem
from kept.rules.process import Stage

FURTHEST_AHEAD = timedelta(days=366)


class Outcome(TextChoices):
    """How a panel ends."""

    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"
    PUT_OFF = "put_off", "Put off to a later meeting"


@dataclass(frozen=True)
class Question:
    """What a panel is asked: in words, at which stages, and the event that records each answer as a decision."""

    words: str
    stages: frozenset[Stage]
    agreed: tuple[str, str] | None = None
    not_agreed: tuple[str, str] | None = None

    def decision(self, outcome: str) -> tuple[str, str] | None:
        """The kind of event and its outcome that an answer leads to; None when it leads to none."""
        return {Outcome.AGREED.value: self.agreed, Outcome.NOT_AGREED.value: self.not_agreed}.get(outcome)


QUESTIONS: Mapping[str, Question] = {
    "assess": Question(
        "Whether to assess",
        frozenset({Stage.REQUEST_UNDER_CONSIDERATION}),
        ("assess_decision", "assess"),
        ("assess_decision", "refuse"),
    ),
    "plan": Question(
        "Whether to make a plan",
        frozenset({Stage.ASSESSING, Stage.DRAFT_ISSUED}),
        ("draft_plan_served", ""),
        ("no_plan_decision", ""),
    ),
    "final": Question("The final plan", frozenset({Stage.DRAFT_ISSUED}), ("final_plan_sent", "")),
    "placement": Question(
        "Which school or setting to name", frozenset({Stage.DRAFT_ISSUED, Stage.AMENDING, Stage.PLAN_MAINTAINED})
    ),
    "amend": Question(
        "Whether to amend the plan after its review",
        frozenset({Stage.REVIEW_OPEN}),
        ("review_decision", "amend"),
        ("review_decision", "maintain"),
    ),
    "reassess": Question(
        "Whether to re-assess",
        frozenset({Stage.REASSESS_UNDER_CONSIDERATION}),
        ("reassessment_decision", "reassess"),
        ("reassessment_decision", "refuse"),
    ),
    "cease": Question("Whether to cease the plan", frozenset({Stage.PLAN_MAINTAINED}), ("cease_decision", "")),
}


def questions_for(stage: Stage) -> list[tuple[str, str]]:
    """The questions that a panel can be asked about a case at a stage, as choices of a form."""
    return [(name, question.words) for name, question in QUESTIONS.items() if stage in question.stages]


@transaction.atomic
def put_on_panel(*, by: Actor, case: Case, meets_on: date, question: str, summary: str = "") -> PanelItem:
    """Put a case on the list of a panel. Twice is once: the summary is brought up to date.

    Raises Refused without the permission, for a question that the case does not pose, or for an impossible day.
    """
    check_can(by, Can.WORK_CASES)
    if question not in dict(questions_for(Stage[case.stage])):
        raise Refused(f"That question does not arise while the case is “{Stage[case.stage].value}”.")
    if not by.today <= meets_on <= by.today + FURTHEST_AHEAD:
        raise Refused("Choose the day of a meeting from today to a year ahead.")
    item, made = PanelItem.objects.select_for_update().get_or_create(
        area=by.area,
        case=case,
        question=question,
        meets_on=meets_on,
        defaults={"child_id": case.child_id, "summary": summary, "listed_by": by.user},
    )
    if not made and item.considered_at is None and summary and item.summary != summary:
        item.summary = summary
        item.save(update_fields=["summary"])
    return item


def _locked(by: Actor, item: PanelItem) -> PanelItem:
    found = PanelItem.objects.select_for_update(of=("self",)).select_related("case").filter(area=by.area, pk=item.pk)
    current = found.first()
    if current is None:
        raise SomebodyElseWasFirst("Somebody else took the case off this panel.")
    return current


@transaction.atomic
def consider(
    *,
    by: Actor,
    item: PanelItem,
    recommendation: str,
    outcome: str,
    seen: datetime | None = None,
    again_on: date | None = None,
) -> PanelItem:
    """Record what a panel recommended and how it ended; when it was put off, the case goes to the next meeting.

    seen: when the panel had considered it according to the page that the person saw. Raises Refused, or
    SomebodyElseWasFirst when another result was recorded meanwhile. Safe to repeat.
    """
    check_can(by, Can.DECIDE_PANEL)
    item = _locked(by, item)
    if (item.recommendation, item.outcome) == (recommendation, outcome):
        return item
    if item.considered_at != seen:
        raise SomebodyElseWasFirst(
            f"Somebody else recorded “{Outcome(item.outcome).label}” while you had the page open. Nothing of yours was "
            "recorded: compare, then decide again."
        )
    if outcome not in Outcome.values:
        raise Refused("Choose how the panel ended.")
    if not recommendation.strip():
        raise Refused("Say what the panel recommends and why: the family may ask for its reasons.")
    if item.meets_on > by.today:
        raise Refused("The panel has not met yet. Record the result on the day of the meeting or later.")
    if outcome == Outcome.PUT_OFF:
        if again_on is None or again_on <= item.meets_on:
            raise Refused("Say on which later day the panel meets again.")
        put_on_panel(by=by, case=item.case, meets_on=again_on, question=item.question, summary=item.summary)
    item.recommendation, item.outcome, item.considered_at = recommendation, outcome, Now()
    item.save(update_fields=["recommendation", "outcome", "considered_at"])
    item.refresh_from_db()
    return item


@transaction.atomic
def take_off(*, by: Actor, item: PanelItem) -> None:
    """Take a case off the list of a panel that has not considered it. Raises Refused."""
    check_can(by, Can.WORK_CASES)
    item = _locked(by, item)
    if item.considered_at is not None:
        raise Refused("The panel has considered this case: its result stays on the record.")
    item.delete()
