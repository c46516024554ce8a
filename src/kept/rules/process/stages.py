"""The states of a case and the moves between them: one table (section 4 of the reference).

From this table come the stage of a case, what is allowed next, the guard, the diagram and the test matrix. Mediation,
appeal, order compliance and custody run beside the stage as overlays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .facts import Facts
from .table import Pattern, patterns


class Stage(Enum):
    """Where a case stands; the value is the name that people see."""

    NONE = "No request"
    REQUEST_UNDER_CONSIDERATION = "Request under consideration"
    NOT_ASSESSED = "Not assessed"
    ASSESSING = "Assessing"
    NO_PLAN = "No plan"
    DRAFT_ISSUED = "Draft issued"
    PLAN_MAINTAINED = "Plan maintained"
    REVIEW_OPEN = "Review open"
    AMENDING = "Amending"
    REASSESS_UNDER_CONSIDERATION = "Re-assessment under consideration"
    REASSESSING = "Re-assessing"
    CEASE_PENDING = "Ceasing, appeal period running"
    CEASED = "Ceased"
    TRANSFER_DUE = "Transfer due"
    TRANSFERRED_OUT = "Transferred out"
    KEPT = "Plan kept in custody"
    CLOSED = "Closed before a plan"


class Overlay(Enum):
    """What runs beside the stage."""

    MEDIATION = "Mediation"
    APPEAL = "Appeal"
    ORDER_COMPLIANCE = "Complying with an order"
    CUSTODY = "In custody"


S = Stage
WITH_PLAN = (
    S.PLAN_MAINTAINED,
    S.REVIEW_OPEN,
    S.AMENDING,
    S.REASSESS_UNDER_CONSIDERATION,
    S.REASSESSING,
    S.CEASE_PENDING,
)
HOLDS_PLAN = frozenset({*WITH_PLAN, S.TRANSFER_DUE, S.KEPT})
_BEFORE_PLAN = (S.REQUEST_UNDER_CONSIDERATION, S.ASSESSING, S.DRAFT_ISSUED)
_CAN_ASK = (S.NONE, S.NOT_ASSESSED, S.NO_PLAN, S.CEASED, S.CLOSED)
_AMENDABLE = (S.PLAN_MAINTAINED, S.REVIEW_OPEN, S.TRANSFERRED_OUT)


@dataclass(frozen=True)
class Move:
    """A row: from any of these stages, this event leads there; it may need an overlay, or a gate that is open."""

    sources: tuple[Stage, ...]
    event: Pattern
    target: Stage
    notice: str | None = None
    needs: Overlay | None = None
    gate: str | None = None


def _move(
    sources: Stage | tuple[Stage, ...],
    event: str,
    target: Stage,
    notice: str | None = None,
    *,
    needs: Overlay | None = None,
    gate: str | None = None,
) -> Move:
    places = sources if isinstance(sources, tuple) else (sources,)
    return Move(places, patterns(event)[0], target, notice, needs, gate)


_ORDER, _CUSTODY = Overlay.ORDER_COMPLIANCE, Overlay.CUSTODY

MOVES: tuple[Move, ...] = (
    _move(_CAN_ASK, "request_received", S.REQUEST_UNDER_CONSIDERATION, "N1"),
    _move(_CAN_ASK, "became_responsible", S.REQUEST_UNDER_CONSIDERATION, "N1"),
    _move(S.REQUEST_UNDER_CONSIDERATION, "assess_decision[outcome=refuse]", S.NOT_ASSESSED, "N2-refuse"),
    _move(S.REQUEST_UNDER_CONSIDERATION, "assess_decision[outcome=assess]", S.ASSESSING, "N2-yes"),
    _move(S.NOT_ASSESSED, "order_assess_notified", S.ASSESSING, "N2-yes", needs=_ORDER),
    _move(S.ASSESSING, "no_plan_decision", S.NO_PLAN, "N3"),
    _move(S.ASSESSING, "draft_plan_served", S.DRAFT_ISSUED, "N4"),
    _move(S.DRAFT_ISSUED, "draft_plan_served", S.DRAFT_ISSUED, "N4"),
    _move((S.NO_PLAN, S.NOT_ASSESSED), "draft_plan_served", S.DRAFT_ISSUED, "N4", needs=_ORDER),
    _move(S.DRAFT_ISSUED, "no_plan_decision", S.NO_PLAN, "N3"),
    _move(S.DRAFT_ISSUED, "final_plan_sent", S.PLAN_MAINTAINED, "N5"),
    _move((*_BEFORE_PLAN, S.NOT_ASSESSED, S.NO_PLAN), "withdrawn", S.CLOSED),
    _move((*_BEFORE_PLAN, S.NOT_ASSESSED, S.NO_PLAN), "moved_out", S.CLOSED),
    _move((S.PLAN_MAINTAINED, S.REVIEW_OPEN, S.TRANSFERRED_OUT), "review_meeting", S.REVIEW_OPEN, "N6"),
    _move(S.REVIEW_OPEN, "review_decision[outcome=maintain]", S.PLAN_MAINTAINED, "N7"),
    _move(S.REVIEW_OPEN, "review_decision[outcome=amend]", S.AMENDING, "N7"),
    _move(S.REVIEW_OPEN, "review_decision[outcome=cease]", S.CEASE_PENDING, "N7"),
    _move(S.AMENDING, "amendment_notice_sent", S.AMENDING, "N8"),
    _move(_AMENDABLE, "amendment_notice_sent", S.AMENDING, "N8"),
    _move(S.AMENDING, "amended_plan_sent", S.PLAN_MAINTAINED, "N9"),
    _move(S.AMENDING, "no_amendment_decision", S.PLAN_MAINTAINED, "N9"),
    _move((S.PLAN_MAINTAINED, S.CEASE_PENDING), "amended_plan_sent", S.PLAN_MAINTAINED, "N9", needs=_ORDER),
    _move(S.PLAN_MAINTAINED, "reassessment_requested", S.REASSESS_UNDER_CONSIDERATION),
    _move(S.REASSESS_UNDER_CONSIDERATION, "reassessment_decision[outcome=reassess]", S.REASSESSING, "N11"),
    _move(S.REASSESS_UNDER_CONSIDERATION, "reassessment_decision[outcome=refuse]", S.PLAN_MAINTAINED, "N11-refuse"),
    _move(S.PLAN_MAINTAINED, "reassessment_own_initiative", S.REASSESSING, "N11"),
    _move(S.PLAN_MAINTAINED, "order_assess_notified", S.REASSESSING, "N11", needs=_ORDER),
    _move(S.REASSESSING, "draft_plan_served", S.REASSESSING, "N4"),
    _move(S.REASSESSING, "amended_plan_sent", S.PLAN_MAINTAINED, "N9"),
    _move(S.REASSESSING, "no_amendment_decision", S.PLAN_MAINTAINED, "N9"),
    _move(S.PLAN_MAINTAINED, "cease_considered", S.PLAN_MAINTAINED, "N10"),
    _move((S.PLAN_MAINTAINED, S.CEASE_PENDING), "cease_decision", S.CEASE_PENDING, "N10"),
    _move(S.CEASE_PENDING, "plan_ceased", S.CEASED, gate="cease.earliest"),
    _move(S.CEASE_PENDING, "plan_maintained", S.PLAN_MAINTAINED),
    _move(WITH_PLAN, "moved", S.TRANSFER_DUE, "N12"),
    _move(_BEFORE_PLAN, "moved", S.CLOSED),
    _move((S.TRANSFER_DUE, S.PLAN_MAINTAINED), "plan_transferred", S.TRANSFERRED_OUT, "N12"),
    _move(S.TRANSFERRED_OUT, "new_la_notice", S.PLAN_MAINTAINED),
    _move(WITH_PLAN, "detention_known", S.KEPT, "N13"),
    _move(S.KEPT, "released", S.PLAN_MAINTAINED),
    _move(_CAN_ASK, "detained_request_received", S.REQUEST_UNDER_CONSIDERATION, "N13"),
    _move(_CAN_ASK, "detained_brought_to_attention", S.REQUEST_UNDER_CONSIDERATION, "N13"),
    _move(
        S.REQUEST_UNDER_CONSIDERATION, "detained_assess_decision[outcome=refuse]", S.NOT_ASSESSED, "N13", needs=_CUSTODY
    ),
    _move(S.REQUEST_UNDER_CONSIDERATION, "detained_assess_decision", S.ASSESSING, "N13", needs=_CUSTODY),
    _move((S.ASSESSING, S.DRAFT_ISSUED), "detained_draft_served", S.DRAFT_ISSUED, "N13", needs=_CUSTODY),
    _move((S.ASSESSING, S.DRAFT_ISSUED), "detained_no_plan_decision", S.NO_PLAN, "N13", needs=_CUSTODY),
    _move(S.DRAFT_ISSUED, "detained_final_plan_sent", S.KEPT, "N13", needs=_CUSTODY),
)

# A record may begin midway: what an event says about the stage when the steps before it were not recorded.
STANDS_ALONE: Mapping[str, Stage] = {
    "plan_first_made": S.PLAN_MAINTAINED,
    "review_completed": S.PLAN_MAINTAINED,
    "move_known": S.PLAN_MAINTAINED,
    "icb_move_known": S.PLAN_MAINTAINED,
    "icb_change_known": S.PLAN_MAINTAINED,
    "phase_transfer": S.PLAN_MAINTAINED,
}
# Facts that settle the stage whatever was recorded before them.
_SETTLES = frozenset({"final_plan_sent", "amended_plan_sent", "plan_ceased", "plan_transferred", "no_plan_decision"})
_BY_EVENT: dict[str, tuple[Move, ...]] = {}
for _row in MOVES:
    _BY_EVENT[_row.event.type] = (*_BY_EVENT.get(_row.event.type, ()), _row)

_STARTS_MEDIATION = ("mediation_adviser_contacted", "mediation_requested")
_ENDS_MEDIATION = ("mediation_declined", "mediation_certificate_issued", "mediation_agreement")
_ENDS_APPEAL = ("appeal_finally_determined", "tribunal_order", "unopposed_notified")
_STARTS_ORDER = ("tribunal_order", "unopposed_notified", "mediation_agreement")
_ENDS_ORDER = (
    "final_plan_sent",
    "amended_plan_sent",
    "no_plan_decision",
    "reconsidered",
    "plan_maintained",
    "plan_ceased",
)
_STARTS_CUSTODY = ("detention_known", "detained_request_received", "detained_brought_to_attention")
OVERLAY_EVENTS: Mapping[Overlay, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Overlay.MEDIATION: (_STARTS_MEDIATION, _ENDS_MEDIATION),
    Overlay.APPEAL: (("appeal_lodged",), _ENDS_APPEAL),
    Overlay.ORDER_COMPLIANCE: (_STARTS_ORDER, _ENDS_ORDER),
    Overlay.CUSTODY: (_STARTS_CUSTODY, ("released",)),
}
_OVERLAY_STEPS: dict[str, tuple[Overlay, bool]] = {}
for _overlay, (_starts, _ends) in OVERLAY_EVENTS.items():
    for _kind in _ends:
        _OVERLAY_STEPS.setdefault(_kind, (_overlay, False))
for _overlay, (_starts, _ends) in OVERLAY_EVENTS.items():
    for _kind in _starts:
        _OVERLAY_STEPS[_kind] = (_overlay, True)


@dataclass(frozen=True)
class Position:
    """The stage of a case, what runs beside it, and what was recorded out of the usual order."""

    stage: Stage
    overlays: frozenset[Overlay]
    out_of_order: tuple[tuple[str, Stage], ...] = ()
    since: date | None = None

    @property
    def has_plan(self) -> bool:
        """Whether this authority holds a plan that it must deliver."""
        return self.stage in HOLDS_PLAN


def moves_for(stage: Stage, event_type: str) -> tuple[Move, ...]:
    """The rows for an event from a stage."""
    return tuple(move for move in _BY_EVENT.get(event_type, ()) if stage in move.sources)


def position(facts: Facts) -> Position:
    """Replay the known events through the table. An event out of its place is noted, never refused."""
    stage = Stage.NONE
    overlays: set[Overlay] = set()
    strange: list[tuple[str, Stage]] = []
    since: date | None = None
    for event in facts.ordered:
        if event.date > facts.as_of:
            break
        kind = event.type
        before = stage
        if kind in _BY_EVENT or kind in STANDS_ALONE:
            fitting = [move for move in _BY_EVENT.get(kind, ()) if move.event.fits(event.details)]
            here = next((move for move in fitting if stage in move.sources), None)
            if here is not None:
                stage = here.target
            elif kind in STANDS_ALONE:
                stage = STANDS_ALONE[kind] if stage is Stage.NONE else stage
            elif fitting:
                if stage is not Stage.NONE:
                    strange.append((kind, stage))
                if stage is Stage.NONE or kind in _SETTLES:
                    stage = fitting[0].target
        since = since if stage is before else event.date
        _step_overlay(overlays, kind, event.details.get("kind"))
    return Position(stage, frozenset(overlays), tuple(strange), since)


def _step_overlay(overlays: set[Overlay], kind: str, agreed: object) -> None:
    """Switch overlays on and off. An order ends the appeal that it decides; an agreement, its mediation."""
    step = _OVERLAY_STEPS.get(kind)
    if step is None:
        return
    if kind in _ENDS_APPEAL:
        overlays.discard(Overlay.APPEAL)
    if kind in _ENDS_MEDIATION:
        overlays.discard(Overlay.MEDIATION)
    overlay, starts = step
    if not starts:
        overlays.discard(overlay)
    elif agreed != "non_appealable":
        overlays.add(overlay)


def states_diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage.name} : {stage.value}" for stage in Stage]
    lines.append("    [*] --> NONE")
    for move in MOVES:
        condition = f" = {move.event.value}" if move.event.value else ""
        needs = f", {move.needs.value.lower()}" if move.needs else ""
        gate = ", gate open" if move.gate else ""
        for source in move.sources:
            lines.append(f"    {source.name} --> {move.target.name} : {move.event.type}{condition}{needs}{gate}")
    return "\n".join(lines) + "\n"
