"""A school’s year of reviews on one page: plan or move what may be, and say of each other line what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.design.words import day
from kept.reviews.actions import move, plan
from kept.reviews.queries import Line
from kept.reviews.words import Kind
from kept.rules.dates_as_typed import read_date
from kept.rules.process import NotPossible


@dataclass(frozen=True)
class Row:
    """One line of the page with what was typed in it. done: what was recorded."""

    line: Line
    typed: str
    why: str = ""
    wrong: str = ""
    done: str = ""


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The lines as the page shows them first: the planned day, or the proposed one."""
    return [Row(line, _typed(line.review.meets_on if line.review else line.proposed)) for line in lines]


def _typed(day_: date | None) -> str:
    return f"{day_.day}/{day_.month}/{day_.year}" if day_ else ""


def save(by: Actor, lines: Sequence[Line], data: Mapping[str, str]) -> list[Row]:
    """Plan or move each ticked line, each in a transaction of its own: one that cannot be does not stop the others.

    data: `day-<child>`, `why-<child>` and `do-<child>` as the page names them.
    """
    return [_save(by, line, data) for line in lines]


def _save(by: Actor, line: Line, data: Mapping[str, str]) -> Row:
    key = line.child.pk
    typed, why = str(data.get(f"day-{key}", "")).strip(), str(data.get(f"why-{key}", "")).strip()
    standing = line.review.meets_on if line.review else None
    row = Row(line, typed or _typed(standing or line.proposed), why)
    if not data.get(f"do-{key}"):
        return row
    try:
        chosen = read_date(typed)
    except ValueError:
        return Row(line, typed, why, wrong="Give a day such as 14/7/2027.")
    if chosen == standing:
        return row
    try:
        with transaction.atomic():
            _check_to_come(chosen, by.today)
            if line.review is None:
                plan(by=by, child=line.child, meets_on=chosen, kind=_kind(line))
                return Row(line, typed, done=f"Planned for {day(chosen)}.")
            move(by=by, review=line.review, to=chosen, why=why)
            return Row(line, typed, done=f"Moved to {day(chosen)}.")
    except (Refused, NotPossible) as problem:
        return Row(line, typed, why, wrong=str(problem))


def _check_to_come(chosen: date, today: date) -> None:
    if chosen < today:
        raise Refused(
            f"{day(chosen)} has passed. Give a day to come; of a meeting that was held, say so on its own page."
        )


def _kind(line: Line) -> str:
    return Kind.TRANSFER if line.transfer_by else Kind.ANNUAL
