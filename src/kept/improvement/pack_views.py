"""Freezing a pack, reading it, and its files."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kept.access.roles import Can
from kept.access.web import needs
from kept.improvement import packs, queries
from kept.improvement.models import Pack
from kept.letters.pdf import as_pdf
from kept.letters.word import as_word

MAKERS = {
    "pdf": ("application/pdf", lambda pack: as_pdf(packs.as_document(pack))),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda pack: as_word(packs.as_document(pack)),
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", packs.as_spreadsheet),
    "json": ("application/json", lambda pack: json.dumps(pack.content, indent=1, sort_keys=True).encode()),
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
    wanted = request.GET.get("format", "")
    if wanted in MAKERS:
        kind, make = MAKERS[wanted]
        answer = HttpResponse(make(one), content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="review-pack-{one.frozen_on}.{wanted}"'
        return answer
    return render(request, "improvement/pack.html", {"pack": one, "formats": list(MAKERS), "content": one.content})
