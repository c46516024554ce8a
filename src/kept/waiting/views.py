"""The lists as those who run them see them: which lists there are, one list, what is recorded with one press."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.design.words import counted, weekday
from kept.rules.calendar import ENGLAND
from kept.rules.dates_as_typed import say_date
from kept.waiting import actions, checking, forms, listing, queries
from kept.waiting.access import keeps, runs
from kept.waiting.models import Event, Referral, Stage
from kept.waiting.words import EventKind

PER_PAGE = 30
LISTS = (Can.RUN_LISTS, Can.KEEP_LISTS, Can.SEE_TEAM)
WRONG_PLACES = {
    "clinic": "Nothing was offered: say on which day the clinic is, for example 27 3 2026.",
    "places": f"Nothing was offered: say how many places the clinic has, from 1 to {forms.MOST_PLACES}, in figures.",
    "token": "Nothing was offered: this page was open for too long. Look at the list and press again.",
}
DONE = {
    EventKind.ACCEPTED: "accepted",
    EventKind.OFFERED: "offered an appointment",
    EventKind.ATTENDED: "attended",
    EventKind.NOT_BROUGHT: "was not brought; somebody has to check that the child is safe",
    EventKind.CANCELLED_BY_FAMILY: "cancelled by the family",
    EventKind.CANCELLED_BY_SERVICE: "cancelled by us",
    EventKind.DECLINED: "offer declined",
    EventKind.CONTACTED: "family contacted",
}


def day_of(text: str | None) -> date | None:
    """A day from an address or a hidden field; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def token_of(text: str | None) -> UUID | None:
    """The press, from a hidden field."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page to go back to, as the form says; never one outside."""
    asked = request.POST.get("back", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else otherwise


def stage_or_404(request: HttpRequest, pk: UUID) -> Stage:
    """A list that the person may open."""
    found = queries.stages(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def referral_or_404(request: HttpRequest, pk: UUID) -> Referral:
    """A referral that the person may see."""
    found = queries.referrals(request.actor).filter(pk=pk)
    referral = found.select_related("child", "stage__service__agency", "stage__pathway", "referrer").first()
    if referral is None:
        raise Http404
    return referral


@needs(*LISTS)
def home(request: HttpRequest) -> HttpResponse:
    """Which lists there are, how many wait on each, what the checks ask, and when each provider last sent its file."""
    actor = request.actor
    words = {
        "lists": queries.lists(actor),
        "tasks": checking.findings_of(actor).filter(answer="").count(),
        "providers": checking.silent_providers(actor) if actor.can(Can.KEEP_LISTS) else [],
        "may_keep": actor.can(Can.KEEP_LISTS),
    }
    return render(request, "waiting/home.html", words)


@needs(*LISTS)
def waiting_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list: who is next, what is offered, what came of it; filters, order and clinic stand in the address."""
    stage = stage_or_404(request, pk)
    form = forms.FilterForm(request.GET)
    wanted = form.wanted(request.GET)
    found = listing.rows(request.actor, stage, wanted)
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = listing.with_children(stage, page.object_list)
    showing_list(request, [row.child_id for row in rows], what=f"Waiting list: {stage.service.name}")
    chosen = day_of(request.GET.get("clinic"))
    totals = listing.figures(request.actor, stage)
    usual = listing.clinic_of(request.actor, totals["latest_clinic"])
    clinic = chosen if chosen and chosen >= request.actor.today else usual
    may_run = runs(request.actor, stage.service)
    words = {
        "stage": stage,
        "form": form,
        "wanted": wanted,
        "page": page,
        "lines": listing.lines(request.actor, rows),
        "totals": totals,
        "clinic": clinic,
        "clinic_words": say_date(clinic),
        "clinic_form": forms.PlacesForm(initial={"clinic": clinic, "places": 6, "token": uuid4()}),
        "is_in_order": wanted == listing.Wanted(),
        "may_run": may_run,
        "just": listing.just_recorded(request.actor, stage) if may_run else None,
        "new_token": uuid4,
        "here": request.get_full_path(),
        "day": request.actor.today,
        "breadcrumbs": [{"text": "Waiting lists", "href": reverse("waiting:home")}],
    }
    return render(request, "waiting/list.html", words)


@needs(Can.RUN_LISTS)
@require_POST
def press(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record with one press what the list offers: accept, offer, an outcome, a word with the family."""
    referral = referral_or_404(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in listing.ONE_PRESS:
        raise Http404
    for_on = day_of(request.POST.get("for_on")) if kind == EventKind.OFFERED else None
    token = token_of(request.POST.get("token"))
    back = back_to(request, reverse("waiting:list", args=[referral.stage_id]))
    try:
        actions.record(by=request.actor, referral=referral, kind=kind, for_on=for_on, token=token)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        when = f" for {say_date(for_on)}" if for_on else ""
        messages.success(request, f"{referral.child.full_name}: {DONE[EventKind(kind)]}{when}.")
    row = request.POST.get("row", "")
    return redirect(f"{back}#row-{row}" if row.isdecimal() else back)


@needs(Can.RUN_LISTS)
@require_POST
def offer_next(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill a clinic: offer the next children of the list its places."""
    stage = stage_or_404(request, pk)
    form = forms.PlacesForm(request.POST)
    back = reverse("waiting:list", args=[pk])
    chosen = forms.ClinicForm(request.POST)
    if request.POST.get("only") == "day" and chosen.is_valid():
        return redirect(f"{back}?clinic={chosen.cleaned_data['clinic'].isoformat()}")
    if not form.is_valid():
        for field in form.errors:
            messages.error(request, WRONG_PLACES[field])
        return redirect(back)
    clinic, places = form.cleaned_data["clinic"], form.cleaned_data["places"]
    following = listing.next_for_clinic(request.actor, stage, places)
    try:
        offered = actions.offer_next(
            by=request.actor, stage=stage, for_on=clinic, referrals=following, token=form.cleaned_data["token"]
        )
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        free = counted(places - offered, "place is", "places are")
        short = f" Nobody else waits for an offer: {free} free." if offered < places else ""
        messages.success(request, f"Offered for {say_date(clinic)}: {offered}.{short}")
        if offered and not ENGLAND.is_working_day(clinic):
            messages.warning(request, f"{weekday(clinic)} is a weekend or a bank holiday. Is the clinic open then?")
    return redirect(f"{back}?clinic={clinic.isoformat()}")


@needs(Can.RUN_LISTS)
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    event = Event.objects.filter(area=request.actor.area, pk=pk).select_related("child").first()
    referral = referral_or_404(request, event.referral_id) if event else None
    if event is None or referral is None:
        raise Http404
    try:
        actions.undo(by=request.actor, event=event)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Taken back: {event.get_kind_display().lower()}, {event.child.full_name}.")
    back = back_to(request, reverse("waiting:list", args=[referral.stage_id]))
    return redirect(f"{back}#of-{referral.pk}")


def keeps_any(request: HttpRequest, stage: Stage) -> bool:
    """Whether the person keeps this list in order."""
    return keeps(request.actor, stage.service)
