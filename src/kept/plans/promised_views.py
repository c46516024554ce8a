"""What the plan promises now, and what became of its outcomes: pages of the family, opened from its own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from kept.access.predicates import BE_FAMILY, allows
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.plans import promised as facts
from kept.plans.answer_views import READERS


def _child_or_404(request: HttpRequest, pk: UUID, what: str) -> Child:
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what=what)
    return child


def _common(request: HttpRequest, child: Child) -> dict[str, Any]:
    own = request.actor.can(Can.FOLLOW_OWN)
    return {
        "child": child,
        "day": request.actor.today,
        "is_family": allows(request.actor, BE_FAMILY, child.pk),
        "back_link": reverse("family:child" if own else "people:child", args=[child.pk]),
    }


@needs(*READERS)
def promised(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is promised to the child now: who gives what, how often, and who must see to it."""
    child = _child_or_404(request, pk, "What the plan promises")
    words = _common(request, child) | {"promised": facts.promised_to(request.actor, child.pk), "given": _given(child)}
    return render(request, "plans/promised.html", words)


def _given(child: Child) -> str:
    """Where the family sees and says whether it was given; "" where delivery is not recorded here."""
    try:
        return reverse("delivery:family", args=[child.pk])
    except NoReverseMatch:
        return ""


@needs(*READERS)
def outcomes_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The outcomes of the plan, by when, and what was measured."""
    child = _child_or_404(request, pk, "What changed since the plan")
    found = facts.outcomes_of(request.actor, child.pk)
    words = _common(request, child) | {"whole": found[0] if found else None, "aims": found[1] if found else []}
    return render(request, "plans/outcomes.html", words)
