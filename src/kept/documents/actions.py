"""Keep a file. What cannot be kept is refused with a sentence that says what to do."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.access.models import Agency
from kept.access.predicates import SEE_CHILD, allows
from kept.access.roles import Can
from kept.documents.models import Audience, Document
from kept.documents.scanning import Verdict, scan
from kept.documents.sniffing import LARGEST, NotKept, kind_of
from kept.documents.stripping import stripped
from kept.messages.actions import speaker
from kept.messages.models import How
from kept.people.models import Child
from kept.rules.identifiers import uuid7

INFECTED = "The virus scanner found something bad in this file. It was not kept. Send a photo of the paper."
__all__ = ["LARGEST", "NotKept", "keep", "may_send", "scan_waiting"]


def may_send(by: Actor) -> bool:
    """Whether the person may add papers at all: an inspector reads and adds nothing."""
    return by.can(Can.FOLLOW_OWN) or not by.can(Can.SEE_VISIT)


@transaction.atomic
def keep(
    *,
    by: Actor,
    child: Child,
    file: Any,
    title: str = "",
    audience: str = Audience.TEAM,
    agency: Agency | None = None,
    source: str = "",
    source_id: UUID | None = None,
    how: str = How.PORTAL,
    sent_by: str = "",
) -> Document:
    """Keep one uploaded file about a child; the same file sent twice is kept once.

    file: a Django uploaded file. audience: who may open it besides its sender and the case team, chosen anew when it is
    sent again; `agency` adds the people of one agency. Where a photo or film was taken is taken out first. Raises
    NotKept with what to do, or Refused.
    """
    if not allows(by, SEE_CHILD, child.pk):
        raise Refused("This child is not in your record.")
    if not may_send(by):
        raise Refused("Whoever is here for a visit reads and adds nothing.")
    kind = kind_of(file, file.size)
    file = _without_places(file, kind.ending)
    digest = _digest(file)
    same = Document.objects.filter(area=by.area, child=child, sha256=digest, by=by.user).first()
    if same:
        return _sent_again(same, audience, by_service=bool(source))
    verdict = scan(file)
    if verdict is Verdict.INFECTED:
        raise NotKept(INFECTED)
    key = uuid7()
    path = f"{by.area.pk}/{str(key)[-2:]}/{key}"
    file.seek(0)
    default_storage.save(path, file)
    name = " ".join((title or file.name or "Document").replace("\x00", "").split()).replace("/", " ")[:200]
    return Document.objects.create(
        id=key,
        area=by.area,
        child=child,
        title=name,
        media=kind.media,
        ending=kind.ending,
        size=file.size,
        sha256=digest,
        path=path,
        verdict=verdict,
        audience=audience,
        agency=agency,
        source=source,
        source_id=source_id,
        sent_by=(sent_by or speaker(by))[:200],
        by=by.user,
        how=how,
    )


def _sent_again(same: Document, audience: str, *, by_service: bool) -> Document:
    """The file that is here already, now for whom its sender chose this time. Raises NotKept for an infected one."""
    if same.verdict == Verdict.INFECTED:
        raise NotKept(INFECTED)
    if not by_service and same.audience != audience:
        same.audience = audience
        same.save(update_fields=["audience"])
    return same


def _without_places(file: Any, ending: str) -> Any:
    """The file without what says where it was taken; itself where there is nothing of the kind. Raises NotKept."""
    clean = stripped(file, ending)
    if clean is None:
        return file
    return ContentFile(clean, name=file.name)


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(256 * 1024), b""):
        found.update(chunk)
    return found.hexdigest()


@transaction.atomic
def scan_waiting(*, by: Actor) -> int:
    """Nightly, as Kept itself: scan what waits for the scanner; infected files are removed. How many were settled."""
    done = 0
    for document in Document.objects.select_for_update().filter(area=by.area, verdict=Verdict.WAITING):
        with default_storage.open(document.path) as file:
            verdict = scan(file)
        if verdict in {Verdict.WAITING, Verdict.RULE}:
            continue
        document.verdict = verdict
        document.save(update_fields=["verdict"])
        if verdict is Verdict.INFECTED:
            transaction.on_commit(lambda path=document.path: default_storage.delete(path))
        done += 1
    return done
