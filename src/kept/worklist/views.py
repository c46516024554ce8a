"""A person's own list, and one duty."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.cases.projection import ADVICE
from kept.duties.models import Duty
from kept.rules.process.table import clocks
from kept.worklist import actions, export, forms, queries, slices
from kept.worklist.overview import stage_words

WORKERS = (Can.WORK_CASES, Can.GIVE_ADVICE)


def page_of(name: str, *args: object) -> str:
    """The address of a page that another service may have; empty when it has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def done_at(actor: Actor, duty: Duty) -> str:
    """The page where a duty is done, if the person may open it."""
    if duty.source.startswith("offer") and not (actor.can(Can.EDIT_OFFER) or _holds(actor, duty)):
        return ""
    if duty.source == "cases" and actor.can(Can.SEE_CASES):
        return page_of("cases:detail", duty.source_id)
    if duty.source == "cases" and duty.rule not in ADVICE:
        return ""
    is_near = actor.reaches_area or _holds(actor, duty)
    return duty.path if is_near and may_open(actor, duty.path) else ""


def may_open(actor: Actor, path: str) -> bool:
    """Whether a role of the person's opens the page at an address; whose the thing there is, the page asks itself."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    needed = getattr(view, "needs", ())
    return not needed or any(actor.can(one) for one in needed)


def _holds(actor: Actor, duty: Duty) -> bool:
    return duty.person_id == actor.user.pk or duty.team_id in actor.team_ids or duty.agency_id in actor.agency_ids


def back_of(request: HttpRequest, otherwise: str) -> str:
    """The page to go back to, from the address or the form; never one outside."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None)
    return asked if ours else reverse(otherwise)


def list_words(request: HttpRequest, duties: queries.DutyList, form: forms.FilterForm, *, page: str) -> dict[str, Any]:
    """What both lists of duties show: the page `page` is where the list stands."""
    address = request.GET.copy()
    address.pop("page", None)
    showing_list(request, (line.duty.child_id for _, lines in duties.groups for line in lines), "List of duties")
    return {
        "form": form,
        "duties": duties,
        "groups": slices.GROUPS,
        "query": address.urlencode(),
        "here": request.get_full_path(),
        "day": request.actor.today,
        "days_late": queries.days_late,
        "stage_words": stage_words,
        "done_at": lambda duty: done_at(request.actor, duty),
        "may_give": request.actor.can(Can.ASSIGN_WORK),
        "whole": "whole" in request.GET,
        "list_page": page,
        "most_at_once": actions.MOST_AT_ONCE,
    }


def per_page(request: HttpRequest) -> int:
    """A page of the list, or all of it for print."""
    return queries.MOST_PRINTED if "whole" in request.GET else queries.PER_PAGE


@needs(*WORKERS)
def my_work(request: HttpRequest) -> HttpResponse:
    """What the person and their team's desk still owe, the most urgent first."""
    form = forms.MyFilterForm(request.GET, rules=queries.my_rules(request.actor))
    found = queries.mine(request.actor)
    duties = queries.find_duties(request.actor, found, form.wanted(request.GET), per_page=per_page(request))
    words = list_words(request, duties, form, page="worklist:my_work")
    totals = queries.totals(request.actor)
    return render(
        request, "worklist/my_work.html", {**words, "totals": totals, "for_school": request.actor.can(Can.CONFIRM_ROLL)}
    )


@needs(*WORKERS)
def export_mine(request: HttpRequest) -> HttpResponse:
    """The person's list, as filtered, as a spreadsheet file."""
    form = forms.MyFilterForm(request.GET)
    found = queries.chosen(request.actor, queries.mine(request.actor), form.wanted(request.GET))
    return export_of(request, found, form, "my-work")


def export_of(request: HttpRequest, found: Any, form: forms.FilterForm, name: str) -> HttpResponse:
    """All duties of a list as CSV, in the order of the page."""
    rows = list(queries.ordered(found, form.wanted(request.GET).sort, request.actor.today))
    showing(request, *(duty.child_id for duty in rows), what="List of duties as a file", kind=Kind.EXPORT)
    response = HttpResponse(
        export.as_csv(queries.lines_of(request.actor, rows), request.actor.today),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.actor.today.isoformat()}.csv"'
    return response


@needs(*WORKERS, Can.SEE_TEAM)
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty: what is owed, how the date was counted, the exception, who held it, and the law."""
    found = queries.duty_of(request.actor, pk)
    if found is None:
        raise Http404
    showing(request, found.child_id, what=f"Duty: {found.what}"[:200])
    clock = clocks().get(found.rule)
    words = {
        "duty": found,
        "day": request.actor.today,
        "line": queries.lines_of(request.actor, [found])[0],
        "clock": clock,
        "kind": slices.kind_words(found.rule),
        "exception": slices.exception_of(found),
        "steps": queries.steps_beside(request.actor, found),
        "handings": queries.handings_of(request.actor, found),
        "done_at": done_at(request.actor, found),
        "child_page": page_of("people:child", found.child_id) if request.actor.can(Can.SEE_RECORD) else "",
        "may_give": request.actor.can(Can.ASSIGN_WORK) and not (found.met_on or found.ended_on),
        "stage_words": stage_words,
        "back_link": back_of(request, "worklist:my_work" if request.actor.can(WORKERS[0]) else "worklist:team"),
        "here": request.path,
    }
    return render(request, "worklist/duty.html", words)
