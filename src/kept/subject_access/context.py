"""What pages that show entries put beside them: that somebody says one is wrong, and what was decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kept.subject_access.actions import corrections_beside
from kept.subject_access.document import dispute_in_words

Disputed = dict[tuple[str, UUID], list[str]]


def disputes(request: HttpRequest) -> dict[str, Any]:
    """`disputes_of(child_id)` for templates: the words beside each disputed entry, by table and row. One query."""

    def disputes_of(child_id: UUID) -> Disputed:
        actor = getattr(request, "actor", None)
        if actor is None:
            return {}
        found = corrections_beside(actor, child_id)
        return {entry: [dispute_in_words(one) for one in group] for entry, group in found.items()}

    return {"disputes_of": disputes_of}
