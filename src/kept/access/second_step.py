"""Staff have a second step, always: until it is set up, every page but those that set it up leads there."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kept.access.accounts import NOT_STAFF, has_second_step

CHECKED = "second_step_set_up"
WITHOUT = ("/account/", "/sign-in/", "/sign-out/", "/static/", "/area/", "/accessibility/", "/privacy/", "/help/")
WORDS = "Set up a second step first. Your work shows children’s records, so an email or a password alone is not enough."


def needs_second_step(request: HttpRequest) -> bool:
    """Whether the person is staff without a second step."""
    if not settings.KEPT_SECOND_STEP or request.actor is None or not request.actor.roles - NOT_STAFF:
        return False
    if request.session.get(CHECKED):
        return False
    if has_second_step(request.actor.user):
        request.session[CHECKED] = True
        return False
    return True


def staff_have_a_second_step(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead staff who have no second step to the page that sets it up."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(WITHOUT) and needs_second_step(request):
            messages.warning(request, WORDS)
            return redirect("mfa_index")
        return get_response(request)

    return handle
