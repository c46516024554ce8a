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
AT_ONCE = 8
FEW_MONTHS = 3
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
    made: list[Value] = []
    for part in _parts(definitions, len(months_between(since, until))):
        made += _values(by, part, since, until)
    codes = [one.code for one in definitions]
    Value.objects.filter(area=by.area, code__in=codes, month__range=(since, until)).delete()
    Value.objects.bulk_create(made, batch_size=2000)
    return len(made)


def _parts(definitions: Sequence[Definition], months: int) -> list[Sequence[Definition]]:
    """What is counted by one query: everything of a few months; of years, so much that it fits into memory."""
    if months <= FEW_MONTHS:
        return [definitions]
    found: list[Sequence[Definition]] = []
    for in_days in (False, True):
        alike = [one for one in definitions if (one.unit == DAYS) == in_days]
        found += [alike[start : start + AT_ONCE] for start in range(0, len(alike), AT_ONCE)]
    return found


def _values(by: Actor, together: Sequence[Definition], first: date, last: date) -> Iterator[Value]:
    names = list(SPLITS)
    known = {one.code: one for one in together}
    everybody: set[tuple[str, date]] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            counted(
                {code: one.query for code, one in known.items()}, in_days=any(one.unit == DAYS for one in together)
            ),
            parameters(by, first, last),
        )
        for code, month, *rest in cursor.fetchall():
            groups, figures = rest[: len(names)], rest[len(names) :]
            split, group = next(((name, is_) for name, is_ in zip(names, groups, strict=True) if is_), ("", ""))
            if not split:
                everybody.add((code, month))
            yield _value(by, known[code], (month, split, group[:60]), figures)
    for one in together:
        for month in months_between(first, last):
            if (one.code, month) not in everybody:  # nothing happened: a count of nought, and a share of nothing
                yield _value(by, one, (month, "", ""), (0, 0, None, None, None))


def _value(by: Actor, one: Definition, where: tuple[date, str, str], figures: Sequence[Any]) -> Value:
    month, split, group = where
    hits, base, middle, ninth, longest = figures
    return Value(
        area=by.area,
        code=one.code,
        month=month,
        split=split,
        group=group,
        numerator=hits,
        denominator=base,
        middle=middle if one.unit == DAYS else None,
        ninth=ninth if one.unit == DAYS else None,
        longest=longest,
        query_version=one.query_version,
        computed_on=by.today,
    )
