"""Who is let in to the measures."""

from __future__ import annotations

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, Who

FIGURES = frozenset(
    {
        Who.MANAGER, Who.DIRECTOR, Who.DESIGNATED_OFFICER, Who.ANALYST, Who.AUDITOR, Who.INSPECTOR,
        Who.OTHER_INSPECTOR, Who.FORUM,
    }
)  # fmt: skip


ROWS = [
    Row("measures:wall", FIGURES),
    Row("measures:show", FIGURES, kwargs=lambda world: {"code": "T1"}, child=False),
    Row("measures:rows", AREA_STAFF | {Who.OTHER_AREA_OFFICER}, kwargs=lambda world: {"code": "T1"}, child=False),
]
