"""The handover note, written from the record: where the case stands, what is owed, who waits for what."""

from __future__ import annotations

from datetime import date

from kept.access.acting import Actor
from kept.cases.folding import in_force
from kept.cases.models import Case
from kept.cases.queries import advice_of
from kept.design.words import day
from kept.duties.queries import of_child
from kept.messages.queries import threads_of
from kept.rules.process import Stage
from kept.rules.process.catalogue import EVENTS

MOST_EVENTS = 5


def handover_note(actor: Actor, case: Case) -> str:
    """A note in plain sentences. Whoever hands over can add to it; nothing here is typed in twice."""
    open_duties = [one for one in of_child(actor, case.child_id) if one.status in {"open", "due_soon", "overdue"}]
    lines = [
        f"{case.child.full_name}, case {case.reference}, on {day(actor.today)}.",
        f"Stage: {Stage[case.stage].value}, since {day(case.stage_since)}.",
        "",
        "Owed now:",
        *_bullets(f"{one.what}: {_due(one.due_on, actor.today)}" for one in open_duties),
        "",
        "Advice still to come:",
        *_bullets(f"{one.body}, asked {day(one.received_on)}" for one in advice_of(case) if one.answered_on is None),
        "",
        "Messages that wait for an answer:",
        *_bullets(
            f"{one.subject}, by {day(one.answer_by)}"
            for one in threads_of(actor, case.child_id)
            if one.waiting_for == "us"
        ),
        "",
        "Last recorded:",
        *_bullets(
            f"{day(row.happened_on)}: {EVENTS[row.kind].label if row.kind in EVENTS else row.kind}"
            for row in in_force(case.events.filter(area_id=case.area_id))[-MOST_EVENTS:]
        ),
    ]
    return "\n".join(lines)


def _bullets(found: object) -> list[str]:
    return [f"- {one}" for one in found] or ["- Nothing."]  # type: ignore[attr-defined]


def _due(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "no day set"
    return f"{day(due_on)}{', LATE' if due_on < today else ''}"
