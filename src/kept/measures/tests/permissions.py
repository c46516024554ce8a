"""Who is let in to the measures."""

from __future__ import annotations

from uuid import UUID

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, Who

FIGURES = frozenset(
    {
        Who.MANAGER, Who.DIRECTOR, Who.DESIGNATED_OFFICER, Who.ANALYST, Who.AUDITOR, Who.INSPECTOR,
        Who.OTHER_INSPECTOR, Who.FORUM,
    }
)  # fmt: skip


LIMITS = {"code": "T1"}
MAY_SET = frozenset({Who.MANAGER, Who.ANALYST})


ROWS = [
    Row("measures:limits", FIGURES, kwargs=lambda world: LIMITS, child=False),
    Row("measures:limits", MAY_SET, kwargs=lambda world: LIMITS, method="post"),
    Row("measures:undo_limits", MAY_SET, kwargs=lambda world: {**LIMITS, "pk": UUID(int=1)}, method="post"),
    Row("measures:wall", FIGURES),
    Row("measures:series", FIGURES),
    Row("measures:series", MAY_SET, method="post", data=lambda world: {"source": ""}),
    Row("measures:series_template", MAY_SET),
    Row("measures:series_undo", MAY_SET, kwargs=lambda world: {"pk": UUID(int=1)}, method="post"),
    Row("measures:neighbours", FIGURES),
    Row("measures:neighbours", MAY_SET, method="post", data=lambda world: {"authorities": "nowhere"}),
    Row("measures:show", FIGURES, kwargs=lambda world: {"code": "T1"}, child=False),
    Row("measures:rows", AREA_STAFF | {Who.OTHER_AREA_OFFICER}, kwargs=lambda world: {"code": "T1"}, child=False),
]
