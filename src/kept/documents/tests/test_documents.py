"""Tests of documents: what is kept, what is refused and why, and the scanner."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kept.access.acting import acting, acting_as_system
from kept.documents import actions, queries
from kept.documents.models import Audience, Document
from kept.documents.scanning import Verdict, scan
from kept.documents.sniffing import LARGEST, NotKept, kind_of
from tests import made_up

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9 + b"\xff\xda\x00\x02" + b"\x00" * 400 + b"\xff\xd9"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(password="", script=False):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password, algorithm="AES-128") if password != "owner" else writer.encrypt("", "owner")
    writer.write(out)
    return out.getvalue()


def pack(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def kind(content):
    return kind_of(io.BytesIO(content), len(content))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (JPEG, "jpg"),
        (pdf(), "pdf"),
        (pack(word__document_xml=b"<w/>"), "docx"),
        (pack(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>"), "odt"),
        ("Dear council, café".encode(), "txt"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "heic"),
        (pdf(password="owner"), "pdf"),
    ],
    ids=["photo", "pdf", "word", "odt", "text", "iphone photo", "pdf that opens without a password"],
)
def test_a_file_is_what_its_bytes_say(content, ending):
    assert kind(content).ending == ending


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00", "a program"),
        (b"#!/bin/sh\nrm -rf /", "a program"),
        (pdf(password="secret"), "has a password"),
        (pdf(script=True), "starts a program"),
        (b"%PDF-1.7 broken", "damaged"),
        (pack(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"), "a macro"),
        (pack(word__document_xml=b"0" * 30_000_000), "unpacks to far more"),
        (pack(photo=JPEG), "packed folder"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "old kind"),
        (b"<html><script>alert(1)</script>", "do not know"),
        (b"<svg xmlns='x'>", "do not know"),
        (b"\x00\x01\x02\x03" * 50, "do not know"),
    ],
)
def test_what_cannot_be_kept_says_why_and_what_to_do(content, why):
    with pytest.raises(NotKept, match=why):
        kind(content)


def test_a_zip_with_a_password_is_refused():
    content = bytearray(pack(word__document_xml=b"<w/>"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(NotKept, match="has a password"):
        kind(bytes(content))


def test_a_file_of_100_mb_is_the_most():
    with pytest.raises(NotKept, match="101 MB"):
        kind_of(io.BytesIO(JPEG), LARGEST + 1024 * 1024)
    assert kind_of(io.BytesIO(JPEG), LARGEST).ending == "jpg"  # a photo of 48 megapixels is not decoded


def clamd(answer, heard):
    """A scanner that gives one answer and remembers what it was sent."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = server.accept()
        with line:
            line.settimeout(5)
            stream = line.makefile("rb")
            heard.append(stream.read(10))
            while size := struct.unpack("!L", stream.read(4))[0]:
                heard.append(stream.read(size))
            line.sendall(answer)
        server.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Eicar-Test-Signature FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.WAITING),
    ],
)
def test_the_scanner_is_asked_by_its_own_protocol(answer, verdict):
    heard = []
    assert scan(io.BytesIO(EICAR), clamd(answer, heard)) is verdict
    assert heard == [b"zINSTREAM\0", EICAR]


def test_without_a_scanner_the_safe_rule_holds_and_with_a_dead_one_the_file_waits():
    assert scan(io.BytesIO(JPEG), "") is Verdict.RULE
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert scan(io.BytesIO(JPEG), f"127.0.0.1:{port}") is Verdict.WAITING


@pytest.fixture
def family(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    area = made_up.an_area()
    child = made_up.a_child(area)
    return area, child, made_up.a_parent_of(child), made_up.a_parent_of(child, "Kit Sample")


def test_a_mislabelled_photo_is_kept_as_what_it_is_and_once(family):
    area, child, mother, _ = family
    with acting(user=mother, area=area) as actor:
        file = SimpleUploadedFile("letter.pdf", JPEG)
        first = actions.keep(by=actor, child=child, file=file)
        again = actions.keep(by=actor, child=child, file=SimpleUploadedFile("again.jpg", JPEG))
    assert first == again
    assert (first.file_name, first.media) == ("letter.pdf.jpg", "image/jpeg")
    with default_storage.open(first.path) as kept:
        assert kept.read() == JPEG


def test_what_one_parent_sends_the_other_opens_only_if_told_so(family):
    area, child, mother, father = family
    with acting(user=mother, area=area) as actor:
        actions.keep(by=actor, child=child, file=SimpleUploadedFile("a.txt", b"for the team"))
        actions.keep(by=actor, child=child, file=SimpleUploadedFile("b.txt", b"for all"), audience=Audience.EVERYBODY)
    with acting(user=father, area=area) as actor:
        assert [one.title for one in queries.documents_of(actor, child.pk)] == ["b.txt"]


def test_who_may_open_a_file_is_chosen_anew_when_it_is_sent_again(family):
    area, child, mother, father = family

    def fathers():
        with acting(user=father, area=area) as actor:
            return queries.documents_of(actor, child.pk).count()

    for audience, seen in ((Audience.TEAM, 0), (Audience.EVERYBODY, 1), (Audience.TEAM, 0)):
        with acting(user=mother, area=area) as actor:
            actions.keep(by=actor, child=child, file=SimpleUploadedFile("a.txt", b"once"), audience=audience)
        assert fathers() == seen
    with acting(user=mother, area=area) as actor:  # a service that keeps the same file changes nothing of that
        file = SimpleUploadedFile("a.txt", b"once")
        actions.keep(by=actor, child=child, file=file, audience=Audience.EVERYBODY, source="plans", source_id=child.pk)
    assert fathers() == 0


def test_an_infected_file_is_not_said_to_be_here_or_to_wait(family, monkeypatch, client):
    area, child, mother, _ = family
    with acting(user=mother, area=area) as actor:
        kept = actions.keep(by=actor, child=child, file=SimpleUploadedFile("a.txt", b"bad"))
    with acting_as_system(area):
        Document.objects.update(verdict=Verdict.INFECTED)
    with acting(user=mother, area=area) as actor, pytest.raises(NotKept, match="found something bad"):
        actions.keep(by=actor, child=child, file=SimpleUploadedFile("a.txt", b"bad"))
    signed_in(client, area, mother)
    for path in (f"/documents/{kept.pk}/", f"/documents/child/{child.pk}/"):
        page = client.get(path).content.decode()
        assert "virus scanner found something bad" in page
        assert "aits for the virus scanner" not in page


def test_the_page_says_of_each_file_who_may_open_it(family, client):
    area, child, mother, _ = family
    signed_in(client, area, mother)
    path = f"/documents/child/{child.pk}/"
    first = client.get(path).content.decode()
    assert "Nobody else of the family can open it." in first
    assert f'href="/family/{child.pk}/" class="govuk-back-link"' in first
    for name, audience, words in (
        ("a.txt", "team", "Only you and the case team can open it."),
        ("b.txt", "everybody", "Everybody who may see the record can open it."),
    ):
        file = SimpleUploadedFile(name, name.encode())
        page = client.post(path, {"files": [file], "audience": audience}, follow=True).content.decode()
        assert words in page
        assert "from you." in page


def signed_in(client, area, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["area"] = str(area.pk)
    session.save()


def test_a_file_that_waited_is_scanned_later_and_an_infected_one_goes(
    family, monkeypatch, django_capture_on_commit_callbacks
):
    area, child, mother, _ = family
    monkeypatch.setattr(actions, "scan", lambda file: Verdict.WAITING)
    with acting(user=mother, area=area) as actor:
        kept = actions.keep(by=actor, child=child, file=SimpleUploadedFile("a.txt", EICAR))
    assert not kept.can_be_opened
    monkeypatch.setattr(actions, "scan", lambda file: Verdict.INFECTED)
    with django_capture_on_commit_callbacks(execute=True), acting_as_system(area) as system:
        assert actions.scan_waiting(by=system) == 1
        assert Document.objects.get().verdict == Verdict.INFECTED
    assert not default_storage.exists(kept.path)


def test_several_files_at_once_lose_nothing_when_one_is_refused(family, client):
    area, child, mother, _ = family
    client.force_login(mother, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["area"] = str(area.pk)
    session.save()
    files = [
        SimpleUploadedFile("a.jpg", JPEG),
        SimpleUploadedFile("b.exe", b"MZ\x90"),
        SimpleUploadedFile("c.txt", b"Hi"),
    ]
    page = client.post(f"/documents/child/{child.pk}/", {"files": files, "audience": "team"}).content.decode()
    assert "b.exe: This is a program" in page
    with acting(user=mother, area=area) as actor:
        assert {one.title for one in queries.documents_of(actor, child.pk)} == {"a.jpg", "c.txt"}
        photo = queries.documents_of(actor, child.pk).get(title="a.jpg")
    opened = client.get(f"/documents/{photo.pk}/")
    assert opened.headers["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert b"".join(opened.streaming_content) == JPEG
