"""Answers to files of example cases in the reference's own format, and their comparison with what is expected.

Called as `kept verify clocks FILE [--check]`. Examples are judged by the reference readings, each clock once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kept.rules.case_files import answered, cases_in, checked, field, fields, shown

from .catalogue import EVENTS, EventKind
from .events import Event
from .fold import CaseState, fold
from .readings import REFERENCE
from .status import ClockState
from .table import clocks

_RESERVED = ("type", "date")
_CHECKED = {"date": "date", "mapping": "object", "text": "text", "bool": "yes_no", "choice": "text"}
# Fields of which a word that is not known would be read as some other outcome, and quietly answered.
_ONE_OF = {("phase_transfer", "kind"), *((kind, "outcome") for kind in EVENTS)}
_DATES_OF_EXCEPTIONS = (
    "closed_from",
    "reopens",
    "advice_requested_on",
    "absent_from",
    "returned",
    "from",
    "to",
    "date",
)
_PER_INSTANCE = {
    kind: clock.per for clock in clocks().values() if clock.per for kind in (p.type for p in clock.triggers)
}


def answer(document: Any) -> list[dict[str, Any]]:
    """One answer for each item; a malformed one has its id and an `error`, a sentence that names it and the field.

    Raises ValueError when the file holds no list of cases.
    """
    if not isinstance(document, list):
        raise ValueError("the file must hold a list of cases.")
    return [{"id": name, **outcome} for name, outcome in answered(cases_in(document), _answer)]


def _answer(item: Mapping[str, Any]) -> dict[str, Any]:
    as_of = field(item, "as_of", "date")
    events = field(item, "events", "list")
    read = [_event(event, f"event {number}") for number, event in enumerate(events, start=1)]
    state = fold(read, as_of=as_of, settings=REFERENCE)
    return {
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
        raise ValueError(f"{where}: {shown(given.get('type'))} is not a known type of event.")
    try:
        return Event(kind.type, field(given, "date", "date"), _details(given, kind))
    except ValueError as error:
        raise ValueError(f"{where} ({kind.type}): {error}") from None


def _details(given: Mapping[str, Any], kind: EventKind) -> dict[str, Any]:
    """What an event holds beside its type and date. Raises ValueError, naming the field, when one is malformed."""
    for one in kind.fields:
        value = field(given, one.name, _CHECKED[one.kind], required=one.name == _PER_INSTANCE.get(kind.type))
        if value is not None and (kind.type, one.name) in _ONE_OF and value not in one.choices:
            raise ValueError(f"{one.name} must be {' or '.join(one.choices)}, not {shown(value)}.")
    for name in _DATES_OF_EXCEPTIONS if isinstance(given.get("facts"), Mapping) else ():
        if given["facts"].get(name):
            checked(f"facts.{name}", given["facts"][name], "date")
    return {key: value for key, value in given.items() if key not in _RESERVED}


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
    given = {one["id"]: one for one in answers if one["id"] is not None and "error" not in one}
    lines: list[str] = []
    compared = agreeing = 0
    for case in cases_in(document):
        expected = case.given.get("expected")
        if expected is None or case.id is None:
            continue
        compared += 1
        differences = ["no answer"] if case.refusal else _differences(expected, given.get(case.id))
        agreeing += not differences
        lines += [f"{case.id}: {difference}" for difference in differences]
    lines.append(f"{agreeing} of {compared} cases agree.")
    return lines, agreeing == compared


def _differences(expected: Any, given: dict[str, Any] | None) -> list[str]:
    if given is None:
        return ["no answer"]
    if not isinstance(expected, Mapping):
        return ["expected is not an object"]
    try:
        entries = fields(expected, "clocks", "object", required=False)
        flags = fields(expected, "flags", "text", required=False)
    except ValueError as error:
        return [f"expected.{error}"]
    found = []
    for entry in entries:
        same = [one for one in given["clocks"] if all(one.get(key, _MISSING) == value for key, value in entry.items())]
        if not same:
            ours = [one for one in given["clocks"] if one["clock"] == entry.get("clock")]
            found.append(f"expected {entry}, answered {ours}")
    if sorted(set(flags)) != sorted(given["flags"]):
        found.append(f"expected flags {flags}, answered {given['flags']}")
    if "sen2" in expected and expected["sen2"] != given["sen2"]:
        found.append(f"expected sen2 {expected['sen2']}, answered {given['sen2']}")
    return found


_MISSING = object()
