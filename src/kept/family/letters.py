"""The plan and the letters that went to whoever asks, to read on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.letters.pdf import as_pdf
from kept.notices.models import Dispatch
from kept.notices.queries import frozen, letters_to_me


@dataclass(frozen=True)
class Posted:
    """One letter that went to the person who asks."""

    pk: UUID
    title: str
    dated: date


def letters_of(actor: Actor, child_id: UUID) -> list[Posted]:
    """The letters to the person who asks, the latest first."""
    return [_posted(one) for one in letters_to_me(actor, child_id)]


def _posted(one: Dispatch) -> Posted:
    return Posted(one.pk, str(one.letter.get("title") or "Letter"), one.dated)


def letter_file(actor: Actor, child_id: UUID, pk: UUID) -> tuple[Posted, bytes] | None:
    """One of these letters just as it went, as a PDF file; None when it is not theirs."""
    found = next((one for one in letters_to_me(actor, child_id) if one.pk == pk), None)
    return (_posted(found), as_pdf(frozen(found))) if found else None
