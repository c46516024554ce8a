"""Pages and files: a version of a plan to read, print and take away, in full, in easy words, and as the child's own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from kept.access.roles import Can
from kept.access.trails import Kind, showing
from kept.access.web import needs
from kept.plans import comments
from kept.plans.facts import WholePlan
from kept.plans.outputs.easy import childs_own, easy_read
from kept.plans.outputs.from_plan import paper_of, stamp_of
from kept.plans.outputs.html import as_html, pictures_as_html
from kept.plans.outputs.paper import Paper, PicturePaper, Table
from kept.plans.outputs.pdf import as_pdf
from kept.plans.outputs.word import as_word
from kept.plans.queries import version_of, whole_plan
from kept.plans.recipients import mark_opened
from kept.plans.review_days import next_reviews

READERS = (Can.FOLLOW_OWN, Can.SEE_RECORD)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"": "The plan", "easy": "Easy read", "child": "The child’s own"}


def _whole_or_404(request: HttpRequest, pk: UUID, what: str, kind: Kind) -> WholePlan:
    whole = whole_plan(request.actor, pk)
    if whole is None:
        raise Http404
    showing(request, whole.child_id, what=f"{what}: {whole.title}", kind=kind)
    return whole


@needs(*READERS)
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A version as a page; `as=easy` or `as=child` in pictures, `format=pdf` or `docx` as a file."""
    form = request.GET.get("as", "")
    wanted = request.GET.get("format", "")
    if form not in FORMS or wanted not in {"", "pdf", "docx"}:
        raise Http404
    whole = _whole_or_404(request, pk, FORMS[form], Kind.FILE if wanted else Kind.PAGE)
    version = version_of(request.actor, pk)
    if version is not None:
        mark_opened(by=request.actor, version=version)
    paper = _paper(request, whole, form)
    if wanted:
        return _file(paper, whole, form, wanted)
    words = {
        "whole": whole, "form": form, "forms": FORMS, "stamp": stamp_of(whole), "title": paper.title,
        "body": as_html(paper) if isinstance(paper, Paper) else pictures_as_html(paper),
        "may_import": request.actor.can(Can.EDIT_PLANS), "back_link": _back(request, whole),
    }  # fmt: skip
    return render(request, "plans/document.html", words)


def _back(request: HttpRequest, whole: WholePlan) -> str:
    """Where a reader came from: whoever sees the record from the version, a family from what is promised now."""
    if request.actor.can(Can.SEE_RECORD):
        return reverse("plans:version", args=[whole.version_id])
    return reverse("plans:promised", args=[whole.child_id])


def _paper(request: HttpRequest, whole: WholePlan, form: str) -> Paper | PicturePaper:
    makers: dict[str, Callable[[WholePlan], PicturePaper]] = {"easy": easy_read, "child": childs_own}
    if form:
        return makers[form](whole)
    review_by = next_reviews(request.actor, [whole.child_id]).get(whole.child_id)
    return paper_of(whole, tables=_answers(request, whole), review_by=review_by)


def _answers(request: HttpRequest, whole: WholePlan) -> tuple[Table, ...]:
    """The table of answers that goes with a final to one of the family: their own points, and nobody else's.

    A parent has theirs. An officer says whose with `answers_of`; without it the plan is printed without a table, as it
    goes to a school. Points that the same officer wrote down for several people are told apart by `said`, their name.
    """
    version = version_of(request.actor, whole.version_id)
    is_officer = request.actor.can(Can.EDIT_PLANS)
    wanted = request.GET.get("answers_of", "")
    if version is None or whole.is_draft or (is_officer and not wanted):
        return ()
    points = [
        one
        for one in comments.table_for(request.actor, version)
        if (str(one.by_id) == wanted and (one.by_id != one.written_by_id or one.said_by == request.GET.get("said")))
        or (not is_officer and one.by_id == request.actor.user.pk)
    ]
    rows = tuple(
        (
            _about(whole, one.lineage, one.section),
            one.text,
            one.get_answer_display() or "Not answered",
            one.answer_reason,
        )
        for one in points
    )
    head = ("About", "What the family said", "Our answer", "Why")
    return (Table("What the family said on the draft, and our answers", head, rows),) if rows else ()


def _about(whole: WholePlan, lineage: UUID | None, section: str) -> str:
    label = whole.label_of(lineage) if lineage else ""
    return label or (f"Section {section}" if section else "The whole plan")


def _file(paper: Paper | PicturePaper, whole: WholePlan, form: str, wanted: str) -> HttpResponse:
    if wanted == "docx" and isinstance(paper, PicturePaper):
        raise Http404
    made = as_word(paper) if wanted == "docx" and isinstance(paper, Paper) else as_pdf(paper)
    answer = HttpResponse(made, content_type=WORD if wanted == "docx" else "application/pdf")
    name = "-".join(one for one in (slugify(whole.full_name), f"v{whole.number}", form) if one)
    answer["Content-Disposition"] = f'attachment; filename="plan-{name}.{wanted}"'
    return answer
