"""Who is let in to handover and cover."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, Who, World
from kept.cases.tests.permissions import case as nias_case

ASSIGNERS = CASE_TEAM | {Who.OTHER_AREA_OFFICER}


def case(world: World) -> dict[str, Any]:
    return {"pk": nias_case(world).pk}


ROWS = [
    Row("handover:loads", AREA_STAFF | {Who.OTHER_AREA_OFFICER}),
    Row("handover:absence", ASSIGNERS),
    Row("handover:absence", ASSIGNERS, method="post"),
    Row("handover:hand_over", CASE_TEAM, kwargs=case),
    Row("handover:hand_over", CASE_TEAM, kwargs=case, method="post"),
]
