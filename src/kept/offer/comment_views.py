"""The desk's pages for comments: read, publish or keep back, answer, finish what was promised."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.offer import comments, forms
from kept.offer.guards import needs_or_holds
from kept.offer.models import Comment, PublicComment
from kept.offer.public_views import page_number
from kept.offer.states import CommentState
from kept.rules.oruk.text import identifying

PER_PAGE = 50


@needs(Can.EDIT_OFFER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every comment, the oldest unanswered first."""
    found = Comment.objects.filter(area=request.actor.area).select_related("service")
    state = request.GET.get("state", "")
    if state in CommentState.values:
        found = found.filter(state=state)
    page = Paginator(found.order_by("answered_on", "received_on", "pk"), PER_PAGE).get_page(page_number(request))
    return render(request, "offer/comments.html", {"page": page, "state": state, "states": CommentState.choices})


@needs_or_holds(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One comment as it was sent, and what an editor does with it."""
    comment = Comment.objects.filter(area=request.actor.area, pk=pk).select_related("service", "page").first()
    if comment is None:
        raise Http404
    public = PublicComment.objects.filter(area=request.actor.area, comment=comment).first()
    step = request.POST.get("step", "")
    data = request.POST if request.method == "POST" else None
    made: dict[str, Any] = {
        "publish": forms.PassForm(data if step == "publish" else None, initial={"words": comment.words}, prefix="p"),
        "withhold": forms.WithholdForm(data if step == "withhold" else None, prefix="w"),
        "reply": forms.ReplyForm(data if step == "reply" else None, prefix="r"),
        "finish": forms.FinishForm(data if step == "finish" else None, prefix="f"),
    }
    form = made.get(step)
    if form is not None and form.is_valid():
        try:
            _do(request, step, form.cleaned_data, comment, public)
        except Refused as problem:
            form.add_error("words" if "words" in form.fields else None, str(problem))
        else:
            messages.success(request, "Kept.")
            return redirect("desk:comment", pk=pk)
    words = {"comment": comment, "public": public, "made": made, "forms": [form] if form else []}
    return render(request, "offer/comment_desk.html", words | {"noticed": identifying(comment.words)})


def _do(request: HttpRequest, step: str, facts: dict[str, Any], comment: Comment, public: PublicComment | None) -> None:
    if step == "publish":
        comments.pass_for_publishing(by=request.actor, comment=comment, **facts)
    elif step == "withhold":
        comments.withhold(by=request.actor, comment=comment, **facts)
    elif public is None:
        raise Refused("Publish the comment first.")
    elif step == "reply":
        comments.reply(by=request.actor, public=public, **facts)
    else:
        comments.finish(by=request.actor, public=public, **facts)
