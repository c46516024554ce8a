"""Files of rows from other systems, whichever encoding and separator: cells as text, or a clear sentence."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 20_000, 200, 4_000_000
MOST_BYTES = 2 * MOST_LETTERS + 2
SEPARATORS = ",;\t|"
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WIDE = (b"\xff\xfe", b"\xfe\xff")


class BadSheet(ValueError):
    """A file that cannot be read at all; the text is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Sheet:
    """A file as read: its headings, its rows that are not blank, in which line each stands, what marks it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    digest: str

    @cached_property
    def records(self) -> tuple[dict[str, str], ...]:
        """Each row by heading."""
        return tuple(dict(zip(self.headings, row, strict=True)) for row in self.rows)


def text_of(data: bytes) -> str:
    """The text of a file; MOST_BYTES + 1 bytes of it are enough. Raises BadSheet for a spreadsheet, or too much."""
    if data.startswith(SPREADSHEETS):
        raise BadSheet("This is a spreadsheet file. Save it as CSV (comma separated values) and send that.")
    if len(data) > MOST_LETTERS * (2 if data.startswith(WIDE) else 1):
        raise BadSheet("The file is too big. Send it in parts of at most 4 million letters.")
    try:
        return data.decode("utf-16") if data.startswith(WIDE) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_sheet(text: str) -> Sheet:
    """The headings and rows of comma, semicolon, tab or bar separated values. Raises BadSheet."""
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise BadSheet("The file is empty.")
    if "\x00" in text:
        raise BadSheet("This is not a CSV file. Save the sheet as CSV and send that.")
    if len(text) > MOST_LETTERS:
        raise BadSheet("The file is too big. Send it in parts of at most 4 million letters.")
    first = next(line for line in text.splitlines() if line.strip())
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=max(SEPARATORS, key=first.count)))
    except csv.Error as problem:
        raise BadSheet("This is not a CSV file that can be read.") from problem
    full = [(at, [cell.strip() for cell in line]) for at, line in enumerate(lines, 1) if any(map(str.strip, line))]
    if not full:
        raise BadSheet("The file is empty.")
    headings = tuple(full[0][1])
    _check(headings, len(full) - 1)
    width = len(headings)
    rows = tuple((*line, *[""] * (width - len(line)))[:width] for _, line in full[1:])
    return Sheet(headings, rows, tuple(at for at, _ in full[1:]), hashlib.sha256(text.encode()).hexdigest())


def _check(headings: tuple[str, ...], rows: int) -> None:
    if len(headings) == 1:
        raise BadSheet("The file has one column only. The first row must hold the headings.")
    if len(headings) > MOST_COLUMNS:
        raise BadSheet(f"The file has more than {MOST_COLUMNS} columns.")
    double = {heading for heading in headings if heading and headings.count(heading) > 1}
    if double:
        raise BadSheet(f"Two columns have the same heading: {', '.join(sorted(double))}.")
    if not rows:
        raise BadSheet("The file has a heading and no rows.")
    if rows > MOST_ROWS:
        raise BadSheet(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
