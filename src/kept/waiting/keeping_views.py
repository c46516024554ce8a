"""Keeping the lists in order: what the nightly check asks, files of other systems, how the area set its lists up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.rules.sheets import MOST_BYTES, Sheet, read_sheet, text_of
from kept.waiting import checking, configuring, forms, importing, queries, standards
from kept.waiting.access import keeps
from kept.waiting.models import Finding, Mapping, Standard
from kept.waiting.words import Answer

PER_PAGE = 30
MOST_WRONG = 100


def _crumbs() -> list[dict[str, str]]:
    return [{"text": "Waiting lists", "href": reverse("waiting:home")}]


@needs(Can.RUN_LISTS, Can.KEEP_LISTS)
def checks(request: HttpRequest) -> HttpResponse:
    """What the nightly check found and nobody answered yet, by kind."""
    found = checking.findings_of(request.actor)
    code = request.GET.get("code", "")
    open_ones = found.filter(answer="")
    counted: dict[str, int] = {}
    for one in open_ones.values_list("code", flat=True):
        counted[one] = counted.get(one, 0) + 1
    asked = open_ones.filter(code=code) if code in checking.ABOUT else open_ones
    page: Any = Paginator(asked, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    showing_list(request, [row.child_id for row in rows], what="Checks of the waiting lists")
    words = {
        "page": page,
        "rows": rows,
        "about": checking.ABOUT,
        "mends": checking.MENDS,
        "counted": {key: counted[key] for key in checking.ABOUT if key in counted},
        "code": code if code in checking.ABOUT else "",
        "answered": found.exclude(answer="").exclude(answered_on=None).order_by("-answered_on", "-pk")[:10],
        "answers": [(Answer.RIGHT, "It is right"), (Answer.ASKED, "Asked the sender"), (Answer.MENDED, "Mended")],
        "here": request.get_full_path(),
        "day": request.actor.today,
        "breadcrumbs": _crumbs(),
    }
    return render(request, "waiting/checks.html", words)


@needs(Can.RUN_LISTS, Can.KEEP_LISTS)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer one finding with one press."""
    finding: Finding | None = checking.findings_of(request.actor).filter(pk=pk).first()
    if finding is None:
        raise Http404
    said = request.POST.get("said", "")
    note = request.POST.get("note", "")
    try:
        if said == "mend":
            checking.mend(by=request.actor, finding=finding)
        else:
            checking.answer(by=request.actor, finding=finding, said=said, note=note)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Answered: {checking.ABOUT[finding.code][0].lower()}.")
    return redirect("waiting:checks")


@needs(Can.KEEP_LISTS)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in a file: choose it, say which column is what, see what would happen, then let the right rows in.

    The text of the file travels with the form, so that nothing of it is kept before somebody said that it is right.
    """
    form = forms.FileForm(request.POST or None, request.FILES or None)
    words: dict[str, Any] = {
        "form": form,
        "batches": importing.batches_of(request.actor),
        "providers": checking.silent_providers(request.actor),
        "breadcrumbs": _crumbs(),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "waiting/import.html", words)
    try:
        text = _text_of(request)
        table = read_sheet(text)
    except ValueError as problem:
        form.add_error("file", str(problem))
        return render(request, "waiting/import.html", words)
    return _with_columns(request, form.cleaned_data["source"].strip(), text, table)


def _text_of(request: HttpRequest) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        return request.POST.get("text", "")
    return text_of(sent.read(MOST_BYTES + 1))


def _with_columns(request: HttpRequest, source: str, text: str, table: Sheet) -> HttpResponse:
    actor = request.actor
    stages = list(queries.stages(actor).order_by("service__name", "order"))
    kept = Mapping.objects.filter(area=actor.area, source=source).first()
    mapping = importing.mapping_of(actor, source, table.headings)
    heading = request.POST.get("column_list", mapping.get("list", ""))
    list_words = sorted({row.get(heading, "") for row in table.records if row.get(heading)})[:40] if heading else []
    is_columns = "column_ref" in request.POST
    columns = forms.ColumnsForm(
        request.POST if is_columns else None,
        headings=table.headings,
        mapping=mapping,
        stages=stages,
        list_words=list_words,
        stage_words=kept.stage_words if kept else {},
    )
    by_key = {str(stage.pk): stage for stage in stages}
    chosen = {word: by_key[key] for word, key in columns.stage_words().items() if key in by_key}
    words: dict[str, Any] = {
        "columns": columns,
        "source": source,
        "text": text,
        "sheet": table,
        "plan": None,
        "problem": "",
        "most": MOST_WRONG,
        "breadcrumbs": [*_crumbs(), {"text": "Files", "href": reverse("waiting:import")}],
    }
    if is_columns and not columns.is_valid():
        return render(request, "waiting/import_check.html", words)
    try:
        plan = importing.plan_of(
            by=actor,
            table=table,
            source=source,
            mapping=columns.mapping(),
            stages=chosen,
            only=by_key.get(columns.only),
        )
    except ValueError as problem:
        words["problem"] = str(problem)
        return render(request, "waiting/import_check.html", words)
    if is_columns and request.POST.get("do") == "import":
        return _bring(request, plan, columns)
    return render(request, "waiting/import_check.html", {**words, "plan": plan})


def _bring(request: HttpRequest, plan: importing.Plan, columns: forms.ColumnsForm) -> HttpResponse:
    batch = importing.bring_in(
        by=request.actor,
        plan=plan,
        mapping=columns.mapping(),
        stage_words=columns.stage_words(),
        reported_total=columns.cleaned_data.get("reported_total"),
    )
    if plan.earlier is not None:
        messages.success(request, "This file was brought in before; nothing was changed.")
    else:
        words = (
            f"Brought in from {batch.source}: {batch.added} new, {batch.changed} changed, {batch.same} as they were."
        )
        messages.success(request, f"{words} Not brought in: {len(batch.refused)}.")
    return redirect("waiting:import")


@needs(Can.KEEP_LISTS)
def set_up(request: HttpRequest) -> HttpResponse:
    """How the lists are set up, and the standards that count them."""
    if request.method == "POST":
        number = standards.load(by=request.actor)
        messages.success(request, f"Published standards brought in: {number}.")
        return redirect("waiting:set_up")
    found = queries.stages(request.actor).order_by("service__name", "pathway__name", "order")
    words = {
        "stages": found,
        "standards": Standard.objects.filter(area=request.actor.area),
        "called": dict(Standard.objects.filter(area=request.actor.area).values_list("key", "name")),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "waiting/set_up.html", words)


ADDING: dict[str, tuple[str, Any, Any]] = {
    "service": ("Add a service", forms.ServiceForm, configuring.add_service),
    "pathway": ("Add a pathway", forms.PathwayForm, configuring.add_pathway),
    "stage": ("Add a list", forms.StageForm, configuring.add_stage),
}


@needs(Can.KEEP_LISTS)
def add(request: HttpRequest, what: str) -> HttpResponse:
    """Add a service, a pathway or a list."""
    if what not in ADDING:
        raise Http404
    title, kind, act = ADDING[what]
    form = kind(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Added.")
            return redirect("waiting:set_up")
    words = {"form": form, "title": title, "button": "Add", "back_link": reverse("waiting:set_up")}
    return render(request, "waiting/form.html", words)


@needs(Can.KEEP_LISTS)
def change(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """Change how a service, a pathway or a list is set up, or end it on a day."""
    if what not in ADDING:
        raise Http404
    kind = ADDING[what][1]
    row = kind.Meta.model.objects.filter(area=request.actor.area, pk=pk).first()
    service = row if what == "service" else getattr(row, "service", None)
    if row is None or not keeps(request.actor, service):
        raise Http404
    form = kind(request.POST or None, actor=request.actor, instance=row)
    for name in configuring.FIXED & set(form.fields):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        configuring.change(by=request.actor, row=row, **form.cleaned_data)
        messages.success(request, f"Changed: {row}.")
        return redirect("waiting:set_up")
    words = {"form": form, "title": f"Change {row}", "button": "Save", "back_link": reverse("waiting:set_up")}
    return render(request, "waiting/form.html", words)
