"""What a file truly is, by its own bytes and never by its name; and why it cannot be kept. No database, no Django.

Nothing is unpacked to disk and no picture is decoded: a picture of 48 megapixels costs no more than its bytes.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

HEAD = 4096
LARGEST = 100 * 1024 * 1024
MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200
PASSWORD = "This file has a password. Take the password off, or save it as a PDF without one, and send it again."  # noqa: S105 - words


class NotKept(Exception):
    """A file that cannot be kept; the text says why and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: media type, ending, what people call it."""

    media: str
    ending: str
    name: str


PDF = Kind("application/pdf", "pdf", "PDF")
WORD = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word document")
EXCEL = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel sheet")
SLIDES = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "slides")
TEXT_DOCUMENT = Kind("application/vnd.oasis.opendocument.text", "odt", "text document")
PLAIN = Kind("text/plain", "txt", "plain text")
KINDS_BY_HEAD: tuple[tuple[bytes, int, Kind], ...] = (
    (b"%PDF-", 0, PDF),
    (b"\xff\xd8\xff", 0, Kind("image/jpeg", "jpg", "photo")),
    (b"\x89PNG\r\n\x1a\n", 0, Kind("image/png", "png", "picture")),
    (b"ftypheic", 4, Kind("image/heic", "heic", "photo")),
    (b"ftypheix", 4, Kind("image/heic", "heic", "photo")),
    (b"ftypmif1", 4, Kind("image/heif", "heif", "photo")),
    (b"ftypM4A", 4, Kind("audio/mp4", "m4a", "recording")),
    (b"ftypmp4", 4, Kind("video/mp4", "mp4", "video")),
    (b"ftypisom", 4, Kind("video/mp4", "mp4", "video")),
    (b"ftypqt", 4, Kind("video/quicktime", "mov", "video")),
    (b"ID3", 0, Kind("audio/mpeg", "mp3", "recording")),
    (b"\xff\xfb", 0, Kind("audio/mpeg", "mp3", "recording")),
    (b"OggS", 0, Kind("audio/ogg", "ogg", "recording")),
    (b"WEBP", 8, Kind("image/webp", "webp", "picture")),
    (b"{\\rtf", 0, Kind("application/rtf", "rtf", "text document")),
)
OFFICE = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL, "ppt/presentation.xml": SLIDES}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def kind_of(file: BinaryIO, size: int) -> Kind:
    """What the file is. Raises NotKept for empty, huge, locked, dangerous and unknown files, with what to do."""
    if size == 0:
        raise NotKept("This file is empty. Choose it again.")
    if size > LARGEST:
        raise NotKept(
            f"This file has {size // 1024 // 1024:,} MB. The most is {LARGEST // 1024 // 1024} MB. "
            "Make it shorter or smaller, or ask us how else to send it."
        )
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(PROGRAMS):
        raise NotKept("This is a program, not a paper or a photo. It was not kept. Send a PDF or a photo.")
    if head.startswith(OLD_OFFICE):
        raise NotKept(_old_office(file))
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    for mark, place, kind in KINDS_BY_HEAD:
        if head[place : place + len(mark)] == mark:
            if kind is PDF:
                _check_pdf(file)
            return kind
    if _is_text(head):
        return PLAIN
    raise NotKept("We do not know this kind of file. Send a PDF, a Word document, a photo, a recording or plain text.")


def _is_text(head: bytes) -> bool:
    if (
        b"\x00" in head
        or b"<script" in head.lower()
        or head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg"))
    ):
        return False
    for cut in range(4):  # the head may end within a letter
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def _old_office(file: BinaryIO) -> str:
    file.seek(0)
    if ENCRYPTED_PACKAGE in file.read(LARGEST):
        return PASSWORD
    return "This is an old kind of Word or Excel file. Save it as PDF or .docx and send it again."


def _check_pdf(file: BinaryIO) -> None:
    """Refuse a PDF that needs a password, and one that runs something when it is opened."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotKept(PASSWORD)
        root: Any = reader.trailer["/Root"].get_object()
        names: Any = root["/Names"].get_object() if "/Names" in root else {}
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, NotImplementedError):
        raise NotKept("This PDF is damaged and cannot be opened. Save it anew and send it again.") from None
    opening: Any = root["/OpenAction"].get_object() if "/OpenAction" in root else {}
    acts = opening.get("/S") if hasattr(opening, "get") else None
    if "/JavaScript" in names or acts in {"/JavaScript", "/Launch"}:
        raise NotKept("This PDF starts a program when it is opened. Print it to a new PDF and send that.")


def _packed(file: BinaryIO) -> Kind:
    """Office documents are packed files; anything else that is packed is refused, and bombs are not unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as pack:
            parts = pack.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise NotKept("This file is damaged and cannot be opened. Save it anew and send it again.") from None
    names = {part.filename for part in parts}
    whole = sum(part.file_size for part in parts)
    squeezed = sum(part.compress_size for part in parts) or 1
    if any(part.flag_bits & 1 for part in parts):
        raise NotKept(PASSWORD)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or whole / squeezed > MOST_RATIO:
        raise NotKept("This file unpacks to far more than it should. It was not kept. Save it as a PDF and send that.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotKept("This document has a program (a macro) in it. Save it as a PDF and send that.")
    kind = next((kind for name, kind in OFFICE.items() if name in names), None)
    if kind is None and "mimetype" in names and "content.xml" in names:
        kind = TEXT_DOCUMENT
    if kind is None:
        raise NotKept("This is a packed folder (zip). Take the files out and send them one by one or several at once.")
    return kind
