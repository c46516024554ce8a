"""Whom the council must consult on its Local Offer, as dated rows, and who was asked in a year.

Source: SEND Regulations 2014 (SI 2014/1530), regulation 54. `source` of a row says how far its words were checked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

AUTHORITY = "SEND Regulations 2014, regulation 54"


@dataclass(frozen=True)
class Consultee:
    """One line of the list."""

    code: str
    who: str
    source: str
    starts_on: date
    ends_on: date | None

    @property
    def citation(self) -> str:
        """Where it stands."""
        return f"{AUTHORITY}(2)" if self.code.isdecimal() else f"{AUTHORITY}(1)({self.code})"


@dataclass(frozen=True)
class Asking:
    """That one of them was asked."""

    code: str
    on: date
    how: str
    people: int
    changed: str


@dataclass(frozen=True)
class Line:
    """One line of the list with every time it was asked in the year, the latest first."""

    consultee: Consultee
    asked: tuple[Asking, ...]


@cache
def everybody() -> tuple[Consultee, ...]:
    """Every row, whenever it holds."""
    text = files("kept.rules.oruk").joinpath("consultees.csv").read_text(encoding="utf-8")
    return tuple(
        Consultee(row["code"], row["who"], row["source"], date.fromisoformat(row["from"]),
                  date.fromisoformat(row["until"]) if row["until"] else None)
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def on_list(day: date) -> list[Consultee]:
    """The list as it is the law on a day."""
    return [one for one in everybody() if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)]


def of_year(askings: Iterable[Asking], year: int) -> list[Line]:
    """The list as it was at the end of a year, with who was asked in it."""
    within = sorted((one for one in askings if one.on.year == year), key=lambda one: one.on, reverse=True)
    return [Line(one, tuple(each for each in within if each.code == one.code)) for one in on_list(date(year, 12, 31))]
