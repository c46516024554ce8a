"""Who is let in to handover and cover."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, Who, World
from kept.cases.tests.permissions import case as nias_case
from kept.handover.actions import record_absence
from kept.handover.models import Absence

ASSIGNERS = CASE_TEAM | {Who.OTHER_AREA_OFFICER}


def case(world: World) -> dict[str, Any]:
    return {"pk": nias_case(world).pk}


def officer(world: World) -> dict[str, Any]:
    nias_case(world)  # which nobody has: it stands on the page of those
    return {"officer": world.users[Who.OFFICER].pk}


def absence(world: World) -> dict[str, Any]:
    day = world.today + timedelta(days=9)

    def made(world: World) -> Absence:
        return record_absence(by=world.system, officer=world.users[Who.OFFICER], starts_on=day, ends_on=day)

    return {"pk": world.once("absence", made).pk}


ROWS = [
    Row("handover:loads", AREA_STAFF | {Who.OTHER_AREA_OFFICER}),
    Row("handover:absence", ASSIGNERS),
    Row("handover:absence", ASSIGNERS, method="post"),
    Row("handover:end_absence", ASSIGNERS - {Who.OTHER_AREA_OFFICER}, kwargs=absence, method="post", child=False),
    Row("handover:several", CASE_TEAM, kwargs=officer, child=False),
    Row("handover:several", CASE_TEAM, kwargs=officer, method="post"),
    Row("handover:several_of_nobody", ASSIGNERS),
    Row("handover:several_of_nobody", ASSIGNERS, method="post"),
    Row("handover:hand_over", CASE_TEAM, kwargs=case),
    Row("handover:hand_over", CASE_TEAM, kwargs=case, method="post"),
]
