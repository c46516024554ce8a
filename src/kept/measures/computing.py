"""Compute the figures, as Kept itself: from scratch or one month anew. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kept.access.acting import Actor, check_can
from kept.access.roles import Can
from kept.measures.catalogue import COMPUTED, DAYS, Definition
from kept.measures.models import Value
from kept.measures.sql import SPLITS, counted

MONTHS_KEPT = 36
MEMORY = "128MB"
A_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date, by: int = 1) -> date:
    """The first day of the month so many months on; negative for back."""
    at = month.year * 12 + month.month - 1 + by
    return date(at // 12, at % 12 + 1, 1)


def last_full_month(today: date) -> date:
    """The first day of the last month that is over."""
    return month_after(month_of(today), -1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from first to last, both included."""
    found, at = [], month_of(first)
    while at <= last:
        found.append(at)
        at = month_after(at)
    return found


def parameters(actor: Actor, first: date, last: date) -> dict[str, UUID | date]:
    """What every query is given: months from `first` to `last`, both first days."""
    return {
        "area": actor.area.pk,
        "first": first,
        "last": month_after(last) - A_DAY,
        "today": actor.today,
    }


@transaction.atomic
def compute(
    *, by: Actor, first: date | None = None, last: date | None = None, definitions: Sequence[Definition] = COMPUTED
) -> int:
    """Compute the months from first to last (the last 36 full ones unless given). How many figures were written.

    Raises Refused unless the actor runs the programme, and ValueError for a month that is not over.
    """
    check_can(by, Can.RUN_PROGRAMME)
    until = month_of(last) if last else last_full_month(by.today)
    if until > last_full_month(by.today):
        raise ValueError("A month is counted when it is over: a part of a month would look like a fall.")
    since = month_of(first) if first else month_after(until, 1 - MONTHS_KEPT)
    made = list(_values(by, definitions, since, until))
    codes = [one.code for one in definitions]
    Value.objects.filter(area=by.area, code__in=codes, month__range=(since, until)).delete()
    Value.objects.bulk_create(made, batch_size=2000)
    return len(made)


def _values(by: Actor, together: Sequence[Definition], first: date, last: date) -> Iterator[Value]:
    names = ["", *SPLITS]
    known = {one.code: one for one in together}
    everybody: set[tuple[str, date]] = set()
    query = counted(
        {code: one.query for code, one in known.items()},
        weighted={one.code for one in together if one.is_weighted},
        in_days={one.code for one in together if one.unit == DAYS},
    )
    with connection.cursor() as cursor:
        # The groups of all splits are counted in memory; compiling such a query takes longer than running it.
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'")
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(query, parameters(by, first, last))
        for at, month, place, group, *figures in cursor.fetchall():
            code = together[at].code
            split = names[place]
            if not split:
                everybody.add((code, month))
            if not split or (group and known[code].has_splits):
                yield _value(by, known[code], (month, split, group[:60]), figures)
    for one in together:
        for month in months_between(first, last):
            if (one.code, month) not in everybody:  # nothing happened: a count of nought, and a share of nothing
                yield _value(by, one, (month, "", ""), (0, 0, 0, 0, None, None))


def percentile(days: Sequence[int], share: float) -> float:
    """The value below which that share lies, between two values in proportion (as `percentile_cont` of SQL)."""
    ordered = sorted(days)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _value(by: Actor, one: Definition, where: tuple[date, str, str], figures: Sequence[Any]) -> Value:
    month, split, group = where
    hits, base, _, children, longest, days = figures
    return Value(
        area=by.area,
        code=one.code,
        month=month,
        split=split,
        group=group,
        numerator=hits,
        denominator=base,
        middle=percentile(days, 0.5) if days else None,
        ninth=percentile(days, 0.9) if days else None,
        longest=longest,
        children=children if one.is_weighted else None,
        query_version=one.query_version,
        computed_on=by.today,
    )
