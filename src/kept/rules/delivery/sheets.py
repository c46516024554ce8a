"""Files of records from provision-mapping tools: which column means what, and what each row says. Nothing is guessed

silently: a row that cannot be read says why, and the person who sends the file sees it before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kept.rules.dates_as_typed import read_date
from kept.rules.delivery.model import Reason, Status

FIELDS = {
    "upn": "Unique pupil number (UPN)",
    "first_name": "First name",
    "last_name": "Last name",
    "full_name": "Whole name",
    "provision": "Provision",
    "on": "Date of the session",
    "week": "Week beginning",
    "minutes": "Minutes given",
    "status": "What became of it",
    "reason": "Reason",
    "pupils": "Pupils in the group",
    "note": "Note",
}
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "unique pupil number", "pupil upn", "student upn"),
    "first_name": ("first name", "forename", "given name", "preferred forename", "pupil forename", "known as"),
    "last_name": ("last name", "surname", "family name", "legal surname", "pupil surname"),
    "full_name": ("name", "pupil", "pupil name", "student", "student name", "child", "child name", "full name"),
    "provision": ("provision", "intervention", "intervention name", "provision name", "support", "strategy", "service"),
    "on": ("date", "session date", "delivered on", "date delivered", "day"),
    "week": ("week", "week beginning", "week commencing", "w c", "wc", "week start"),
    "minutes": ("minutes", "mins", "duration", "length", "duration mins", "duration minutes", "minutes delivered"),
    "status": ("status", "outcome", "attendance", "delivered", "took place", "attended", "session status", "result"),
    "reason": ("reason", "reason not delivered", "reason missed", "why", "absence reason"),
    "pupils": ("group size", "pupils", "number of pupils", "no of pupils", "pupils in group", "size"),
    "note": ("note", "notes", "comment", "comments"),
}
_STATUSES: dict[Status, tuple[str, ...]] = {
    Status.DELIVERED: (
        "delivered", "yes", "y", "done", "complete", "completed", "attended", "present", "held", "took place", "1",
        "true", "full", "/", "\\",
    ),
    Status.PART: ("part", "partial", "partly", "partially", "partially delivered", "shortened", "some"),
    Status.MISSED: (
        "missed", "no", "n", "not delivered", "cancelled", "canceled", "did not take place", "not held", "0", "false",
        "staff absent", "none",
    ),
    Status.ABSENT: ("absent", "pupil absent", "student absent", "child absent", "a", "not in school", "ill", "i"),
    Status.DECLINED: ("declined", "refused", "pupil refused", "did not engage"),
    Status.CLOSED: ("closed", "school closed", "inset", "holiday", "#"),
    Status.REPLACED: ("rearranged", "moved", "replaced"),
}  # fmt: skip
_REASONS: dict[Reason, tuple[str, ...]] = {
    Reason.CAPACITY: ("capacity", "vacancy", "no staff", "staffing", "unfilled", "cover"),
    Reason.SICKNESS: ("staff sick", "staff ill", "sickness", "staff absent", "staff absence", "training"),
    Reason.CHILD_ILL: ("child ill", "pupil ill", "ill", "illness", "unwell"),
    Reason.REFUSED: ("refused", "declined", "did not want"),
    Reason.CLASH: ("clash", "trip", "exam", "timetable", "assembly", "event", "visit"),
    Reason.CLOSED: ("closed", "closure", "inset", "snow"),
    Reason.GROUP: ("group size", "group too large", "too many"),
    Reason.ROLE: ("other staff", "different staff", "supply"),
}
_STATUS_OF = {word: status for status, known in _STATUSES.items() for word in known}
_HOURS = re.compile(r"^(?:(\d+)\s*(?:h|hrs?|hours?|:))\s*(?:(\d{1,2})\s*(?:m|mins?|minutes?)?)?$")
_MINUTES = re.compile(r"^(\d{1,4})(?:\.0+)?\s*(?:m|mins?|minutes?)?$")
_DECIMAL_HOURS = re.compile(r"^(\d{1,2}\.\d{1,2})\s*(?:h|hrs?|hours?)$")


@dataclass(frozen=True)
class ReadRow:
    """What one row says, or in `problems` why it cannot be read."""

    upn: str = ""
    name: str = ""
    provision: str = ""
    on: date | None = None
    whole_week: bool = False
    minutes: int = 0
    status: Status = Status.DELIVERED
    reason: Reason | None = None
    pupils: int | None = None
    note: str = ""
    problems: tuple[str, ...] = ()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w#/\\]+", " ", text.casefold()).split())


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Which heading means which of our fields, where a heading is known by one of its usual names."""
    plain = {_plain(heading.replace("/", " ")): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for field, names in _SYNONYMS.items():
        match = next((plain[name] for name in names if name in plain and plain[name] not in taken), "")
        if match:
            found[field] = match
            taken.add(match)
    return found


def missing_columns(columns: Mapping[str, str]) -> list[str]:
    """What a mapping must still say, in sentences; none when rows can be read by it."""
    problems = []
    if not (columns.get("upn") or columns.get("full_name") or (columns.get("first_name") and columns.get("last_name"))):
        problems.append("Choose the column that says which child: the unique pupil number, or the name.")
    if not columns.get("provision"):
        problems.append("Choose the column that says which provision.")
    if not (columns.get("on") or columns.get("week")):
        problems.append("Choose the column that says on which day, or in which week.")
    if not (columns.get("status") or columns.get("minutes")):
        problems.append("Choose the column that says what became of it, or how many minutes came.")
    return problems


def read_minutes(text: str) -> int:
    """Minutes as people write them: 45, 45 mins, 1h 30, 1:30, 0.75 hours. Raises ValueError."""
    plain = text.strip().casefold()
    if match := _MINUTES.match(plain):
        return int(match.group(1))
    if match := _DECIMAL_HOURS.match(plain):
        return round(float(match.group(1)) * 60)
    if match := _HOURS.match(plain):
        return int(match.group(1)) * 60 + int(match.group(2) or 0)
    raise ValueError(f"“{text[:30]}” is not a number of minutes.")


def _read_reason(text: str) -> Reason | None:
    plain = _plain(text)
    if not plain:
        return None
    exact = next((reason for reason in Reason if reason.value == plain), None)
    return exact or next(
        (reason for reason, words in _REASONS.items() if any(word in plain for word in words)), Reason.UNKNOWN
    )


def read_row(cells: Mapping[str, str]) -> ReadRow:
    """What a row says; cells by our own fields. What is wrong stands in `problems`, in sentences."""
    problems: list[str] = []
    whole_week = not cells.get("on") and bool(cells.get("week"))
    on = None
    try:
        on = read_date(cells.get("on") or cells.get("week") or "")
    except ValueError as problem:
        problems.append(str(problem) if cells.get("on") or cells.get("week") else "There is no date.")
    minutes = 0
    if cells.get("minutes"):
        try:
            minutes = read_minutes(cells["minutes"])
        except ValueError as problem:
            problems.append(str(problem))
    said = _plain(cells.get("status", ""))
    reason = _read_reason(cells.get("reason", ""))
    status = _STATUS_OF.get(said)
    if not said:
        status = Status.DELIVERED if minutes else None if cells.get("minutes") in {None, ""} else Status.MISSED
    if status is None and not problems:
        words = cells.get("status", "")[:30]
        problems.append(f"“{words}” is not known as an outcome." if words else "It does not say what became of it.")
    if status in {Status.MISSED, Status.PART} and reason is None:
        reason = _read_reason(said) if said in {"staff absent"} else Reason.UNKNOWN
    pupils = None
    if cells.get("pupils"):
        if cells["pupils"].isdigit() and 0 < int(cells["pupils"]) < 100:  # noqa: PLR2004 - a very large group
            pupils = int(cells["pupils"])
        else:
            problems.append(f"“{cells['pupils'][:20]}” is not a number of pupils.")
    name = cells.get("full_name") or f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip()
    if not name and not cells.get("upn"):
        problems.append("It does not say which child.")
    if not cells.get("provision"):
        problems.append("It does not say which provision.")
    given = minutes if status in {Status.DELIVERED, Status.PART, Status.REPLACED} else 0
    return ReadRow(
        upn=cells.get("upn", "").upper(), name=name, provision=cells.get("provision", ""), on=on,
        whole_week=whole_week, minutes=given, status=status or Status.DELIVERED, reason=reason, pupils=pupils,
        note=cells.get("note", "")[:300], problems=tuple(problems),
    )  # fmt: skip
