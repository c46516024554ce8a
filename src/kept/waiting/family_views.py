"""A family's page: how long its child has waited, what is next, and what is said of the date."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.people.queries import children_seen
from kept.waiting import hooks, listing, queries
from kept.waiting.telling import told_to_family


@needs(Can.FOLLOW_OWN, Can.WORK_CASES)
def wait_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every wait of one child, for its family or for staff who look at the page with them."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="How long the wait is")
    rows = list(
        queries.referrals(request.actor)
        .filter(child_id=pk)
        .exclude(closed_reason="duplicate")
        .select_related("child", "stage__service__agency", "stage__pathway")
        .order_by("-referral_made_on", "pk")
    )
    lines = listing.lines(request.actor, rows)
    waits = [
        told_to_family(line, hooks.statement_for(request.actor, line.referral), request.actor.today) for line in lines
    ]
    words = {
        "child": child,
        "waiting": [wait for wait in waits if wait.is_open],
        "past": [wait for wait in waits if not wait.is_open],
        "offer_href": _page_of("offer:search", request.actor.area.slug),
        "back_link": reverse("family:child", args=[pk]),
        "day": request.actor.today,
    }
    return render(request, "waiting/wait_of.html", words)


def _page_of(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
