"""Pages: a new request. Find the child, say who asked and when, see what follows, confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.access.queries import teams
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.cases import actions, forms, queries
from kept.cases.access import ENDED
from kept.cases.folding import foreseen
from kept.cases.models import Case
from kept.cases.stepping import Step, crumbs, run
from kept.design.words import day
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.rules.process.catalogue import EVENTS

# How a case begins, in the order offered.
BEGINNINGS = {
    "request_received": "A request for an assessment was received",
    "became_responsible": "We became responsible in another way, such as through a health service or the child's move",
    "detained_request_received": "A request for somebody in custody was received",
    "detained_brought_to_attention": "Somebody in custody was brought to our attention",
    "plan_first_made": "There is a plan already: record the day it was first made",
}


@needs(Can.WORK_CASES)
def new(request: HttpRequest) -> HttpResponse:
    """Find the child whom a request is about."""
    form = forms.FindChildForm(request.GET or None)
    text = (form.cleaned_data["q"] if form.is_valid() else "").strip()
    found, notes, more = queries.children_to_ask(request.actor, text) if text else ([], (), False)
    showing_list(request, [one.child.pk for one in found], what="Children found for a new request")
    words = {
        "form": form,
        "text": text,
        "found": found,
        "notes": notes,
        "more": more,
        "breadcrumbs": crumbs(None, "Record a request"),
        "may_add": request.actor.can(Can.ADD_CHILDREN),
        "add_href": f"{reverse('people:add')}?{urlencode({'next': 'case', **({'q': text} if text else {})})}",
    }
    return render(request, "cases/new.html", words)


@needs(Can.WORK_CASES)
def begin(request: HttpRequest, child: UUID) -> HttpResponse:
    """Record how a case of a child begins."""
    found = children_seen(request.actor).filter(pk=child).first()
    if found is None:
        raise Http404
    showing(request, found.pk, what="Recording a request")
    cases = queries.cases_by_child(request.actor, [found.pk]).get(found.pk, [])
    running = next((case for case in cases if case.stage not in ENDED), None)
    if running is not None and not _is_sent_again(request, running):
        messages.info(request, f"{found.first_name} already has a case, {running.reference}. Record it there.")
        return redirect("cases:detail", running.pk)
    return run(_step(request, found, cases))


def _is_sent_again(request: HttpRequest, running: Case) -> bool:
    """Whether the running case came from this very form, pressed twice."""
    token = forms.uuid_or_none(request.POST.get("token"))
    return token is not None and running.events.filter(area_id=running.area_id, token=token).exists()


def _step(request: HttpRequest, child: Child, earlier: list[Case]) -> Step:
    kind = request.GET.get("kind", "request_received")
    if kind not in BEGINNINGS:
        raise Http404
    actor = request.actor
    officers, all_teams = queries.officers(actor), list(teams(actor).filter(agency__kind="send"))
    mine = str(actor.user.pk) if actor.user in officers else ""
    form = forms.OpenForm(
        request.POST or None,
        kind=EVENTS[kind],
        officers=officers,
        teams=all_teams,
        me=actor.user,
        initial={"officer": mine, "team": next((str(t.pk) for t in all_teams if t.pk in actor.team_ids), "")},
    )
    opened: list[Case] = []

    def act() -> None:
        note, token = form.cleaned_data["note"], form.cleaned_data["token"]
        opened.append(actions.open_case(by=actor, child=child, note=note, token=token, **form.facts(), **form.people()))
        step.back = reverse("cases:detail", args=[opened[0].pk])

    here = reverse("cases:begin", args=[child.pk])
    others = [(words, f"{here}?kind={name}") for name, words in BEGINNINGS.items() if name != kind]
    step = Step(
        request,
        form,
        title=EVENTS[kind].label,
        caption=f"{child.full_name}, born {day(child.born_on)}",
        foresee=lambda: foreseen(child, [], today=actor.today, **form.facts()),
        act=act,
        done=f"A case for {child.first_name} is open.",
        back=reverse("cases:new"),
        button="Confirm and open the case",
        extra={"others": others, "earlier": earlier},
    )
    return step
