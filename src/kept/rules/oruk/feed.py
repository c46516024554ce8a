"""Read entries from a file: another Open Referral UK feed (JSON or one document a line) or a CSV of our own columns.

Nothing is trusted. Nulls count as absent; wrong types are dropped and named; a repeated id is taken once.
What cannot be published is said, entry by entry.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kept.rules.oruk.entry import DAYS, is_web_address, problems, tidied
from kept.rules.oruk.text import one_line, plain

MOST_ENTRIES = 20_000
_STATUS = {"active", "inactive", "defunct", "temporarily closed"}
_COLUMNS = {"name", "organisation", "description", "fees"}


@dataclass(frozen=True)
class Spot:
    """A place named in a file."""

    name: str
    address_1: str
    city: str
    county: str
    postcode: str
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """One entry of a file. `notes` are what was dropped or changed, `problems` what keeps it from being published."""

    source_id: str
    organisation: str
    organisation_words: str
    content: Mapping[str, Any]
    terms: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass
class _Notes:
    """Gathers what was dropped while one entry is read."""

    lines: list[str] = field(default_factory=list)

    def text(self, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        self.lines.append(f"{name} was not text and is left out")
        return ""

    def number(self, row: Mapping[str, Any], name: str) -> float | None:
        value = row.get(name)
        if value in (None, ""):
            return None
        try:
            if isinstance(value, bool):
                raise TypeError
            found = float(value)
        except (TypeError, ValueError):
            self.lines.append(f"{name} was not a number and is left out")
            return None
        if found != found or found in (float("inf"), float("-inf")):  # noqa: PLR0124 -- not a number
            self.lines.append(f"{name} was not a number and is left out")
            return None
        return found

    def rows(self, row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        value = row.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.lines.append(f"{name} was not a list and is left out")
            return []
        return [one for one in value if isinstance(one, Mapping)]

    def thing(self, row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = row.get(name)
        return value if isinstance(value, Mapping) else {}


def read(data: bytes) -> list[Incoming]:
    """The entries of a file. Raises ValueError, with a sentence, when it is neither a feed nor a CSV of our columns."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise ValueError("The file is empty.")
    rows = list(_services(text)) if text.lstrip()[0] in "[{" else list(_lines(text))
    if len(rows) > MOST_ENTRIES:
        raise ValueError(f"The file holds more than {MOST_ENTRIES} entries. Cut it into several.")
    return _once(rows)


def _once(rows: list[Incoming]) -> list[Incoming]:
    """Each id once: the first counts."""
    seen: dict[str, Incoming] = {}
    for row in rows:
        if row.source_id not in seen:
            seen[row.source_id] = row
            continue
        first = seen[row.source_id]
        note = f"the file names id {row.source_id} again; the first counts"
        if note not in first.notes:
            seen[row.source_id] = Incoming(**{**first.__dict__, "notes": (*first.notes, note)})
    return list(seen.values())


def _documents(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except RecursionError:
        raise ValueError("The file is nested too deeply to be a feed.") from None
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:  # noqa: PLR2004
            raise ValueError(f"The file is not JSON: {error.msg} at line {error.lineno}.") from None
        for number, line in enumerate(lines, start=1):
            try:
                yield json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                raise ValueError(f"Line {number} of the file is not JSON.") from None


def _services(text: str) -> Iterator[Incoming]:
    for document in _documents(text):
        found = document
        if isinstance(document, Mapping) and isinstance(document.get("contents"), list):
            found = document["contents"]
        for row in found if isinstance(found, list) else [found]:
            if isinstance(row, Mapping):
                service = row.get("service") if isinstance(row.get("service"), Mapping) else row
                yield _service(service)  # type: ignore[arg-type]


def _service(row: Mapping[str, Any]) -> Incoming:
    notes = _Notes()
    organisation = notes.thing(row, "organization")
    status = notes.text(row, "status")
    if status and status not in _STATUS:
        notes.lines.append(f"status “{one_line(status, most=30)}” is not one of the standard’s; taken as active")
        status = "active"
    access, who = notes.thing(row, "x_access"), notes.thing(row, "x_eligibility")
    url = notes.text(row, "url")
    if url and not is_web_address(url):
        notes.lines.append("url was not a web address and is left out")
        url = ""
    content = {
        "name": notes.text(row, "name"),
        "description": notes.text(row, "description"),
        "url": url,
        "email": notes.text(row, "email"),
        "status": status or "active",
        "fees": notes.text(row, "fees") or _fees(notes, row),
        "minimum_age": notes.number(row, "minimum_age"),
        "maximum_age": notes.number(row, "maximum_age"),
        "accreditation": notes.text(row, "accreditations"),
        "who_for": notes.text(who, "who_for") or notes.text(row, "eligibility_description"),
        "who_not_for": notes.text(who, "who_not_for"),
        "open_to_all": who.get("open_to_all") is True,
        "route": notes.text(access, "route"),
        "how_to_get_it": notes.text(access, "how") or notes.text(row, "application_process"),
        "bring": notes.text(access, "bring"),
        "meanwhile": notes.text(access, "meanwhile"),
        "contact": next(
            (notes.text(one, "title") or notes.text(one, "name") for one in notes.rows(row, "contacts")), ""
        ),
        "phones": [
            {"number": one_line(one.get("number"), most=40), "words": one_line(one.get("description"), most=100)}
            for one in notes.rows(row, "phones")
            if isinstance(one.get("number"), str)
        ],
        "schedules": [_schedule(notes, one) for one in notes.rows(row, "schedules")],
        "languages": [one_line(one.get("name"), most=40) for one in notes.rows(row, "languages") if one.get("name")],
    }
    terms = [notes.thing(one, "taxonomy_term").get("name") for one in notes.rows(row, "attributes")]
    ties = [notes.thing(one, "location") for one in notes.rows(row, "service_at_locations")]
    return _made(
        notes.text(row, "id"),
        one_line(organisation.get("name")),
        plain(organisation.get("description")),
        content,
        terms=tuple(dict.fromkeys(one_line(name, most=100) for name in terms if isinstance(name, str) and name)),
        spots=tuple(spot for tie in ties if (spot := _spot(notes, tie))),
        notes=notes,
    )


def _fees(notes: _Notes, row: Mapping[str, Any]) -> str:
    """The cost in words from the cost options, when the feed has no words."""
    parts = []
    for one in notes.rows(row, "cost_options"):
        amount = notes.number(one, "amount")
        words = [notes.text(one, "option"), f"£{amount:g}" if amount else "", notes.text(one, "amount_description")]
        parts.append(" ".join(part for part in words if part))
    return "; ".join(part for part in parts if part)


def _schedule(notes: _Notes, row: Mapping[str, Any]) -> dict[str, Any]:
    days = [day for day in notes.text(row, "byday").replace(" ", "").split(",") if day in DAYS]
    made: dict[str, Any] = {"days": days, "words": one_line(notes.text(row, "description"), most=200)}
    opens, closes = notes.text(row, "opens_at")[:5], notes.text(row, "closes_at")[:5]
    if opens and closes and opens < closes:
        made |= {"opens": opens, "closes": closes}
    if notes.text(row, "freq").upper() == "MONTHLY":
        made["freq"] = "MONTHLY"
    return made


def _spot(notes: _Notes, row: Mapping[str, Any]) -> Spot | None:
    address: Mapping[str, Any] = next(iter(notes.rows(row, "addresses")), {})
    postcode = one_line(address.get("postal_code"), most=8).upper()
    if not postcode:
        return None
    latitude, longitude = notes.number(row, "latitude"), notes.number(row, "longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 -- degrees
        latitude = longitude = None
    line = one_line(address.get("address_1"))
    return Spot(
        name=one_line(row.get("name")) or line or postcode,
        address_1=line,
        city=one_line(address.get("city"), most=100),
        county=one_line(address.get("state_province"), most=100),
        postcode=postcode,
        latitude=latitude,
        longitude=longitude,
        accessibility=tuple(
            one_line(one.get("description")) for one in notes.rows(row, "accessibility") if one.get("description")
        ),
    )


def _lines(text: str) -> Iterator[Incoming]:
    reader = csv.DictReader(io.StringIO(text))
    names = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    if not names >= _COLUMNS:
        missing = ", ".join(sorted(_COLUMNS - names))
        raise ValueError(f"The first line of the CSV should name its columns; {missing} are not there.")
    try:
        for number, cells in enumerate(reader, start=2):
            yield _line({(key or "").strip().lower(): value for key, value in cells.items()}, number)
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} cannot be read: {error}.") from None


def _line(row: Mapping[str, Any], number: int) -> Incoming:
    notes = _Notes()
    cells = {key: value.removeprefix("'") for key, value in row.items() if isinstance(value, str)}
    content: dict[str, Any] = {name: value for name, value in cells.items() if value.strip()}
    content |= {name: notes.number(cells, name) for name in ("minimum_age", "maximum_age")}
    content["status"] = cells.get("status", "").strip() or "active"
    content["phones"] = [
        {"number": part.strip(), "words": ""} for part in cells.get("phone", "").split(";") if part.strip()
    ]
    content["open_to_all"] = cells.get("open_to_all", "").strip().lower() in {"yes", "true", "1"}
    for name in ("schedules", "costs", "languages", "items", "terms", "locations"):
        content.pop(name, None)
    postcode = one_line(cells.get("postcode"), most=8).upper()
    place = one_line(cells.get("place"))
    spots = (Spot(place or postcode, place, "", "", postcode),) if postcode else ()
    terms = tuple(dict.fromkeys(one_line(part, most=100) for part in cells.get("needs", "").split(";") if part.strip()))
    key = cells.get("id", "").strip() or f"{one_line(cells.get('organisation'))}/{one_line(cells.get('name'))}"[:80]
    if key == "/":
        key = f"line {number}"
    return _made(key, one_line(cells.get("organisation")), "", content, terms=terms, spots=spots, notes=notes)


def _made(
    key: str,
    organisation: str,
    words: str,
    content: Mapping[str, Any],
    *,
    terms: tuple[str, ...],
    spots: tuple[Spot, ...],
    notes: _Notes,
) -> Incoming:
    ready = tidied(content)
    found = list(problems(ready).values())
    if not organisation:
        found.append("Name the organisation that provides it.")
    if not key:
        found.append("It has no id, so it could not be brought up to date later.")
    if ready["status"] not in _STATUS:
        found.append("The status is not one of the standard’s.")
    return Incoming(
        source_id=key[:80],
        organisation=organisation,
        organisation_words=words,
        content=ready,
        terms=terms,
        spots=spots,
        notes=tuple(dict.fromkeys(notes.lines)),
        problems=tuple(found),
    )
