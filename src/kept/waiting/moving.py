"""A child who moved to another council and stands on a list here: which duties end with the move, and which go on.

The council's own services owe nothing more from the day of the move: the new council maintains the plan and stands in
this one's place (SEND Regulations 2014 reg 15). A health service owes on. Whose patient a child is goes by the doctor
and not by the council, so its list ends when the service records that the family moved away or passes the child on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from kept.access.acting import Actor
from kept.access.models import AgencyKind
from kept.cases.queries import passed_on
from kept.waiting.models import Referral

OF_THE_COUNCIL = (AgencyKind.SEND, AgencyKind.SOCIAL_CARE, AgencyKind.PSYCHOLOGY)
MOVED = "The child moved to another council"


def moved_on(by: Actor, keys: Iterable[UUID] | None = None) -> dict[UUID, date]:
    """On which day the child of a referral to a service of the council moved away; those who are here are left out.

    keys: of these referrals; None: of all. The day on the child's record counts, or else that of the plan's transfer
    where no case of theirs runs here. Three queries at most.
    """
    found = Referral.objects.filter(area=by.area, stage__service__agency__kind__in=OF_THE_COUNCIL)
    if keys is not None:
        found = found.filter(pk__in=list(keys))
    passed = passed_on(by, found.filter(child__left_area_on__isnull=True).order_by().values("child"))
    gone = found.filter(Q(child__left_area_on__isnull=False) | Q(child__in=passed))
    days = {key: left or passed[child] for key, child, left in gone.values_list("pk", "child", "child__left_area_on")}
    return {key: day for key, day in days.items() if day <= by.today}
