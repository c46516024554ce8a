"""Pages: the list of cases and the page that shows one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.cases import forms, queries
from kept.cases.folding import as_fact, in_force, state_of
from kept.cases.labels import GROUPS, OTHER, group_of
from kept.cases.presenters import CasePage, record_href
from kept.cases.stepping import case_or_404, crumbs
from kept.duties.statuses import SOON
from kept.people.sheets import sheet
from kept.rules.process import Stage
from kept.rules.process.catalogue import EVENTS

LONGEST_PAGE_NUMBER = 5
OWN_PAGES = {"exception_recorded", "detained_advice_requested"}


@needs(Can.SEE_CASES)
def case_list(request: HttpRequest) -> HttpResponse:
    """Find a case, or work down the list of them."""
    form = _filters(request)
    wanted = _wanted(request, form)
    found = queries.find_cases(request.actor, wanted)
    showing_list(request, [case.child_id for case in found.page], what="The list of cases")
    words = {
        "form": form,
        "page": found.page,
        "notes": found.notes,
        "rows": [_row(case, request, found) for case in found.page],
        "sort": found.sort,
        "wanted": wanted,
        "is_filtered": bool(wanted.stage or wanted.officer or wanted.due or wanted.plan) or wanted.which != "open",
        "totals": None if request.GET else queries.totals(request.actor),
        "may_work": request.actor.can(Can.WORK_CASES),
        "stages": {stage.name: stage.value for stage in Stage},
    }
    return render(request, "cases/list.html", words)


@needs(Can.SEE_CASES)
def export(request: HttpRequest) -> HttpResponse:
    """The list as a spreadsheet, just as it is filtered and sorted."""
    form = _filters(request)
    rows = queries.all_cases(request.actor, _wanted(request, form))
    showing(request, *(case.child_id for case in rows), what="The list of cases", kind=Kind.EXPORT)
    today = request.actor.today
    columns = ["Case", "Family name", "Given names", "Born", "Stage", "Since", "Has a plan", "Next due", "What is due",
               "Days late", "Officer", "Deputy"]  # fmt: skip
    cells = (
        [case.reference, case.child.family_name, case.child.given_names, case.child.born_on, Stage[case.stage].value,
         case.stage_since, case.has_plan, case.next_due_on, case.next_what,
         max((today - case.next_due_on).days, 0) if case.next_due_on else None,
         case.officer.name if case.officer else "", case.deputy.name if case.deputy else ""]
        for case in rows
    )  # fmt: skip
    return sheet("cases", today, columns, cells)


def _filters(request: HttpRequest) -> forms.FilterForm:
    """The filters; an officer who left and still has cases can be asked for by the address."""
    officers = queries.officers_with(request.actor, forms.uuid_or_none(request.GET.get("officer")))
    return forms.FilterForm(request.GET or None, officers=officers)


def _wanted(request: HttpRequest, form: forms.FilterForm) -> queries.Wanted:
    """What the address asks for; an answer that is none of those offered counts as any."""
    form.is_valid()
    given = form.cleaned_data if form.is_bound else {}
    number = request.GET.get("page", "")
    is_number = number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER
    return queries.Wanted(
        text=given.get("q") or "",
        which=given.get("which") or "open",
        stage=given.get("stage") or "",
        officer=given.get("officer") or "",
        due=given.get("due") or "",
        plan=given.get("plan") or "",
        child=forms.uuid_or_none(request.GET.get("child")),
        sort=request.GET.get("sort", ""),
        page=int(number) if is_number else 1,
    )


def _row(case: Any, request: HttpRequest, found: queries.CaseList) -> dict[str, Any]:
    """One line of the list."""
    today = request.actor.today
    status = ""
    if case.next_due_on:
        late, soon = case.next_due_on < today, case.next_due_on <= today + SOON
        status = "overdue" if late else "due_soon" if soon else "open"
    return {
        "case": case,
        "href": reverse("cases:detail", args=[case.pk]) + _way_back(request),
        "stage": Stage[case.stage].value,
        "status": status,
        "why": found.reasons.get(case.child_id, ""),
    }


def _way_back(request: HttpRequest) -> str:
    """What the address of a case carries so that its page leads back to the list as it was.

    Only the filters, never a whole address: whatever is put there leads to the list and nowhere else.
    """
    return "?" + urlencode({"list": request.GET.urlencode()}) if request.GET else ""


@needs(Can.SEE_CASES, Can.SEE_VISIT)
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a case stands, whose turn it is, by when, and what can be done."""
    case = case_or_404(request, pk)
    sees_cases = request.actor.can(Can.SEE_CASES)
    words = {
        "case": case,
        "child": case.child,
        "one": case_page(request, case),
        "people": queries.people_of(request.actor, case.child_id),
        "day": request.actor.today,
        "may_work": request.actor.can(Can.WORK_CASES),
        "may_assign": request.actor.can(Can.WORK_CASES) and request.actor.can(Can.ASSIGN_WORK),
        "sees_cases": sees_cases,
        "breadcrumbs": crumbs(case, listed_as=request.GET.get("list", ""))[:1]
        if sees_cases
        else [{"text": "Your visits", "href": reverse("administration:my_visits")}],
    }
    return render(request, "cases/detail.html", words)


def case_page(request: HttpRequest, case: Any) -> CasePage:
    """The case folded for today, from one reading of its entries."""
    rows = queries.entries_of(case)
    state = state_of(case, request.actor.today, [as_fact(row) for row in in_force(rows)])
    return CasePage(
        case=case,
        state=state,
        rows=rows,
        requests=queries.advice_of(case),
        panel_items=queries.panel_items_of(case),
        may_work=request.actor.can(Can.WORK_CASES),
    )


@needs(Can.WORK_CASES)
def anything(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that can be recorded, for what is not among the usual next moves."""
    case = case_or_404(request, pk)
    usual = {move.event for move in state_of(case, request.actor.today).allowed_moves}
    rest: dict[str, list[tuple[str, str]]] = {title: [] for title in (*(title for title, _ in GROUPS), OTHER)}
    for kind in sorted(EVENTS.values(), key=lambda kind: kind.label):
        if kind.type not in usual | OWN_PAGES:
            rest[group_of(kind.type)].append((kind.label, record_href(case, kind.type)))
    words = {"case": case, "groups": rest, "breadcrumbs": crumbs(case, "Record something else")}
    return render(request, "cases/anything.html", words)
