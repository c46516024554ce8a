"""What an audit puts into the ledger of duties: judgements and actions that are owed."""

from __future__ import annotations

from kept.access.acting import Actor
from kept.duties.actions import DutyFacts, sync
from kept.quality.models import Action, Seat

SOURCE = "quality"
AUTHORITY = "The area’s own audit of plans"


def sync_seat(by: Actor, seat: Seat) -> None:
    """The ledger says that an auditor owes a judgement."""
    duties = [
        DutyFacts(
            key="judge",
            what=f"Judge plan {seat.copy.number} of the audit {seat.copy.round.name}"[:300],
            authority=AUTHORITY,
            is_statutory=False,
            rule="quality.judge",
            owed_by="the auditor",
            starts_on=seat.copy.round.drawn_on,
            due_on=seat.due_on,
            met_on=seat.judged_on,
            evidence="Grades given" if seat.judged_on else "",
            person_id=seat.auditor_id,
            path=f"/audits/seats/{seat.pk}/",
        )
    ]
    sync(by=by, source=SOURCE, source_id=seat.pk, child_id=None, duties=[] if seat.stood_down_because else duties)


def sync_action(by: Actor, action: Action) -> None:
    """The ledger says that an action is owed until it is closed."""
    duty = DutyFacts(
        key="action",
        what=f"Audit: {action.what}"[:300],
        authority=AUTHORITY,
        is_statutory=False,
        rule="quality.action",
        owed_by="the owner of the action",
        starts_on=action.made_on,
        due_on=action.due_on,
        met_on=action.closed_on,
        evidence=action.evidence[:300] if action.closed_on else "",
        person_id=action.owner_id,
        path=f"/audits/actions/{action.pk}/",
    )
    sync(by=by, source=SOURCE, source_id=action.pk, child_id=None, duties=[duty])
