"""Where a review stands, computed from its dates, and what may be done then: one table for guard and buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kept.access.acting import Refused
from kept.reviews.models import Review


class State(StrEnum):
    """Where a review stands."""

    PLANNED = "Planned"
    INVITED = "Invitations sent"
    READY = "Papers sent"
    TO_CONFIRM = "The day has passed: was the meeting held?"
    HELD = "Meeting held, report to write"
    REPORTED = "Report sent, decision owed"
    DECIDED = "Decided"
    CANCELLED = "Cancelled"


def state_of(review: Review, today: date) -> State:
    """The first question that is true gives the state."""
    questions = (
        (review.cancelled_on, State.CANCELLED),
        (review.decided_on, State.DECIDED),
        (review.reported_on, State.REPORTED),
        (review.held_on, State.HELD),
        (review.meets_on < today, State.TO_CONFIRM),
        (review.circulated_on, State.READY),
        (review.invited_on, State.INVITED),
    )
    return next((state for is_so, state in questions if is_so), State.PLANNED)


BEFORE = frozenset({State.PLANNED, State.INVITED, State.READY})
NOT_HELD = BEFORE | {State.TO_CONFIRM}
OPEN = NOT_HELD | {State.HELD, State.REPORTED}


@dataclass(frozen=True)
class Move:
    """Something that may be done to a review. by_school: whether the school may as well as the council."""

    key: str
    button: str
    when: frozenset[State]
    by_school: bool = True


MOVES: tuple[Move, ...] = (
    Move("people", "Who is invited", NOT_HELD),
    Move("circulate", "Send the papers round", NOT_HELD),
    Move("move", "Move the meeting", NOT_HELD),
    Move("held", "The meeting was held", NOT_HELD),
    Move("judge", "Judge outcomes and help", OPEN - {State.PLANNED, State.REPORTED}),
    Move("report", "Write and send the report", frozenset({State.HELD})),
    Move("decide", "Decide: keep, amend or cease", frozenset({State.HELD, State.REPORTED}), by_school=False),
    Move("cancel", "Cancel this review", NOT_HELD, by_school=False),
)
BY_KEY = {one.key: one for one in MOVES}
WHY_NOT = {
    State.CANCELLED: "This review was cancelled.",
    State.DECIDED: "This review is complete: its decision was notified.",
    State.REPORTED: "The report has gone out. What is still to come is the decision.",
    State.HELD: "The meeting was held already.",
}


def check_may(review: Review, key: str, today: date) -> None:
    """Raise Refused, with a sentence, unless this may be done now."""
    state = state_of(review, today)
    move = BY_KEY[key]
    if state not in move.when:
        words = WHY_NOT.get(state, "It is too early for that.")
        raise Refused(f"{words} “{move.button}” is not possible now.")
