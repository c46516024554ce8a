"""One referral: both clocks, what happened, what may be recorded; and referring a child."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.duties.queries import duties_for
from kept.people.queries import children_seen
from kept.waiting import actions, forms, listing, queries
from kept.waiting.access import may_read, records, runs
from kept.waiting.models import Event, Stage
from kept.waiting.owing import INSIDE, SOURCE
from kept.waiting.states import MOVES, can_move, moves_from
from kept.waiting.views import referral_or_404, token_of
from kept.waiting.words import CAUSES, ENDINGS, OUTCOMES, PAUSES, STOPS, EventKind

READERS = (Can.RUN_LISTS, Can.KEEP_LISTS, Can.SEE_TEAM, Can.GIVE_ADVICE, Can.WORK_CASES)
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The referral", (EventKind.ACCEPTED, EventKind.RETURNED, EventKind.ANSWERED, EventKind.PRIORITY)),
    ("Appointments", (EventKind.OFFERED, *OUTCOMES)),
    ("What was reached", STOPS),
    ("While waiting", (EventKind.CONTACTED, EventKind.CHECKED, EventKind.DELAY, EventKind.PAUSED, EventKind.RESUMED,
                       EventKind.MONITORING)),
    ("Close it", (EventKind.CLOSED, *ENDINGS)),
)  # fmt: skip


@needs(*READERS)
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One referral with both clocks, what is owed, what happened and what may be recorded."""
    found = referral_or_404(request, pk)
    if not may_read(request.actor, found):
        raise Http404
    showing(request, found.child_id, what=f"Referral to {found.stage.service.name}")
    happened = list(Event.objects.filter(area=request.actor.area, referral=found).select_related("by"))
    undone = {event.undoes_id for event in happened if event.undoes_id}
    may_run = runs(request.actor, found.stage.service)
    moves = [
        move
        for move in moves_from(found.state, is_paused=found.paused_since is not None)
        if records(request.actor, found, move.kind)
    ]
    words = {
        "referral": found,
        "line": listing.lines(request.actor, [found])[0],
        "events": [event for event in reversed(happened) if event.kind != EventKind.UNDONE],
        "undone": undone,
        "fixed": actions.FIRST,
        "groups": [
            (title, [move for move in moves if move.kind in kinds])
            for title, kinds in GROUPS
            if any(move.kind in kinds for move in moves)
        ],
        "may_run": may_run,
        "works_here": request.actor.can(Can.SEE_RECORD),
        "next_stage": actions.next_stage(found) if may_run and found.state == "seen" else None,
        "duties": duties_for(request.actor).filter(source__in=[SOURCE, INSIDE], source_id=found.pk).order_by("due_on"),
        "reasons": {**CAUSES, **PAUSES},
        "day": request.actor.today,
        "here": request.path,
        "breadcrumbs": _crumbs(request, found.stage),
    }
    return render(request, "waiting/referral.html", words)


def _crumbs(request: HttpRequest, stage: Stage) -> list[dict[str, str]]:
    if not queries.stages(request.actor).filter(pk=stage.pk).exists():
        return []
    return [
        {"text": "Waiting lists", "href": reverse("waiting:home")},
        {"text": f"{stage.service.name}: {stage.name}", "href": reverse("waiting:list", args=[stage.pk])},
    ]


@needs(Can.RUN_LISTS, Can.GIVE_ADVICE)
def record(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Record one event in full, with its day and what belongs to it."""
    found = referral_or_404(request, pk)
    if kind not in MOVES or not records(request.actor, found, kind):
        raise Http404
    showing(request, found.child_id, what=f"Referral to {found.stage.service.name}")
    back = reverse("waiting:referral", args=[pk])
    if not can_move(found.state, kind, is_paused=found.paused_since is not None):
        messages.error(request, f"“{MOVES[kind].button}” cannot be recorded now.")
        return redirect(back)
    form = forms.EventForm(
        request.POST if request.method == "POST" else None, kind=kind, initial={"on": request.actor.today}
    )
    if request.method == "POST" and form.is_valid():
        token = token_of(request.POST.get("token"))
        try:
            actions.record(by=request.actor, referral=found, kind=kind, token=token, **form.facts())
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Recorded: {EventKind(kind).label.lower()}.")
            return redirect(back)
    words = {
        "form": form,
        "referral": found,
        "title": EventKind(kind).label,
        "button": "Record",
        "token": uuid4(),
        "back_link": back,
    }
    return render(request, "waiting/form.html", words)


@needs(Can.RUN_LISTS)
@require_POST
def pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a child who was seen on the list of the next stage."""
    found = referral_or_404(request, pk)
    try:
        made = actions.pass_on(by=request.actor, referral=found)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("waiting:referral", pk)
    messages.success(request, f"{found.child.full_name} now waits for {made.stage.service.name}: {made.stage.name}.")
    ours = runs(request.actor, made.stage.service)
    return redirect("waiting:referral", made.pk if ours else pk)


@needs(Can.RUN_LISTS, Can.GIVE_ADVICE, Can.WORK_CASES)
def refer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refer a child whom the person sees to a list of the area."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="Referring the child to a service")
    area = request.actor.area
    stages = (
        Stage.objects.filter(queries.running(request.actor.today), area=area, order=1)
        .select_related("service")
        .order_by("service__name", "name")
    )
    form = forms.ReferForm(
        request.POST if request.method == "POST" else None, stages=stages, initial={"made_on": request.actor.today}
    )
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "family_knows"}
        ours = agencies(request.actor).filter(pk__in=request.actor.agency_ids).first()
        by_words = ", ".join(filter(None, [request.actor.user.name, ours.name if ours else ""]))
        token = token_of(request.POST.get("token"))
        try:
            made = actions.refer(
                by=request.actor, child=child, referrer=ours, referred_by=by_words, token=token, **facts
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{child.full_name} was referred to {made.stage.service.name}.")
            return redirect("waiting:referral", made.pk)
    words = {
        "form": form,
        "title": f"Refer {child.full_name}",
        "lead": "The service sees the child’s record from today, and answers within 14 days.",
        "button": "Refer",
        "token": uuid4(),
        "already": queries.referrals_of_child(request.actor, child.pk),
        "back_link": reverse("people:child", args=[pk]) if request.actor.can(Can.SEE_RECORD) else "",
    }
    return render(request, "waiting/form.html", words)
