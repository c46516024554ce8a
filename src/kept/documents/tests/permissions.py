"""Who is let in to documents."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kept.access.acting import acting
from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, MAY_SEE_NIA, Who, World
from kept.documents import actions
from kept.documents.models import Document


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def private(world: World) -> dict[str, Any]:
    """A letter that the mother sent to the case team."""

    def make(world: World) -> Document:
        with acting(user=world.users[Who.MOTHER], area=world.area, today=world.today) as mother:
            file = SimpleUploadedFile("letter.txt", b"Dear council, about Nia")
            return actions.keep(by=mother, child=world.nia, file=file)

    return {"pk": world.once("private document", make).pk}


ROWS = [
    Row("documents:of_child", MAY_SEE_NIA, kwargs=nia),
    Row("documents:of_child", MAY_SEE_NIA - {Who.INSPECTOR}, kwargs=nia, method="post"),
    Row("documents:show", AREA_STAFF | {Who.MOTHER}, kwargs=private),
]
