"""Advice that came as a paper: its words are read, and what it recommends is listed like any other advice.

Files that a service attaches to the advice it returns are read by themselves, a minute after they came. Each is marked
as read by machine until somebody has looked it through; what cannot be read says why and waits for the same, so that
nothing is dropped silently.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.documents.models import Document
from kept.documents.queries import documents_of
from kept.plans.advice_in import AdviceText, list_new, not_yet_picked, reads_advice
from kept.plans.import_files import Unreadable, tidy
from kept.plans.import_worker import read_on
from kept.plans.models import AdvicePaper, Plan, Recommendation

KINDS = frozenset({"docx", "pdf", "txt"})
SECONDS = 6.0  # a report of forty pages is read in less
A_ROUND = 20.0  # seconds that one round of the worker may read
MOST_OFFERED, MOST_AT_ONCE = 50, 20
OTHER_KIND = (
    "Words are read from Word documents (.docx), PDFs and texts only; this is another kind of file. Open it and read "
    "it yourself."
)
IS_GONE = "The file is not there any more."
WhoGave = Callable[[Actor, Iterable[UUID]], Mapping[UUID, str]]
_BRINGERS: dict[str, WhoGave] = {}


def brings_papers(source: str) -> Callable[[WhoGave], WhoGave]:
    """Register the source of documents that hold advice, with a function that says whose each is, by `source_id`."""

    def register(who: WhoGave) -> WhoGave:
        _BRINGERS[source] = who
        return who

    return register


@reads_advice
def words_of_papers(actor: Actor, child_id: UUID) -> Iterator[AdviceText]:
    """The words of every paper that was read. One query."""
    for paper in AdvicePaper.objects.filter(area=actor.area, child_id=child_id, problem=""):
        if paper.texts:
            yield AdviceText(
                said_by=paper.said_by, said_on=paper.said_on, text=tidy(list(paper.texts)), document=paper.document_id
            )


def papers_with_advice(actor: Actor, child_id: UUID) -> list[AdvicePaper]:
    """The papers about a child that hold advice, the earliest first. One query."""
    found = AdvicePaper.objects.filter(area=actor.area, child_id=child_id).select_related("document", "looked_by")
    return list(found)


def not_read_yet(actor: Actor, child_id: UUID) -> list[Document]:
    """Papers that came with advice and that the machine has not begun to read. One query."""
    return list(_arrived(actor).filter(child_id=child_id))


def _arrived(actor: Actor) -> QuerySet[Document]:
    known = AdvicePaper.objects.filter(area=actor.area).values("document_id")
    return Document.objects.filter(area=actor.area, source__in=list(_BRINGERS)).exclude(pk__in=known)


@transaction.atomic
def read_arrived(*, by: Actor, child_id: UUID | None = None, seconds: float = A_ROUND) -> int:
    """Read the papers that came with advice, of all children or one, for about so long; how many pages were read.

    What they recommend is put on the list of the child's plan. Safe to repeat: what is left is read the next time.
    """
    until = time.monotonic() + seconds
    _take_in(by, child_id)
    waiting = AdvicePaper.objects.filter(area=by.area, problem="", pages_read=0)
    started = AdvicePaper.objects.filter(area=by.area, problem="", pages_read__gt=0).exclude(looked_on__isnull=False)
    rows = [row for found in (waiting, started) for row in _locked(found, child_id) if not row.is_read]
    done = 0
    for row in rows:
        if time.monotonic() > until:
            break
        done += _read_some(row, min(SECONDS, max(1.0, until - time.monotonic())))
        if row.is_read:
            list_new(by=by, child_id=row.child_id)
    return done


def _locked(found: QuerySet[AdvicePaper], child_id: UUID | None) -> list[AdvicePaper]:
    wanted = found.filter(child_id=child_id) if child_id else found
    return list(wanted.select_related("document").select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE])


def _take_in(by: Actor, child_id: UUID | None) -> None:
    """A row for each paper that came; those that wait for the virus scanner wait for their row too."""
    found = _arrived(by).filter(child_id=child_id) if child_id else _arrived(by)
    papers = [paper for paper in found.order_by("at")[:200] if paper.can_be_opened]
    givers = {
        source: who(by, {paper.source_id for paper in papers if paper.source == source and paper.source_id})
        for source, who in _BRINGERS.items()
        if any(paper.source == source for paper in papers)
    }
    AdvicePaper.objects.bulk_create(
        [
            AdvicePaper(
                area=by.area,
                child_id=paper.child_id,
                document=paper,
                said_by=_name(_body(givers, paper), paper.sent_by),
                said_on=paper.at.date(),
                problem="" if paper.ending in KINDS else OTHER_KIND,
            )
            for paper in papers
        ],
        ignore_conflicts=True,
    )


def _body(givers: Mapping[str, Mapping[UUID, str]], paper: Document) -> str:
    return givers[paper.source].get(paper.source_id, "") if paper.source_id else ""


def _name(body: str, person: str) -> str:
    return (person if body in person else f"{body} ({person})" if person else body)[:200]


def _read_some(row: AdvicePaper, seconds: float) -> int:
    """Read the next pages; how many. What cannot be read is said in `problem`."""
    place = Path(default_storage.path(row.document.path))
    try:
        if not place.exists():
            raise Unreadable(IS_GONE)
        read = read_on(place, row.document.ending, first=row.pages_read + 1, seconds=seconds)
    except Unreadable as problem:
        row.problem = str(problem)[:500]
        row.save(update_fields=["problem"])
        return 0
    row.texts = [*row.texts, *(page.text.replace("\x00", "") for page in read)]
    row.notes = [*row.notes, *(note for page in read for note in page.notes)]
    row.pages_read, row.pages = (read[-1].number, read[-1].of) if read else (1, 1)
    row.save(update_fields=["texts", "notes", "pages", "pages_read"])
    return len(read)


def paper_of(actor: Actor, pk: UUID) -> AdvicePaper | None:
    """One paper with advice, if the person may see it."""
    return AdvicePaper.objects.filter(area=actor.area, pk=pk).select_related("document").first()


@transaction.atomic
def looked_through(*, by: Actor, paper: AdvicePaper) -> AdvicePaper:
    """Say that a person looked the paper through and that the list holds what it recommends. Raises Refused."""
    check_can(by, Can.EDIT_PLANS)
    held = AdvicePaper.objects.select_for_update(of=("self",)).get(area=by.area, pk=paper.pk)
    if held.looked_on:
        return held
    if not held.is_read:
        raise Refused("The machine is still reading this file. Look again in a minute.")
    held.looked_by, held.looked_on = by.user, by.today
    held.save(update_fields=["looked_by", "looked_on"])
    return held


def papers_of(actor: Actor, child_id: UUID) -> list[Document]:
    """The papers about a child from which words can be read and were not, the latest first."""
    known = AdvicePaper.objects.filter(area=actor.area, child_id=child_id).values("document_id")
    found = documents_of(actor, child_id).filter(ending__in=KINDS).exclude(source__in=["plans.import", *_BRINGERS])
    return [paper for paper in found.exclude(pk__in=known)[:MOST_OFFERED] if paper.can_be_opened]


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
    row, _ = AdvicePaper.objects.get_or_create(
        area=by.area,
        document=paper,
        defaults={"child_id": paper.child_id, "said_by": said_by.strip()[:200], "said_on": said_on or paper.at.date()},
    )
    if not row.is_read:
        _read_some(row, SECONDS)
    if row.problem:
        raise Refused(row.problem)
    notes = list(row.notes)
    if not row.is_read:
        notes.append(f"Pages 1 to {row.pages_read} of {row.pages} were read; the others follow in a few minutes.")
    Plan.objects.select_for_update().get(area=by.area, pk=plan.pk)
    source = AdviceText(said_by=row.said_by, said_on=row.said_on, text=tidy(list(row.texts)), document=row.document_id)
    return len(Recommendation.objects.bulk_create(not_yet_picked(by, plan, [source]))), notes
