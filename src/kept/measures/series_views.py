"""Pages to bring in figures from outside: the template, the dry run, the files that came, and undoing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.design.forms import DateField
from kept.design.words import counted
from kept.measures import importing, outside
from kept.rules.sheets import MOST_BYTES, read_sheet, text_of

WRONG = 422
MOST_SHOWN = 100


class FileForm(forms.Form):
    """A file of figures, whose they are and as of when."""

    mark_optional = False

    source = forms.CharField(
        label="Where do the figures come from?", max_length=200,
        help_text="As it will stand beside every figure, in public too: who counted them, and in what. "
        "For example: School census, Department for Education.",
    )  # fmt: skip
    source_on = DateField(label="Date of the source", help_text="When it was published or taken.")
    note = forms.CharField(
        label="What readers should know, if anything", required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text="For example how it was counted otherwise.",
    )  # fmt: skip
    file = forms.FileField(label="The file (CSV)", required=False, help_text="With the headings of the template.")


class UndoForm(forms.Form):
    """Why a file is undone."""

    reason = forms.CharField(label="Why it is undone", max_length=300)


def _text_of(request: HttpRequest) -> tuple[str, str]:
    sent = request.FILES.get("file")
    if sent is not None:
        return text_of(sent.read(MOST_BYTES + 1)), str(sent.name)
    if not request.POST.get("text"):
        raise ValueError("Choose a file.")
    return request.POST["text"], request.POST.get("name", "")


@needs(Can.SEE_FIGURES)
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """The files that came. Whoever may bring one in sends it here, and sees what it would do before anything is kept.

    The text of the file travels with the form, so that nothing of it is kept before somebody said that it is right.
    """
    actor = request.actor
    may_bring = actor.can(Can.BRING_FIGURES)
    if request.method == "POST" and not may_bring:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    words: dict[str, Any] = {
        "form": form if may_bring else None,
        "files": outside.files_of(actor.area),
        "most": MOST_SHOWN,
    }
    if request.method != "POST":
        return render(request, "measures/series.html", words)
    if not form.is_valid():
        return render(request, "measures/series.html", words, status=WRONG)
    facts = {name: form.cleaned_data[name] for name in ("source", "source_on", "note")}
    try:
        text, name = _text_of(request)
        plan = importing.plan_of(by=actor, sheet=read_sheet(text))
        if request.POST.get("do") == "import":
            made = importing.bring_in(by=actor, plan=plan, name=name, **facts)
            messages.success(request, f"{counted(made.rows, 'figure')} came in. The source stands beside each.")
            return redirect("measures:series")
    except (ValueError, Refused) as problem:
        form.add_error("file", str(problem))
        return render(request, "measures/series.html", words, status=WRONG)
    words |= {"plan": plan, "text": text, "name": name, "facts": facts}
    return render(request, "measures/series_check.html", words)


@needs(Can.BRING_FIGURES)
def template(request: HttpRequest) -> HttpResponse:
    """An empty file to fill in."""
    answer = HttpResponse("\ufeff" + importing.template(request.actor.area), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures-from-outside.csv"'
    return answer


@needs(Can.BRING_FIGURES)
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the figures of a file out of use, with a reason."""
    form = UndoForm(request.POST)
    try:
        importing.undo(by=request.actor, pk=pk, because=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, "Undone. The file and its figures stay on record, out of use.")
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("measures:series")
