"""Where a photo or film was taken is not kept; the picture itself is."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.access.acting import acting
from kept.documents import actions
from kept.documents.sniffing import NotKept, kind_of
from kept.documents.stripping import GPS, ORIENTATION, stripped
from tests import made_up

PLACE = struct.pack(">IIIIII", 51, 1, 32, 1, 1938, 100)  # degrees, minutes, seconds as fractions
XMP = b'<x:xmpmeta exif:GPSLatitude="51,32.323N"><exif:GPSLongitude>0,42.8E</exif:GPSLongitude></x:xmpmeta>'
PICTURE = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(range(1, 200)) + b"\xff\x00\xff\xd0\x12\xff\xd9"


def exif(way=6, mark=">"):
    """An EXIF head with a way up and a directory of places."""
    order = b"MM\x00*" if mark == ">" else b"II*\x00"
    first = struct.pack(f"{mark}IH", 8, 2) + struct.pack(f"{mark}HHIHH", ORIENTATION, 3, 1, way, 0)
    first += struct.pack(f"{mark}HHII", GPS, 4, 1, 38) + struct.pack(f"{mark}I", 0)
    places = struct.pack(f"{mark}H", 1) + struct.pack(f"{mark}HHII", 2, 5, 3, 56) + struct.pack(f"{mark}I", 0)
    return b"Exif\x00\x00" + order + first + places + PLACE


def segment(kind, content):
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def jpeg(**facts):
    parts = [
        segment(0xE0, b"JFIF\x00" + bytes(9)),
        segment(0xE1, exif(**facts)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
        segment(0xED, b"Photoshop 3.0\x00Leigh-on-Sea"),
        segment(0xFE, b"taken at 1 Marine Parade"),
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours"),
        segment(0xDB, bytes(65)),
    ]
    return b"\xff\xd8" + b"".join(parts) + PICTURE + b"\xff\xd8" + segment(0xE1, exif()) + b"\xff\xd9"


def part(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png():
    parts = [part(b"IHDR", bytes(13)), part(b"eXIf", exif()[6:]), part(b"iTXt", XMP), part(b"IDAT", b"picture")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + part(b"IEND", b"") + b"51.5387"


def chunk(kind, content):
    return kind + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2)


def webp():
    parts = [
        chunk(b"VP8X", b"\x0c" + bytes(9)),
        chunk(b"VP8 ", b"picture"),
        chunk(b"EXIF", exif()),
        chunk(b"XMP ", XMP),
    ]
    return b"RIFF" + struct.pack("<I", 4 + len(b"".join(parts))) + b"WEBP" + b"".join(parts)


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content


def heic(mark=">"):
    return box(b"ftyp", b"heic" + bytes(12)) + box(b"mdat", b"picture" + exif(mark=mark) + XMP)


def film():
    xyz = box(b"\xa9xyz", struct.pack(">HH", 18, 0x15C7) + b"+51.5387+000.7134/")
    loci = box(b"loci", bytes(6) + b"Home\x00\x01" + PLACE[:12] + b"earth\x00")
    keys = box(b"meta", b"com.apple.quicktime.location.ISO6709\x00data+51.5387+000.7134+012.000/")
    return (
        box(b"ftyp", b"isom" + bytes(8))
        + box(b"mdat", b"picture+sound")
        + box(b"moov", box(b"udta", xyz + loci) + keys)
    )


SECRETS = (PLACE[:12], b"51,32", b"0,42.8", b"Leigh-on-Sea", b"Marine Parade", b"+51.5387", b"Home")


@pytest.mark.parametrize(
    "content",
    [jpeg(), jpeg(mark="<"), png(), webp(), heic(), heic("<"), film()],
    ids=["jpeg", "jpeg of the other byte order", "png", "webp", "heic", "heic of the other byte order", "film"],
)
def test_the_place_is_gone_the_picture_is_not_and_the_file_is_still_what_it_was(content):
    kind = kind_of(io.BytesIO(content), len(content))
    clean = stripped(io.BytesIO(content), kind.ending)
    assert clean is not None
    assert not [secret for secret in SECRETS if secret in clean]
    assert (PICTURE if kind.ending == "jpg" else b"picture") in clean
    assert kind_of(io.BytesIO(clean), len(clean)) == kind
    assert stripped(io.BytesIO(clean), kind.ending) is None, "nothing is left to take out"
    if kind.ending in {"heic", "mp4"}:
        assert len(clean) == len(content), "their parts are found by their place in the file"


@pytest.mark.parametrize(("way", "stays"), [(1, False), (3, True), (6, True), (8, True), (9, False)])
def test_a_photo_stays_upright(way, stays):
    clean = stripped(io.BytesIO(jpeg(way=way)), "jpg")
    assert (struct.pack(">HHIH", ORIENTATION, 3, 1, way) in clean) is stays


@given(cut=st.integers(2, len(jpeg()) - 1))
@settings(max_examples=50)
def test_a_photo_cut_off_anywhere_is_cleaned_or_refused(cut):
    try:
        clean = stripped(io.BytesIO(jpeg()[:cut]), "jpg")
    except NotKept:
        return
    assert PLACE[:12] not in (jpeg()[:cut] if clean is None else clean)


def test_other_files_are_left_as_they_are():
    assert stripped(io.BytesIO(b"%PDF-1.7 +51.5387+000.7134/"), "pdf") is None


def test_what_is_kept_on_disk_has_no_place(db):
    area = made_up.an_area()
    child = made_up.a_child(area)
    mother = made_up.a_parent_of(child)
    with acting(user=mother, area=area) as actor:
        kept = actions.keep(by=actor, child=child, file=SimpleUploadedFile("home.jpg", jpeg()))
    with default_storage.open(kept.path) as file:
        content = file.read()
    assert (PLACE[:12] in content, len(content)) == (False, kept.size)
