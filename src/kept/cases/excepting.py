"""Pages: an exception to a time limit. Only those that the law lists for the clock, only the facts that each needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kept.access.roles import Can
from kept.access.web import needs
from kept.cases import actions, forms, queries
from kept.cases.folding import as_fact, foreseen, in_force, state_of
from kept.cases.labels import ground_words
from kept.cases.models import Case
from kept.cases.presenters import clock_name, law_href
from kept.cases.readings import settings_of
from kept.cases.stepping import Step, case_or_404, crumbs, run
from kept.rules import process
from kept.rules.process.grounds import grounds_of, listed_for, why_not
from kept.rules.process.table import Exemption

EXCEPTABLE = frozenset({"open", "overdue", "late"})


@dataclass(frozen=True)
class Ground:
    """A ground on which an exception may rest: its words, condition and page."""

    words: str
    condition: str
    citation: str
    href: str


@dataclass(frozen=True)
class Exceptable:
    """A clock that an exception may release, with its grounds."""

    name: str
    due: date | None
    is_late: bool
    law_href: str
    grounds: list[Ground]


@needs(Can.WORK_CASES)
def exceptions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the time limit and the ground."""
    case = case_or_404(request, pk)
    state = state_of(case, request.actor.today)
    found = [_exceptable(case, one) for one in state.clocks if one.status in EXCEPTABLE and one.clock.exceptions]
    words = {"case": case, "clocks": found, "breadcrumbs": crumbs(case, "Record an exception")}
    return render(request, "cases/exceptions.html", words)


def _exceptable(case: Case, one: process.ClockState) -> Exceptable:
    grounds = [
        Ground(ground_words(listed, ground), listed.condition, listed.citation, _href(case, one, listed, ground))
        for listed in one.clock.exceptions
        for ground in grounds_of(listed)
    ]
    return Exceptable(clock_name(one), one.due, one.status != "open", law_href(one.id), grounds)


def _href(case: Case, one: process.ClockState, listed: Exemption, ground: str) -> str:
    page = reverse("cases:exception", args=[case.pk, one.id, listed.id])
    return f"{page}?{urlencode({'ground': ground} | ({'for': one.instance} if one.instance else {}))}"


@needs(Can.WORK_CASES)
def exception(request: HttpRequest, pk: UUID, clock: str, name: str) -> HttpResponse:
    """The facts of one exception; says at once whether it holds."""
    case = case_or_404(request, pk)
    rows = queries.entries_of(case)
    facts = [as_fact(row) for row in in_force(rows)]
    one = _clock(state_of(case, request.actor.today, facts), clock, request.GET.get("for"))
    listed = listed_for(one.clock, name)
    ground = request.GET.get("ground") or (grounds_of(listed)[0] if listed else "")
    if listed is None or ground not in grounds_of(listed):
        raise Http404
    form = forms.ExceptionForm(request.POST or None, ground=ground, initial=forms.start_of(case, rows))

    def event() -> dict[str, Any]:
        given = form.cleaned_data
        details = {
            "clock": one.id,
            "exception": listed.id,
            "facts": form.given(),
            "impractical": bool(given["impractical"]),
        } | ({"instance": one.instance} if one.instance else {})
        return {"kind": "exception_recorded", "on": given["date"], "details": details}

    def reasons() -> tuple[str, ...]:
        return why_not(
            listed,
            ground,
            form.given(),
            trigger=one.trigger or case.opened_on,
            due=one.due or request.actor.today,
            impractical=form.cleaned_data["impractical"],
            settings=settings_of(case.area_id),
        )

    def foresee() -> process.Consequences:
        if said := reasons():
            step.refusal = "This exception does not hold"
            return process.Consequences(said)
        return foreseen(case.child, facts, today=request.actor.today, **event())

    def act() -> None:
        if said := reasons():
            raise process.NotPossible(" ".join(said))
        actions.record(by=request.actor, case=case, note=form.cleaned_data["note"], **form.seen_as(), **event())

    step = Step(
        request,
        form,
        title=ground_words(listed, ground),
        lead=f"An exception to: {clock_name(one)}.",
        case=case,
        foresee=foresee,
        act=act,
        done="The exception is recorded. It releases this time limit only; the duty itself goes on.",
        extra={"condition": listed.condition, "citation": listed.citation},
    )
    return run(step)


def _clock(state: process.CaseState, name: str, instance: str | None) -> process.ClockState:
    """The clock that the exception is for; 404 when it does not run here or can no longer be released."""
    found = state.clock(name, instance or None)
    if found is None or found.status not in {*EXCEPTABLE, "released"}:
        raise Http404
    return found
