"""What a school's register says, read from a file: pure, no database.

One row is one pupil and one period, with the sessions that were possible and the sessions attended or missed. Two
sessions make a school day. Whoever misses a tenth of them is persistently absent, and half of them severely absent
(Department for Education, Working together to improve school attendance, 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kept.rules.dates_as_typed import read_date
from kept.rules.identifiers.pupils import check_upn
from kept.whereabouts.models import Attends

PERSISTENT, SEVERE = 0.1, 0.5
LONGEST_PERIOD = timedelta(days=366)
MOST_SESSIONS_A_DAY = 2


@dataclass(frozen=True)
class Column:
    """A field that we can read: its words and the headings by which other systems call it."""

    key: str
    label: str
    headings: tuple[str, ...]


COLUMNS = (
    Column("upn", "Unique pupil number", ("upn", "unique pupil number", "pupil number")),
    Column("given_names", "First names", ("forename", "forenames", "first name", "given name", "legal forename")),
    Column("family_name", "Family name", ("surname", "last name", "family name", "legal surname")),
    Column("born_on", "Date of birth", ("date of birth", "dob", "birth date", "born")),
    Column("from_on", "First day", ("from", "start date", "period start", "from date", "attendance start date")),
    Column("to_on", "Last day", ("to", "end date", "period end", "to date", "attendance end date")),
    Column("possible", "Sessions possible", ("possible sessions", "sessions possible", "possible", "total sessions")),
    Column("present", "Sessions attended", ("attended", "present", "sessions present", "attendances")),
    Column("missed", "Sessions missed", ("missed", "absences", "sessions missed", "absent", "total absence")),
)  # fmt: skip
LABELS = {column.key: column.label.lower() for column in COLUMNS}


@dataclass(frozen=True)
class Line:
    """What one row says, and what is wrong with it. number: the row of the file, the heading being row 1."""

    number: int
    upn: str = ""
    given_names: str = ""
    family_name: str = ""
    born_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    possible: int = 0
    present: int = 0
    problems: tuple[str, ...] = ()

    @property
    def attends(self) -> str:
        """What the sessions say of how the child attends."""
        missed = self.possible - self.present
        if not self.present:
            return Attends.NOT
        if missed >= SEVERE * self.possible:
            return Attends.SEVERE
        return Attends.ABSENT if missed >= PERSISTENT * self.possible else Attends.COMING


def _tidy(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Which heading is probably which field: our field to their heading."""
    tidied = {_tidy(heading): heading for heading in headings if heading}
    found: dict[str, str] = {}
    for column in COLUMNS:
        called = next((name for name in (*column.headings, _tidy(column.label)) if name in tidied), None)
        if called and tidied[called] not in found.values():
            found[column.key] = tidied[called]
    return found


def check_mapping(mapping: Mapping[str, str], headings: Sequence[str], *, has_period: bool) -> list[str]:
    """What is wrong with a choice of columns, in sentences."""
    chosen = [heading for heading in mapping.values() if heading]
    problems = [f"The file has no column “{heading}”." for heading in chosen if heading not in headings]
    problems += [
        f"The column “{one}” is chosen for two things." for one in sorted(set(chosen)) if chosen.count(one) > 1
    ]
    if not mapping.get("upn") and not all(mapping.get(key) for key in ("given_names", "family_name", "born_on")):
        problems.append("Say which columns tell who the pupil is: the pupil number, or the names and date of birth.")
    if not mapping.get("possible"):
        problems.append("Say which column holds the sessions that were possible.")
    if not mapping.get("present") and not mapping.get("missed"):
        problems.append("Say which column holds the sessions attended, or the sessions missed.")
    if not has_period and not (mapping.get("from_on") and mapping.get("to_on")):
        problems.append("Say which days the file is about: type them, or choose their columns.")
    return problems


def read_line(
    number: int,
    row: Mapping[str, str],
    mapping: Mapping[str, str],
    *,
    period: tuple[date | None, date | None],
    today: date,
) -> Line:
    """One row in our words, with every problem that can be seen in the row alone."""
    text = {key: (row.get(heading) or "").strip() for key, heading in mapping.items() if heading}
    problems: list[str] = []
    days = {key: _day(text, key, problems) for key in ("born_on", "from_on", "to_on")}
    from_on, to_on = days["from_on"] or period[0], days["to_on"] or period[1]
    problems += _period_problems(from_on, to_on, today)
    upn = text.get("upn", "")
    if upn:
        try:
            upn = check_upn(upn)
        except ValueError as problem:
            problems.append(str(problem))
    elif not (text.get("given_names") and text.get("family_name") and days["born_on"]):
        problems.append("Nothing says who the pupil is: give the pupil number, or the names and date of birth.")
    possible, present = _sessions(text, problems)
    if from_on and to_on and possible > MOST_SESSIONS_A_DAY * ((to_on - from_on).days + 1):
        problems.append(f"There cannot have been {possible} sessions in those days: a school day has two.")
    return Line(
        number, upn, text.get("given_names", ""), text.get("family_name", ""), days["born_on"], from_on, to_on,
        possible, present, tuple(problems),
    )  # fmt: skip


def _day(text: Mapping[str, str], key: str, problems: list[str]) -> date | None:
    typed = re.sub(r"[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?$", "", text.get(key, ""))
    if not typed:
        return None
    try:
        return read_date(typed)
    except ValueError as problem:
        problems.append(f"The {LABELS[key]} cannot be read: {problem}")
        return None


def _period_problems(from_on: date | None, to_on: date | None, today: date) -> list[str]:
    if from_on is None or to_on is None:
        return ["The days that the row is about are missing."]
    if to_on < from_on:
        return ["The period ends before it begins."]
    if to_on > today:
        return ["The period ends after today."]
    return ["The period is longer than a year."] if to_on - from_on > LONGEST_PERIOD else []


def _sessions(text: Mapping[str, str], problems: list[str]) -> tuple[int, int]:
    """Sessions possible and attended; nought and nought with a problem said where they cannot be read."""
    numbers: dict[str, int] = {}
    for key in ("possible", "present", "missed"):
        typed = text.get(key, "")
        if not typed:
            continue
        if not re.fullmatch(r"\d{1,4}(\.0+)?", typed):
            problems.append(f"The {LABELS[key]} must be a whole number, not “{typed[:20]}”.")
            return 0, 0
        numbers[key] = int(float(typed))
    if "possible" not in numbers or not {"present", "missed"} & set(numbers):
        problems.append("The sessions possible, or those attended or missed, are missing.")
        return 0, 0
    possible = numbers["possible"]
    present = numbers.get("present", possible - numbers.get("missed", 0))
    if possible == 0:
        problems.append("No session was possible, so the row says nothing of where the pupil is.")
    elif not 0 <= present <= possible:
        problems.append("More sessions were attended or missed than were possible.")
    elif "missed" in numbers and "present" in numbers and present + numbers["missed"] != possible:
        problems.append("The sessions attended and missed do not add up to those possible.")
    return possible, present
