"""Programmes and findings: where they stand, and recording on them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kept.access.acting import Actor, Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.improvement import actions, diagram, forms, judging, queries
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Challenge, Finding, Programme
from kept.improvement.recording import RECORDINGS
from kept.measures.catalogue import BY_CODE
from kept.measures.queries import sees_rows
from kept.rules import spc

WRONG = 422
SIZES = (("wide", 860, 320), ("narrow", 320, 280))
BOTH = (Can.RUN_PROGRAMME, Can.JUDGE_IMPROVEMENT)


def drawings(one: queries.Measured) -> list[tuple[str, spc.Geometry]]:
    """The chart of a measure, wide and narrow; where new limits were set, with the limits of before."""
    if one.drawn is None:
        return []
    return [(name, spc.layout(one.drawn.chart, width=w, height=h, earlier=one.before)) for name, w, h in SIZES]


def diagram_of(one: queries.Stood) -> diagram.Diagram:
    """The driver diagram of a finding, from its records."""
    return diagram.draw(
        one.finding.text,
        {str(each.pk): (each.statement, each.state) for each in one.finding.causes.all()},
        {
            str(each.pk): (each.what, [str(cause.pk) for cause in each.causes.all()], each.effect_code)
            for each in one.finding.actions.all()
        },
        {each.aim.code: BY_CODE[each.aim.code].title for each in one.measured},
    )


def programme_of(actor: Actor, pk: UUID) -> Programme:
    """A programme of the area. Raises Http404."""
    found = queries.programmes(actor.area).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _finding(actor: Actor, pk: UUID) -> Finding:
    found = queries.findings(actor.area).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def filled(request: HttpRequest, make: Any, save: Any, **more: Any) -> Any:
    """A form; when it was sent and is right, what saving it gave. What a rule forbids stands above the form."""
    form = make(request.POST if request.method == "POST" else None, **more)
    if request.method == "POST" and form.is_valid():
        try:
            return form, save(form)
        except (NotAllowed, Refused) as problem:
            form.add_error(None, str(problem))
    return form, None


def asked(request: HttpRequest, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    """The page of a form."""
    words = {"form": form, "title": title, "back_link": back, "button": getattr(form, "button", "Save"), **more}
    words["lead"] = more.get("lead") or getattr(form, "lead", "")
    status = WRONG if request.method == "POST" else 200
    return render(request, "improvement/form.html", words, status=status)


@needs(Can.SEE_FIGURES)
def home(request: HttpRequest) -> HttpResponse:
    """The area's programmes."""
    words = {"programmes": queries.programmes(request.actor.area), "can_run": request.actor.can(Can.RUN_PROGRAMME)}
    return render(request, "improvement/home.html", words)


@needs(Can.SEE_FIGURES)
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One programme: each finding with its two statuses, what families say, and what is disputed or late."""
    one = programme_of(request.actor, pk)
    whole = sees_rows(request.actor)
    found = queries.stood(
        request.actor.area, list(queries.findings(request.actor.area, one)), today=request.actor.today, whole=whole
    )
    words = {
        "programme": one,
        "found": found,
        "agencies": queries.agencies_by_id(request.actor.area),
        "challenges": queries.challenges(one),
        "investments": one.investments.all(),
        "packs": one.packs.all(),
        "can_run": request.actor.can(Can.RUN_PROGRAMME),
        "can_ask": any(request.actor.can(each) for each in BOTH),
        "me": request.actor.user,
        "today": request.actor.today,
        "area_slug": request.actor.area.slug,
    }
    return render(request, "improvement/programme.html", words)


@needs(Can.SEE_FIGURES)
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One finding, from cause to measure, with the families' verdict beside the agencies' view."""
    one = _finding(request.actor, pk)
    whole = sees_rows(request.actor)
    [found] = queries.stood(request.actor.area, [one], today=request.actor.today, whole=whole)
    words = {
        "found": found,
        "finding": one,
        "agencies": queries.agencies_by_id(request.actor.area),
        "drawings": drawings,
        "diagram": diagram_of(found),
        "headings": diagram.HEADINGS,
        "milestone_facts": queries.milestone_facts,
        "titles": BY_CODE,
        "can_set": request.actor.can(Can.SET_LIMITS),
        "unsourced": queries.unsourced(),
        "lacking": judging.why_not_sustained(found.facts.measures) if found.facts.closed_on is None else [],
        "recordings": [
            (what, each.title) for what, each in RECORDINGS.items() if any(request.actor.can(can) for can in each.can)
        ],
    }
    return render(request, "improvement/finding.html", words)


@needs(*BOTH)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Record one thing on a finding."""
    kind = RECORDINGS.get(what)
    if kind is None or not any(request.actor.can(can) for can in kind.can):
        raise Http404
    one = _finding(request.actor, pk)
    more: dict[str, Any] = {"finding": one, "actor": request.actor}
    if what == "claim":
        [found] = queries.stood(request.actor.area, [one], today=request.actor.today, whole=True)
        more["against"] = found.against
    form, saved = filled(request, kind.form, lambda form: kind.save(request.actor, one, form), **more)
    back = f"/improvement/findings/{one.pk}/"
    if saved is not None:
        messages.success(request, "Saved.")
        return redirect(back)
    return asked(request, form, kind.title, back)


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a programme."""
    form, saved = filled(
        request, forms.ProgrammeForm, lambda form: actions.start(by=request.actor, **form.cleaned_data)
    )
    if saved is not None:
        return redirect("improvement:programme", pk=saved.pk)
    return asked(request, form, "Start a programme", "/improvement/")


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a finding."""
    one = programme_of(request.actor, pk)
    form, saved = filled(
        request, forms.FindingForm,
        lambda form: actions.find(by=request.actor, programme=one, **form.cleaned_data), actor=request.actor,
    )  # fmt: skip
    if saved is not None:
        return redirect("improvement:finding", pk=saved.pk)
    return asked(request, form, "Add a finding", f"/improvement/{one.pk}/")


@needs(*BOTH)
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Challenge the programme."""
    one = programme_of(request.actor, pk)
    form, saved = filled(
        request, forms.ChallengeForm,
        lambda form: actions.challenge(by=request.actor, programme=one, **form.cleaned_data),
    )  # fmt: skip
    if saved is not None:
        messages.success(request, "Your question is recorded. The reply is owed in 28 days.")
        return redirect("improvement:programme", pk=one.pk)
    return asked(request, form, "Challenge the programme", f"/improvement/{one.pk}/")


def _challenge(actor: Actor, pk: UUID) -> Challenge:
    found = Challenge.objects.filter(area=actor.area, pk=pk).select_related("programme").first()
    if found is None:
        raise Http404
    return found


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a challenge."""
    one = _challenge(request.actor, pk)
    form, saved = filled(
        request, forms.ReplyForm,
        lambda form: actions.reply(by=request.actor, challenge=one, words=form.cleaned_data["words"]),
    )  # fmt: skip
    if saved is not None:
        return redirect("improvement:programme", pk=one.programme_id)
    return asked(request, form, "Answer a challenge", f"/improvement/{one.programme_id}/", lead=one.words)


@needs(*BOTH)
@require_http_methods(["POST"])
def resolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that one's own challenge is resolved."""
    one = _challenge(request.actor, pk)
    try:
        actions.resolve(by=request.actor, challenge=one)
    except NotAllowed as problem:
        messages.error(request, str(problem))
    return redirect("improvement:programme", pk=one.programme_id)
