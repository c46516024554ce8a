"""Figures that came from outside: read beside the computed ones, never over them, and with their source each time.

A month belongs to the files until the first month in which Kept itself counted something for that measure; from then on
only the records speak. Of several files the latest that was not undone says a month's figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from kept.access.models import Area
from kept.design.words import day
from kept.measures.models import SeriesFile, SeriesValue, Value

FROM_FILE = "from a file"
ROW = (
    "code", "month", "numerator", "denominator", "middle", "children", "file_id", "file__source", "file__source_on",
    "file__note",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Where a figure that was not computed here comes from."""

    source: str
    source_on: date
    note: str = ""

    @property
    def words(self) -> str:
        """As it stands beside the figure."""
        return f"{self.source}, as of {day(self.source_on)}"


def origin_of(value: Value) -> Origin | None:
    """Where a figure comes from; None for one that was computed here."""
    found = getattr(value, "origin", None)
    return found if isinstance(found, Origin) else None


def counted_since(area: Area, codes: Iterable[str]) -> dict[str, date]:
    """From which month on Kept itself counted something, by measure. One query."""
    counted = Value.objects.filter(area=area, code__in=list(codes), split="", denominator__gt=0)
    return dict(counted.values_list("code").annotate(first=Min("month")).order_by())


def files_of(area: Area) -> list[SeriesFile]:
    """Every file that was brought in, the latest first, undone ones too."""
    return list(SeriesFile.objects.filter(area=area).select_related("by", "undone_by"))


def brought_in(area: Area, codes: Iterable[str], *, before: date | None = None) -> dict[str, list[Value]]:
    """The figures from outside of each measure that has any, oldest first, whatever was computed. One query."""
    found: dict[tuple[str, date], Value] = {}
    origins: dict[UUID, Origin] = {}
    rows = SeriesValue.objects.filter(area=area, code__in=list(codes), file__undone_at__isnull=True)
    if before:
        rows = rows.filter(month__lt=before.replace(day=1))
    for row in rows.order_by("month", "file__at", "file_id").values_list(*ROW, named=True):
        value = Value(
            area_id=area.pk, code=row.code, month=row.month, split="", group="", numerator=row.numerator,
            denominator=row.denominator, middle=row.middle, children=row.children, query_version=FROM_FILE,
            computed_on=row.file__source_on,
        )  # fmt: skip
        if row.file_id not in origins:
            origins[row.file_id] = Origin(row.file__source, row.file__source_on, row.file__note)
        value.origin = origins[row.file_id]  # type: ignore[attr-defined]
        found[row.code, row.month] = value
    made: dict[str, list[Value]] = {}
    for (code, _), value in found.items():
        made.setdefault(code, []).append(value)
    return made


def joined(computed: Sequence[Value], outside: Sequence[Value]) -> list[Value]:
    """One series: figures from outside up to the first month that Kept counted, its own from then on."""
    if not outside:
        return list(computed)
    since = next((value.month for value in computed if value.denominator), None)
    before = [value for value in outside if since is None or value.month < since]
    if not before:
        return list(computed)
    return [*before, *(value for value in computed if since is not None and value.month >= since)]
