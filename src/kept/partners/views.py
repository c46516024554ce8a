"""Pages of the partners' desk: what we are asked, by when, and answering it."""

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
from kept.access.models import User
from kept.access.queries import teams
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.cases.models import AdviceRequest
from kept.design.words import day as day_words
from kept.documents.actions import NotKept
from kept.documents.queries import documents_with
from kept.family.page import latest_story
from kept.partners import actions, forms, links, queries
from kept.partners.sections import SECTIONS
from kept.rules.process import NotPossible

PER_PAGE = 50
SORTS = {"due": "Earliest legal day first", "asked": "Asked longest ago first", "name": "By the child’s name"}
PROBLEMS = (Refused, NotPossible, NotKept)


def _request_or_404(request: HttpRequest, pk: UUID, *, as_staff: bool = False) -> AdviceRequest:
    found = queries.request_of(request.actor, pk, as_staff=as_staff)
    if found is None:
        raise Http404
    showing(request, found.child_id, what="Request for advice")
    return found


@needs(Can.GIVE_ADVICE)
def desk(request: HttpRequest) -> HttpResponse:
    """What our service is asked, the earliest legal day first."""
    answered = request.GET.get("show") == "answered"
    only_mine = request.GET.get("mine") == "1"
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "due"
    keys = queries.desk_keys(request.actor, answered=answered, mine=only_mine, sort=sort or "due")
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines_by_key(request.actor, page.object_list)
    showing_list(request, [line.request.child_id for line in lines], what="Requests for advice")
    words = {
        "lines": lines,
        "page": page,
        "sort": sort,
        "sorts": SORTS,
        "answered": answered,
        "only_mine": only_mine,
        "timeliness": queries.timeliness(request.actor),
        "day": request.actor.today,
    }
    return render(request, "partners/desk.html", words)


@needs(Can.GIVE_ADVICE, Can.WORK_CASES)
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request: what is asked, by when, what exists already, who else was asked, and what can be done."""
    found = _request_or_404(request, pk, as_staff=True)
    (line,) = queries.lines_of(request.actor, [found])
    words = {
        "line": line,
        "asked": found,
        "others": queries.others_asked(found),
        "earlier": queries.advice_of_child(request.actor, found.child_id),
        "advice": queries.advice_to(request.actor, found),
        "story": latest_story(request.actor, found.child_id),
        "files": documents_with(request.actor, actions.FILES, found.pk),
        "links": queries.links_of(request.actor, found),
        "sections": SECTIONS,
        "may_answer": found.agency_id in request.actor.agency_ids and found.answered_on is None,
        "may_link": found.answered_on is None
        and (request.actor.can(Can.WORK_CASES) or found.agency_id in request.actor.agency_ids),
        "day": request.actor.today,
    }
    return render(request, "partners/request.html", words)


@needs(Can.GIVE_ADVICE)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the request."""
    found = _request_or_404(request, pk)
    try:
        actions.accept(by=request.actor, request=found)
    except PROBLEMS as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "You have taken this request. The family sees your name.")
    return redirect("partners:request", pk)


@needs(Can.GIVE_ADVICE)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the advice: keep a draft, or return it."""
    found = _request_or_404(request, pk)
    (line,) = queries.lines_of(request.actor, [found])
    draft = line.work.draft if line.work else {}
    form = forms.AdviceForm(request.POST if request.method == "POST" else None, request.FILES or None, initial=draft)
    if request.method == "POST" and form.is_valid() and _acted(request, found, form):
        return redirect("partners:request", pk)
    words = {"form": form, "line": line, "asked": found, "day": request.actor.today, "by_link": False}
    story = latest_story(request.actor, found.child_id)
    back = reverse("partners:request", args=[pk])
    return render(request, "partners/answer.html", words | {"story": story, "back_link": back})


def _acted(request: HttpRequest, found: AdviceRequest, form: forms.AdviceForm) -> bool:
    try:
        if "draft" in request.POST:
            actions.save_draft(by=request.actor, request=found, sections=form.sections())
            messages.success(request, "The draft was saved. Only your service reads it.")
            return True
        if not form.check_whole():
            return False
        earlier = form.cleaned_data["earlier_stands"]
        actions.return_advice(
            by=request.actor, request=found, sections=form.sections(), earlier_stands=earlier, files=form.chosen_files()
        )
    except PROBLEMS as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, "The advice was returned. The clock has stopped, and the family can read it.")
    return True


def _small_form(request: HttpRequest, found: AdviceRequest, form: Any, act: Any, **words: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except PROBLEMS as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, done)
            return redirect("partners:request", found.pk)
    back = reverse("partners:request", args=[found.pk])
    return render(request, "partners/form.html", {"form": form, "asked": found, "back_link": back, "lead": "", **words})


@needs(Can.GIVE_ADVICE)
def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the request to a colleague or another team."""
    found = _request_or_404(request, pk)
    people = User.objects.filter(memberships__area=found.area_id, memberships__agency=found.agency_id).distinct()
    form = forms.HandOnForm(
        request.POST if request.method == "POST" else None,
        people=people.order_by("name"),
        teams=teams(request.actor).filter(agency=found.agency_id),
    )

    def act(facts: dict[str, Any]) -> str:
        actions.hand_on(by=request.actor, request=found, **facts)
        return "The request was handed on. The day on which it is owed stays."

    return _small_form(request, found, form, act, title="Hand the request on", button="Hand on")


@needs(Can.GIVE_ADVICE)
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the case officer."""
    found = _request_or_404(request, pk)
    form = forms.QuestionForm(request.POST if request.method == "POST" else None)

    def act(facts: dict[str, Any]) -> str:
        thread = actions.ask_a_question(by=request.actor, request=found, **facts)
        return f"Your question was sent. An answer is owed by {day_words(thread.answer_by)}."

    return _small_form(request, found, form, act, title="Ask the case officer", button="Send")


@needs(Can.GIVE_ADVICE)
def when(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say when the advice will be there."""
    found = _request_or_404(request, pk)
    form = forms.WhenForm(request.POST if request.method == "POST" else None)

    def act(facts: dict[str, Any]) -> str:
        actions.say_when(by=request.actor, request=found, **facts)
        return "Saved. The case officer sees it; the law’s day stays."

    return _small_form(request, found, form, act, title="When will it be there?", button="Save")


@needs(Can.GIVE_ADVICE, Can.WORK_CASES)
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a single-use link for a professional without an account."""
    found = _request_or_404(request, pk, as_staff=True)
    form = forms.LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        place = reverse("partners:by_link", args=[request.actor.area.slug, "TOKEN"])
        try:
            made, shown = links.make_link(
                by=request.actor, request=found, address=request.build_absolute_uri(place), **form.cleaned_data
            )
        except PROBLEMS as problem:
            form.add_error(None, str(problem))
        else:
            return render(request, "partners/link_made.html", {"link": made, "address": shown, "asked": found})
    words = {
        "form": form,
        "asked": found,
        "title": "A link for somebody without an account",
        "lead": "They answer once, without an account. The link is sent to their work address and shown to you once. "
        "Links made before for this request stop.",
        "button": "Make the link",
        "back_link": reverse("partners:request", args=[pk]),
    }
    return render(request, "partners/form.html", words)
