"""A child who moved to another council and stands on a list here: which duties end with the move, and which go on.

The council's own services owe nothing more from the day of the move: the new council maintains the plan and stands in
this one's place (SEND Regulations 2014 reg 15). A health service owes on. Whose patient a child is goes by the doctor
and not by the council, so its list ends when the service records that the family moved away or passes the child on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kept.access.acting import Actor
from kept.access.models import AgencyKind
from kept.cases.access import ENDED
from kept.cases.folding import in_force
from kept.cases.models import Case
from kept.cases.models import Event as CaseEvent
from kept.rules.process import Stage
from kept.waiting.models import Referral

OF_THE_COUNCIL = (AgencyKind.SEND, AgencyKind.SOCIAL_CARE, AgencyKind.PSYCHOLOGY)
MOVED = "The child moved to another council"
PASSED_ON = "plan_transferred"


def moved_on(by: Actor, keys: Iterable[UUID] | None = None) -> dict[UUID, date]:
    """On which day the child of a referral to a service of the council moved away; those who are here are left out.

    keys: of these referrals; None: of all. The day on the child's record counts, or else that of the plan's transfer
    where no case of theirs runs here. Two queries, one where nobody moved.
    """
    gone = Q(child__left_area_on__isnull=False)
    cases = Case.objects.filter(area=by.area, child=OuterRef("child"))
    gone |= Exists(cases.filter(stage=Stage.TRANSFERRED_OUT.name)) & ~Exists(cases.exclude(stage__in=ENDED))
    found = Referral.objects.filter(gone, area=by.area, stage__service__agency__kind__in=OF_THE_COUNCIL)
    if keys is not None:
        found = found.filter(pk__in=list(keys))
    rows = set(found.values_list("pk", "child", "child__left_area_on"))
    passed: dict[UUID, date] = {}
    if unsaid := {child for _, child, left in rows if left is None}:
        events = CaseEvent.objects.filter(area=by.area, child__in=unsaid, case__stage=Stage.TRANSFERRED_OUT.name)
        passed = {event.child_id: event.happened_on for event in in_force(events) if event.kind == PASSED_ON}
    days = {key: left or passed.get(child) for key, child, left in rows}
    return {key: day for key, day in days.items() if day is not None and day <= by.today}
