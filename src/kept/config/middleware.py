"""A database that goes away in the middle of a request: a plain page, and what was typed given back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from kept.config.errors import unavailable


def database_away(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 503 with the typed text when the database cannot be reached."""

    def handle(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except (OperationalError, InterfaceError):
            return unavailable(request)

    return handle
