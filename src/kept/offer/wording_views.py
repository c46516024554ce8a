"""What an organisation, a place or a page of guidance said before, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.offer import keeping_queries, wordings


def _row_or_404(request: HttpRequest, kind: str, pk: UUID) -> Any:
    known = wordings.KINDS.get(kind)
    found = keeping_queries.one_of(request.actor, known.model, pk) if known else None
    if found is None:
        raise Http404
    return found


@needs(Can.EDIT_OFFER)
def history(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Every version, what changed in each, and the way back."""
    row = _row_or_404(request, kind, pk)
    words = {
        "name": getattr(row, "title", "") or str(row),
        "kind": kind,
        "row": row,
        "told": wordings.history(request.actor, row),
        "back_link": reverse(wordings.KINDS[kind].page, args=[pk]),
    }
    return render(request, "offer/kept_history.html", words)


@needs(Can.EDIT_OFFER)
@require_POST
def go_back(request: HttpRequest, kind: str, pk: UUID, wording: UUID) -> HttpResponse:
    """Say again what an older version said."""
    row = _row_or_404(request, kind, pk)
    older = wordings.wording_of(request.actor, row, wording)
    if older is None:
        raise Http404
    try:
        wordings.go_back(by=request.actor, kind=kind, row=row, wording=older)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"It says again what it said in version {older.number}. Families see it now.")
    return redirect("desk:kept_history", kind, pk)
