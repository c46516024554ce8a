"""The words of a plan in a file: Word with its tables, PDF without its page heads, plain text. No database, no Django.

A page is read at a time, so that a long file shows how far it is and a scanned one is known after a few pages.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_PAGES = 400
MOST_UNPACKED = 100_000_000
LOOKED_AT = 6  # pages of a PDF without a word after which it is a scan
FEWEST_LETTERS = 40
FULL_LINE = 0.72  # of the longest line: a shorter one that ends a sentence ends its paragraph
FEWEST_PAGES = 3  # on two pages a line may stand twice by chance
OFTEN = 0.5  # of the pages: a line on so many is a page head or foot
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_MARK = re.compile(r"^\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*$", re.I)
_BEGINS = re.compile(
    r"^\s*(?:section|part)\b|^\s*\(?(?:[A-K]\d{0,2}|H[12]|\d{1,2})[.):]\s|^\s*[-*\u2022\u25cf\u25aa]", re.I
)
_HEADING = re.compile(r"^(?:section|part)\s+[a-k]\d?\b.{0,100}$", re.I)
_ENDS = re.compile(r"[.?!:;”\"]\s*$")


class Unreadable(ValueError):
    """The file cannot be read as a plan; the text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class Page:
    """What was read of one page (a Word or text file is one page)."""

    number: int
    of: int
    text: str
    notes: tuple[str, ...] = ()


def pages(path: Path, kind: str, *, first: int = 1) -> Iterator[Page]:
    """Each page from `first` on. kind: pdf, docx or txt. Raises Unreadable with a sentence."""
    readers = {"pdf": _pdf_pages, "docx": _docx_pages, "txt": _text_pages}
    if kind not in readers:
        raise Unreadable("A plan is read from a Word document (.docx), a PDF or plain text. Save it as one of these.")
    return readers[kind](path, first)


def _text_pages(path: Path, first: int) -> Iterator[Page]:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            yield Page(1, 1, raw.decode(encoding))
            return
        except UnicodeDecodeError:
            continue
    raise Unreadable("This text is in an encoding that is not known. Save it as Word or PDF.")


def _pdf_pages(path: Path, first: int) -> Iterator[Page]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("This PDF has a password. Save it without one and try again.")
        many = len(reader.pages)
    except Unreadable:
        raise
    except Exception:
        raise Unreadable("This PDF is damaged and cannot be read.") from None
    if many > MOST_PAGES:
        raise Unreadable(f"This PDF has {many} pages; a plan has fewer than {MOST_PAGES}. Is it the right file?")
    if first == 1 and many and _is_scan(reader, many):
        count = f"{many} pages" if many > 1 else "1 page"
        raise Unreadable(
            f"This PDF ({count}) is a picture of its pages, a scan. It holds no words to read. "
            "Send the original document, or run text recognition on it first and send what that makes."
        )
    for number in range(first, many + 1):
        yield _pdf_page(reader, number, many)


def _is_scan(reader: Any, many: int) -> bool:
    """Whether pages from all over the file hold no words."""
    step = max(1, many // LOOKED_AT)
    looked = range(0, many, step)
    return all(_letters(_words_of(reader, place)) < FEWEST_LETTERS for place in looked)


def _words_of(reader: Any, place: int) -> str:
    try:
        return str(reader.pages[place].extract_text() or "")
    except Exception:
        return ""


def _pdf_page(reader: Any, number: int, many: int) -> Page:
    try:
        text = str(reader.pages[number - 1].extract_text() or "")
    except Exception:
        return Page(number, many, "", (f"Page {number} is damaged and was not read.",))
    if _letters(text) < FEWEST_LETTERS and "/XObject" in str(reader.pages[number - 1].get("/Resources", "")):
        return Page(number, many, "", (f"Page {number} is a picture without words and was not read.",))
    return Page(number, many, text)


def _letters(text: str) -> int:
    return sum(mark.isalpha() for mark in text)


def _docx_pages(path: Path, first: int) -> Iterator[Page]:
    import docx

    notes = []
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("This document unpacks to more than 100 megabytes and is not read.")
            if "word/document.xml" not in names:
                raise Unreadable("This file is packed like a Word document, but is none.")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unreadable("This document has a program (a macro) in it. Save it as .docx without macros.")
            body = archive.read("word/document.xml")
        if re.search(rb"<w:(?:ins|del)[ >]", body):
            notes.append("The document has tracked changes: insertions were read as accepted, deletions were left out.")
        if "word/comments.xml" in names:
            notes.append("The document has comments. They are not part of the plan and were not read.")
        text = "\n\n".join(_blocks(docx.Document(str(path)).element.body))
    except Unreadable:
        raise
    except Exception:
        raise Unreadable("This document is damaged and cannot be read as a Word document.") from None
    yield Page(1, 1, text, tuple(notes))


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs and rows of tables in order, each a block of its own."""
    for node in body:
        if node.tag == f"{W}p":
            words = _paragraph(node)
            if words.strip():
                yield words
        elif node.tag == f"{W}tbl":
            yield from _rows(node)
        elif node.tag == f"{W}sdt":
            yield from _blocks(node.find(f"{W}sdtContent") if node.find(f"{W}sdtContent") is not None else ())


def _paragraph(node: Any) -> str:
    """The words of a paragraph; inserted words are kept, deleted ones are in other elements."""
    return "".join(
        "\n" if each.tag == f"{W}br" else "\t" if each.tag == f"{W}tab" else each.text or ""
        for each in node.iter(f"{W}t", f"{W}br", f"{W}tab")
        if not any(True for _ in each.iterancestors(f"{W}del"))
    )


def _cell(node: Any) -> str:
    return " ".join(words for one in node.iter(f"{W}p") if (words := _paragraph(one).strip()))


MOST_IN_A_HEAD = 6


def _rows(table: Any) -> Iterator[str]:
    """Each row as one block: its longest cell first, the others after it with the name of their column."""
    rows = [[_cell(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    is_head = len(rows) > 1 and len(rows[0]) > 1 and all(len(cell.split()) <= MOST_IN_A_HEAD for cell in rows[0])
    head = rows[0] if is_head else []
    for row in rows[1:] if is_head else rows:
        if len([cell for cell in row if cell]) == 1:
            yield next(cell for cell in row if cell)
            continue
        yield _row(row, head)


def _row(row: list[str], head: list[str]) -> str:
    order = sorted(range(len(row)), key=lambda place: -len(row[place]))
    main = order[0]
    said = [row[main].rstrip(". ") + "."]
    for place, cell in enumerate(row):
        if place != main and cell:
            named = f"{head[place].rstrip(': ')}: " if place < len(head) and head[place] else ""
            said.append(f"{named}{cell.rstrip('. ')}.")
    return " ".join(said)


def tidy(texts: list[str]) -> str:
    """Pages as one text: page heads and numbers left out, and lines that a page broke joined into paragraphs."""
    if len(texts) == 1:
        return texts[0]
    repeated = _repeated(texts)
    lines = [
        line.strip()
        for text in texts
        for line in text.splitlines()
        if line.strip() not in repeated and not _PAGE_MARK.match(line.strip() or "x")
    ]
    full = FULL_LINE * max((len(line) for line in lines), default=0)
    made: list[str] = []
    before = ""
    for line in lines:
        goes_on = before and not _BEGINS.match(line) and not (_is_over(before, full) and not line[:1].islower())
        if line and goes_on:
            made[-1] = made[-1][:-1] + line if _broken(before, line) else f"{made[-1]} {line}"
        elif line:
            made.append(line)
        before = line
    return "\n\n".join(made)


def _broken(before: str, after: str) -> bool:
    return bool(re.search(r"[a-z]-$", before)) and after[:1].islower()


def _is_over(line: str, full: float) -> bool:
    """Whether a paragraph ends with this line: it is a heading, or ends a sentence before the line is full."""
    return bool(_HEADING.match(line)) or (bool(_ENDS.search(line)) and len(line) < full)


def _repeated(texts: list[str]) -> set[str]:
    """Lines that stand on most pages: the council's name, the child's name, a classification."""
    if len(texts) < FEWEST_PAGES:
        return set()
    found = Counter(line for text in texts for line in {each.strip() for each in text.splitlines()} if line)
    return {line for line, pages_with in found.items() if pages_with > OFTEN * len(texts)}
