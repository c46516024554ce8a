"""The dated standards as rows of the area: what starts, stops, pauses and resets each clock."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor, check_can
from kept.access.roles import Can
from kept.rules.waits import clocks
from kept.waiting.models import Standard

SAME = (
    "key", "name", "valid_from", "valid_to", "weeks", "months", "days_reported", "share", "status", "source",
    "first_missed_nullifies", "monitoring_stops",
)  # fmt: skip


@transaction.atomic
def load(*, by: Actor) -> int:
    """Bring in the published rows that the area does not have yet; how many. An area's own rows are left alone."""
    check_can(by, Can.KEEP_LISTS)
    has = set(Standard.objects.filter(area=by.area).values_list("key", "valid_from"))
    missing = [row for row in clocks.standards() if (row.key, row.valid_from) not in has]
    Standard.objects.bulk_create(_row(by, row) for row in missing)
    return len(missing)


def _row(by: Actor, row: clocks.Standard) -> Standard:
    facts = {name: getattr(row, name) for name in SAME}
    lists = {name: list(getattr(row, name)) for name in ("starts", "stops", "pause_reasons")}
    return Standard(area=by.area, is_statutory=row.statutory, **facts, **lists)


def facts_of(row: Standard) -> clocks.Standard:
    """A row as the clocks take it."""
    return clocks.Standard(
        **{name: getattr(row, name) for name in SAME},
        starts=tuple(row.starts),
        stops=tuple(row.stops),
        pause_reasons=tuple(row.pause_reasons),
        statutory=row.is_statutory,
    )


class Standards:
    """The rows of an area, read once: `standards.on("rtt", day)`. One query."""

    def __init__(self, actor: Actor) -> None:
        self._rows = [facts_of(row) for row in Standard.objects.filter(area=actor.area)]

    def on(self, key: str, day: date) -> clocks.Standard | None:
        """The row in force on a day; None where the list is counted by no standard."""
        for row in self._rows:
            if row.key == key and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
                return row
        return None
