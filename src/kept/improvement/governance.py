"""Meetings: an agenda built from what moved, what did not, what is disputed or late; decisions as duties."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from kept.access.acting import Actor, check_can
from kept.access.models import User
from kept.access.roles import Can
from kept.design.words import counted, day
from kept.duties.actions import DutyFacts, sync
from kept.improvement import checking, queries
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Challenge, Decision, Meeting, Programme
from kept.improvement.words import Delivery, Impact, Stage

SOURCE = "improvement"
MOVED = {Impact.IMPROVING, Impact.RELIABLE}
NOT_MOVED = {Impact.NONE_SHOWN, Impact.NO_CHANGE, Impact.WORSE}
PARTS = {
    "disputed": "Disputed by families",
    "late": "Late, or without news",
    "worse": "Did not move, or got worse",
    "moved": "Moved",
    "unmeasured": "Cannot be judged",
    "decide": "To decide",
    "challenges": "Challenges without an answer that settled them",
    "last_time": "Decisions of the last meeting, and older ones not carried out",
}


def agenda_of(actor: Actor, programme: Programme) -> dict[str, list[str]]:
    """The agenda for today, part by part; every line may be read by everybody at the table."""
    found = list(queries.findings(actor.area, programme))
    made: dict[str, list[str]] = {part: [] for part in PARTS}
    for one in queries.stood(actor.area, found, today=actor.today, whole=False):
        name = f"{one.finding.number}. {one.finding.text}"
        now = one.standing
        words = f"{name} Delivery: {now.delivery.label.lower()}. Impact: {now.impact.label.lower()}."
        if now.disputed:
            made["disputed"].append(words)
        if now.delivery in {Delivery.LATE, Delivery.UNKNOWN}:
            made["late"].append(f"{words} Dates moved: {now.moves}.")
            made["late"] += _late_milestones(one, actor.today)
        part = "moved" if now.impact in MOVED else "worse" if now.impact in NOT_MOVED else "unmeasured"
        made[part].append(words)
        if now.stage == Stage.SUSTAINED:
            made["decide"].append(f"Whether to close: {name}")
        if now.stage == Stage.REGRESSED:
            made["decide"].append(f"What to do, as it got worse again: {name}")
    made["challenges"] = [
        f"{one.on_behalf_of}: {one.words} ({_answer(one, actor.today)})"
        for one in queries.challenges(programme)
        if not one.resolved_on
    ]
    made["last_time"] = _last_time(actor, programme)
    return made


def _last_time(actor: Actor, programme: Programme) -> list[str]:
    """What the last meeting decided and what came of it, and whatever of earlier meetings is still not carried out."""
    last = Meeting.objects.filter(area=actor.area, programme=programme, meets_on__lt=actor.today).first()
    before = Decision.objects.filter(area=actor.area, meeting__programme=programme, meeting__meets_on__lt=actor.today)
    found = before.filter(Q(meeting=last) | Q(done_on__isnull=True)).select_related("owner")
    return [
        f"{one.what}: {one.owner.name}, "
        + (
            f"done on {day(one.done_on)}"
            if one.done_on
            else f"{'overdue since' if one.due_on < actor.today else 'due by'} {day(one.due_on)}"
        )
        for one in found
    ]


def _late_milestones(one: queries.Stood, today: date) -> list[str]:
    """The milestones of a finding whose promised day has passed, with the forecast and how often it was moved."""
    states = [
        (each.deliverable, queries.milestone_facts(each))
        for action in one.finding.actions.all()
        for each in action.milestones.all()
    ]
    return [
        f"{one.finding.number}. Milestone “{what}”: promised {day(state.promised_on)}, now expected "
        f"{day(state.expected_on)}, {'moved ' + counted(state.moves, 'time') if state.moves else 'never moved'}."
        for what, state in states
        if state.accepted_on is None and state.promised_on < today
    ]


def _answer(one: Challenge, today: date) -> str:
    if one.replied_on:
        return f"answered {day(one.replied_on)}, whoever asked is not satisfied yet"
    return f"answer {'overdue since' if one.due_on < today else 'owed by'} {day(one.due_on)}"


@transaction.atomic
def call(*, by: Actor, programme: Programme, body: str, meets_on: date) -> Meeting:
    """Call a meeting; its agenda is built and kept. Safe to repeat. Raises Refused, NotAllowed."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_meeting(meets_on, programme.started_on, by.today)
    made, _ = Meeting.objects.get_or_create(
        area=by.area, programme=programme, body=body, meets_on=meets_on,
        defaults={"agenda": agenda_of(by, programme)},
    )  # fmt: skip
    return made


@transaction.atomic
def minute(*, by: Actor, meeting: Meeting, minutes: str) -> Meeting:
    """Write the minutes; the history keeps every version. Raises NotAllowed before the meeting was held."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_held(meeting.meets_on, by.today, "said")
    meeting.minutes = minutes
    meeting.save(update_fields=["minutes"])
    return meeting


@transaction.atomic
def publish_note(*, by: Actor, meeting: Meeting, words: str) -> Meeting:
    """Publish the chair's note of a meeting: what was said, what we will do. Raises NotAllowed before it was held."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_held(meeting.meets_on, by.today, "said")
    meeting.chair_note, meeting.noted_on = words, by.today
    meeting.save(update_fields=["chair_note", "noted_on"])
    return meeting


@transaction.atomic
def decide(*, by: Actor, meeting: Meeting, what: str, owner: User, due_on: date) -> Decision:
    """Record a decision with its owner and date. Raises NotAllowed before the meeting, and for a date before it."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_held(meeting.meets_on, by.today, "decided")
    if due_on < meeting.meets_on:
        raise NotAllowed("A decision is due on or after the day of the meeting.")
    made = Decision.objects.create(area=by.area, meeting=meeting, what=what, owner=owner, due_on=due_on)
    _owe(by, made)
    return made


@transaction.atomic
def carry_out(*, by: Actor, decision: Decision) -> Decision:
    """Say that a decision was carried out today."""
    check_can(by, Can.RUN_PROGRAMME)
    if decision.done_on is None:
        decision.done_on = by.today
        decision.save(update_fields=["done_on"])
        _owe(by, decision)
    return decision


def _owe(by: Actor, one: Decision) -> None:
    facts: dict[str, Any] = {
        "key": "decision",
        "what": f"Decision: {one.what}"[:300],
        "authority": str(one.meeting),
        "rule": "improvement.decision",
        "is_statutory": False,
        "owed_by": one.owner.name,
        "starts_on": one.meeting.meets_on,
        "due_on": one.due_on,
        "met_on": one.done_on,
        "person_id": one.owner_id,
        "path": f"/improvement/meetings/{one.meeting_id}/",
    }
    sync(by=by, source=SOURCE, source_id=one.pk, child_id=None, duties=[DutyFacts(**facts)])
