"""How the open feed answers: JSON for anyone, errors in words, tags that save a second download."""

from __future__ import annotations

import hashlib
import json
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from kept.access.acting import today_here, visiting
from kept.access.models import Area
from kept.access.web import View, public
from kept.offer.directory import DIRECTORIES
from kept.offer.throttle import may_have_more

JSON = "application/json"
METHODS = "GET, HEAD, OPTIONS"


class Malformed(Exception):
    """A parameter of the query cannot be read; the text says which and how it should be."""


def encoded(document: Any) -> bytes:
    """JSON as bytes, without spaces, letters as they are."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """An error in words."""
    return HttpResponse(encoded({"status": status, "title": title, "detail": detail}), status=status, content_type=JSON)


def open_data(view: View) -> View:
    """An operation of the open feed: GET for anyone, from anywhere, within a fair share."""

    @public
    @csrf_exempt
    @wraps(view)
    def operation(request: HttpRequest, area: str, **more: Any) -> HttpResponseBase:
        answer = _answer(request, area, view, more)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        return answer

    return operation


def _answer(request: HttpRequest, slug: str, view: View, more: dict[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Access-Control-Allow-Methods"] = METHODS
        answer["Access-Control-Allow-Headers"] = "If-None-Match"
        answer["Access-Control-Max-Age"] = "86400"
        return answer
    if request.method not in {"GET", "HEAD"}:
        answer = problem(405, "Method not allowed", "The open feed is read with GET.")
        answer["Allow"] = METHODS
        return answer
    if not may_have_more(request):
        answer = problem(429, "Too many requests", "Wait a few seconds. To have everything at once, use /export.")
        answer["Retry-After"] = "5"
        return answer
    found = Area.objects.filter(slug=slug).first()
    if found is None:
        return problem(404, "Not found", "There is no area of that name here.")
    with visiting(found):
        request.directory = DIRECTORIES.of(found, today_here())
        request.offer_area = found
        return _tagged(request, view, more)


def _tagged(request: HttpRequest, view: View, more: dict[str, Any]) -> HttpResponseBase:
    whole = f"{request.directory.etag} {request.get_full_path()}"
    tag = f'"{hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()}"'
    given = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    try:
        answer = HttpResponse(status=304) if tag in given else view(request, **more)
    except Malformed as error:
        return problem(400, "Malformed parameter", str(error))
    if answer.status_code in {200, 304}:
        answer["ETag"] = tag
        answer["Cache-Control"] = "public, no-cache"
    return answer
