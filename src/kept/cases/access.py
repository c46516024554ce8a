"""Who may do what to a case, and when: each check raises with a sentence."""

from __future__ import annotations

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.cases.models import Case
from kept.people.models import Child
from kept.rules.process import Stage

ENDED = {Stage.NOT_ASSESSED.name, Stage.NO_PLAN.name, Stage.CEASED.name, Stage.TRANSFERRED_OUT.name, Stage.CLOSED.name}

# What only a manager or the panel decides; everything else any case officer records.
DECISIONS: frozenset[str] = frozenset()


def check_can_record(by: Actor, kind: str) -> None:
    """Raise Refused unless the person may record this kind of event."""
    check_can(by, Can.DECIDE_PANEL if kind in DECISIONS else Can.WORK_CASES)


def check_no_case_running(by: Actor, child: Child, *, besides: Case | None = None) -> None:
    """Raise Refused when the child has a case, or another one besides this, that has not ended."""
    found = Case.objects.filter(area=by.area, child=child).exclude(stage__in=ENDED)
    running = found.exclude(pk=besides.pk).first() if besides else found.first()
    if running:
        raise Refused(
            f"{child.first_name} already has a case, {running.reference}. Open that case and record the event there."
        )
