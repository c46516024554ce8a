"""Who is let in to where children are."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, Who, World

STAFF = AREA_STAFF | {Who.OTHER_AREA_OFFICER}
SCHOOLS = frozenset({Who.SCHOOL, Who.OTHER_SCHOOL})


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


ROWS = [
    Row("whereabouts:every_child", STAFF),
    Row("whereabouts:export", STAFF),
    Row("whereabouts:map", STAFF),
    Row("whereabouts:register", STAFF | SCHOOLS),
    Row("whereabouts:roll", SCHOOLS),
    Row("whereabouts:roll", SCHOOLS, method="post"),
    Row("whereabouts:confirm", AREA_STAFF, kwargs=nia),
    Row("whereabouts:confirm", AREA_STAFF, kwargs=nia, method="post"),
]
