"""Pages: record what happened on a case, correct it, ask for advice, and say who has the case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.queries import teams
from kept.access.roles import Can
from kept.access.web import needs
from kept.cases import actions, advice, forms, queries
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.folding import as_fact, foreseen, foreseen_without, in_force
from kept.cases.labels import answer
from kept.cases.models import Case, Event
from kept.cases.presenters import entry_title, record_href, what_happened
from kept.cases.states import move_label
from kept.cases.stepping import CONFLICT, Step, case_or_404, crumbs, run
from kept.design.words import day, inside
from kept.rules import process
from kept.rules.process.catalogue import EVENTS, EventKind

OWN_PAGES = {"advice_requested", "detained_advice_requested", "exception_recorded"}
SENT_PLANS = {"draft_plan_served", "amendment_notice_sent", "final_plan_sent", "amended_plan_sent"}
ADVICE_CAME = {"advice_received", "detained_advice_received"}
FOLLOWS = {
    "advice_received": ("from", "advice_requested"),
    "detained_advice_received": ("from", "detained_advice_requested"),
    "school_replied": ("school", "school_consulted"),
}


def _facts(rows: list[Event]) -> list[process.Event]:
    return [as_fact(row) for row in in_force(rows)]


@needs(Can.WORK_CASES)
def record(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Record that something happened."""
    case = case_or_404(request, pk)
    if kind not in EVENTS:
        raise Http404
    if kind in OWN_PAGES:
        return redirect(record_href(case, kind))
    known, rows = EVENTS[kind], queries.entries_of(case)
    fixed = _decided(request, known)
    form = forms.EventForm(
        request.POST or None,
        kind=known,
        fixed=fixed,
        suggestions=_suggestions(known, rows, case, request),
        initial={**_from_address(request, known), **forms.start_of(case, rows)},
    )
    title = move_label(kind, fixed.get("outcome"))
    outcome = fixed.get("outcome") or request.POST.get("outcome")

    def act() -> None:
        given = {"note": form.cleaned_data["note"], **form.seen_as(), **form.facts()}
        actions.record(by=request.actor, case=case, with_beside=True, **given)

    return run(
        Step(
            request,
            form,
            title=title,
            case=case,
            foresee=lambda: _foresee(request, case, form),
            act=act,
            done=f"Recorded: {inside(what_happened(kind, outcome))}.",
            lead=f"{answer('decision', fixed['decision'])}." if "decision" in fixed else "",
            extra={"from_the_plan": reverse("plans:of_child", args=[case.child_id]) if kind in SENT_PLANS else ""},
        )
    )


def _foresee(request: HttpRequest, case: Case, form: forms.EventForm, **more: Any) -> process.Consequences:
    facts = _facts(queries.entries_of(case))
    try:
        return foreseen(case.child, facts, today=request.actor.today, **form.facts(), **more)
    except process.NotPossible as problem:
        first = min(facts, key=lambda fact: fact.date, default=None)
        on = form.cleaned_data["date"]
        if problem.field or more or first is None or on >= first.date:
            raise
        began = inside(what_happened(first.type, first.details.get("outcome")))
        said = f"{day(on)} is before the case began: on {day(first.date)} {began}."
        raise process.NotPossible(said, "date") from None


def _decided(request: HttpRequest, kind: EventKind) -> dict[str, str]:
    """What the button already named, an outcome or a decision, when it is one of those possible."""
    known = {field.name: field.choices for field in kind.fields if field.name in {"outcome", "decision"}}
    return {name: request.GET[name] for name, choices in known.items() if request.GET.get(name) in choices}


def _from_address(request: HttpRequest, kind: EventKind) -> dict[str, str]:
    """What the link already filled in, such as the body whose advice arrived."""
    return {f.name: request.GET[f.name][:200] for f in kind.fields if f.kind == "text" and f.name in request.GET}


def _suggestions(kind: EventKind, rows: list[Event], case: Case, request: HttpRequest) -> dict[str, list[str]]:
    """Names to choose from: those asked and not yet heard, or the child's own school."""
    if kind.type in FOLLOWS:
        name, before = FOLLOWS[kind.type]
        said = [str(row.details.get(name, "")) for row in in_force(rows) if row.kind == before]
        heard = {str(row.details.get(name, "")) for row in in_force(rows) if row.kind == kind.type}
        return {name: [one for one in dict.fromkeys(said) if one and one not in heard]}
    if kind.type == "school_consulted":
        around = queries.people_of(request.actor, case.child_id)
        return {"school": [row.setting.name for row in around.enrolments if row.setting]}
    return {}


@needs(Can.WORK_CASES)
def correct(request: HttpRequest, pk: UUID, event: UUID) -> HttpResponse:
    """Record what really happened in place of an entry."""
    case = case_or_404(request, pk)
    row = queries.entry_of(request.actor, case, event, also_replaced=request.method == "POST")
    if row is None or row.kind not in EVENTS or row.kind == "exception_recorded":
        return _replaced(request, case)
    rows = queries.entries_of(case)
    initial = {**forms.initial_of(row), **forms.start_of(case, rows)}
    form = forms.EventForm(request.POST or None, kind=EVENTS[row.kind], needs_reason=True, initial=initial)

    def act() -> None:
        facts = form.facts()
        note, seen = form.cleaned_data["note"], form.seen_as()
        actions.correct(by=request.actor, event=row, on=facts["on"], details=facts["details"], note=note, **seen)

    return run(
        Step(
            request,
            form,
            title="Correct an entry",
            lead=f"{entry_title(row)}. What you write takes its place; the old entry stays, struck through.",
            case=case,
            foresee=lambda: _foresee(request, case, form, instead_of=row),
            act=act,
            done="Corrected. The old entry stays on the record, struck through.",
        )
    )


def _replaced(request: HttpRequest, case: Case) -> HttpResponse:
    """The entry is gone or was corrected already: say so on the case's page."""
    messages.warning(request, "That entry was corrected or withdrawn meanwhile. Look at the newer one.")
    return redirect("cases:detail", case.pk)


@needs(Can.WORK_CASES)
def withdraw(request: HttpRequest, pk: UUID, event: UUID) -> HttpResponse:
    """Say that an entry was recorded in error and nothing takes its place."""
    case = case_or_404(request, pk)
    row = queries.entry_of(request.actor, case, event, also_replaced=request.method == "POST")
    if row is None:
        return _replaced(request, case)
    form = forms.WithdrawForm(request.POST or None, initial=forms.start_of(case, queries.entries_of(case)))

    def act() -> None:
        actions.withdraw_event(by=request.actor, event=row, note=form.cleaned_data["note"], **form.seen_as())

    return run(
        Step(
            request,
            form,
            title="Withdraw an entry",
            lead=f"{entry_title(row)}. Withdraw it only if it never happened; to mend a date or a detail, correct it.",
            case=case,
            foresee=lambda: _foresee_withdrawal(request, case, row),
            act=act,
            done="Withdrawn. The entry stays on the record, struck through.",
            button="Confirm and withdraw",
        )
    )


def _foresee_withdrawal(request: HttpRequest, case: Case, row: Event) -> process.Consequences:
    """What ends with an entry; and, where it began the case, how many later ones would rest on nothing."""
    rows = in_force(queries.entries_of(case))
    told = foreseen_without(case.child, _facts(rows), row, today=request.actor.today)
    if row.pk != rows[0].pk or len(rows) == 1:
        return told
    left = len(rows) - 1
    later = "The one later entry stays and rests" if left == 1 else f"The {left} later entries stay and rest"
    warning = f"The case began with this entry. {later} on nothing without it: withdraw them first, or correct this."
    return process.Consequences(told.sentences, (*told.warnings, warning))


@needs(Can.WORK_CASES)
def ask_advice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask one body or several for advice."""
    case = case_or_404(request, pk)
    rows = queries.entries_of(case)
    kind = "detained_advice_requested" if _in_custody(rows, request.actor.today) else "advice_requested"
    advisers = queries.advisers_for(request.actor, case.child_id)
    before = {body: words for body, (words, _) in _asked_before(rows).items()}
    form = forms.AskForm(request.POST or None, advisers=advisers, before=before, initial=forms.start_of(case, rows))

    def act() -> None:
        given = form.cleaned_data
        advice.ask_several(
            by=request.actor,
            case=case,
            asked=form.asked(),
            asked_on=given["asked_on"],
            received_on=given["date"],
            asked_for=given["note"],
            event=kind,
            **form.seen_as(),
        )

    return run(
        Step(
            request,
            form,
            title="Ask for advice",
            lead="Each body has its own time limit, and its people can then see the child's record.",
            case=case,
            foresee=lambda: _foresee_asking(request, case, form, kind),
            act=act,
            done="The requests for advice are recorded.",
        )
    )


def _in_custody(rows: list[Event], today: date) -> bool:
    return process.Overlay.CUSTODY in process.fold(_facts(rows), as_of=today).overlays


def _foresee_asking(request: HttpRequest, case: Case, form: forms.AskForm, kind: str) -> process.Consequences:
    """What follows from each request in turn."""
    rows = queries.entries_of(case)
    facts, on, before = _facts(rows), form.cleaned_data["date"], _asked_before(rows)
    sentences: list[str] = []
    warnings: list[str] = []
    for one in form.asked():
        words, days = before.get(one.body, ("", []))
        if on in days:
            raise Refused(f"{one.body} was asked already on {day(on)}. Correct that entry if something in it is wrong.")
        if days:
            warnings.append(f"{one.body}: {words}. This would be one more request; the first keeps its time limit.")
        details = {"from": one.body, "received": on.isoformat()}
        told = foreseen(case.child, facts, kind=kind, on=on, details=details, today=request.actor.today)
        sentences += told.sentences
        warnings += told.warnings
        facts = [*facts, process.Event(type=kind, date=on, details=details)]
    return process.Consequences(tuple(dict.fromkeys(sentences)), tuple(dict.fromkeys(warnings)))


def _asked_before(rows: list[Event]) -> dict[str, tuple[str, list[date]]]:
    """The bodies that were asked already: in words when and whether they answered, and the days of the requests."""
    asked: dict[str, list[date]] = {}
    answered: dict[str, date] = {}
    for row in in_force(rows):
        body = str(row.details.get("from", ""))
        if row.kind in actions.ADVICE_ASKED:
            asked.setdefault(body, []).append(row.happened_on)
        elif row.kind in ADVICE_CAME:
            answered[body] = row.happened_on
    return {
        body: (
            f"asked {day(days[-1])}, {f'answered {day(answered[body])}' if body in answered else 'no answer yet'}",
            days,
        )
        for body, days in asked.items()
    }


@needs(Can.WORK_CASES)
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who has the case and who stands in."""
    case = case_or_404(request, pk)
    officers = queries.officers_with(request.actor, case.officer_id, case.deputy_id)
    all_teams = list(teams(request.actor).filter(agency__kind="send"))
    initial = {
        "officer": str(case.officer_id or ""),
        "deputy": str(case.deputy_id or ""),
        "team": str(case.team_id or ""),
        "version": case.version,
    }
    form = forms.AssignForm(
        request.POST or None, officers=officers, teams=all_teams, me=request.actor.user, initial=initial
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(by=request.actor, case=case, **form.people())
        except Refused as problem:
            form.add_error("deputy", str(problem))
        except SomebodyElseWasFirst as problem:
            form.add_error(None, str(problem))
            form.data = {**form.data.dict(), "version": str(case.version)}
            status = CONFLICT
        else:
            messages.success(request, "Who has the case is recorded. What is still owed moved with it.")
            return redirect("cases:detail", case.pk)
    words = {"case": case, "form": form, "breadcrumbs": crumbs(case, "Who has the case")}
    return render(request, "cases/assign.html", words, status=status)
