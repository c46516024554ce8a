"""Pages: a copy of everything, corrections, and rights that pass to the young person."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kept.access.acting import Refused
from kept.access.predicates import BE_FAMILY, SEE_CHILD, allows
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.design.words import day
from kept.people.models import Child
from kept.people.queries import children_seen, family_of
from kept.subject_access import actions, passing_on
from kept.subject_access.document import as_data, as_pdf, dispute_in_words
from kept.subject_access.forms import AskedForm, DecideForm, DisputeForm, StepForm, TextForm
from kept.subject_access.gathering import counts, gather, tables, title_of
from kept.subject_access.models import CopyRequest, Correction, Redaction

OURS = (Can.FOLLOW_OWN, Can.EDIT_PEOPLE)


def child_or_404(request: HttpRequest, pk: UUID, what: str) -> Child:
    """The child, for its family or for those who keep its record; the reading log is told."""
    actor = request.actor
    child = children_seen(actor).filter(pk=pk).first()
    works = actor.can(Can.EDIT_PEOPLE) and allows(actor, SEE_CHILD, pk)
    if child is None or not (works or allows(actor, BE_FAMILY, pk)):
        raise Http404
    showing(request, child.pk, what=what)
    return child


def _copies(request: HttpRequest) -> QuerySet[CopyRequest]:
    found = CopyRequest.objects.filter(area=request.actor.area).select_related("child", "asked_by", "area")
    works = request.actor.can(Can.EDIT_PEOPLE)
    return found if works else found.filter(asked_by=request.actor.user)


def copy_or_404(request: HttpRequest, pk: UUID, what: str) -> CopyRequest:
    """A copy, for the person who asked and for those who prepare it."""
    found = _copies(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    child_or_404(request, found.child_id, what)
    return found


@needs(Can.EDIT_PEOPLE)
def copies(request: HttpRequest) -> HttpResponse:
    """Copies and corrections that wait, the most urgent first."""
    waiting = list(_copies(request).filter(released_on__isnull=True).order_by("due_on", "pk"))
    disputes = list(
        Correction.objects.filter(area=request.actor.area, outcome="").select_related("child").order_by("due_on", "pk")
    )
    showing_list(request, [one.child_id for one in (*waiting, *disputes)], "Copies and corrections that wait")
    return render(request, "subject_access/copies.html", {"waiting": waiting, "disputes": disputes})


@needs(*OURS)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a copy, or see how far it is."""
    child = child_or_404(request, pk, "Ask for a copy of the record")
    is_family = allows(request.actor, BE_FAMILY, pk)
    if request.method == "POST" and is_family:
        promised = actions.ask_for_copy(by=request.actor, child_id=pk)
        messages.success(request, f"You will have the copy by {day(promised.due_on)}.")
        return redirect("subject_access:ask", pk)
    around = [] if is_family else [one for one in family_of(request.actor, pk) if one.is_running and one.carer]
    seeing = [one.carer for one in around if one.carer and one.link.opens_the_record]
    users = {str(one.user.pk): one.user for one in seeing if one.user}
    form = None
    if users:
        typed = request.POST if request.method == "POST" else None
        people = [(key, user.name) for key, user in users.items()]
        form = AskedForm(typed, people=people, initial={"on": request.actor.today})
    elif request.method == "POST":
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            who, on = users[form.cleaned_data["who"]], form.cleaned_data["on"]
            promised = actions.write_down_request(by=request.actor, child_id=pk, asked_by=who, on=on)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"Written down. The copy is owed by {day(promised.due_on)}.")
            return redirect("subject_access:ask", pk)
    asked = list(_copies(request).filter(child_id=pk).order_by("-asked_on", "-pk"))
    without = [one for one in seeing if not one.user]
    words = {"child": child, "asked": asked, "is_family": is_family, "form": form, "without_account": without}
    return render(request, "subject_access/ask.html", words)


def _finished(request: HttpRequest, pk: UUID, kind: Kind = Kind.PAGE) -> tuple[CopyRequest, dict[str, Any]]:
    found = copy_or_404(request, pk, "A copy of the whole record")
    if not found.released_on and not request.actor.can(Can.EDIT_PEOPLE):
        raise Http404
    showing(request, found.child_id, what="A copy of the whole record", kind=kind)
    return found, as_data(found, actions.finished_chapters(request.actor, found))


@needs(*OURS)
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy as a page."""
    found, data = _finished(request, pk)
    return render(request, "subject_access/copy.html", {"copy": found, "data": data})


@needs(*OURS)
def copy_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy as a PDF."""
    _, data = _finished(request, pk, Kind.FILE)
    name = {"Content-Disposition": 'attachment; filename="copy-of-record.pdf"'}
    return HttpResponse(as_pdf(data), content_type="application/pdf", headers=name)


@needs(*OURS)
def copy_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy as data, for another system."""
    _, data = _finished(request, pk, Kind.EXPORT)
    name = {"Content-Disposition": 'attachment; filename="copy-of-record.json"'}
    return HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json", headers=name)


@needs(Can.EDIT_PEOPLE)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What may be about somebody else, what was decided, and the button that gives the copy."""
    found = copy_or_404(request, pk, "Prepare a copy of the record")
    if request.method == "POST":
        try:
            actions.release(by=request.actor, copy=found)
            messages.success(request, f"{found.asked_by.name} can read the copy now.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("subject_access:check", pk)
    chapters = actions.chapters_for_reader(found, today=request.actor.today)
    flags = actions.flags_of(request.actor, found, chapters)
    left = {flag.key for flag in actions.undecided(request.actor, found, flags)}
    given = {chapter.table: len(chapter.entries) for chapter in chapters}
    ours = counts(request.actor, found.child_id)
    titles = {model._meta.db_table: title_of(model) for model, _ in tables()}
    context = {
        "copy": found,
        "chapters": chapters,
        "flags": [(flag, flag.key in left) for flag in flags],
        "left": len(left),
        "redactions": Redaction.objects.filter(area=request.actor.area, copy=found).select_related("decided_by"),
        "kept_back": [
            (titles[name], ours[name] - given.get(name, 0)) for name in ours if ours[name] > given.get(name, 0)
        ],
    }
    return render(request, "subject_access/check.html", context)


@needs(Can.EDIT_PEOPLE)
def decide_text(request: HttpRequest, pk: UUID, table: str, row: UUID, field: str) -> HttpResponse:
    """Decide about one text."""
    found = copy_or_404(request, pk, "Prepare a copy of the record")
    chapters = actions.chapters_for_reader(found, today=request.actor.today)
    entry = actions.entry_of(chapters, table, row)
    text = next((one for one in entry.texts if one.field == field), None) if entry else None
    if text is None or found.released_on:
        raise Http404
    flags = actions.flags_of(request.actor, found, chapters)
    words = next((flag.words for flag in flags if flag.key == (table, row, field)), ())
    form = TextForm(request.POST if request.method == "POST" else None, initial={"words": "\n".join(words)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_text(by=request.actor, copy=found, table=table, row_id=row, field=field, **form.cleaned_data)
            return redirect("subject_access:check", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "subject_access/decide_text.html", {"form": form, "copy": found, "entry": entry, "text": text}
    )


@needs(*OURS)
def corrections(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was disputed, and the entries of the record, each with a way to dispute it."""
    child = child_or_404(request, pk, "Corrections")
    beside = actions.corrections_beside(request.actor, pk)
    is_family = allows(request.actor, BE_FAMILY, pk)
    chapters = gather(request.actor, pk) if is_family else []
    made = [(one, dispute_in_words(one)) for group in beside.values() for one in group]
    context = {
        "child": child,
        "made": made,
        "chapters": [chapter for chapter in chapters if not chapter.table.startswith(("access_", "subject_access_"))],
        "may_decide": request.actor.can(Can.EDIT_PEOPLE),
        "is_family": is_family,
    }
    return render(request, "subject_access/corrections.html", context)


@needs(Can.FOLLOW_OWN)
def dispute(request: HttpRequest, pk: UUID, table: str, row: UUID) -> HttpResponse:
    """Say that an entry is wrong."""
    child = child_or_404(request, pk, "Ask for a correction")
    entry = actions.entry_of(gather(request.actor, pk), table, row)
    if entry is None:
        raise Http404
    form = DisputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_correction(by=request.actor, child_id=pk, table=table, row_id=row, **form.cleaned_data)
        messages.success(request, "What you said stands beside the entry now. You will have an answer within a month.")
        return redirect("subject_access:corrections", pk)
    return render(request, "subject_access/dispute.html", {"form": form, "child": child, "entry": entry})


@needs(Can.EDIT_PEOPLE)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide a correction."""
    found = Correction.objects.filter(Q(area=request.actor.area), pk=pk).select_related("child", "asked_by").first()
    if found is None:
        raise Http404
    child = child_or_404(request, found.child_id, "Decide a correction")
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_correction(by=request.actor, correction=found, **form.cleaned_data)
            return redirect("subject_access:corrections", child.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "subject_access/decide.html", {"form": form, "child": child, "correction": found})


@needs(*OURS)
def passing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whose the rights are, every step recorded, and a form for the next."""
    child = child_or_404(request, pk, "Whose rights these are")
    may_record = request.actor.can(Can.EDIT_PEOPLE)
    if request.method == "POST" and not may_record:
        raise Http404
    form = StepForm(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            passing_on.record_step(by=request.actor, child=child, **form.cleaned_data)
            return redirect("subject_access:passing", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "child": child,
        "form": form,
        "may_record": may_record,
        "whose": passing_on.whose_rights(request.actor, child),
        "steps": passing_on.history(request.actor, child),
    }
    return render(request, "subject_access/passing.html", context)
