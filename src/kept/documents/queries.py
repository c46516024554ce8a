"""Read documents, always as the person who asks; the database leaves out what is not for them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from kept.access.acting import Actor
from kept.documents.models import Document


def documents_of(actor: Actor, child_id: UUID) -> QuerySet[Document]:
    """The documents about a child, the latest first."""
    return Document.objects.filter(area=actor.area, child_id=child_id).order_by("-at", "-pk")


def documents_with(actor: Actor, source: str, source_id: UUID) -> QuerySet[Document]:
    """The documents that belong to one thing of a service."""
    return Document.objects.filter(area=actor.area, source=source, source_id=source_id).order_by("at", "pk")
