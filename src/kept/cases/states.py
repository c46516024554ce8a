"""Where a case stands in words that a family understands, and the reference page drawn from the table of states."""

from __future__ import annotations

from collections.abc import Mapping

from kept.rules.process import Overlay, Stage, states_diagram
from kept.rules.process.catalogue import EVENTS
from kept.rules.process.moves import LABELS
from kept.rules.process.notices import KINDS
from kept.rules.process.stages import MOVES, OVERLAY_EVENTS, Move

MEANING: Mapping[Stage, str] = {
    Stage.NONE: "No request for an assessment is being considered.",
    Stage.REQUEST_UNDER_CONSIDERATION: "The council is deciding whether to carry out an EHC needs assessment.",
    Stage.NOT_ASSESSED: "The council decided not to assess. The family may appeal.",
    Stage.ASSESSING: "The assessment is under way: advice is being gathered.",
    Stage.NO_PLAN: "After the assessment the council decided not to make a plan. The family may appeal.",
    Stage.DRAFT_ISSUED: "The draft plan is with the family, and schools are being consulted.",
    Stage.PLAN_MAINTAINED: "There is a plan, and everything in it must be delivered and reviewed each year.",
    Stage.REVIEW_OPEN: "The plan is being reviewed. It stays in force meanwhile.",
    Stage.AMENDING: "The plan is being changed. The old one stays in force until the new one is sent.",
    Stage.REASSESS_UNDER_CONSIDERATION: "The council is deciding whether to assess again. The plan stays in force.",
    Stage.REASSESSING: "A new assessment is under way. The plan stays in force.",
    Stage.CEASE_PENDING: "The council decided to end the plan. It must be kept until the time to appeal has passed.",
    Stage.CEASED: "The plan has ended.",
    Stage.TRANSFER_DUE: "The family is moving, and the plan goes to the new council.",
    Stage.TRANSFERRED_OUT: "The plan was transferred on a move.",
    Stage.KEPT: "The young person is in custody. The plan is kept and provision arranged as far as practicable.",
    Stage.CLOSED: "The request was withdrawn, or the family moved, before there was a plan.",
}
OVERLAY_MEANING: Mapping[Overlay, str] = {
    Overlay.MEDIATION: "Mediation about a decision is under way.",
    Overlay.APPEAL: "The family has appealed to the Tribunal.",
    Overlay.ORDER_COMPLIANCE: "The Tribunal's order, or an agreement, is being carried out.",
    Overlay.CUSTODY: "The young person is detained; the custody time limits run.",
}
PAGE = "docs/reference/case-states.md"


def move_label(kind: str, value: str | None = None) -> str:
    """The words of the button for an event, with the detail that decides it."""
    return LABELS.get((kind, value or ""), EVENTS[kind].label)


def case_states_page() -> str:
    """The reference page: every stage, the diagram and every move."""
    return "\n".join(
        [
            "# The states of a case",
            "",
            "Written by a machine from the table of states and moves in `kept.rules.process.stages`; `./run fix`",
            "writes it anew. The stage of a case is computed from its events by this table and is never typed in.",
            "",
            "## Stages",
            "",
            "| Stage | What it means |",
            "| --- | --- |",
            *(f"| {stage.value} | {MEANING[stage]} |" for stage in Stage),
            "",
            "## What runs beside the stage",
            "",
            "| Beside the stage | What it means | Begins with | Ends with |",
            "| --- | --- | --- | --- |",
            *(_overlay_row(overlay) for overlay in Overlay),
            "",
            "## Diagram",
            "",
            "```mermaid",
            states_diagram().rstrip(),
            "```",
            "",
            "## Moves",
            "",
            "A case officer or a case manager records them. A move recorded late takes its place by its date, and is",
            "refused when what was recorded after it could then not have happened.",
            "",
            "| From | What is recorded | To | Notice owed | Only if |",
            "| --- | --- | --- | --- | --- |",
            *(_move_row(move) for move in MOVES),
            "",
        ]
    )


def _overlay_row(overlay: Overlay) -> str:
    starts, ends = (", ".join(f"`{kind}`" for kind in kinds) for kinds in OVERLAY_EVENTS[overlay])
    return f"| {overlay.value} | {OVERLAY_MEANING[overlay]} | {starts} | {ends} |"


def _move_row(move: Move) -> str:
    sources = "; ".join(stage.value for stage in move.sources)
    what = f"{move_label(move.event.type, move.event.value)} (`{move.event.type}`)"
    notice = f"{move.notice} {KINDS[move.notice].title}" if move.notice else "None"
    needs = move.needs.value if move.needs else "the time to appeal has passed" if move.gate else ""
    return f"| {sources} | {what} | {move.target.value} | {notice} | {needs} |"


DOCUMENTS = {PAGE: case_states_page}
