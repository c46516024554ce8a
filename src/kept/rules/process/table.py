"""The table of time limits: read once from `clocks.json`, checked, and compiled for a set of readings.

The file is data with citations, verification marks and effective dates; nothing in it is code. A row counts only for
triggers on or after its `effective_from` and on or before its `effective_to`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .catalogue import EVENTS
from .readings import ContentsAndPlacement, HealthNotification, LastReviewed, LateNotice, Readings

COUNTINGS = {
    "CAL_AFTER": ("days", "weeks"),
    "CAL_INCLUSIVE": ("days", "weeks"),
    "WD_AFTER": ("working_days",),
    "WD_INCLUSIVE": ("working_days",),
    "MONTH_AFTER": ("months",),
    "MONTH_INCLUSIVE": ("months",),
    "TRIB_MONTH": ("months",),
    "TRIB_WD": ("working_days",),
    "BEFORE_DATE": ("fixed_date",),
    "MIN_BEFORE_EVENT": ("weeks", "months"),
    "WINDOW_ENDING": ("months",),
    "LATER_OF": ("later_of",),
    "IMMEDIATE": ("days",),
    "ASAP": ("none",),
    "CEASE_GATE": ("gate",),
}
TESTS = ("closure", "absence", "circumstances", "appointment", "any_of_reg13_3", "agreement")
KINDS = ("statutory", "guidance")
MARKS = ("primary", "secondary", "unverified")
NATURES = (None, "minimum_window", "planning", "gate", "family_right")
STOPS = ("on_or_after", "later", "any")
CYCLES = ("", "meeting", "review", "review_changes", "amendment", "phase", "dispute", "each")
PATTERN = re.compile(r"(?P<type>[a-z0-9_]+)(?:\[(?P<field>[a-z_]+)=(?P<value>[a-z0-9_]+)\])?")
REVIEW_CLOCKS = ("review.first", "review.next", "review.under5", "move.review")
REVIEW_AT_MEETING = {"review_decision": "review_meeting", "review_completed": "review_meeting"}


class TableError(ValueError):
    """The table of clocks is not sound."""


@dataclass(frozen=True)
class Pattern:
    """An event type, with at most one field that must have a value."""

    type: str
    field: str | None = None
    value: str | None = None

    def fits(self, details: Mapping[str, Any]) -> bool:
        """Whether an event of this type with these details is meant."""
        if self.field is None:
            return True
        found = details.get(self.field)
        return found == self.value or (isinstance(found, bool) and str(found).lower() == self.value)


@dataclass(frozen=True)
class Exemption:
    """A listed exception to one time limit."""

    id: str
    test: str
    days: int
    citation: str
    condition: str


@dataclass(frozen=True)
class Component:
    """One limb of a "later of" limit, or the second limb of the appeal limit."""

    triggers: tuple[Pattern, ...]
    length: int
    counting: str


@dataclass(frozen=True)
class Clock:
    """One time limit as the law (or guidance) states it."""

    id: str
    name: str
    triggers: tuple[Pattern, ...]
    stops: tuple[Pattern, ...]
    length: int
    unit: str
    counting: str
    duty_holder: str
    exceptions: tuple[Exemption, ...]
    citation: str
    kind: str
    verified: str
    effective_from: date
    effective_to: date | None
    law_version: str
    notes: str = ""
    date_field: str | None = None
    per: str | None = None
    applies_if: tuple[Pattern, ...] = ()
    superseded_by: tuple[Pattern, ...] = ()
    stays_superseded_unless: frozenset[str] | None = None
    moot_after: tuple[Pattern, ...] = ()
    open_name: str = ""
    cap_clock: str | None = None
    fixed_date: tuple[int, int] | None = None
    components: tuple[Component, ...] = ()
    certificate: Component | None = None
    aware_event: str | None = None
    moved_event: str | None = None
    nature: str | None = None
    takes_latest: bool = False
    stop_is: str = "on_or_after"
    later_in_life: bool = False
    cycle: str = ""
    planned: bool = False
    from_receipt: bool = False
    under_age: int | None = None
    also_notify: tuple[str, ...] = ()

    @property
    def limit(self) -> str:
        """The limit in words, as "6 weeks"."""
        words = {"MIN_BEFORE_EVENT": "at least {} before", "IMMEDIATE": "immediately", "ASAP": "as soon as practicable"}
        fixed = {"BEFORE_DATE": "before a fixed date", "LATER_OF": "the later of two dates", "CEASE_GATE": "a gate"}
        text = words.get(self.counting, fixed.get(self.counting, "{}"))
        unit = self.unit.replace("_", " ")
        return text.format(f"{self.length} {unit[:-1] if self.length == 1 else unit}")


def patterns(text: str | None) -> tuple[Pattern, ...]:
    """The alternatives of a text such as `a|b[kind=c]`. Raises TableError on unknown events or fields."""
    found = []
    for part in (text or "").split("|") if text else []:
        match = PATTERN.fullmatch(part)
        if match is None:
            raise TableError(f"“{part}” is not an event with at most one condition.")
        event = EVENTS.get(match["type"])
        if event is None:
            raise TableError(f"“{match['type']}” is not a known event.")
        if match["field"] and match["field"] not in event.field_names:
            raise TableError(f"“{match['type']}” has no field “{match['field']}”.")
        found.append(Pattern(match["type"], match["field"], match["value"]))
    return tuple(found)


def _component(row: Mapping[str, Any]) -> Component:
    return Component(patterns(row["trigger_event"]), int(row["length"]), row["counting"])


def _fixed_date(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    month, day = text.removeprefix("--").split("-")
    date(2025, int(month), int(day))
    return int(month), int(day)


def read_clock(row: Mapping[str, Any]) -> Clock:
    """One row of the file. Raises TableError, naming the row, when it is not sound."""
    try:
        clock = _read_clock(row)
    except (KeyError, TypeError, ValueError) as error:
        raise TableError(f"Clock {row.get('id', '(no id)')}: {error}") from None
    _check(clock)
    return clock


def _read_clock(row: Mapping[str, Any]) -> Clock:
    transfer = row.get("transfer", {})
    keep = row.get("stays_superseded_unless")
    ends = row["effective_to"]
    return Clock(
        id=row["id"],
        name=row["name"],
        triggers=patterns(row["trigger_event"]),
        stops=patterns(row["stop_event"]),
        length=row["length"] or 0,
        unit=row["unit"],
        counting=row["counting"],
        duty_holder=row["duty_holder"],
        exceptions=tuple(
            Exemption(e["id"], e["test"], e.get("days", 0), e["citation"], e["condition"]) for e in row["exceptions"]
        ),
        citation=row["citation"],
        kind=row["kind"],
        verified=row["verified"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(ends) if ends else None,
        law_version=row["law_version"],
        notes=row.get("notes", ""),
        date_field=row.get("trigger_date_field"),
        per=row.get("per"),
        applies_if=patterns(row.get("applies_if")),
        superseded_by=patterns(row.get("superseded_by")),
        moot_after=patterns(row.get("moot_after")),
        open_name=row.get("open_name", ""),
        stays_superseded_unless=frozenset(p.type for p in patterns(keep)) if keep else None,
        cap_clock=row.get("cap_clock"),
        fixed_date=_fixed_date(row.get("fixed_date")),
        components=tuple(_component(part) for part in row.get("components", ())),
        certificate=_component(row["alternative"]) if "alternative" in row else None,
        aware_event=transfer.get("aware"),
        moved_event=transfer.get("moved"),
        nature=row.get("nature"),
        takes_latest=row.get("takes") == "latest",
        stop_is=row.get("stop_is", "on_or_after"),
        later_in_life=row.get("later_in_life", False),
        cycle=row.get("cycle", ""),
        planned=row.get("planned", False),
        from_receipt=row.get("from_receipt", False),
        under_age=row.get("under_age"),
        also_notify=tuple(row.get("also_notify", ())),
    )


def _check(clock: Clock) -> None:
    """Raise TableError when a row contradicts itself."""
    reasons = {
        "its counting is not known": clock.counting not in COUNTINGS,
        "its unit does not go with its counting": clock.unit not in COUNTINGS.get(clock.counting, ()),
        "it needs a length": clock.length == 0 and clock.counting in set(COUNTINGS) - _WITHOUT_LENGTH,
        "its length is below nothing": clock.length < 0,
        "it has no trigger": not clock.triggers,
        "it has no stop": not clock.stops,
        "its kind is not known": clock.kind not in KINDS,
        "its verification mark is not known": clock.verified not in MARKS,
        "its nature is not known": clock.nature not in NATURES,
        "its rule for stops is not known": clock.stop_is not in STOPS,
        "its cycle is not known": clock.cycle not in CYCLES,
        "it has no citation": not clock.citation,
        "it ends before it begins": clock.effective_to is not None and clock.effective_to < clock.effective_from,
        "an exception's test is not known": any(e.test not in TESTS for e in clock.exceptions),
        "it needs a fixed date": clock.counting == "BEFORE_DATE" and clock.fixed_date is None,
        "it needs components": clock.counting == "LATER_OF" and not clock.components,
        "it needs the limb of the certificate": clock.counting == "TRIB_MONTH" and clock.certificate is None,
    }
    for reason, wrong in reasons.items():
        if wrong:
            raise TableError(f"Clock {clock.id}: {reason}.")


_WITHOUT_LENGTH = {"BEFORE_DATE", "LATER_OF", "IMMEDIATE", "ASAP", "CEASE_GATE"}


def read_table(document: Mapping[str, Any]) -> dict[str, Clock]:
    """All rows of a document by id, in its order. Raises TableError for doubles and dangling names."""
    clocks: dict[str, Clock] = {}
    for row in document["clocks"]:
        clock = read_clock(row)
        if clock.id in clocks:
            raise TableError(f"Clock {clock.id} stands twice.")
        clocks[clock.id] = clock
    for clock in clocks.values():
        if clock.cap_clock is not None and clock.cap_clock not in clocks:
            raise TableError(f"Clock {clock.id}: its cap “{clock.cap_clock}” is not a clock.")
    return clocks


@lru_cache(maxsize=1)
def clocks() -> dict[str, Clock]:
    """The product's own table, in the order of the file."""
    text = files(__package__).joinpath("clocks.json").read_text(encoding="utf-8")
    return read_table(json.loads(text))


@dataclass(frozen=True)
class Compiled:
    """The table under a set of readings, with clocks found by the event types that start them."""

    clocks: Mapping[str, Clock]
    order: Mapping[str, int]
    by_trigger: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def compiled(readings: Readings) -> Compiled:
    """The table as these readings have it (A3, A7, A11 and A12 change who starts and stops what)."""
    rows = {name: _as_read(clock, readings) for name, clock in clocks().items()}
    by_trigger: dict[str, list[str]] = {}
    for name, clock in rows.items():
        for kind in dict.fromkeys(pattern.type for pattern in clock.triggers):
            by_trigger.setdefault(kind, []).append(name)
    return Compiled(
        clocks=rows,
        order={name: number for number, name in enumerate(rows)},
        by_trigger={kind: tuple(names) for kind, names in by_trigger.items()},
    )


def _as_read(clock: Clock, readings: Readings) -> Clock:
    if readings.a3_last_reviewed is LastReviewed.MEETING_HELD and clock.id in REVIEW_CLOCKS:
        clock = _reviewed_at_meeting(clock)
    if readings.a7_late_notice is LateNotice.EIGHT_WEEKS_FROM_NOTICE and clock.cap_clock:
        clock = replace(clock, cap_clock=None)
    if readings.a11_health_notification is HealthNotification.AUTOMATICALLY and clock.id.startswith("assess."):
        clock = replace(clock, triggers=(*clock.triggers, Pattern("s23_notified")))
    both = readings.a12_contents_and_placement is ContentsAndPlacement.TWO_WEEKS_FOR_PLACEMENT
    if both and clock.id.endswith(".school_only"):
        extra = dict.fromkeys(Pattern(p.type, "section_i", "true") for p in clock.triggers)
        clock = replace(clock, triggers=(*clock.triggers, *extra))
    return clock


def _reviewed_at_meeting(clock: Clock) -> Clock:
    def swap(found: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        return tuple(Pattern(REVIEW_AT_MEETING.get(p.type, p.type), p.field, p.value) for p in found)

    parts = tuple(replace(part, triggers=swap(part.triggers)) for part in clock.components)
    return replace(clock, triggers=swap(clock.triggers), stops=swap(clock.stops), components=parts)
