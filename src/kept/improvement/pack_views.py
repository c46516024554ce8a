"""Freezing a pack, reading it, and its files."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kept.access.roles import Can
from kept.access.web import needs
from kept.improvement import layouts, packs, queries
from kept.improvement.models import Pack
from kept.letters.pdf import as_pdf
from kept.letters.word import as_word

MAKERS = {
    "pdf": ("application/pdf", lambda pack, layout: as_pdf(packs.as_document(pack, layout))),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda pack, layout: layouts.steady(as_word(packs.as_document(pack, layout)), pack.frozen_on),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda pack, _: packs.as_spreadsheet(pack),
    ),
    "json": ("application/json", lambda pack, _: json.dumps(pack.content, indent=1, sort_keys=True).encode()),
}


@needs(Can.RUN_PROGRAMME)
@require_POST
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Freeze the programme as it stands."""
    one = queries.programmes(request.actor.area).filter(pk=pk).first()
    if one is None:
        raise Http404
    made = packs.freeze(by=request.actor, programme=one, title="Review pack")
    return redirect("improvement:pack", pk=made.pk)


@needs(Can.SEE_FIGURES)
def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A frozen pack, as a page or as a file."""
    one = Pack.objects.filter(area=request.actor.area, pk=pk).select_related("programme", "by").first()
    if one is None:
        raise Http404
    wanted, layout = request.GET.get("format", ""), request.GET.get("layout", "review")
    layout = layout if layout in layouts.LAYOUTS else "review"
    formats = ["xlsx", "json"] if layout == "kpi" else list(MAKERS)
    if wanted in formats:
        kind, make = MAKERS[wanted]
        answer = HttpResponse(make(one, layout), content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="{layout}-pack-{one.frozen_on}.{wanted}"'
        return answer
    words = {"pack": one, "content": one.content, "layout": layout, "layouts": layouts.LAYOUTS, "formats": formats}
    words |= {"target_of": layouts.target_of, "said_of": layouts.said_of, "figure_of": layouts.figure_of}
    if layout == "kpi":
        words["measures"] = layouts.measures_at_a_glance(one.content)
        words["actions"] = layouts.actions_table(one.content)
    if layout == "scrutiny":
        words["blocks"] = layouts.scrutiny_blocks(one)
    return render(request, "improvement/pack.html", words)
