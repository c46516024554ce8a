"""Take out of a photo or recording where it was taken, before it is kept. No database, no Django, no picture decoded.

A photo sent from a telephone says to a few metres where the family lives. JPEG, PNG and WebP are copied without their
descriptions (EXIF, XMP, IPTC, comments, whatever follows the picture); only the way up of a JPEG is kept, so that it
stands upright. HEIC photos and MP4 or QuickTime films are built on byte offsets, so there the places are overwritten
where they stand. The picture itself is never changed.

Sources: JPEG (ITU-T T.81 annex B), EXIF 2.32, PNG 1.2, WebP container, ISO 14496-12.
"""

# ruff: noqa: PLR2004 -- marks, lengths and offsets are the formats' own figures
from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

from kept.documents.sniffing import NotKept

DAMAGED = "This photo or film is damaged. Open it, save it anew and send that."
ORIENTATION, GPS = 0x0112, 0x8825
EXIF = b"Exif\x00\x00"
FILMS = frozenset({"mp4", "mov", "m4a"})
PHOTOS_IN_BOXES = frozenset({"heic", "heif"})
TIFF = re.compile(rb"II\*\x00|MM\x00\*")
PLACES_IN_XMP = re.compile(
    rb"(?:exif:GPS\w+|photoshop:City|photoshop:State|Iptc4xmpCore:Location)"
    rb"(?:\s*=\s*[\"'](?P<value>[^\"'<>]{0,200})[\"']|[^<>]{0,100}>(?P<text>[^<>]{0,200})<)"
)
PLACES_IN_FILMS = re.compile(rb"[+-]\d{1,3}(?:\.\d+)?[+-]\d{1,3}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS[\w.:]*)?/")
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
MOST_ENTRIES = 4_000


def stripped(file: BinaryIO, ending: str) -> bytes | None:
    """The file without the places in it; None where there is nothing to take out and the file is kept as it is.

    ending: as `sniffing` names it. Raises NotKept for a picture whose parts do not hold together, since what cannot be
    read cannot be cleaned.
    """
    clean = {"jpg": jpeg, "png": png, "webp": webp}.get(ending)
    if clean is None and ending not in FILMS | PHOTOS_IN_BOXES:
        return None
    file.seek(0)
    before = file.read()
    try:
        after = clean(before) if clean else in_boxes(before, is_film=ending in FILMS)
    except (struct.error, IndexError, ValueError):
        raise NotKept(DAMAGED) from None
    return None if after == before else after


def jpeg(data: bytes) -> bytes:
    """A JPEG with no application segments but JFIF, colour profile and Adobe's; with its way up, up to its end."""
    out = [data[:2]]
    if way := _way_up(data):
        exif = EXIF + b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, way, 0, 0)
        out.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    for kind, whole, content in _segments(data):
        is_picture = not (0xE0 <= kind <= 0xEF or kind == 0xFE)
        keeps = (
            (kind == 0xE0 and content.startswith(b"JFIF\x00"))
            or (kind == 0xE2 and content.startswith(b"ICC_PROFILE\x00"))
            or (kind == 0xEE and content.startswith(b"Adobe"))
        )
        if is_picture or keeps:
            out.append(whole)
    return b"".join(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments of a JPEG after its first two bytes: kind, whole, content. ValueError, IndexError if broken."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker where one should be")
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        kind = data[at + 1]
        if kind == 0xD9:
            yield kind, data[at : at + 2], b""
            return
        if kind == 0x01 or 0xD0 <= kind <= 0xD7:
            yield kind, data[at : at + 2], b""
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            raise ValueError("a segment is longer than the file")
        end = at + 2 + length
        if kind == 0xDA:
            end = _end_of_scan(data, end)
        yield kind, data[at:end], data[at + 4 : at + 2 + length]
        if end >= len(data):
            return  # a photo cut off while it was sent still shows its upper part
        at = end


SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _end_of_scan(data: bytes, start: int) -> int:
    found = SCAN_ENDS.search(data, start)
    return found.start() if found else len(data)


def _way_up(data: bytes) -> int:
    """The orientation that a JPEG's EXIF gives, 2 to 8; 0 for upright or none."""
    for kind, _, content in _segments(data):
        if kind == 0xDA:
            return 0
        if kind != 0xE1 or not content.startswith(EXIF):
            continue
        try:
            for tag, place, mark in _entries(content, len(EXIF)):
                if tag == ORIENTATION:
                    (way,) = struct.unpack_from(f"{mark}H", content, place + 8)
                    return way if 1 < way <= 8 else 0
        except (struct.error, ValueError):
            return 0
    return 0


def _entries(data: bytes, tiff: int) -> Iterator[tuple[int, int, str]]:
    """The entries of the first directory of a TIFF head: tag, place, byte order."""
    mark = "<" if data[tiff : tiff + 2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{mark}I", data, tiff + 4)
    yield from _directory(data, tiff + first, mark)


def _directory(data: bytes, at: int, mark: str) -> Iterator[tuple[int, int, str]]:
    (number,) = struct.unpack_from(f"{mark}H", data, at)
    if number > MOST_ENTRIES or at + 2 + 12 * number > len(data):
        raise ValueError("a directory is longer than the file")
    for one in range(number):
        place = at + 2 + 12 * one
        (tag,) = struct.unpack_from(f"{mark}H", data, place)
        yield tag, place, mark


def png(data: bytes) -> bytes:
    """A PNG without text, time and EXIF, ending where it ends. ValueError if broken."""
    out, at = [data[:8]], 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise ValueError("a part is longer than the file")
        if kind not in {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end


def webp(data: bytes) -> bytes:
    """A WebP picture without EXIF and XMP. ValueError if broken."""
    (size,) = struct.unpack_from("<I", data, 4)
    out, at, whole = [], 12, min(size + 8, len(data))
    while at + 8 <= whole:
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length + length % 2
        if at + 8 + length > whole:
            raise ValueError("a part is longer than the file")
        part = data[at:end]
        if kind == b"VP8X":  # its flags say which parts there are: bit 3 EXIF, bit 2 XMP
            part = part[:8] + bytes([part[8] & ~0b1100]) + part[9:]
        if kind not in {b"EXIF", b"XMP "}:
            out.append(part)
        at = end
    body = b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def in_boxes(data: bytes, *, is_film: bool) -> bytes:
    """A HEIC photo or a film with the places in it overwritten where they stand; its length stays."""
    out = bytearray(data)
    for start, end in _describing(data, is_film=is_film):
        for found in PLACES_IN_XMP.finditer(data, start, end):
            first, last = found.span("value" if found.group("value") is not None else "text")
            out[first:last] = b" " * (last - first)
        if is_film:
            for found in PLACES_IN_FILMS.finditer(data, start, end):
                out[found.start() : found.end()] = re.sub(rb"\d", b"0", found.group())
            _blank_loci(data, out, start, end)
        else:
            _blank_gps(data, out, start, end)
    return bytes(out)


def _describing(data: bytes, *, is_film: bool) -> Iterator[tuple[int, int]]:
    """The stretches that describe: in a film all top boxes but the pictures and sound, in a photo the whole file."""
    if not is_film:
        yield 0, len(data)
        return
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        size = size or len(data) - at
        if size < head:
            raise ValueError("a box is smaller than its head")
        if kind != b"mdat":
            yield at, min(at + size, len(data))
        at += size


def _blank_loci(data: bytes, out: bytearray, start: int, end: int) -> None:
    """The place box of telephones' films (3GPP TS 26.244): its three numbers and its name are overwritten."""
    at = data.find(b"loci", start, end)
    while at != -1:
        (size,) = struct.unpack_from(">I", data, at - 4)
        last = min(at - 4 + size, end)
        if last > at + 4:
            out[at + 4 : last] = bytes(last - at - 4)
        at = data.find(b"loci", at + 4, end)


def _blank_gps(data: bytes, out: bytearray, start: int, end: int) -> None:
    """Overwrite the directory of places of every EXIF head in a HEIC photo, and what it points to."""
    at = data.find(EXIF, start, end)
    while at != -1:
        tiff = at + len(EXIF)
        if TIFF.match(data, tiff):
            for tag, place, mark in _entries(data, tiff):
                if tag == GPS:
                    (where,) = struct.unpack_from(f"{mark}I", data, place + 8)
                    _blank_directory(data, out, tiff, where=tiff + where, mark=mark)
                    out[place : place + 12] = bytes(12)
        at = data.find(EXIF, at + 6, end)


def _blank_directory(data: bytes, out: bytearray, tiff: int, *, where: int, mark: str) -> None:
    for _, place, _ in list(_directory(data, where, mark)):
        kind, number = struct.unpack_from(f"{mark}HI", data, place + 2)
        length = SIZES.get(kind, 1) * number
        if length > 4:
            (offset,) = struct.unpack_from(f"{mark}I", data, place + 8)
            last = min(tiff + offset + length, len(out))
            out[tiff + offset : last] = bytes(max(last - tiff - offset, 0))
        out[place : place + 12] = bytes(12)
