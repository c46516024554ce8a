"""Pages: decision panels by meeting, putting a case on one, and recording how it ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.cases import forms, panels, queries
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.models import Case, PanelItem
from kept.cases.presenters import panel_line, record_href
from kept.cases.states import move_label
from kept.cases.stepping import CONFLICT, case_or_404, crumbs
from kept.rules.process import Stage


@needs(Can.SEE_CASES)
def panel(request: HttpRequest) -> HttpResponse:
    """Each meeting with the cases it considers."""
    past = request.GET.get("show") == "past"
    meetings = queries.panel_meetings(request.actor, past=past)
    showing_list(request, [item.child_id for one in meetings for item in one.items], what="The list of the panel")
    words = {
        "meetings": [(one, [_line(item) for item in one.items]) for one in meetings],
        "past": past,
        "day": request.actor.today,
        "may_decide": request.actor.can(Can.DECIDE_PANEL),
    }
    return render(request, "cases/panel.html", words)


def _line(item: PanelItem) -> dict[str, Any]:
    return {"line": panel_line(item), "case": item.case, "stage": Stage[item.case.stage].value}


def item_or_404(request: HttpRequest, pk: UUID) -> PanelItem:
    """One case on a panel's list, if the person may see it."""
    item = queries.panel_item(request.actor, pk)
    if item is None:
        raise Http404
    showing(request, item.child_id, what=f"Panel of {item.meets_on.isoformat()}")
    return item


@needs(Can.SEE_CASES)
def panel_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the panel was asked, what it recommended and how it ended; recorded by who may."""
    item = item_or_404(request, pk)
    may_decide = request.actor.can(Can.DECIDE_PANEL)
    if request.method == "POST" and not may_decide:
        raise Http404
    has_met = item.meets_on <= request.actor.today
    form = forms.ConsiderForm(request.POST or None, initial=_result(item)) if may_decide and has_met else None
    status = 200
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            _consider(request, item, form)
        except Refused as problem:
            form.add_error(None, str(problem))
        except SomebodyElseWasFirst as problem:
            item = item_or_404(request, pk)
            form.add_error(None, str(problem))
            form.data = {**form.data.dict(), "seen": _result(item)["seen"]}
            status = CONFLICT
        else:
            messages.success(request, "The panel's result is recorded.")
            return redirect("cases:panel_item", item.pk)
    words = {
        "item": item,
        "case": item.case,
        "line": panel_line(item),
        "form": form,
        "decision": _decision(request, item),
        "waits_for_its_day": may_decide and not has_met,
        "following": queries.next_on_panel(request.actor, item) if may_decide and has_met else None,
        "may_work": request.actor.can(Can.WORK_CASES),
        "breadcrumbs": crumbs(item.case, "Panel"),
        "day": request.actor.today,
    }
    return render(request, "cases/panel_item.html", words, status=status)


def _result(item: PanelItem) -> dict[str, Any]:
    seen = item.considered_at.isoformat() if item.considered_at else ""
    return {"outcome": item.outcome, "recommendation": item.recommendation, "seen": seen}


def _consider(request: HttpRequest, item: PanelItem, form: forms.ConsiderForm) -> None:
    given = form.cleaned_data
    panels.consider(
        by=request.actor,
        item=item,
        recommendation=given["recommendation"],
        outcome=given["outcome"],
        seen=parse_datetime(given["seen"]) if given["seen"] else None,
        again_on=given["again_on"],
    )


def _decision(request: HttpRequest, item: PanelItem) -> tuple[str, str] | None:
    """The button that records the decision the panel's answer leads to, while the case still waits for it."""
    question = panels.QUESTIONS.get(item.question)
    found = question.decision(item.outcome) if question else None
    if question is None or found is None or not request.actor.can(Can.WORK_CASES):
        return None
    if Stage[item.case.stage] not in question.stages:
        return None
    kind, outcome = found
    return move_label(kind, outcome), record_href(item.case, kind, outcome)


@needs(Can.WORK_CASES)
def put_on_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a case on the list of a panel."""
    case = case_or_404(request, pk)
    questions = panels.questions_for(Stage[case.stage])
    form = forms.PanelForm(request.POST or None, questions=questions, initial=_first(questions))
    if request.method == "POST" and form.is_valid() and _put(request, case, form):
        messages.success(request, "The case is on the list of the panel.")
        return redirect("cases:detail", case.pk)
    words = {
        "case": case,
        "form": form,
        "questions": questions,
        "days": list(queries.meeting_days(request.actor)),
        "breadcrumbs": crumbs(case, "Put on a panel"),
    }
    return render(request, "cases/put_on_panel.html", words)


def _first(questions: list[tuple[str, str]]) -> dict[str, str]:
    return {"question": questions[0][0]} if len(questions) == 1 else {}


def _put(request: HttpRequest, case: Case, form: forms.PanelForm) -> bool:
    given = form.cleaned_data
    try:
        panels.put_on_panel(
            by=request.actor,
            case=case,
            meets_on=given["meets_on"],
            question=given["question"],
            summary=given["summary"],
        )
    except Refused as problem:
        form.add_error("meets_on", str(problem))
        return False
    return True


@needs(Can.WORK_CASES)
@require_POST
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a case off the list of a panel that has not considered it."""
    item = item_or_404(request, pk)
    try:
        panels.take_off(by=request.actor, item=item)
    except (Refused, SomebodyElseWasFirst) as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, "The case is off the list of the panel.")
    return redirect("cases:detail", item.case_id)
