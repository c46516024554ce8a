"""Bring in figures from outside: a dry run first, then the rows that are right go in, with their source and its date.

A file never speaks of a month that Kept counted itself. What a file said stays on record when it is undone, and a later
file takes the place of an earlier one month by month.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Area
from kept.access.roles import Can
from kept.measures import outside
from kept.measures.catalogue import ALL, BY_CODE, COUNT, DAYS, SHARE, Definition
from kept.measures.computing import last_full_month
from kept.measures.models import SeriesFile, SeriesValue, Value
from kept.rules.dates_as_typed import read_date
from kept.rules.sheets import Sheet

EARLIEST = date(2010, 1, 1)
HEADINGS = ("measure", "name", "month", "numerator", "denominator", "median_days", "children")
CALLED = {
    "measure": ("measure", "code", "kpi", "measure code"),
    "month": ("month", "period", "period starts", "date"),
    "numerator": ("numerator", "counted", "number", "count"),
    "denominator": ("denominator", "out of", "base", "of"),
    "median_days": ("median days", "median", "days"),
    "children": ("children", "pupils", "number of children"),
}
MOST = 2_000_000_000
ODD_BY = 40
ENOUGH_TO_COMPARE = 6


class What(StrEnum):
    """What would become of one row."""

    NEW = "new"
    REPLACES = "replaces"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of the file, and what would become of it. `value` is None for a row that is wrong."""

    number: int
    code: str
    what: What
    value: SeriesValue | None = None
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The months that a file would bring for one measure."""

    one: Definition
    months: int
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a file would do."""

    sheet: Sheet
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = field(default=())

    def count(self, what: str) -> int:
        """How many rows are new, replace a figure, are the same or are wrong."""
        return sum(step.what == what for step in self.steps)

    @property
    def wrong(self) -> list[Step]:
        """The rows that would not come in."""
        return [step for step in self.steps if step.what is What.WRONG]

    @property
    def good(self) -> list[SeriesValue]:
        """The figures that would come in."""
        return [step.value for step in self.steps if step.value and step.what in {What.NEW, What.REPLACES}]

    @property
    def lines(self) -> list[Line]:
        """What would come in, by measure."""
        found: dict[str, list[date]] = {}
        for value in self.good:
            found.setdefault(value.code, []).append(value.month)
        return [
            Line(one=BY_CODE[code], months=len(months), first=min(months), last=max(months))
            for code, months in found.items()
        ]


def template(area: Area) -> str:
    """An empty file to fill in, with the code and name of each measure and, in `month`, up to when a file may speak."""
    since = outside.counted_since(area, [one.code for one in ALL])
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for one in ALL:
        until = f" (before {since[one.code]:%Y-%m})" if one.code in since else ""
        writer.writerow([one.code, f"{one.title}{until}", "", "", "", "", ""])
    return text.getvalue()


def plan_of(*, by: Actor, sheet: Sheet) -> Plan:
    """What a file would do; nothing is changed. Raises Refused, also for a file without the columns that are needed."""
    check_can(by, Can.BRING_FIGURES)
    columns = _columns(sheet.headings)
    missing = [name for name in ("measure", "month", "numerator") if name not in columns]
    if missing:
        raise Refused(f"The file has no column “{missing[0]}”. Use the headings of the template.")
    codes = [one.code for one in ALL]
    known = {(row.code, row.month): row for rows in outside.brought_in(by.area, codes).values() for row in rows}
    reader = _Reader(by, columns, outside.counted_since(by.area, codes), known)
    steps = tuple(
        step
        for number, row in zip(sheet.numbers, sheet.records, strict=True)
        if (step := reader.read(number, row)) is not None
    )
    return Plan(sheet=sheet, steps=steps, warnings=tuple(_odd(steps)))


def _columns(headings: Iterable[str]) -> dict[str, str]:
    plain = {re.sub(r"[^a-z]+", " ", heading.lower()).strip(): heading for heading in headings}
    return {ours: plain[name] for ours, names in CALLED.items() for name in reversed(names) if name in plain}


@dataclass
class _Reader:
    """Reads the rows of one file."""

    by: Actor
    columns: Mapping[str, str]
    since: Mapping[str, date]
    known: Mapping[tuple[str, date], Value]
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def read(self, number: int, row: Mapping[str, str]) -> Step | None:
        """One row; None for one that was left empty."""
        cells = {name: row[heading].strip() for name, heading in self.columns.items()}
        if not any(cells.get(name) for name in cells if name != "measure"):
            return None
        code = next((one for one in BY_CODE if one.lower() == cells["measure"].lower()), "")
        try:
            if not code:
                raise ValueError(f"There is no measure “{cells['measure'][:20]}”. The template lists them.")
            value = self._value(BY_CODE[code], cells)
            self._check(number, value)
        except ValueError as problem:
            return Step(number=number, code=code or cells["measure"][:8], what=What.WRONG, problem=str(problem))
        before = self.known.get((code, value.month))
        what = What.NEW if before is None else What.SAME if _same(before, value) else What.REPLACES
        return Step(number=number, code=code, what=what, value=value)

    def _value(self, one: Definition, cells: Mapping[str, str]) -> SeriesValue:
        month = read_month(cells["month"])
        hits = _whole(cells.get("numerator", ""), "numerator") if one.unit != DAYS or cells.get("numerator") else 0
        base = _whole(cells["denominator"], "denominator") if cells.get("denominator") else None
        middle = None
        if one.unit == DAYS:
            middle = _days(cells.get("median_days", ""))
        if one.unit == COUNT and base is None:
            base = hits
        if base is None:
            raise ValueError("The denominator is missing: how many the figure is out of.")
        if one.unit != COUNT and base == 0:
            raise ValueError("A figure out of nought says nothing. Leave the row out.")
        if hits > base and not one.is_whole:
            raise ValueError(f"{hits:,} of {base:,} is more than all. Check that the two are not the wrong way round.")
        children = None
        if one.is_weighted:
            if not cells.get("children"):
                raise ValueError(f"Say how many children the {one.adds_up} are of: small groups have to be hidden.")
            children = _whole(cells["children"], "number of children")
        return SeriesValue(
            area=self.by.area, code=one.code, month=month, numerator=hits, denominator=base, middle=middle,
            children=children,
        )  # fmt: skip

    def _check(self, number: int, value: SeriesValue) -> None:
        if value.month < EARLIEST:
            raise ValueError("The month is before 2010.")
        if value.month > last_full_month(self.by.today):
            raise ValueError("The month is not over yet.")
        since = self.since.get(value.code)
        if since and value.month >= since:
            raise ValueError(
                f"Kept counts {value.code} itself since {since:%B %Y}. A file may bring earlier months only."
            )
        first = self.seen.setdefault((value.code, value.month), number)
        if first != number:
            raise ValueError(f"Row {first} has the same measure and month.")


def read_month(text: str) -> date:
    """The first day of a month as people write it: 2024-05, 05/2024, May 2024, or any day of it. Raises ValueError."""
    plain = " ".join(text.split())
    for form in ("%Y-%m", "%m/%Y", "%m-%Y", "%B %Y", "%b %Y", "%Y%m"):
        try:
            return datetime.strptime(plain, form).date().replace(day=1)
        except ValueError:
            continue
    if not plain:
        raise ValueError("The month is missing.")
    try:
        return read_date(plain).replace(day=1)
    except ValueError:
        raise ValueError(f"“{plain[:20]}” is not a month. Write it as 2024-05.") from None


def _whole(text: str, what: str) -> int:
    plain = text.replace(",", "").replace(" ", "")
    if plain.lower() in {"c", "x", "z", "*", ".", "..", "-", "low", "<5", "<6"}:
        raise ValueError(f"The {what} is hidden or not known (“{text}”). A hidden figure cannot be brought in.")
    if "%" in plain:
        raise ValueError(f"The {what} is a percentage. Give the number of which it is one, so that it can be traced.")
    if not re.fullmatch(r"\d+(\.0+)?", plain):
        raise ValueError(f"The {what} “{text[:20]}” is not a whole number." if text else f"The {what} is missing.")
    number = int(plain.split(".")[0])
    if number > MOST:
        raise ValueError(f"The {what} is too large.")
    return number


def _days(text: str) -> float:
    if not text:
        raise ValueError("The median is missing: the days in the middle.")
    try:
        days = float(text.replace(",", ""))
    except ValueError:
        raise ValueError(f"The median “{text[:20]}” is not a number of days.") from None
    if not 0 <= days <= 20 * 366:
        raise ValueError("The median is not a number of days that can be right.")
    return days


def _same(known: Value, value: SeriesValue) -> bool:
    return all(
        getattr(known, name) == getattr(value, name) for name in ("numerator", "denominator", "middle", "children")
    )


def _odd(steps: Iterable[Step]) -> list[str]:
    """Shares that lie far from the others of their measure in the file: most often a slip of typing."""
    shares: dict[str, list[tuple[int, float]]] = {}
    for step in steps:
        if step.value and BY_CODE[step.code].unit == SHARE:
            share = 100 * step.value.numerator / step.value.denominator
            shares.setdefault(step.code, []).append((step.number, share))
    found = []
    for code, rows in shares.items():
        usual = median(share for _, share in rows)
        for number, share in rows:
            if len(rows) >= ENOUGH_TO_COMPARE and abs(share - usual) > ODD_BY:
                found.append(f"Row {number}: {share:.0f}% is far from the other months of {code} (about {usual:.0f}%).")
    return found


@transaction.atomic
def bring_in(*, by: Actor, plan: Plan, name: str, source: str, source_on: date, note: str = "") -> SeriesFile:
    """Keep the rows of a file that are right. Raises Refused. Safe to repeat: a file with nothing new is refused."""
    check_can(by, Can.BRING_FIGURES)
    if not source.strip():
        raise Refused("Say where the figures come from.")
    if source_on > by.today:
        raise Refused("The date of the source is after today.")
    if not plan.good:
        raise Refused("No row of this file can come in, or all of them are in already.")
    made = SeriesFile.objects.create(
        area=by.area, name=name[:200], source=source.strip()[:200], source_on=source_on, note=note.strip()[:300],
        rows=len(plan.good), digest=plan.sheet.digest, by=by.user,
    )  # fmt: skip
    for value in plan.good:
        value.file = made
    SeriesValue.objects.bulk_create(plan.good)
    return made


@transaction.atomic
def undo(*, by: Actor, pk: UUID, because: str) -> SeriesFile:
    """Take the figures of a file out of use; they stay on record, and those that they replaced speak again."""
    check_can(by, Can.BRING_FIGURES)
    made = SeriesFile.objects.select_for_update().filter(area=by.area, pk=pk).first()
    if made is None:
        raise Refused("There is no such file.")
    if made.undone_at:
        return made
    if not because.strip():
        raise Refused("Say why it is undone.")
    made.undone_at, made.undone_by, made.undone_because = timezone.now(), by.user, because.strip()[:300]
    made.save(update_fields=["undone_at", "undone_by", "undone_because"])
    return made
