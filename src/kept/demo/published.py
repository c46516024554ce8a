"""Read the published files: find the authority, and take the region's figure or England's where it gave none."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

YEARS = (2022, 2023, 2024)
LATEST = YEARS[-1]
CENSUS = "202425"
Row = Mapping[str, str]


class UnknownAuthority(ValueError):
    """There is no such authority; the sentence names near ones."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one published file."""
    text = files("kept.demo").joinpath("data", "national", f"{name}.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(io.StringIO(text)))


def number(text: str | None) -> int | None:
    """A published count; None for `x`, `z` and an empty cell."""
    try:
        return round(float(text or ""))
    except ValueError:
        return None


def authorities() -> list[str]:
    """The English authorities that gave figures for the latest year, by name."""
    return sorted(row["la_name"] for row in table("la_codes") if row["current_2024_25"] == "1")


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z ]", " ", name.lower().replace("&", " and ")).split()
    return " ".join(word for word in words if word not in {"council", "borough", "of", "the", "city", "county", "upon"})


def find(name: str) -> dict[str, str]:
    """The authority's row, however its name is typed. Raises UnknownAuthority with near names."""
    current = [row for row in table("la_codes") if row["current_2024_25"] == "1"]
    wanted = _plain(name)
    for row in current:
        if (wanted and wanted == _plain(row["la_name"])) or name.strip() == row["la_code"]:
            return row
    starting = [row for row in current if wanted and _plain(row["la_name"]).startswith(wanted)]
    if len(starting) == 1:
        return starting[0]
    by_name = {_plain(row["la_name"]): row["la_name"] for row in current}
    near = [row["la_name"] for row in starting] or [
        by_name[key] for key in difflib.get_close_matches(wanted, by_name, n=4, cutoff=0.5)
    ]
    hint = f" Did you mean {' or '.join(near)}?" if near else " Type the name of one of England's 153 authorities."
    raise UnknownAuthority(f"No English authority that published figures is called “{name}”.{hint}")


class Reader:
    """Reads one authority's figures and notes where it had to look further."""

    def __init__(self, row: Row) -> None:
        self.code, self.name, self.region = row["la_code"], row["la_name"], row["region_name"]
        self.assumed: dict[str, None] = {}

    def rows(self, name: str, where: str, **same: str) -> list[dict[str, str]]:
        """The rows of the authority ("own"), its region or England."""
        found = []
        for row in table(name):
            if any(row[key] != value for key, value in same.items()):
                continue
            level = row["geographic_level"]
            mine = level == "Local authority" and row["old_la_code"] == self.code
            if {
                "own": mine,
                "the region": level == "Regional" and row["region_name"] == self.region,
                "England": level == "National",
            }[where]:
                found.append(row)
        return found

    def count(self, name: str, column: str, **same: str) -> int | None:
        """The authority's own published count."""
        return next((number(row[column]) for row in self.rows(name, "own", **same)), None)

    def share(self, what: str, name: str, part: str, whole: Iterable[str], **same: str) -> tuple[float, bool]:
        """A share, and whether it is the authority's own; else the region's, else England's, else of any later year."""
        columns = list(whole)
        for where in ("own", "the region", "England"):
            for row in self.rows(name, where, **same):
                top, under = number(row[part]), [number(row[column]) for column in columns]
                if top is not None and None not in under and sum(filter(None, under)) > 0:
                    if where != "own":
                        self.note(what, where, same.get("time_period"))
                    return top / sum(filter(None, under)), where == "own"
        if "time_period" in same and int(same["time_period"]) < LATEST:
            later = str(int(same["time_period"]) + 1)
            answer, _ = self.share(what, name, part, columns, **{**same, "time_period": later})
            self.assumed[f"{what} of {same['time_period']} was not published: taken from {later}."] = None
            return answer, False
        return 0.0, False

    def note(self, what: str, where: str, year: str | None = None) -> None:
        """Remember that a figure is not the authority's own."""
        when = f" for {year}" if year and len(year) == len("2024") else ""
        self.assumed[f"{what}{when}: {self.name} gave no figure, so this has the share of {where}."] = None

    def split(self, what: str, name: str, columns: Mapping[str, str], **same: str) -> dict[str, int]:
        """Counts in columns of one row, by our code; of the region or of England where the authority gave none."""
        for where in ("own", "the region", "England"):
            for row in self.rows(name, where, **same):
                counts = {code: number(row[column]) or 0 for column, code in columns.items()}
                if sum(counts.values()):
                    if where != "own":
                        self.note(what, where)
                    return counts
        return {}

    def breakdown(self, what: str, name: str, topic: str, column: str) -> dict[str, int]:
        """Counts in rows of one topic, by the published words."""
        for where in ("own", "the region", "England"):
            rows = self.rows(name, where, breakdown_topic=topic)
            counts = {row["breakdown"]: number(row[column]) or 0 for row in rows}
            if sum(counts.values()):
                if where != "own":
                    self.note(what, where)
                return counts
        return {}
