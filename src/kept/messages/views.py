"""Pages: a conversation, the council's desk of conversations, and how fast the council replies."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.queries import colleagues
from kept.access.roles import Can, Role
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.messages import actions, coming_back, forms, posting, queries
from kept.messages.models import Thread, WaitingFor

TALKERS = (Can.FOLLOW_OWN, Can.WORK_CASES, Can.GIVE_ADVICE)
PER_PAGE = 25


def _thread_or_404(request: HttpRequest, pk: UUID) -> Thread:
    found = queries.threads_seen(request.actor).select_related("child", "owner", "team").filter(pk=pk)
    thread = coming_back.with_failures(found).first()
    if thread is None:
        raise Http404
    showing(request, thread.child_id, what="Messages")
    return thread


def _form(request: HttpRequest) -> forms.SayForm:
    form = forms.AnswerForm if actions.is_council(request.actor) else forms.SayForm
    return form(request.POST if request.method == "POST" else None)


def _back(request: HttpRequest, thread: Thread) -> str:
    if request.actor.can(Can.FOLLOW_OWN) and not request.actor.can(Can.WORK_CASES):
        try:
            return reverse("family:child", args=[thread.child_id])
        except NoReverseMatch:
            return "/"
    return reverse("messages:desk")


def _family_home() -> str:
    try:
        return reverse("family:home")
    except NoReverseMatch:
        return "/"


@needs(*TALKERS)
def thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A conversation: who holds it, when an answer is owed, what was said, and a box to say more."""
    found = _thread_or_404(request, pk)
    by_post = actions.is_council(request.actor) and posting.goes_by_post(found)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            actions.say(
                by=request.actor,
                thread=found,
                text=facts["text"],
                answers=facts.get("answers", False),
                token=facts["token"],
            )
        except Refused as problem:
            form.add_error("text", str(problem))
        else:
            if by_post:
                messages.success(request, "It was written down. It is not sent by itself: print this page and post it.")
                return redirect("family:copy", found.child_id, pk)
            messages.success(request, "Your message was sent.")
            return redirect("messages:thread", pk)
    words = {
        "thread": found,
        "said": queries.messages_of(request.actor, found),
        "form": form,
        "is_council": actions.is_council(request.actor),
        "back_link": _back(request, found),
        "standard": actions.standard_of(request.actor),
        "day": request.actor.today,
        "follows": request.actor.can(Can.FOLLOW_OWN),
        "by_post": by_post,
        "to_post": by_post and posting.waits_for_post(request.actor, found),
    }
    return render(request, "messages/thread.html", words)


@needs(Can.WORK_CASES)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a conversation."""
    found = _thread_or_404(request, pk)
    try:
        actions.close(by=request.actor, thread=found)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The conversation is closed. A new message opens it again.")
    return redirect("messages:thread", pk)


@needs(Can.ASSIGN_WORK)
def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a conversation to a colleague; the clock runs on."""
    found = _thread_or_404(request, pk)
    people = colleagues(request.actor, Role.CASE_OFFICER, Role.CASE_MANAGER)
    form = forms.HandOnForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        actions.hand_on(by=request.actor, thread=found, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['person'].name} holds it now. The clock runs on.")
        return redirect("messages:thread", pk)
    return render(
        request,
        "messages/hand_on.html",
        {"thread": found, "form": form, "back_link": reverse("messages:thread", args=[pk])},
    )


@needs(Can.WORK_CASES)
def desk(request: HttpRequest) -> HttpResponse:
    """The conversations of the area: those that wait for the council first, the most urgent on top."""
    waiting = request.GET.get("waiting", WaitingFor.US)
    if waiting not in WaitingFor.values and waiting != "all":
        waiting = WaitingFor.US.value
    mine = request.GET.get("mine") == "1"
    found = queries.desk(request.actor, waiting="" if waiting == "all" else waiting, mine=mine)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    showing_list(request, [one.child_id for one in page], what="Messages to answer")
    words = {"page": page, "waiting": waiting, "mine": mine, "choices": WaitingFor.choices, "day": request.actor.today}
    return render(request, "messages/desk.html", words)


@needs(*TALKERS, Can.SEE_FIGURES)
def speed(request: HttpRequest) -> HttpResponse:
    """How fast the council replies: the published standard and what each team does."""
    lines = queries.speeds(request.actor) if request.actor.reaches_area else []
    words = {"speeds": lines, "standard": actions.standard_of(request.actor), "whole": request.actor.reaches_area}
    words["may_set"] = request.actor.can(Can.SET_STANDARDS)
    if request.actor.can(Can.FOLLOW_OWN):
        words["back_link"] = _family_home()
    return render(request, "messages/speed.html", words)
