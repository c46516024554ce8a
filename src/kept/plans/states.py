"""What state a version is in, worked out from its days, and the one table of what may be done in which state.

The table gives the guards of the actions, the buttons of the pages, the diagram in docs/plans.md and the test matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kept.access.acting import Refused
from kept.plans.models import Version
from kept.plans.words import DRAFT_STAGES, Stage

WINDOW = timedelta(days=14)  # at least 15 days beginning with service (SEND Regulations 2014 reg 13(1)(a), 22(2)(c))


class State(Enum):
    """The states, in words that everybody reads."""

    WRITING = "Being written"
    WITH_FAMILY = "With the family"
    VIEWS_CLOSED = "The family’s time to reply is over"
    AGREED = "Agreed by the family"
    REPLACED = "Replaced by a later version"
    IN_FORCE = "In force"
    SUPERSEDED = "Superseded"
    CEASED = "Ceased"
    GIVEN_UP = "Given up before it was sent"


@dataclass(frozen=True)
class Move:
    """Something that may be done: its button, the states and stages in which, and what else it leads to."""

    name: str
    label: str
    states: frozenset[State]
    stages: frozenset[Stage] = frozenset(Stage)
    to: State | None = None
    makes: Stage | None = None


SENT = frozenset({State.WITH_FAMILY, State.VIEWS_CLOSED, State.AGREED})
_W, _FINALS = frozenset({State.WRITING}), frozenset(Stage) - DRAFT_STAGES
_FORCE = frozenset({State.IN_FORCE})
MOVES: tuple[Move, ...] = (
    Move("edit", "Write", _W),
    Move("send", "Check and send to the family", _W, DRAFT_STAGES, to=State.WITH_FAMILY),
    Move("issue", "Check and issue", _W, _FINALS, to=State.IN_FORCE),
    Move("give_up", "Give up this version", _W, to=State.GIVEN_UP),
    Move("take_up", "Take it up again", frozenset({State.GIVEN_UP}), to=State.WRITING),
    Move("agree", "Record that the family agrees", frozenset({State.WITH_FAMILY, State.VIEWS_CLOSED}), to=State.AGREED),
    Move("answer", "Answer what the family said", SENT),
    Move("final", "Write the final plan", SENT, frozenset({Stage.DRAFT}), makes=Stage.FINAL),
    Move("redraft", "Write another draft", SENT, frozenset({Stage.DRAFT}), makes=Stage.DRAFT),
    Move(
        "amended", "Write the amended final plan", SENT, frozenset({Stage.PROPOSED_AMENDMENT}),
        makes=Stage.AMENDED_FINAL,
    ),
    Move(
        "repropose", "Write another proposed amendment", SENT, frozenset({Stage.PROPOSED_AMENDMENT}),
        makes=Stage.PROPOSED_AMENDMENT,
    ),
    Move("amend", "Propose an amendment", _FORCE, makes=Stage.PROPOSED_AMENDMENT),
    Move("reassess", "Write a draft after a re-assessment", _FORCE, makes=Stage.DRAFT),
    Move("order", "Record a tribunal’s order", _FORCE, makes=Stage.TRIBUNAL_ORDERED),
    Move("cease", "Record that the plan ceased", _FORCE, to=State.CEASED),
)  # fmt: skip
BY_NAME = {move.name: move for move in MOVES}


def views_until(version: Version) -> date | None:
    """The last day of the family's time on a draft that was sent: at least 15 days beginning with service."""
    return version.sent_on + WINDOW if version.sent_on else None


def state_of(version: Version, *, today: date, later_final: bool, later_version: bool, ceased_on: date | None) -> State:
    """The state on a day. later_final: a later final was issued; later_version: a later one was sent or issued."""
    if version.discarded_on:
        return State.GIVEN_UP
    if version.issued_on:
        has_ceased = ceased_on is not None and ceased_on <= today
        return State.SUPERSEDED if later_final else State.CEASED if has_ceased else State.IN_FORCE
    if version.sent_on is None:
        return State.WRITING
    return _sent(version, today=today, later_version=later_version)


def _sent(version: Version, *, today: date, later_version: bool) -> State:
    if later_version:
        return State.REPLACED
    if version.agreed_on:
        return State.AGREED
    until = views_until(version)
    return State.WITH_FAMILY if until and today <= until else State.VIEWS_CLOSED


def states_of(versions: list[Version], *, today: date, ceased_on: date | None = None) -> dict[object, State]:
    """The state of each version of one plan, given all of them."""
    finals = [one.number for one in versions if one.issued_on]
    sent = [one.number for one in versions if one.is_locked and not one.discarded_on]
    return {
        one.pk: state_of(
            one,
            today=today,
            later_final=any(number > one.number for number in finals),
            later_version=any(number > one.number for number in sent),
            ceased_on=ceased_on,
        )
        for one in versions
    }


def moves_from(state: State, stage: str) -> list[Move]:
    """What may be done with a version in a state."""
    return [move for move in MOVES if state in move.states and Stage(stage) in move.stages]


def check_move(name: str, state: State, stage: str) -> Move:
    """The move. Raises Refused, with a sentence, when it may not be made now."""
    move = BY_NAME[name]
    if move in moves_from(state, stage):
        return move
    what = Stage(stage).label.lower()
    if name == "edit":
        raise Refused(
            f"This version is closed ({state.value.lower()}). What was sent is never changed: write a new one."
        )
    raise Refused(f"“{move.label}” is not possible: this is a {what}, and its state is: {state.value.lower()}.")
