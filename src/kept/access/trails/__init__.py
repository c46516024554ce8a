"""Four records kept apart: what changed, who looked, who signed in or was refused, and who opened in an emergency.

A page, file, export or list that shows a child says so with `showing(request, child_id, what="...")`; the middleware
then writes one line a child into the reading log, in one statement, when the answer was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest


class Kind(StrEnum):
    """How a child was shown."""

    PAGE = "page"
    FILE = "file"
    EXPORT = "export"
    LIST = "list"


@dataclass
class Shown:
    """What a request showed of which children."""

    kind: Kind = Kind.PAGE
    what: str = ""
    children: dict[UUID, None] = field(default_factory=dict)


def showing(request: HttpRequest, *child_ids: UUID | None, what: str = "", kind: Kind = Kind.PAGE) -> None:
    """Say that the answer to this request shows a child, or several. what: in words, for the family to read."""
    shown: Shown = getattr(request, "shown", None) or Shown()
    shown.kind, shown.what = kind, what or shown.what
    shown.children |= dict.fromkeys(child_id for child_id in child_ids if child_id)
    request.shown = shown


def showing_list(request: HttpRequest, child_ids: Iterable[UUID | None], what: str = "") -> None:
    """Say that the answer lists these children by name."""
    showing(request, *child_ids, what=what, kind=Kind.LIST)
