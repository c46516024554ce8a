"""Pages of the desk that also open for whoever holds a duty that leads there."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.access.web import View
from kept.duties.models import Duty
from kept.duties.queries import duties_for

READS = ("GET", "HEAD")


def held(actor: Actor, path: str) -> list[Duty]:
    """The duties that lead to a page of the desk and that the person, their team or their agency holds."""
    theirs = Q(person=actor.user) | Q(team__in=actor.team_ids) | Q(agency__in=actor.agency_ids)
    return list(duties_for(actor).filter(theirs, path=path, source__startswith="offer").order_by("due_on", "pk")[:50])


def needs_or_holds(*permissions: Can) -> Any:
    """The page for people with one of the permissions; whoever holds its duty reads what is owed and who can do it.

    Everybody else gets 404. Nothing is written by those who only hold the duty.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            if any(request.actor.can(permission) for permission in permissions):
                return view(request, *args, **kwargs)
            duties = held(request.actor, request.path) if request.method in READS else []
            if not duties:
                raise Http404
            words = {"duties": duties, "slug": request.actor.area.slug, "about": _about(duties[0])}
            return render(request, "offer/duty.html", words)

        guarded.needs = permissions
        return guarded

    return guard


def _about(duty: Duty) -> str:
    """The key of the published entry that a duty is about; "" for another."""
    parts = duty.path.strip("/").split("/")
    return parts[2] if parts[:2] == ["offer", "entries"] and len(parts) > 2 else ""  # noqa: PLR2004
