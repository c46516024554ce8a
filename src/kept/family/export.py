"""The family's own file: all that its page says, its letters, the plan and its papers, in one zip that needs no Kept.

It holds what the person who asks may see, and nothing else: each parent's file has their own conversations only. The
whole record by law, with other people's words weighed, is the copy of `kept.subject_access`; this one is had at once.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from kept.access.acting import Actor
from kept.documents.models import Document
from kept.documents.queries import documents_of
from kept.family.models import ChildView, Story
from kept.family.page import FamilyPage
from kept.letters.pdf import as_pdf as letter_pdf
from kept.messages.models import Message, Thread
from kept.messages.queries import threads_of
from kept.notices.queries import frozen, letters_to_me
from kept.plans.outputs.from_plan import paper_of
from kept.plans.outputs.pdf import as_pdf as plan_pdf
from kept.plans.queries import plan_in_force

MOST_BYTES = 2 * 1024 * 1024 * 1024
INDEX = "Open this first.html"
CHUNK = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger file is made on disk
_UNSAFE = re.compile(r"[^\w .,()’'-]+")


@dataclass(frozen=True)
class Talk:
    """A conversation with all that was said in it."""

    thread: Thread
    said: list[Message]


@dataclass(frozen=True)
class Inside:
    """A file in the zip: where it stands, what it is; why it is not there, where it is not."""

    path: str
    title: str
    missing: str = ""


def family_file(actor: Actor, page: FamilyPage) -> IO[bytes]:
    """The zip, open at its beginning. Whoever asks closes it."""
    place = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - handed to the answer, which closes it
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as pack:
        plan = list(_plan(pack, actor, page))
        letters = list(_letters(pack, actor, page))
        papers = list(_papers(pack, actor, page))
        words = {
            "page": page,
            "child": page.child,
            "day": actor.today,
            "area": actor.area,
            "reader": actor.user,
            "talks": _talks(actor, page),
            "stories": list(Story.objects.filter(area=actor.area, child=page.child).order_by("-at", "-pk")),
            "views": list(ChildView.objects.filter(area=actor.area, child=page.child)),
            "plan": plan,
            "letters": letters,
            "papers": papers,
        }
        pack.writestr(INDEX, render_to_string("family/file.html", words))
    place.seek(0)
    return place


def _talks(actor: Actor, page: FamilyPage) -> list[Talk]:
    threads = list(threads_of(actor, page.child.pk))
    said: dict[Any, list[Message]] = {}
    for one in Message.objects.filter(area=actor.area, thread__in=threads).order_by("at", "pk"):
        said.setdefault(one.thread_id, []).append(one)
    return [Talk(thread, said.get(thread.pk, [])) for thread in threads]


def _plan(pack: zipfile.ZipFile, actor: Actor, page: FamilyPage) -> Iterator[Inside]:
    whole = plan_in_force(actor, page.child.pk, actor.today)
    if whole is None:
        return
    pack.writestr("Plan/Plan in force.pdf", plan_pdf(paper_of(whole)))
    yield Inside("Plan/Plan in force.pdf", "The plan in force")


def _letters(pack: zipfile.ZipFile, actor: Actor, page: FamilyPage) -> Iterator[Inside]:
    for number, one in enumerate(letters_to_me(actor, page.child.pk), start=1):
        path = f"Letters/{number:03d} {one.dated.isoformat()}.pdf"
        pack.writestr(path, letter_pdf(frozen(one)))
        yield Inside(path, f"Letter of {one.dated:%-d %B %Y}")


def _papers(pack: zipfile.ZipFile, actor: Actor, page: FamilyPage) -> Iterator[Inside]:
    room = MOST_BYTES
    for number, one in enumerate(documents_of(actor, page.child.pk), start=1):
        path = f"Papers/{number:03d} {_name(one)}"
        why = _why_not(one, room)
        if why:
            yield Inside("", one.file_name, why)
            continue
        room -= one.size
        with default_storage.open(one.path) as file, pack.open(path, "w") as into:
            for chunk in file.chunks(CHUNK):
                into.write(chunk)
        yield Inside(path, one.file_name)


def _why_not(one: Document, room: int) -> str:
    if not one.can_be_opened:
        return "It waits for the virus scanner."
    if one.size > room:
        return "The file would be too large. You can get this one on its own."
    return "" if default_storage.exists(one.path) else "We cannot find this one. Please tell us."


def _name(one: Document) -> str:
    stem = _UNSAFE.sub(" ", one.file_name.rsplit(".", 1)[0]).strip(" .")[:80] or "Paper"
    return f"{stem}.{one.ending}"
