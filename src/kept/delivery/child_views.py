"""Pages of one child: the ledger, the rows behind a figure, the term's statement, catch-up, checks."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused, acting_as_system
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.delivery import agreeing, forms, items, owing, queries, recording
from kept.delivery.asking import child_asked, item_asked, show
from kept.delivery.models import CatchUp
from kept.delivery.words import Why
from kept.people.models import Child
from kept.rules.delivery import say_half_term, say_term
from kept.rules.identifiers.keys import uuid7

READERS = (Can.RECORD_DELIVERY, Can.SEE_RECORD, Can.FOLLOW_OWN)


def _take_up(request: HttpRequest, child: Child) -> None:
    """Bring the ledger up to the plan in force, as a plan may have been issued today."""
    with acting_as_system(request.actor.area, today=request.actor.today) as system:
        if items.take_up(by=system, child_id=child.pk):
            owing.refresh(system, [child.pk])


@needs(*READERS)
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A child's ledger: every item by half-term, what the family says beside it, and what follows."""
    found = child_asked(request, pk, "What was delivered")
    page = queries.ledger_page(request.actor, found)
    words = {
        "child": found, "page": page, "may_record": recording.may_record(request.actor),
        "may_work": request.actor.can(Can.WORK_CASES), "say_half_term": say_half_term, "say_term": say_term,
        "terms": sorted({half.term for one in page.items for half, _, _ in one.halves}),
        "today": request.actor.today,
    }  # fmt: skip
    return show(request, "delivery/child.html", words)


@needs(Can.WORK_CASES)
def take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the ledger up to the plan in force now, without waiting for the night."""
    found = child_asked(request, pk, "What was delivered")
    if request.method == "POST":
        _take_up(request, found)
        messages.success(request, "The ledger follows the plan that is in force.")
    return redirect("delivery:child", found.pk)


@needs(*READERS)
def rows(request: HttpRequest, pk: UUID, half_term: str) -> HttpResponse:
    """The rows behind a figure."""
    item = item_asked(request, pk, "What was delivered, session by session")
    found = queries.rows_of(request.actor, item, half_term)
    if found is None:
        raise Http404
    words = {
        "item": item, "child": item.child, "rows": found, "title": say_half_term(half_term),
        "reasons": dict(Why.choices),
        "back_link": reverse("delivery:child", args=[item.child_id]), "came": queries.CAME, "came_of": queries.came,
    }  # fmt: skip
    return show(request, "delivery/rows.html", words)


@needs(*READERS)
def term(request: HttpRequest, pk: UUID, term: str) -> HttpResponse:
    """A child's shortfall statement of a term, to read and to print."""
    found = child_asked(request, pk, "The term's shortfall")
    page = queries.term_page(request.actor, found, term)
    if page is None:
        raise Http404
    words = {
        "child": found, "page": page, "title": say_term(term), "reasons": dict(Why.choices),
        "say_half_term": say_half_term, "may_work": request.actor.can(Can.WORK_CASES), "today": request.actor.today,
        "may_record": recording.may_record(request.actor), "back_link": reverse("delivery:child", args=[found.pk]),
    }  # fmt: skip
    return show(request, "delivery/term.html", words)


@needs(Can.WORK_CASES)
def catch_up(request: HttpRequest, pk: UUID, term: str) -> HttpResponse:
    """Agree that minutes will be made up."""
    found = child_asked(request, pk, "Agreeing catch-up")
    page = queries.term_page(request.actor, found, term)
    if page is None:
        raise Http404
    short = [line for line in page.statement.lines if not line.in_sessions]
    first = next((line for line in short if line.owed_back), None)
    form = forms.CatchUpForm(
        request.POST if request.method == "POST" else None,
        services=[line.service for line in short],
        initial={
            "service": first.service if first else "", "minutes": round(first.owed_back) if first else None,
            "agreed_on": request.actor.today, "token": uuid7(),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.agree_catch_up(by=request.actor, child=found, term=term, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The agreement is kept, and it is now owed by its day.")
            return redirect("delivery:term", found.pk, term)
    words = {
        "child": found, "form": form, "lines": short, "title": say_term(term),
        "back_link": reverse("delivery:term", args=[found.pk, term]),
    }  # fmt: skip
    return show(request, "delivery/catch_up.html", words)


@needs(Can.RECORD_DELIVERY, Can.WORK_CASES)
def give_catch_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down minutes that were made up."""
    agreed = CatchUp.objects.filter(area=request.actor.area, pk=pk).select_related("child").first()
    if agreed is None:
        raise Http404
    showing(request, agreed.child_id, what="Recording catch-up")
    mine = queries.ledgers(request.actor, [agreed.child_id])[agreed.child_id]
    item = next((one.row for one in reversed(mine.items) if one.row.service == agreed.service), None)
    form = forms.GivenForm(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid() and item:
        try:
            recording.record_catch_up(by=request.actor, catch_up=agreed, item=item, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{form.cleaned_data['minutes']} minutes are made up.")
            return redirect("delivery:term", agreed.child_id, agreed.term)
    back = reverse("delivery:term", args=[agreed.child_id, agreed.term])
    words = {"child": agreed.child, "agreed": agreed, "form": form, "item": item, "back_link": back}
    return show(request, "delivery/give_catch_up.html", words)


@needs(Can.RECORD_DELIVERY, Can.WORK_CASES)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that somebody looked whether an item is in place; the checks before."""
    item = item_asked(request, pk, "Checking that provision is in place")
    form = forms.CheckForm(
        request.POST if request.method == "POST" else None, initial={"checked_on": request.actor.today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.check_in_place(by=request.actor, item=item, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The check is kept.")
            return redirect("delivery:child", item.child_id)
    words = {
        "item": item, "child": item.child, "form": form, "checks": list(item.checks.select_related("by")[:20]),
        "back_link": reverse("delivery:child", args=[item.child_id]),
    }  # fmt: skip
    return show(request, "delivery/check.html", words)


@needs(Can.WORK_CASES)
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which agency delivers an item."""
    item = item_asked(request, pk, "Who delivers provision")
    bodies = {str(one.pk): one for one in agencies(request.actor)}
    form = forms.AssignForm(
        request.POST if request.method == "POST" else None,
        agencies=[(key, one.name) for key, one in bodies.items()],
        initial={"deliverer": str(item.deliverer_id or "")},
    )
    if request.method == "POST" and form.is_valid():
        items.assign(by=request.actor, item=item, deliverer=bodies.get(form.cleaned_data["deliverer"]))
        messages.success(request, "Who delivers it is kept.")
        return redirect("delivery:child", item.child_id)
    back = reverse("delivery:child", args=[item.child_id])
    return show(request, "delivery/assign.html", {"item": item, "child": item.child, "form": form, "back_link": back})
