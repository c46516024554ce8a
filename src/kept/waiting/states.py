"""Where a referral may go from where it stands: one table for the guard, the buttons and the tests."""

from __future__ import annotations

from dataclasses import dataclass

from kept.waiting.words import ENDINGS, OUTCOMES, STOPS, EventKind, State

OPEN = frozenset({State.REFERRED, State.RETURNED, State.WAITING, State.OFFERED, State.MONITORING})
TO_ACCEPT = frozenset({State.REFERRED, State.RETURNED})
ON_LIST = frozenset({State.WAITING, State.OFFERED})


@dataclass(frozen=True)
class Move:
    """What may be recorded: from which states, the words on the button, the key that presses it on the list."""

    kind: str
    states: frozenset[str]
    button: str
    key: str = ""


def _moves() -> dict[str, Move]:
    found = [
        Move(EventKind.ACCEPTED, TO_ACCEPT, "Accept", "y"),
        Move(EventKind.RETURNED, frozenset({State.REFERRED}), "Send back with questions"),
        Move(EventKind.ANSWERED, frozenset({State.RETURNED}), "Answer the questions"),
        Move(EventKind.OFFERED, frozenset({State.WAITING}), "Offer", "o"),
        Move(EventKind.PRIORITY, OPEN, "Set priority"),
        Move(EventKind.PAUSED, ON_LIST, "Pause the count"),
        Move(EventKind.RESUMED, OPEN, "Resume the count"),
        Move(EventKind.MONITORING, frozenset({State.WAITING}), "Start active monitoring"),
        Move(EventKind.CONTACTED, OPEN, "Contacted", "w"),
        Move(EventKind.CHECKED, OPEN | {State.SEEN, State.CLOSED}, "Checked that the child is safe"),
        Move(EventKind.DELAY, OPEN, "Record a cause of delay"),
        Move(EventKind.CLOSED, ON_LIST | {State.MONITORING}, "Close as seen"),
    ]
    found += [Move(kind, frozenset({State.OFFERED}), *OUTCOME_WORDS[kind]) for kind in OUTCOMES]
    found += [Move(kind, ON_LIST | {State.SEEN, State.MONITORING}, EventKind(kind).label) for kind in STOPS]
    found += [Move(kind, OPEN, EventKind(kind).label) for kind in ENDINGS if kind != EventKind.NOT_ACCEPTED]
    found.append(Move(EventKind.NOT_ACCEPTED, TO_ACCEPT, "Not accepted"))
    return {move.kind: move for move in found}


OUTCOME_WORDS: dict[str, tuple[str, str]] = {
    EventKind.ATTENDED: ("Attended", "a"),
    EventKind.NOT_BROUGHT: ("Not brought", "n"),
    EventKind.CANCELLED_BY_FAMILY: ("Family cancelled", "f"),
    EventKind.CANCELLED_BY_SERVICE: ("We cancelled", "c"),
    EventKind.DECLINED: ("Declined", "d"),
}
MOVES = _moves()


def moves_from(state: str, *, is_paused: bool) -> list[Move]:
    """What may be recorded of a referral in this state."""
    return [move for move in MOVES.values() if can_move(state, move.kind, is_paused=is_paused)]


def can_move(state: str, kind: str, *, is_paused: bool) -> bool:
    """Whether an event of this kind may be recorded now."""
    move = MOVES.get(kind)
    if move is None or state not in move.states:
        return False
    if kind == EventKind.RESUMED:
        return is_paused or state == State.MONITORING
    return not (kind == EventKind.PAUSED and is_paused)
