"""Who is needed: each list with its load, what would change it, simulations, and the posts behind the figures."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kept.access.acting import Actor, Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.forecasts import actions, charts, forms, queries, running
from kept.forecasts.models import Post, Profession, Run, Share
from kept.forecasts.plan import is_counted
from kept.forecasts.words import OVER, RunState
from kept.waiting.models import Stage
from kept.waiting.queries import lists, stages

WRONG = 422
AGAIN = "2"  # seconds until the page of a simulation looks again
MANY_RUNS = 8


def _stage(actor: Actor, pk: UUID) -> Stage:
    found = stages(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _run(actor: Actor, pk: UUID) -> Run:
    found = queries.runs(actor).filter(pk=pk, stage__in=stages(actor)).first()
    if found is None:
        raise Http404
    return found


@needs(Can.PLAN_CAPACITY)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Every list: who waits, the load, and whether families are given a date."""
    actor = request.actor
    last = queries.latest_reckonings(actor.area, actor.today)
    found = [(facts, last.get(facts.stage_id)) for facts in lists(actor)]
    found.sort(key=lambda pair: -(pair[1].load or 0) if pair[1] else 0)
    return render(request, "forecasts/home.html", {"lists": found, "area": actor.area})


def _staff(actor: Actor, stage: Stage) -> tuple[list[Profession], list[Post], dict[UUID, Share]]:
    shares = Share.objects.filter(area=actor.area, stage=stage, starts_on__lte=actor.today).order_by("starts_on")
    latest = {one.profession_id: one for one in shares}
    professions = list(Profession.objects.filter(area=actor.area, pk__in=latest))
    posts = list(Post.objects.filter(area=actor.area, profession__in=latest, closed_on__isnull=True)
                 .select_related("profession"))  # fmt: skip
    return professions, [one for one in posts if is_counted(one, actor.today)], latest


@needs(Can.PLAN_CAPACITY)
@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list: its load in words, the last simulation as a fan, and what if we hired two?"""
    actor = request.actor
    stage = _stage(actor, pk)
    professions, posts, shares = _staff(actor, stage)
    form = forms.WhatIfForm(request.POST or None, professions=[one.name for one in professions])
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.ask(by=actor, stage=stage, change=form.change())
        except (actions.NotAllowed, Refused) as problem:
            form.add_error(None, str(problem))
        else:
            running.start(run)
            return redirect("forecasts:run", pk=run.pk)
    running.pick_up(actor)
    last = queries.latest_reckonings(actor.area, actor.today).get(stage.pk)
    found = queries.runs(actor).filter(stage=stage)
    words = {
        "stage": stage, "service": stage.service, "last": last, "posts": posts, "professions": professions,
        "shares": shares, "form": form, "runs": list(found[:MANY_RUNS]),
        "suspended": queries.is_suspended(actor, stage.pk), "scores": queries.scores_of(actor.area, stage.pk)[-12:],
    }  # fmt: skip
    return render(request, "forecasts/capacity.html", words, status=WRONG if request.method == "POST" else 200)


@needs(Can.PLAN_CAPACITY)
@require_GET
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A simulation: how far it is, or what it found. Looks again by itself until it is over, without JavaScript too."""
    one = _run(request.actor, pk)
    if one.state == RunState.QUEUED:
        running.pick_up(request.actor)
    if request.GET.get("as") == "json":
        told = {"is_over": one.state in OVER, "done": one.done, "total": one.total, "words": how_far(one)}
        return JsonResponse(told, headers={"Cache-Control": "no-store"})
    words: dict[str, Any] = {
        "run": one, "stage": one.stage, "is_over": one.state in OVER, "far": how_far(one), "again": AGAIN,
    }  # fmt: skip
    if one.found:
        words |= _drawn(one)
    answer = render(request, "forecasts/run.html", words)
    if one.state not in OVER and "live" not in request.GET:
        answer["Refresh"] = (
            f"{AGAIN}; url={request.path}"  # a script, where there is one, goes to ?live and asks itself
        )
    return answer


def how_far(one: Run) -> str:
    """How far a simulation is, in words."""
    if one.cancel_asked:
        return "Stopping."
    return f"{round(100 * one.done / one.total)}% done." if one.total else "Waiting to start."


def _drawn(one: Run) -> dict[str, Any]:
    """Fans, tables and words of what a simulation found."""
    plans, start = one.found["plans"], date.fromisoformat(one.found["from"])
    shown = plans[-1]
    other = plans[0]["size"]["values"][2] if len(plans) > 1 else ()
    size = shown["size"]
    return {
        "plans": plans, "plan": shown, "as_planned": plans[0], "difference": one.found.get("difference"),
        "fans": charts.both_widths(start, size["weeks"], size["values"], other=other),
        "rows": charts.rows(start, size["weeks"], size["values"]),
        "waits": _wait_rows(start, shown), "within": running.WITHIN, "share": running.TARGET_SHARE,
    }  # fmt: skip


def _wait_rows(start: date, plan: dict[str, Any]) -> list[tuple[str, list[str]]]:
    waits = plan["waits"]
    if not waits["weeks"]:
        return []
    return charts.rows(start, waits["weeks"], [[one or 0 for one in row] for row in waits["values"]])


@needs(Can.PLAN_CAPACITY)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a simulation."""
    one = _run(request.actor, pk)
    actions.cancel(by=request.actor, run=one)
    messages.success(request, "The simulation is being stopped.")
    return redirect("forecasts:run", pk=one.pk)


@needs(Can.PLAN_CAPACITY)
@require_POST
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign that statements are given again, wider."""
    stage = _stage(request.actor, pk)
    try:
        made = actions.recalibrate(by=request.actor, stage=stage)
    except (actions.NotAllowed, Refused) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Signed. From tonight statements are {made.widen_by:g} weeks wider at both ends.")
    return redirect("forecasts:capacity", pk=stage.pk)


# --- posts -----------------------------------------------------------------------------------------------------------


def _profession(actor: Actor, stage: Stage, pk: UUID | None) -> Profession:
    found = Profession.objects.filter(area=actor.area, pk=pk, shares__stage=stage).first() if pk else Profession()
    if found is None:
        raise Http404
    return found


@needs(Can.PLAN_CAPACITY)
@require_http_methods(["GET", "POST"])
def profession(request: HttpRequest, pk: UUID, profession: UUID | None = None) -> HttpResponse:
    """Who works on a list, and how that profession works here."""
    actor = request.actor
    stage = _stage(actor, pk)
    one = _profession(actor, stage, profession)
    known = Share.objects.filter(area=actor.area, profession=one, stage=stage).last() if profession else None
    initial = {"share": round(known.share * 100, 1), "hours": known.hours_per_slot} if known else {}
    form = forms.ProfessionForm(request.POST or None, instance=one, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.save_profession(
                by=actor, stage=stage, one=form.instance, share=said["share"] / 100, hours=said["hours"]
            )
        except (ValidationError, actions.NotAllowed) as problem:
            form.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
        else:
            messages.success(request, "Saved. Tonight’s work and the next simulation count with it.")
            return redirect("forecasts:capacity", pk=stage.pk)
    title = f"How {one.name or 'a profession'} works" if profession else "Who works on this list?"
    return _asked(request, form, stage, title)


@needs(Can.PLAN_CAPACITY)
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: UUID, profession: UUID, post: UUID | None = None) -> HttpResponse:
    """Add or change a post."""
    actor = request.actor
    stage = _stage(actor, pk)
    of = _profession(actor, stage, profession)
    one = Post.objects.filter(area=actor.area, profession=of, pk=post).first() if post else Post(profession=of)
    if one is None:
        raise Http404
    one.area = actor.area
    form = forms.PostForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_post(by=actor, post=form.instance)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("forecasts:capacity", pk=stage.pk)
    return _asked(request, form, stage, f"A post: {of.name}" if post is None else one.name)


@needs(Can.PLAN_CAPACITY)
@require_POST
def close(request: HttpRequest, pk: UUID, post: UUID) -> HttpResponse:
    """Take a post out of the plan."""
    stage = _stage(request.actor, pk)
    one = Post.objects.filter(area=request.actor.area, pk=post, profession__shares__stage=stage).first()
    if one is None:
        raise Http404
    actions.close_post(by=request.actor, post=one)
    messages.success(request, f"{one.name} no longer counts.")
    return redirect("forecasts:capacity", pk=stage.pk)


def _asked(request: HttpRequest, form: Any, stage: Stage, title: str) -> HttpResponse:
    words = {"form": form, "stage": stage, "title": title}
    return render(request, "forecasts/form.html", words, status=WRONG if request.method == "POST" else 200)
