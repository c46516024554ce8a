"""Every request acts as the person who signed in; the database is told before any page is made."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kept.access.acting import acting
from kept.access.models import Area
from kept.access.queries import areas_of
from kept.access.trails.reading import log_what_was_shown
from kept.access.trails.security import Happened, note

SERVER_ERROR = 500
REFUSALS = {403, 404}


def area_of(request: HttpRequest) -> Area | None:
    """The area that the signed-in person chose, or the only one they belong to."""
    chosen = request.session.get("area")
    if chosen:
        return Area.objects.filter(pk=chosen).first()
    if not request.user.is_authenticated:
        return None
    areas = areas_of(request.user)
    if len(areas) != 1:
        return None
    enter_area(request, areas[0])
    return areas[0]


def act_as_the_person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put `request.actor` on the request (None when signed out) and hold its transaction around the page."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = None
        if not request.user.is_authenticated:
            return get_response(request)
        area = area_of(request)
        if area is None:
            return get_response(request)
        with acting(user=request.user, area=area) as actor:
            request.actor = actor
            response = get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
            else:
                leave_trails(request, response)
        return response

    return handle


def leave_trails(request: HttpRequest, response: HttpResponse) -> None:
    """Write who was shown which child, or that somebody was refused something."""
    if response.status_code in REFUSALS:
        if request.resolver_match:  # an address that is nobody's is a slip, not a refusal
            what = f"{request.method} {request.resolver_match.view_name}"
            note(Happened.REFUSED, person=request.actor.user, area=request.actor.area, request=request, what=what)
        return
    log_what_was_shown(request, response)


def enter_area(request: HttpRequest, area: Area) -> None:
    """Remember in the session which area the person works in."""
    request.session["area"] = str(area.pk)
