"""The way to the council's directory and back, with a plain page for the day on which it does not answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from kept.access.web import public

log = logging.getLogger(__name__)
UNAVAILABLE = 503


def _or_a_plain_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @public
    def page(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException:
            log.exception("The directory does not answer")
            return render(request, "socialaccount/authentication_error.html", {}, status=UNAVAILABLE)

    return page


there, back = _or_a_plain_page(openid.login), _or_a_plain_page(openid.callback)
