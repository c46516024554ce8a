"""The editors' pages beside the entries: organisations, places, guidance, words, samples, who was asked, postcodes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.design.words import counted
from kept.offer import comments, desk_queries, keeping, keeping_forms, keeping_queries
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Location, Organisation, Page, SynonymRow
from kept.offer.places import CREDITS, import_places, read_places
from kept.offer.public_views import page_number
from kept.offer.publishing import close_organisation

PER_PAGE = 50
LARGEST_PLACES = 60 * 1024 * 1024


def _page(request: HttpRequest, found: Any) -> Any:
    return Paginator(found, PER_PAGE).get_page(page_number(request))


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


def _found(request: HttpRequest, model: Any, pk: UUID | None) -> Any:
    """The row to be changed, or a new one. Raises Http404."""
    if pk is None:
        return model()
    found = keeping_queries.one_of(request.actor, model, pk)
    if found is None:
        raise Http404
    return found


def _edit(
    request: HttpRequest, form: django_forms.Form, act: Callable[[dict[str, Any]], object], words: dict[str, Any]
) -> HttpResponse:
    """A form that acts when it is right, and says what is wrong when it is not."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as problem:
            form.add_error(words.get("first", next(iter(form.fields))), str(problem))
        else:
            messages.success(request, words["done"])
            return redirect(words["back"])
    return render(request, words.get("template", "offer/keep.html"), {"form": form, **words})


@needs(Can.EDIT_OFFER)
def organisations(request: HttpRequest) -> HttpResponse:
    """Who provides services."""
    text = _text(request)
    return render(request, "offer/organisations.html", {
        "page": _page(request, keeping_queries.organisations(request.actor, text)), "text": text
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add or change an organisation; close one."""
    found = _found(request, Organisation, pk)
    if request.method == "POST" and "close" in request.POST:
        try:
            close_organisation(by=request.actor, organisation=found, also_services="also" in request.POST)
        except Refused as problem:
            messages.error(request, str(problem))
            return redirect("desk:organisation", pk=found.pk)
        messages.success(request, f"{found.name} is closed.")
        return redirect("desk:organisations")
    names = ("name", "description", "url", "email", "is_trusted")
    form = keeping_forms.OrganisationForm(request.POST or None, initial={one: getattr(found, one) for one in names})
    by = request.actor
    return _edit(request, form, lambda facts: keeping.save_organisation(by=by, organisation=found, **facts), {
        "title": found.name or "Add an organisation", "back": "desk:organisations", "done": "Kept.",
        "organisation": found if pk else None, "template": "offer/organisation.html",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
def locations(request: HttpRequest) -> HttpResponse:
    """Where services are given."""
    text = _text(request)
    return render(request, "offer/locations.html", {
        "page": _page(request, keeping_queries.locations(request.actor, text)), "text": text
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def location(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add, change or take away a place."""
    found = _found(request, Location, pk)
    if request.method == "POST" and "remove" in request.POST:
        try:
            keeping.remove_location(by=request.actor, location=found)
        except Refused as problem:
            messages.error(request, str(problem))
            return redirect("desk:location", pk=found.pk)
        messages.success(request, "Taken away.")
        return redirect("desk:locations")
    names = ("name", "address_1", "city", "county", "postcode", "uprn")
    start = {one: getattr(found, one) for one in names} | {"accessibility": "\n".join(found.accessibility)}
    form = keeping_forms.LocationForm(request.POST or None, initial=start)
    return _edit(request, form, lambda facts: keeping.save_location(by=request.actor, location=found, **facts), {
        "title": found.name or "Add a place", "back": "desk:locations", "done": "Kept. Families see it now.",
        "location": found if pk else None, "template": "offer/location.html",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
def guidance(request: HttpRequest) -> HttpResponse:
    """The pages of guidance."""
    text = _text(request)
    return render(request, "offer/guidance.html", {
        "page": _page(request, keeping_queries.pages(request.actor, text)), "text": text,
        "slug": request.actor.area.slug,
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def guidance_page(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Write a page of guidance."""
    found = _found(request, Page, pk)
    names = ("title", "slug", "body", "easy_read", "video", "contact", "items", "is_published")
    form = keeping_forms.PageForm(
        request.POST or None, actor=request.actor, initial={one: getattr(found, one) for one in names}
    )
    return _edit(request, form, lambda facts: keeping.save_page(by=request.actor, page=found, **facts), {
        "title": found.title or "Add a page of guidance", "back": "desk:guidance", "first": "slug",
        "done": "Kept. The page counts as checked today.",
        "history": reverse("desk:kept_history", args=["guidance", pk]) if pk else "",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
def words(request: HttpRequest) -> HttpResponse:
    """What is searched for when families type a word; and how a search is read."""
    text, which = _text(request), request.GET.get("which", "")
    tried = request.GET.get("try", "").strip()[:200]
    directory = DIRECTORIES.of(request.actor.area, request.actor.today)
    hits = directory.index.search(tried, limit=5) if tried else []
    return render(request, "offer/words.html", {
        "page": _page(request, keeping_queries.words(request.actor, text, which=which)), "text": text,
        "which": which, "tried": tried, "understood": directory.index.understand(tried) if tried else None,
        "hits": [(directory.entries[hit.service_id], hit) for hit in hits],
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add a word of the council's own, change it, or take it away."""
    found = _found(request, SynonymRow, pk)
    if request.method == "POST" and "remove" in request.POST and pk:
        keeping.drop_synonym(by=request.actor, row=found)
        messages.success(request, "Taken away.")
        return redirect("desk:words")
    typed = found.typed or request.GET.get("typed", "")[:60]
    known = keeping_queries.word(request.actor, typed) if typed and not pk else None
    start = {"typed": typed, "also": known.also if known else found.also, "note": found.note, "is_on": found.is_on}
    form = keeping_forms.SynonymForm(request.POST or None, initial=start)
    return _edit(request, form, lambda facts: keeping.save_synonym(by=request.actor, **facts), {
        "title": f"“{typed}”" if typed else "Add a word", "back": "desk:words", "first": "also",
        "done": "Kept. Search uses it now.", "removable": bool(pk),
        "lead": "Your own row stands in the place of ours for the same word.",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A change that a trusted provider published, drawn for somebody to look at."""
    found = keeping_queries.sample(request.actor, pk)
    if found is None:
        raise Http404
    before = found.service.versions.filter(number__lt=found.version.number).order_by("-number").first()
    was, became = before.content if before else {}, found.version.content
    form = keeping_forms.SampleForm(request.POST or None)
    return _edit(
        request,
        form,
        lambda facts: keeping.look(
            by=request.actor, sample=found, is_right=facts["answer"] == "yes", note=facts["note"]
        ),
        {
            "title": found.service.name, "back": "desk:home", "done": "Kept.", "sample": found, "first": "note",
            "changes": desk_queries.changes(desk_queries.names_in(request.actor, [was, became]), was, became),
            "template": "offer/sample.html",
        },
    )  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest) -> HttpResponse:
    """Key in a comment that came by phone, on paper or in a group."""
    form = keeping_forms.WrittenDownForm(
        request.POST or None, actor=request.actor, initial={"received_on": request.actor.today}
    )
    return _edit(request, form, lambda facts: comments.write_down(by=request.actor, **facts), {
        "title": "Write down a comment", "back": "desk:comments", "first": "people",
        "lead": "What somebody said by phone, on paper or in a group counts as much as what came on the web. The reply "
                "is due 28 days after the day it came.",
        "done": "Written down. It waits to be read and published, as every comment does.",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def consulted(request: HttpRequest) -> HttpResponse:
    """Who was asked about the Local Offer, against the list of regulation 54."""
    today = request.actor.today
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2014 <= int(asked[:4]) <= today.year else today.year  # noqa: PLR2004
    form = keeping_forms.ConsultedForm(request.POST or None, today=today, initial={"on": today})
    lines = keeping_queries.consulted(request.actor.area, year)
    return _edit(request, form, lambda facts: keeping.note_consulted(by=request.actor, **facts), {
        "title": "Who was asked", "back": "desk:consulted", "done": "Written down. Families read it in the year’s "
        "summary.", "lines": lines, "year": year, "today": today, "first": "on",
        "missing": sum(not line.asked for line in lines), "template": "offer/consulted.html",
    })  # fmt: skip


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def postcodes(request: HttpRequest) -> HttpResponse:
    """Bring in where postcodes are, with a dry run first."""
    form = keeping_forms.PlacesForm(request.POST or None, request.FILES or None)
    said = ""
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            said = _read_places(request, facts)
        except (ValueError, UnicodeError) as problem:
            words = "The file is not text in UTF-8." if isinstance(problem, UnicodeError) else str(problem)
            form.add_error("file", words)
    return render(request, "offer/postcodes.html", {
        "form": form, "said": said, "known": keeping_queries.places_known(request.actor), "credits": CREDITS,
    })  # fmt: skip


def _read_places(request: HttpRequest, facts: dict[str, Any]) -> str:
    """Read the file; what was done in words. Raises ValueError with a sentence."""
    if facts["file"].size > LARGEST_PLACES:
        raise ValueError("The file is larger than 60 MB. Keep only the rows of your area.")
    lines = io.TextIOWrapper(facts["file"].file, encoding="utf-8-sig", newline="")
    district = facts["district"].strip().upper()
    if facts["go"]:
        number = import_places(by=request.actor, lines=lines, district=district)
        return f"Kept: {counted(number, 'postcode')}. Search uses them now."
    names = [name for name, _, _ in read_places(lines, district=district)]
    if not names:
        raise ValueError("No row of the file is a postcode in use there. Check the code of the local authority.")
    kept = counted(len(names), "postcode")
    return f"Dry run: nothing was changed. {kept} would be kept, from {min(names)} to {max(names)}."
