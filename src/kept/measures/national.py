"""What was published about England, the region and the area itself, to stand beside our own figures."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "published.csv"
SOURCE = "Department for Education, Education, health and care plans, 2025 (Open Government Licence v3.0)"
ENGLAND = "England"


@dataclass(frozen=True)
class Published:
    """A published share of a calendar year."""

    where: str
    year: int
    numerator: int
    denominator: int

    @property
    def share(self) -> float:
        """Per cent."""
        return 100 * self.numerator / self.denominator


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8") as opened:
        return tuple(csv.DictReader(opened))


def published(code: str, la_code: str) -> tuple[Published, ...]:
    """England, the area's region and the area, by year, oldest first; empty for a measure that is not published."""
    rows = [row for row in _rows() if row["code"] == code]
    region = next((row["region"] for row in rows if la_code and row["la_code"] == la_code), "")
    found = []
    for row in rows:
        if row["level"] == "National":
            where = ENGLAND
        elif row["level"] == "Regional" and region and row["region"] == region:
            where = region
        elif la_code and row["la_code"] == la_code:
            where = "This area, as published"
        else:
            continue
        found.append(Published(where, int(row["year"]), int(row["numerator"]), int(row["denominator"])))
    return tuple(sorted(found, key=lambda one: (one.year, one.where)))


def published_of(code: str, la_codes: frozenset[str]) -> list[Published]:
    """What was published of some authorities, each by its own, in the order of the file."""
    return [
        Published(row["la_code"], int(row["year"]), int(row["numerator"]), int(row["denominator"]))
        for row in _rows()
        if row["code"] == code and row["la_code"] in la_codes
    ]
