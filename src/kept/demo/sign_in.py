"""One-click sign-in to the demonstration, its banner on every page, and the page of its figures.

Only where the settings say that this is the demonstration, and only as a made-up person of a demonstration area: the
addresses do not exist otherwise, and each view refuses once more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kept.access.acting import acting
from kept.access.middleware import enter_area
from kept.access.models import Area, User
from kept.access.web import public
from kept.demo import compare
from kept.demo.figures import SOURCE
from kept.demo.places import WORKERS, address_of

View = Callable[..., HttpResponse]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def only_in_demonstration(view: View) -> View:
    """There is no such page on a live service, whatever its addresses say."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def banner(request: HttpRequest) -> dict[str, Any]:
    """What the banner on every page needs; nothing where this is no demonstration."""
    return {"demonstration": {"href": reverse("demo:sign_in")}} if settings.DEMO else {}


def _areas() -> list[Area]:
    return list(Area.objects.filter(is_demo=True).order_by("name"))


def _chosen(areas: list[Area], slug: str | None) -> Area | None:
    """The area that the address names, else the first."""
    if not slug:
        return areas[0] if areas else None
    chosen = next((area for area in areas if area.slug == slug), None)
    if chosen is None:
        raise Http404
    return chosen


@public
@only_in_demonstration
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Whom somebody may be: each kind of worker and family, with one sentence on what they do."""
    areas = _areas()
    chosen = _chosen(areas, request.GET.get("area"))
    people = []
    if chosen:
        keys = {address_of(chosen, worker.key): worker for worker in WORKERS}
        found = {user.email: user for user in User.objects.filter(email__in=keys, is_active=True)}
        people = [(worker, found[address]) for address, worker in keys.items() if address in found]
    facts = {"areas": areas, "chosen": chosen, "people": people}
    return render(request, "demo/sign_in.html", facts)


@public
@only_in_demonstration
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Be one of them. Whoever was signed in before is signed out. Not found: another area, or nobody of ours."""
    area = _chosen([area for area in _areas() if area.slug == request.POST.get("area")], request.POST.get("area"))
    key = request.POST.get("who", "")
    if area is None or not area.is_demo or key not in {worker.key for worker in WORKERS}:
        raise Http404
    user = User.objects.filter(email=address_of(area, key), is_active=True).first()
    if user is None:
        raise Http404
    logout(request)
    with acting(user=user, area=area):  # the security log takes a line about a person from that person only
        login(request, user, backend=BACKEND)
    enter_area(request, area)
    return redirect("access:home")


@public
@only_in_demonstration
def figures(request: HttpRequest) -> HttpResponse:
    """The demonstration's figures beside the published ones."""
    areas = _areas()
    chosen = _chosen(areas, request.GET.get("area"))
    kept = compare.kept(chosen) if chosen else None
    if chosen is None or kept is None:
        raise Http404
    authority, assumed, lines = kept
    subjects: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        row = {
            "what": line.what,
            "published": line.words(line.published),
            "here": line.words(line.demonstration),
            "interval": f"{line.words(line.low)} to {line.words(line.high)}",
            "verdict": "Within" if line.is_within else "Outside",
        }
        subjects.setdefault(line.subject, []).append(row)
    facts = {
        "chosen": chosen,
        "authority": authority,
        "assumed": assumed,
        "subjects": subjects,
        "within": sum(line.is_within for line in lines),
        "total": len(lines),
        "source": SOURCE,
        "back_link": reverse("demo:sign_in"),
    }
    return render(request, "demo/figures.html", facts)
