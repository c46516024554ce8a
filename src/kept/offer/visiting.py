"""Every public page begins here: which area, which language, a fair share, and the directory of today."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from kept.access.acting import today_here, visiting
from kept.access.models import Area
from kept.access.web import public
from kept.offer.directory import DIRECTORIES
from kept.offer.throttle import may_have_more
from kept.offer.translation import LANGUAGES, chosen_language, translator

TOO_MANY = 429
_PHONE = re.compile(r"\b0\d[\d ]{7,12}\d\b")
LENGTHS = frozenset({10, 11})  # digits of a telephone number of the United Kingdom
LANGUAGE_COOKIE = "offer_language"


def area_or_404(slug: str) -> Area:
    """The area of an address."""
    area = Area.objects.filter(slug=slug).first()
    if area is None:
        raise Http404
    return area


def too_many() -> HttpResponse:
    """The answer to somebody who asks faster than a family could."""
    answer = HttpResponse(
        "Too many requests at once. Wait a few seconds. To have all of the data, use the export of the open API.",
        status=TOO_MANY,
        content_type="text/plain; charset=utf-8",
    )
    answer["Retry-After"] = "5"
    return answer


def offer_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the Local Offer for everybody: `request.directory`, `request.offer_area` and `request.t` are there.

    The database is told the area and no person, so that it shows what is published and nothing else.
    """

    @public
    @wraps(view)
    def page(request: HttpRequest, area: str, **more: Any) -> HttpResponse:
        if not may_have_more(request):
            return too_many()
        found = area_or_404(area)
        with visiting(found):
            request.offer_area = found
            request.directory = DIRECTORIES.of(found, today_here())
            request.language = chosen_language(request.GET.get("lang") or request.COOKIES.get(LANGUAGE_COOKIE))
            request.t = translator(request.language)
            answer = view(request, **more)
        if request.GET.get("lang") in LANGUAGES:
            answer.set_cookie(LANGUAGE_COOKIE, request.language, max_age=31536000, samesite="Lax", httponly=True)
        return answer

    return page


def with_phones(words: str) -> Markup:
    """Words in which each telephone number can be called from a phone; all else is escaped."""
    made = Markup()
    at = 0
    for found in _PHONE.finditer(words):
        number = found.group().replace(" ", "")
        if len(number) not in LENGTHS:
            continue
        link = Markup('<a class="govuk-link" href="tel:{}">{}</a>').format(number, found.group())
        made += words[at : found.start()] + link
        at = found.end()
    return made + words[at:]


def show(request: HttpRequest, template: str, words: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A public page with what all of them need."""
    directory = request.directory
    saved = saved_keys(request)
    common = {
        "area": request.offer_area,
        "slug": request.offer_area.slug,
        "t": request.t,
        "language": request.language,
        "languages": LANGUAGES,
        "directory": directory,
        "day_here": directory.today,
        "saved": saved,
        "breadcrumbs": [],
        "with_phones": with_phones,
    }
    return render(request, f"offer/{template}", common | (words or {}), status=status)


SAVED_COOKIE = "offer_saved"
MOST_SAVED = 40


def saved_keys(request: HttpRequest) -> list[str]:
    """The entries that this browser keeps, as far as they are still published."""
    kept = request.COOKIES.get(SAVED_COOKIE, "").split(".")
    return [key for key in dict.fromkeys(kept) if key in request.directory.entries][:MOST_SAVED]
