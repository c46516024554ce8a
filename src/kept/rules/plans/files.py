"""Plans as files: JSON, text, Word and PDF, with a plain sentence for each one that cannot be read."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from kept.rules.plans.model import Context, Plan
from kept.rules.plans.split import MOST_CHARACTERS, split_plan
from kept.rules.plans.verify import plan_of

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_PAGES = 400
FEWEST_LETTERS = 40
_ZIP, _PDF, _OLE = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"


class Unreadable(ValueError):
    """The file cannot be read as a plan; the message is a sentence for the person who gave it."""


def read_plan(path: Path, context: Context | None = None) -> tuple[Plan, list[str]]:
    """A plan from a file, with notes about what was left aside. Raises Unreadable with a sentence."""
    try:
        size = path.stat().st_size if path.is_file() else -1
        head = _first_bytes(path) if size > 0 else b""
    except OSError as error:
        raise Unreadable(f"{path.name} could not be opened: {error.strerror or error}.") from None
    if size < 0:
        raise Unreadable(f"{path.name} is not a file.")
    if size == 0:
        raise Unreadable(f"{path.name} is empty.")
    if size > MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than 20 megabytes; save the plan without its pictures and try again.")
    if head.startswith(_OLE):
        raise Unreadable(
            f"{path.name} is protected by a password or is an old Word file; save it as .docx without a password."
        )
    text, notes = _words_of(path, head)
    if isinstance(text, Plan):
        return text, notes
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"{path.name} holds far more text than a plan.")
    if sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        raise Unreadable(f"{path.name} holds no text that can be read.")
    try:
        parts = split_plan(text)
    except ValueError as error:
        raise Unreadable(f"{path.name}: {error}") from None
    return Plan(tuple(parts), replace(context or Context(), whole_section=True)), notes


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _words_of(path: Path, head: bytes) -> tuple[str | Plan, list[str]]:
    if head.startswith(_PDF):
        return _pdf(path), []
    if head.startswith(_ZIP):
        return _docx(path)
    text = _plain(path)
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in {"{", "["}:
        return _json(path, text), []
    return text, []


def _plain(path: Path) -> str:
    raw = path.read_bytes()
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{path.name} is neither text, JSON, Word nor PDF.")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{path.name} is not text in a known encoding.")


def _json(path: Path, text: str) -> Plan:
    try:
        given: Any = json.loads(text)
        return plan_of(given)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{path.name} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise Unreadable(f"{path.name} is nested too deeply to be a plan.") from None
    except ValueError as error:
        raise Unreadable(f"{path.name}: {error}") from None


def _docx(path: Path) -> tuple[str, list[str]]:
    import docx  # type: ignore[import-untyped,unused-ignore]

    notes: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"{path.name} unpacks to more than 100 megabytes and is not read.")
            if "word/document.xml" not in names:
                raise Unreadable(f"{path.name} is an archive, but not a Word document.")
            if any(name.endswith("vbaProject.bin") for name in names):
                raise Unreadable(f"{path.name} holds macros; save it as .docx without macros and try again.")
            body = archive.read("word/document.xml")
        if b"<w:ins " in body or b"<w:del " in body:
            notes.append("The document has tracked changes: insertions are read as accepted, deletions are left out.")
        if "word/comments.xml" in names:
            notes.append("The document has comments; they are not part of the plan and are not read.")
        document = docx.Document(str(path))
        lines = list(_blocks(document.element.body))
    except Unreadable:
        raise
    except Exception:
        raise Unreadable(f"{path.name} is damaged and cannot be read as a Word document.") from None
    return "\n\n".join(lines), notes


def _blocks(body: Any) -> list[str]:
    """The words of every paragraph in order, tables too; inserted text is kept, deleted text is not."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    for paragraph in body.iter(f"{space}p"):
        words = "".join(
            "\n" if node.tag == f"{space}br" else "\t" if node.tag == f"{space}tab" else node.text or ""
            for node in paragraph.iter(f"{space}t", f"{space}br", f"{space}tab")
        )
        if words.strip():
            lines.append(words)
    return lines


def _pdf(path: Path) -> str:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{path.name} is protected by a password; save it without one and try again.")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"{path.name} has more than {MOST_PAGES} pages, more than any plan.")
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except Unreadable:
        raise
    except Exception:
        raise Unreadable(f"{path.name} is damaged and cannot be read as a PDF.") from None
    if sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        raise Unreadable(
            f"{path.name} is a picture of a plan (a scan) without text; use the original document or run text"
            f" recognition first."
        )
    return text
