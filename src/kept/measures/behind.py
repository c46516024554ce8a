"""The rows behind a figure: the very rows that were counted, as far as the person may see whom they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Sum

from kept.access.acting import Actor
from kept.cases.models import Case
from kept.measures.computing import month_after, parameters
from kept.measures.definition import Definition
from kept.measures.models import Value
from kept.people.models import Child
from kept.rules.oruk.checklist import all_items

MOST_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One row behind a figure. child is None for a thing, which `words` then names; adds: what it adds, if not one."""

    child: Child | None
    case_id: UUID | None
    reference: str
    words: str = ""
    hit: bool
    started: date
    ended: date | None
    days: int
    adds: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """The rows of a month, and how many more there are about children whom the person may not see.

    figure: what was counted above and below, and when; None when nothing was. together: what all the rows add up to,
    those not shown included.
    """

    rows: list[Behind]
    unseen: int = 0
    figure: tuple[int, int, date] | None = None
    together: tuple[int, int] = (0, 0)

    @property
    def agrees(self) -> bool:
        """Whether the rows add up to the figure."""
        return self.figure is None or self.figure[:2] == self.together


def rows_behind(actor: Actor, one: Definition, month: date, *, months: int = 1, only: str = "") -> Found:
    """The rows that the figure of some months counts, as far as the actor may see the children; the longest first.

    only: "hit" or "missed" for those alone. The database itself shows nobody a child that is not theirs to see.
    """
    with connection.cursor() as cursor:
        query = f"SELECT q.* FROM ({one.query}) q ORDER BY q.days DESC, q.case_id, q.child_id"
        cursor.execute(query, parameters(actor, month, month_after(month, months - 1)))
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    together = (
        sum(row["n"] if one.is_weighted else row["hit"] for row in found),
        sum(row["d"] if one.is_weighted else 1 for row in found),
    )
    if only:
        found = [row for row in found if row["hit"] == (only == "hit")]
    found = found[:MOST_ROWS]
    children = Child.objects.filter(area=actor.area).in_bulk([row["child_id"] for row in found if row["child_id"]])
    cases = dict(
        Case.objects.filter(area=actor.area, pk__in=_ids(found, "case_id")).values_list("pk", "reference")
        if one.is_about_people
        else ()
    )
    words = {} if one.is_about_people else _names(actor, one.about, found)
    seen = [row for row in found if row["child_id"] is None or row["child_id"] in children]
    return Found(
        rows=[_row(one, row, children, cases, words) for row in seen],
        unseen=len(found) - len(seen),
        figure=_figure(actor, one, month, months),
        together=together,
    )


def _figure(actor: Actor, one: Definition, month: date, months: int) -> tuple[int, int, date] | None:
    """What was counted of some months, and the last day on which it was. One query."""
    span = (month, month_after(month, months - 1))
    kept = Value.objects.filter(area=actor.area, code=one.code, split="", month__range=span)
    sums = kept.aggregate(n=Sum("numerator"), d=Sum("denominator"), on=Max("computed_on"))
    return None if sums["on"] is None else (sums["n"], sums["d"], sums["on"])


def _row(
    one: Definition,
    row: Mapping[str, Any],
    children: Mapping[UUID, Child],
    cases: Mapping[UUID, str],
    words: Mapping[Any, str],
) -> Behind:
    case = row["case_id"] if row["case_id"] in cases else None
    thing = words.get(row.get("label") or row["case_id"], "")
    return Behind(
        child=children.get(row["child_id"]), case_id=case, reference=cases.get(case, "") if case else "",
        words=thing or ("" if row["child_id"] else "All services together"), hit=row["hit"], started=row["started"],
        ended=row["ended"], days=row["days"], adds=f"{row['n']:,} of {row['d']:,}" if one.is_weighted else "",
    )  # fmt: skip


def _ids(found: Iterable[Mapping[str, Any]], name: str) -> set[UUID]:
    return {row[name] for row in found if row[name]}


THINGS = {
    "entry": ("offer_service", "name"),
    "comment": ("offer_comment", "reference"),
    "post": ("forecasts_post", "name"),
    "milestone": ("improvement_action", "what"),
}


def _names(actor: Actor, about: str, found: Iterable[Mapping[str, Any]]) -> Mapping[Any, str]:
    """What each thing is called. One query."""
    if about == "item":
        return {one.code: f"{one.code} {one.title}" for one in all_items()}
    table, name = THINGS[about]
    with connection.cursor() as cursor:
        wanted = list(_ids(found, "case_id"))
        cursor.execute(f"SELECT id, {name} FROM {table} WHERE area_id = %s AND id = ANY(%s)", [actor.area.pk, wanted])
        return dict(cursor.fetchall())
