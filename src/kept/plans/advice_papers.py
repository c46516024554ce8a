"""Advice that came as a paper: its words are read, and what it recommends is listed like any other advice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.documents.models import Document
from kept.documents.queries import documents_of
from kept.plans.advice_in import AdviceText, not_yet_picked
from kept.plans.import_files import Unreadable, tidy
from kept.plans.import_worker import read_on
from kept.plans.models import Plan, Recommendation

KINDS = frozenset({"docx", "pdf", "txt"})
SECONDS = 6.0  # a report of forty pages is read in less
MOST_OFFERED = 50


def papers_of(actor: Actor, child_id: UUID) -> list[Document]:
    """The papers about a child from which words can be read, the latest first."""
    found = documents_of(actor, child_id).filter(ending__in=KINDS).exclude(source="plans.import")
    return [paper for paper in found[:MOST_OFFERED] if paper.can_be_opened]


@transaction.atomic
def pick_out_of_paper(
    *, by: Actor, plan: Plan, paper: Document, said_by: str, said_on: date | None = None
) -> tuple[int, list[str]]:
    """List what a paper recommends, once. How many are new, and notes on what could not be read. Raises Refused."""
    check_can(by, Can.EDIT_PLANS)
    if not said_by.strip():
        raise Refused("Say who wrote it.")
    if paper.child_id != plan.child_id or paper.ending not in KINDS or not paper.can_be_opened:
        raise Refused("Choose a Word document (.docx), a PDF or a text about this child.")
    try:
        pages = read_on(Path(default_storage.path(paper.path)), paper.ending, first=1, seconds=SECONDS)
    except Unreadable as problem:
        raise Refused(str(problem)) from None
    notes = [note for page in pages for note in page.notes]
    if pages and pages[-1].number < pages[-1].of:
        last = pages[-1]
        notes.append(f"Only pages 1 to {last.number} of {last.of} were read. Look through the others yourself.")
    words = tidy([page.text.replace("\x00", "") for page in pages])
    source = AdviceText(said_by=said_by.strip(), said_on=said_on or paper.at.date(), text=words, document=paper.pk)
    Plan.objects.select_for_update().get(area=by.area, pk=plan.pk)
    return len(Recommendation.objects.bulk_create(not_yet_picked(by, plan, [source]))), notes
