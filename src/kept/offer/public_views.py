"""The public pages: search, an entry, guidance, a list of one's own, the whole list, a QR code. No sign-in."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kept.access.models import Area
from kept.access.web import public
from kept.design.problems import sentences_of
from kept.offer.comments import published
from kept.offer.counting import note_miss, note_view
from kept.offer.finding import Found, SearchForm, find, open_at
from kept.offer.places import CREDITS
from kept.offer.states import DAY_NAMES, Capacity, Delivery, Level, Route, Status
from kept.offer.visiting import MOST_SAVED, SAVED_COOKIE, offer_page, saved_keys, show
from kept.offer.waits import in_words
from kept.rules.oruk.model import Entry
from kept.rules.oruk.text import plain
from kept.rules.search import Hit
from kept.rules.search.answers import within_a_line

PER_PAGE = 15
LONGEST_PAGE_NUMBER = 5
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CRISIS_HELP = (
    ("If somebody’s life is at risk, call 999.", "tel:999"),
    ("To talk to somebody now, call Samaritans free on 116 123.", "tel:116123"),
    ("NHS mental health help, day and night: call 111 and choose option 2.", "tel:111"),
    ("Childline, for anybody under 19: call 0800 1111.", "tel:08001111"),
)


@public
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The only area's Local Offer, or a list to choose from."""
    areas = list(Area.objects.order_by("name")[:200])
    if len(areas) == 1:
        return redirect(
            reverse("offer:search", args=[areas[0].slug]) + (f"?{query}" if (query := request.GET.urlencode()) else "")
        )
    return render(request, "offer/choose.html", {"areas": areas})


def page_number(request: HttpRequest) -> int:
    """The page asked for; 1 for nonsense."""
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER else 1


@offer_page
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search, or the front page when nothing is asked."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in form.fields}
    asked["q"] = typed = (request.GET.get("q") or "").replace("\x00", "").strip()[:400]
    nothing_asked = not any(asked.values()) and "all" not in request.GET
    words: dict[str, Any] = {"asked": asked, "form_problems": sentences_of(form), "front": nothing_asked}
    if nothing_asked:
        words["guides"] = list(request.directory.pages.values())
        words["needs"] = _needs(request)
        return show(request, "search.html", words)
    results = find(request.directory, asked)
    if results.only_beginnings:
        note_miss(request.offer_area, typed, request.directory.today)
    page = Paginator(results.found, PER_PAGE).get_page(page_number(request))
    words |= {
        "credits": CREDITS,
        "results": results,
        "page": page,
        "lines": [result_of(request, one) for one in page],
        "crisis": CRISIS_HELP if results.understood and results.understood.crisis else (),
    }
    return show(request, "search.html", words)


def _needs(request: HttpRequest) -> list[str]:
    """The names of the needs, for browsing."""
    return sorted({name for entry in request.directory.shown for name in entry.terms_of("needs")})


def line_of(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """An entry as one result: what a family compares."""
    today = request.directory.today
    wait = in_words(entry.wait, stated=entry.stated_wait, stated_on=entry.stated_wait_on, today=today)
    return {
        "entry": entry,
        "short": shortened(entry.description),
        "stands": entry.stands(today),
        "wait": wait,
        "capacity": Capacity(entry.capacity).label if entry.capacity else "",
        "capacity_key": entry.capacity,
        "is_saved": entry.id in saved_keys(request),
        "place": entry.places[0] if entry.places else None,
        "delivery": Delivery(entry.delivery).label,
    }


def result_of(request: HttpRequest, found: Found) -> dict[str, Any]:
    """A result of a search: its line, and why it was found."""
    hit = found.hit
    return line_of(request, found.entry) | {"hit": hit, "also": also_answers(hit)}


def also_answers(hit: Hit) -> tuple[str, ...]:
    """What else a result answers, without saying the same word twice."""
    words = {word.casefold() for word in hit.words}
    return tuple(within_a_line(name) for name in hit.also if name.casefold() not in words)


def shortened(text: str, most: int = 180) -> str:
    """The beginning of a text, ended at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


@offer_page
@require_GET
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service, with what is true today."""
    found = request.directory.entries.get(str(pk))
    if found is None:
        return show(request, "gone.html", status=404)
    today = request.directory.today
    note_view(request.offer_area, pk, today)
    comments = [one for one in published(request.offer_area) if one.service_id == pk][:5]
    words = line_of(request, found) | {
        "description": blocks(found.description),
        "capacity_on": date.fromisoformat(found.capacity_on) if found.capacity_on else None,
        "status": Status(found.status).label,
        "level": Level(found.level).label,
        "route": Route(found.route).label if found.route else "",
        "is_open_now": open_at(found, timezone.localtime()) if found.schedules else None,
        "day_names": DAY_NAMES,
        "alert": found.alert if found.alert and (found.alert_until or "9999") >= today.isoformat() else "",
        "meanwhile": _meanwhile(request, found),
        "comments": comments,
        "address_here": request.build_absolute_uri(request.path),
        "easy": request.GET.get("easy") == "1" and bool(found.easy_read),
    }
    return show(request, "entry.html", words)


def _meanwhile(request: HttpRequest, found: Entry) -> list[Entry]:
    """Up to four services for the same needs that a family can use today."""
    if not (found.wait or found.stated_wait or found.capacity in {"waiting_list", "closed"}):
        return []
    needs = set(found.terms_of("needs"))
    near = [
        other
        for other in request.directory.shown
        if other.id != found.id and "while_waiting" in other.features and needs & set(other.terms_of("needs"))
    ]
    return sorted(near, key=lambda other: (-len(needs & set(other.terms_of("needs"))), other.name))[:4]


@offer_page
@require_GET
def guide(request: HttpRequest, page: str) -> HttpResponse:
    """A page of guidance."""
    found = request.directory.pages.get(page)
    if found is None:
        return show(request, "gone.html", status=404)
    easy = request.GET.get("easy") == "1" and bool(found.easy_read)
    return show(request, "guide.html", {"guide": found, "easy": easy, "blocks": blocks(found.body)})


def blocks(text: str) -> list[dict[str, Any]]:
    """Plain text as headings, points and paragraphs."""
    made: list[dict[str, Any]] = []
    for part in plain(text).split("\n"):
        if part.startswith("## "):
            made.append({"kind": "heading", "text": part[3:]})
        elif part.startswith("- "):
            if not made or made[-1]["kind"] != "points":
                made.append({"kind": "points", "points": []})
            made[-1]["points"].append(part[2:])
        elif part.strip():
            made.append({"kind": "paragraph", "text": part})
    return made


@offer_page
@require_GET
def own_list(request: HttpRequest) -> HttpResponse:
    """The entries that this browser saved, or those of a shared link; made to be printed."""
    shared = [key for key in request.GET.get("ids", "").split(".")[:MOST_SAVED] if key in request.directory.entries]
    keys = shared or saved_keys(request)
    link = ""
    if keys:
        path = reverse("offer:own_list", kwargs={"area": request.offer_area.slug})
        link = request.build_absolute_uri(f"{path}?ids={'.'.join(keys)}")
    lines = [line_of(request, request.directory.entries[key]) for key in keys]
    return show(request, "own_list.html", {"lines": lines, "is_shared": bool(shared), "link": link})


@offer_page
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep an entry in this browser, or take it out again; no account."""
    key, keys = str(pk), saved_keys(request)
    if key not in request.directory.entries:
        raise Http404
    keys = [one for one in keys if one != key] if key in keys else [*keys, key][-MOST_SAVED:]
    slug = request.offer_area.slug
    from_list = request.POST.get("back") == "list"
    answer = redirect("offer:own_list", area=slug) if from_list else redirect("offer:entry", area=slug, pk=pk)
    answer.set_cookie(SAVED_COOKIE, ".".join(keys), max_age=31536000, samesite="Lax", httponly=True)
    return answer


@offer_page
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """The whole Local Offer as one list to print, or as a spreadsheet."""
    if request.GET.get("as") == "csv":
        return _spreadsheet(request)
    return show(request, "everything.html", {"entries": request.directory.shown})


COLUMNS = ("name", "organisation", "description", "who_for", "who_not_for", "minimum_age", "maximum_age", "fees",
           "how_to_get_it", "bring", "phone", "email", "url", "place", "postcode", "status", "capacity", "capacity_on",
           "assured_on", "id")  # fmt: skip


def _spreadsheet(request: HttpRequest) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in request.directory.shown:
        place = one.places[0] if one.places else None
        cells = {
            **one.content,
            "organisation": one.organisation.name,
            "phone": "; ".join(row.get("number", "") for row in one.phones),
            "place": f"{place.name}, {place.address_1}, {place.city}" if place else "",
            "postcode": place.postcode if place else "",
            "assured_on": one.assured_on or "",
            "id": one.id,
        }
        writer.writerow([_harmless(cells.get(name)) for name in COLUMNS])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="local-offer-{request.offer_area.slug}.csv"'
    return answer


def _harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@offer_page
@require_GET
def qr(request: HttpRequest) -> HttpResponse:
    """A QR code of one of our own addresses."""
    path = request.GET.get("path", "")
    home = reverse("offer:search", kwargs={"area": request.offer_area.slug})
    if not path.startswith(home) or len(path) > 900:  # noqa: PLR2004 -- what a printed code can hold
        raise Http404
    out = io.BytesIO()
    segno.make(request.build_absolute_uri(path), micro=False, error="m").save(out, kind="svg", scale=5, border=4)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@offer_page
@require_http_methods(["GET"])
def developers(request: HttpRequest) -> HttpResponse:
    """The open feed in five minutes."""
    root = request.build_absolute_uri(reverse("offer:api_root", kwargs={"area": request.offer_area.slug}))
    first = request.directory.ordered[0] if request.directory.ordered else None
    return show(request, "developers.html", {"root": root.rstrip("/"), "first": first})
