"""Guards for pages: signed in, with the permission, or nothing to see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kept.access.roles import Can

View = Callable[..., HttpResponseBase]
AnyView = TypeVar("AnyView", bound=View)


def needs(*permissions: Can) -> Callable[[View], View]:
    """Only people with one of these permissions see the page; others get 404, so that nothing is confirmed to them."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            if not any(request.actor.can(permission) for permission in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.needs = permissions
        return guarded

    return guard


def public(view: AnyView) -> AnyView:
    """Say in the code that a page is for everybody, signed in or not."""
    view.is_public = True
    return view
