"""Pages of the trails: who looked, what changed, who signed in; and the page of roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.predicates import BE_FAMILY, allows
from kept.access.roles import ROLES, Can, Role, Scope
from kept.access.trails import queries, showing, showing_list
from kept.access.trails.children import with_children
from kept.access.trails.tables import TRAILS, Trail, as_csv, reading_cells
from kept.access.web import needs, public
from kept.people.queries import children_seen

A_PAGE = 50
REACHES = {
    Scope.AREA: "Every child of the area",
    Scope.GRANTED: "Only children joined to them or to their service, from and until the dates given",
    Scope.NOBODY: "No child by name",
}


def page_of(request: HttpRequest, rows: QuerySet | list[Any]) -> Page:
    """The page of a list that the address asks for; the nearest one when it asks for none that is."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


@public
def roles(request: HttpRequest) -> HttpResponse:
    """What each role is, whom it reaches and what it may do, from the table that the checks are made of."""
    listed = [
        {"facts": facts, "reaches": REACHES[facts.scope], "can": sorted(what.value for what in facts.can)}
        for role, facts in ROLES.items()
        if role is not Role.SYSTEM
    ]
    return render(request, "access/roles.html", {"roles": listed})


def _trail_or_404(name: str) -> Trail:
    if name not in TRAILS:
        raise Http404
    return TRAILS[name]


@needs(Can.SEE_TRAILS)
def trails(request: HttpRequest) -> HttpResponse:
    """The way in: the reading log first."""
    return redirect("records:trail", "readings")


@needs(Can.SEE_TRAILS)
def trail(request: HttpRequest, name: str) -> HttpResponse:
    """One trail, filtered, fifty lines a page."""
    shown = _trail_or_404(name)
    form = shown.form(request.GET)
    page = page_of(request, shown.filtered(request.actor, form))
    lines = [shown.cells(line) for line in page]
    showing_list(request, with_children(request.actor, lines, page), what=shown.title)
    return render(
        request,
        "access/trail.html",
        {"trail": shown, "trails": TRAILS.values(), "form": form, "page": page, "lines": lines},
    )


@needs(Can.SEE_TRAILS)
def trail_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same lines as a file."""
    shown = _trail_or_404(name)
    lines = shown.filtered(request.actor, shown.form(request.GET))
    return as_csv(shown, lines, name=f"{name}-{request.actor.today}")


@needs(Can.SEE_TRAILS)
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every emergency opening, for the data protection officer."""
    page = page_of(request, queries.emergencies(request.actor))
    return render(request, "access/emergencies.html", {"page": page, "now": timezone.now()})


def _may_ask_who_looked(actor: Actor, child_id: UUID) -> bool:
    return allows(actor, BE_FAMILY, child_id) or actor.can(Can.SEE_TRAILS)


def _looked(request: HttpRequest, pk: UUID) -> QuerySet:
    if not _may_ask_who_looked(request.actor, pk):
        raise Http404
    is_known = queries.who_looked(request.actor, pk, with_lists=True).exists()
    if not is_known and not children_seen(request.actor).filter(pk=pk).exists():
        raise Http404
    return queries.who_looked(request.actor, pk, with_lists=request.GET.get("lists") == "1")


@needs(Can.FOLLOW_OWN, Can.SEE_TRAILS)
def who_looked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who looked at one child's record, for the family and for those who read trails."""
    page = page_of(request, _looked(request, pk))
    child = children_seen(request.actor).filter(pk=pk).first()
    if child:
        showing(request, child.pk, what="Who looked at the record")
    context = {
        "child": child,
        "key": pk,
        "page": page,
        "lines": [reading_cells(line) for line in page],
        "emergencies": queries.emergencies(request.actor, pk),
        "with_lists": request.GET.get("lists") == "1",
        "now": timezone.now(),
    }
    return render(request, "access/who_looked.html", context)


@needs(Can.FOLLOW_OWN, Can.SEE_TRAILS)
def who_looked_csv(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The same lines as a file."""
    lines = _looked(request, pk)
    if children_seen(request.actor).filter(pk=pk).exists():
        showing(request, pk, what="Who looked at the record")
    return as_csv(TRAILS["readings"], lines, name=f"who-looked-{request.actor.today}")
