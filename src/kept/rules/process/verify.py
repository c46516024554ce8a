"""Answers to files of example cases in the reference's own format, and their comparison with what is expected.

Called as `kept verify clocks FILE [--check]`. Examples are judged by the reference readings, each clock once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from .catalogue import EVENTS
from .events import Event, as_date
from .fold import CaseState, fold
from .readings import REFERENCE
from .status import ClockState
from .table import clocks

_RESERVED = ("type", "date")


def answer(document: Any) -> list[dict[str, Any]]:
    """One answer for each item. Raises ValueError, naming the item, when one is malformed."""
    return [_answer(item, name) for item, name in _items(document)]


def _items(document: Any) -> list[tuple[Mapping[str, Any], str]]:
    if not isinstance(document, list):
        raise ValueError("The file must hold a list of cases.")
    named: list[tuple[Mapping[str, Any], str]] = []
    seen: set[str] = set()
    for number, item in enumerate(document, start=1):
        if not isinstance(item, Mapping):
            raise ValueError(f"Case {number} is not an object.")
        name = item.get("id")
        if not isinstance(name, str) or not name:
            raise ValueError(f"Case {number} has no id.")
        if name in seen:
            raise ValueError(f"Case {name} stands twice.")
        seen.add(name)
        named.append((item, name))
    return named


def _answer(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    as_of = as_date(item.get("as_of"))
    if as_of is None:
        raise ValueError(f"Case {name}: as_of must be a date such as 2026-01-31.")
    events = item.get("events")
    if not isinstance(events, list):
        raise ValueError(f"Case {name} has no list of events.")
    read = [_event(event, f"Case {name}, event {number}") for number, event in enumerate(events, start=1)]
    state = fold(read, as_of=as_of, settings=REFERENCE)
    return {
        "id": name,
        "stage": state.stage.name,
        "clocks": _entries(state),
        "flags": list(state.flags),
        "sen2": asdict(state.sen2) if state.sen2 else None,
    }


def _event(given: Any, where: str) -> Event:
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} is not an object.")
    kind = EVENTS.get(given["type"]) if isinstance(given.get("type"), str) else None
    if kind is None:
        raise ValueError(f"{where}: “{given.get('type')}” is not a known type of event.")
    day = as_date(given.get("date"))
    if day is None:
        raise ValueError(f"{where} ({kind.type}): the date must be a date such as 2026-01-31.")
    details = {key: value for key, value in given.items() if key not in _RESERVED}
    for field in kind.fields:
        value = details.get(field.name)
        if value is None:
            continue
        if field.kind == "date" and as_date(value) is None:
            raise ValueError(f"{where} ({kind.type}): {field.name} must be a date such as 2026-01-31.")
        if field.kind == "mapping" and not isinstance(value, Mapping):
            raise ValueError(f"{where} ({kind.type}): {field.name} must be an object.")
        if field.kind == "text" and not isinstance(value, str):
            raise ValueError(f"{where} ({kind.type}): {field.name} must be text.")
    return Event(kind.type, day, details)


def _entries(state: CaseState) -> list[dict[str, Any]]:
    """At least one entry for every clock, in the order of the table."""
    running: dict[str, list[ClockState]] = {}
    for one in state.clocks:
        running.setdefault(one.id, []).append(one)
    entries = []
    for name in clocks():
        if name in running:
            entries += [_entry(one) for one in running[name]]
        else:
            entries.append({"clock": name, "due": None, "status": "not_running"})
    return entries


def _entry(one: ClockState) -> dict[str, Any]:
    """The keys of section 20, each present exactly when it says."""
    entry: dict[str, Any] = {"clock": one.id}
    if one.instance is not None:
        entry["instance"] = one.instance
    entry |= {"due": _iso(one.due), "status": one.status}
    optional = {
        "days": one.days,
        "operational_target": _iso(one.operational_target),
        "quoted_deadline": _iso(one.quoted_deadline),
        "cutoff": _iso(one.cutoff),
    }
    return entry | {key: value for key, value in optional.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def compare(document: Any, answers: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """The lines of a report, and whether every expected answer was given. Items without `expected` are passed over."""
    given = {one["id"]: one for one in answers}
    lines: list[str] = []
    compared = agreeing = 0
    for item, name in _items(document):
        expected = item.get("expected")
        if expected is None:
            continue
        compared += 1
        differences = _differences(expected, given.get(name))
        agreeing += not differences
        lines += [f"{name}: {difference}" for difference in differences]
    lines.append(f"{agreeing} of {compared} cases agree.")
    return lines, agreeing == compared


def _differences(expected: Any, given: dict[str, Any] | None) -> list[str]:
    if given is None:
        return ["no answer"]
    if not isinstance(expected, Mapping):
        return ["expected is not an object"]
    found = []
    for entry in expected.get("clocks", ()):
        same = [one for one in given["clocks"] if all(one.get(key, _MISSING) == value for key, value in entry.items())]
        if not same:
            ours = [one for one in given["clocks"] if one["clock"] == entry.get("clock")]
            found.append(f"expected {entry}, answered {ours}")
    if sorted(expected.get("flags", ())) != sorted(given["flags"]):
        found.append(f"expected flags {expected.get('flags', [])}, answered {given['flags']}")
    if "sen2" in expected and expected["sen2"] != given["sen2"]:
        found.append(f"expected sen2 {expected['sen2']}, answered {given['sen2']}")
    return found


_MISSING = object()
