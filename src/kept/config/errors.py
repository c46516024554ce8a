"""The plain pages for what goes wrong. None of them needs the database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from kept.design.typed import typed_in

DATABASE_AWAY = (OperationalError, InterfaceError)


def _page(request: HttpRequest, status: int, template: str, **words: Any) -> HttpResponse:
    request.actor = getattr(request, "actor", None)
    html = loader.render_to_string(f"errors/{template}.html", {"status": status, **words}, request=None)
    return HttpResponse(html, status=status)


@cache
def _same_for_everybody(status: int, template: str) -> str:
    return loader.render_to_string(f"errors/{template}.html", {"status": status}, request=None)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed in the form, so that it can be copied."""
    if request.method != "POST":
        return []
    try:
        return typed_in(request.POST)
    except OSError:
        return []


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, "bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: only for forms that have gone stale and things a role may not do within a record it may see."""
    return _page(request, 403, "forbidden", words=str(exception), typed=_typed(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere."""
    return _page(request, 403, "stale_form", typed=_typed(request))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not theirs to see; the page does not say which."""
    request.actor = getattr(request, "actor", None)
    return HttpResponse(_same_for_everybody(404, "not_found"), status=404)


def text_given_back(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever was signed out in the middle of a form gets back what they typed, with the way to sign in."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        way = response.headers.get("Location", "")
        asked = request.resolver_match.func if request.resolver_match else None
        was_stopped = request.method == "POST" and way.startswith(settings.LOGIN_URL) and hasattr(asked, "needs")
        if not was_stopped or request.user.is_authenticated:
            return response
        typed = _typed(request)
        return _page(request, 401, "signed_out", typed=typed, sign_in=way) if typed else response

    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500, our mistake; or 503 when the database went away. Django calls this while the fault is being handled."""
    if isinstance(sys.exception(), DATABASE_AWAY):
        return unavailable(request)
    return _page(request, 500, "server_error", typed=_typed(request))


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away."""
    response = _page(request, 503, "unavailable", typed=_typed(request))
    response["Retry-After"] = "30"
    return response
