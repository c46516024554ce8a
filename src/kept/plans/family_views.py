"""The family's draft: read it, see its checks, say something on each part, ask for a meeting or a school, send."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.design.words import moment
from kept.people.queries import children_seen
from kept.plans import comments, replying
from kept.plans.draft_page import DraftPage, draft_page
from kept.plans.family_forms import AskForm, PlaceForm, ReplyForm
from kept.plans.models import DraftComment, Version
from kept.plans.queries import version_of
from kept.plans.words import DRAFT_STAGES, Point

READERS = (Can.FOLLOW_OWN, Can.EDIT_PLANS)
_ASKS: dict[str, tuple[str, type[Any]]] = {
    Point.MEETING: ("Ask to meet us", AskForm),
    Point.SETTING: ("Ask for a school or college", PlaceForm),
}


def sent_draft_or_404(request: HttpRequest, pk: UUID, what: str) -> Version:
    """A draft that was sent, for those who may see it; says that it shows the child."""
    version = version_of(request.actor, pk)
    if version is None or version.sent_on is None or version.stage not in DRAFT_STAGES:
        raise Http404
    showing(request, version.child_id, what=what)
    return version


def _page(request: HttpRequest, pk: UUID, what: str) -> DraftPage:
    found = draft_page(request.actor, sent_draft_or_404(request, pk, what))
    if found is None:
        raise Http404
    return found


def _words(request: HttpRequest, page: DraftPage, **more: Any) -> dict[str, Any]:
    child = page.version.child
    staff = request.actor.can(Can.EDIT_PLANS)
    return {"page": page, "child": child, "version": page.version, "day": request.actor.today, "is_staff": staff} | more


@needs(*READERS)
def draft_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft that a child's family has now."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    version = comments.draft_with_family(request.actor, child.pk)
    if version:
        return redirect("plans:draft", version.pk)
    showing(request, child.pk, what="The draft plan")
    return render(request, "plans/family_none.html", {"child": child, "back_link": _home(child.pk)})


def _home(child_id: UUID) -> str:
    return reverse("family:child", args=[child_id])


@needs(*READERS)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft on one page: the days that are left, its sections, and what there is to do."""
    page = _page(request, pk, "The draft plan")
    words = _words(request, page, back_link=_home(page.version.child_id))
    return render(request, "plans/family_draft.html", words)


@needs(*READERS)
def draft_section(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """One section of the draft, entry by entry, with its checks and a box for each entry."""
    page = _page(request, pk, f"Section {section} of the draft plan")
    shown = page.section(section)
    if shown is None:
        raise Http404
    words = _words(request, page, shown=shown, after=page.after(section), back_link=reverse("plans:draft", args=[pk]))
    return render(request, "plans/family_section.html", words)


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _back(version: Version, point: DraftComment | None, lineage: UUID | None, section: str) -> HttpResponse:
    if lineage and section:
        return redirect(reverse("plans:draft_section", args=[version.pk, section]) + f"#part-{lineage}")
    return redirect("plans:draft", version.pk)


@require_POST
@needs(Can.FOLLOW_OWN)
def point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is typed on one entry. A script asks for data and stays on the page; a form goes back to the entry."""
    version = sent_draft_or_404(request, pk, "What the family says on the draft")
    entry = version.entries.filter(lineage=_uuid(request.POST.get("lineage", ""))).first()
    try:
        kept = comments.save_point(
            by=request.actor,
            version=version,
            text=request.POST.get("text", ""),
            lineage=entry.lineage if entry else None,
            section=entry.section if entry else "",
            rule=request.POST.get("rule", "")[:8],
        )
    except Refused as problem:
        if _wants_data(request):
            return JsonResponse({"problem": str(problem)}, status=422)
        messages.error(request, str(problem))
        return _back(version, None, entry.lineage if entry else None, entry.section if entry else "")
    if _wants_data(request):
        return JsonResponse(_told(kept))
    messages.success(request, "It is saved. Send it to us when you are done." if kept else "There was nothing to save.")
    return _back(version, kept, entry.lineage if entry else None, entry.section if entry else "")


def _told(kept: DraftComment | None) -> dict[str, str]:
    """What a script writes beside the box once the words are kept."""
    if kept is None or kept.withdrawn_at is not None:
        return {"saved": "The box is empty. Nothing is kept.", "undo": ""}
    return {
        "saved": f"Saved {moment(kept.saved_at)}. Not sent yet.",
        "undo": reverse("plans:undo_point", args=[kept.pk]),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _own_point(request: HttpRequest, pk: UUID) -> DraftComment:
    found = DraftComment.objects.filter(area=request.actor.area, pk=pk, by=request.actor.user)
    held = found.select_related("version").first()
    if held is None:
        raise Http404
    showing(request, held.child_id, what="What the family says on the draft")
    return held


@require_POST
@needs(Can.FOLLOW_OWN)
def undo_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a point back, or put one back that was taken back."""
    held = _own_point(request, pk)
    try:
        if held.withdrawn_at is None:
            comments.take_back(by=request.actor, point=held)
            messages.success(request, "You took it back. You can put it back.")
        else:
            comments.put_back(by=request.actor, point=held)
            messages.success(request, "It is back.")
    except Refused as problem:
        messages.error(request, str(problem))
    return _back(held.version, held, held.lineage, held.section)


@needs(Can.FOLLOW_OWN)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read once more what one has typed, and send it."""
    page = _page(request, pk, "What the family sends on the draft")
    may_reply = replying.may_reply(request.actor, page.version)
    form = ReplyForm(request.POST if request.method == "POST" and may_reply else None)
    if request.method == "POST":
        after = form.cleaned_data["after"] if form.is_valid() else replying.After.MORE
        try:
            count, ended = replying.send(by=request.actor, version=page.version, after=after)
        except Refused as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _sent_words(count, after, ended=ended))
        return redirect("plans:draft", pk)
    labels, back = page.whole.labels, reverse("plans:draft", args=[pk])
    words = _words(request, page, labels=labels, back_link=back, form=form, may_reply=may_reply)
    return render(request, "plans/family_send.html", words)


def _sent_words(count: int, after: str, *, ended: bool) -> str:
    said = "We have what you said. We must answer each point." if count else ""
    if ended:
        said += " We have it that you agree." if after == replying.After.AGREE else " We have it that this is all."
    elif after != replying.After.MORE:
        said += " Somebody else in the family is still writing, so the days go on."
    return said.strip() or "There was nothing to send."


@needs(Can.FOLLOW_OWN)
def ask(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Ask for a meeting, or for a school or college."""
    if kind not in _ASKS:
        raise Http404
    page = _page(request, pk, "What the family asks for")
    title, form_class = _ASKS[kind]
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            comments.ask_for(by=request.actor, version=page.version, kind=kind, text=form.cleaned_data["text"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "We have it. We must answer you.")
            return redirect("plans:draft", pk)
    words = _words(request, page, form=form, title=title, kind=kind, back_link=reverse("plans:draft", args=[pk]))
    return render(request, "plans/family_ask.html", words)
