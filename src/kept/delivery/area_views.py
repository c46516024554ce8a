"""Pages of the area: where the columns differ, who came short, specified beside funded and delivered, silence."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.delivery import agreeing, area_queries, forms, queries, reconciling
from kept.delivery.asking import settings_of, show, text_asked, uuid_asked
from kept.delivery.limits import limits_of
from kept.delivery.models import Escalation, FamilyReport
from kept.delivery.words import Kind as About
from kept.rules.delivery import say_half_term, say_term

PER_PAGE = 30


def safe(text: str) -> str:
    """A text that a spreadsheet takes for a text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


@needs(Can.SEE_TEAM, Can.WORK_CASES, Can.RECORD_DELIVERY)
def differences(request: HttpRequest) -> HttpResponse:
    """Where families and settings say different things."""
    state = request.GET.get("state", "open")
    found = queries.differences(request.actor)
    if state != "all":
        found = found.filter(settled_on__isnull=state == "open")
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    showing_list(request, [one.child_id for one in page], what="What family and setting say differently")
    words = {"page": page, "state": state, "today": request.actor.today, "limits": limits_of(request.actor)}
    return show(request, "delivery/differences.html", words)


@needs(Can.SEE_TEAM, Can.WORK_CASES, Can.RECORD_DELIVERY, Can.FOLLOW_OWN)
def difference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both columns side by side; the case team settles it."""
    one = queries.differences(request.actor).filter(pk=pk).first()
    if one is None:
        raise Http404
    showing(request, one.child_id, what="What family and setting say differently")
    may_settle = request.actor.can(Can.WORK_CASES) and one.settled_on is None
    form = forms.SettleForm(request.POST if request.method == "POST" else None) if may_settle else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                reconciling.settle(by=request.actor, one=one, **form.cleaned_data)
            except Refused as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, "It is settled. The ledger counts what was found.")
                return redirect("delivery:difference", one.pk)
    mine = queries.ledgers(request.actor, [one.child_id])[one.child_id]
    item = next((each for each in mine.items if each.row.pk == one.item_id), None)
    reports = FamilyReport.objects.filter(area=request.actor.area, item_id=one.item_id, week=one.week)
    own = request.actor.can(Can.FOLLOW_OWN)
    words = {
        "one": one, "form": form, "records": queries.records_of_week(request.actor, one),
        "week": queries.item_week(item, one.week) if item else None, "today": request.actor.today,
        "reports": [row for row in reports.select_related("by") if not own or row.by_id == request.actor.user.pk],
        "back_link": reverse("delivery:family", args=[one.child_id]) if own else reverse("delivery:differences"),
    }  # fmt: skip
    return show(request, "delivery/difference.html", words)


def _asked(request: HttpRequest) -> dict[str, Any]:
    terms = queries.terms_of(request.actor)
    term = request.GET.get("term", "")
    return {
        "term": term if term in terms else next(iter(terms), ""),
        "service": text_asked(request, "service"),
        "setting": uuid_asked(request, "setting"),
    }


@needs(Can.SEE_TEAM, Can.WORK_CASES)
def shortfalls(request: HttpRequest) -> HttpResponse:
    """Children and services that came short in a term."""
    asked = _asked(request)
    page: Page[Any] = Paginator(area_queries.shortfalls(request.actor, **asked), PER_PAGE).get_page(
        request.GET.get("page")
    )
    showing_list(request, {row["child_id"] for row in page}, what="Shortfall of a term")
    words = {
        "page": page, "asked": asked, "terms": queries.terms_of(request.actor), "say_term": say_term,
        "services": area_queries.services_of(request.actor), "settings": settings_of(request),
    }  # fmt: skip
    return show(request, "delivery/shortfalls.html", words)


@needs(Can.SEE_TEAM, Can.WORK_CASES)
def shortfalls_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    rows = list(area_queries.shortfalls(request.actor, **_asked(request)))
    showing(request, *{row["child_id"] for row in rows}, what="Shortfall of a term", kind=Kind.EXPORT)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="shortfall.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(["Name", "Service", "Minutes due", "Came", "Did not come as planned", "Not recorded"])
    for row in rows:
        name = f"{row['child__given_names']} {row['child__family_name']}"
        figures = [round(row[key]) for key in ("due", "delivered", "short", "unknown")]
        sheet.writerow([safe(name), safe(row["service"]), *figures])
    return answer


@needs(Can.FUND_SERVICES)
def services(request: HttpRequest) -> HttpResponse:
    """The commissioner's page: specified, funded, delivered by service, and the gap in hours a month."""
    halves = area_queries.half_terms_of(request.actor)
    half = request.GET.get("half", "")
    half = half if half in halves else next(iter(halves), "")
    data = request.POST if request.method == "POST" and "hours" in request.POST else None
    form = forms.FundingForm(data, initial={"from_on": request.actor.today})
    if data is not None and form.is_valid():
        facts = form.cleaned_data
        try:
            agreeing.fund(
                by=request.actor, service=facts["service"], minutes_a_month=round(facts["hours"] * 60),
                from_on=facts["from_on"], source=facts["source"],
            )  # fmt: skip
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"What is paid for {facts['service']} is kept.")
            return redirect("delivery:services")
    tasks = Escalation.objects.filter(area=request.actor.area, child__isnull=True, kind=About.CAPACITY)
    words = {
        "lines": area_queries.services(request.actor, half) if half else [], "half": half,
        "halves": halves, "form": form,
        "say_half_term": say_half_term, "tasks": list(tasks.filter(met_on__isnull=True)[:50]),
        "today": request.actor.today,
    }  # fmt: skip
    return show(request, "delivery/services.html", words)


@needs(Can.FUND_SERVICES)
def staffed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what was done about a service with too few staff."""
    task = Escalation.objects.filter(area=request.actor.area, child__isnull=True, pk=pk).first()
    if task is None:
        raise Http404
    if request.method == "POST":
        try:
            agreeing.found_staff(by=request.actor, escalation=task, evidence=request.POST.get("evidence", ""))
        except Refused as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "What was done is kept.")
    return redirect("delivery:services")


@needs(Can.FUND_SERVICES)
def behind(request: HttpRequest) -> HttpResponse:
    """The rows behind a service's figures."""
    service, half = text_asked(request, "service"), text_asked(request, "half")
    found = area_queries.children_behind(request.actor, service=service, half_term=half)
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    showing_list(request, [row.child_id for row in page], what="Delivery of a service")
    halves = area_queries.half_terms_of(request.actor)
    lines = area_queries.services(request.actor, half) if half in halves else []
    words = {
        "page": page, "service": service, "half": half, "today": request.actor.today,
        "line": next((one for one in lines if one.service == service), None),
        "funding": area_queries.funding_of(request.actor, service),
        "half_words": say_half_term(half) if half in halves else "",
        "back_link": reverse("delivery:services"),
    }  # fmt: skip
    return show(request, "delivery/behind.html", words)


@needs(Can.SEE_TEAM, Can.WORK_CASES)
def quiet(request: HttpRequest) -> HttpResponse:
    """The director's page: children with nothing recorded for so many school days as the area allows."""
    setting = uuid_asked(request, "setting")
    days = limits_of(request.actor).silence_days
    found = area_queries.quiet(request.actor, days=days, setting=setting)
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    showing_list(request, [row.child_id for row in page], what="Nothing recorded")
    words = {
        "page": page, "setting": setting, "settings": settings_of(request), "limit": days,
        "counts": area_queries.counts(request.actor),
    }  # fmt: skip
    return show(request, "delivery/quiet.html", words)
