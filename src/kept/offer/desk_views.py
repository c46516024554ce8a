"""The desk: what needs somebody, entries and their history, changes from providers, the checklist, gaps, imports."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.offer import desk_queries, forms
from kept.offer.access import is_editor, publishes_at_once
from kept.offer.coverage import covered, set_line, sync_gaps
from kept.offer.directory import DIRECTORIES
from kept.offer.guards import needs_or_holds
from kept.offer.importing import Plan, apply_plan, plan_of
from kept.offer.models import Coverage, Miss, Organisation, Proposal, Service, Version
from kept.offer.public_views import page_number
from kept.offer.publishing import (
    Unfit,
    archive,
    confirm,
    content_of,
    decide,
    own_organisations,
    publish,
    undo,
)
from kept.rules.oruk.text import advice, reading_age

PER_PAGE = 50
LARGEST_FILE = 5 * 1024 * 1024
KEEPERS = (Can.EDIT_OFFER, Can.EDIT_OWN_OFFER)


@needs(Can.EDIT_OFFER)
def home(request: HttpRequest) -> HttpResponse:
    """Everything that needs an editor, in one list."""
    directory = DIRECTORIES.of(request.actor.area, request.actor.today)
    found = desk_queries.tasks(request.actor, directory)
    kind = request.GET.get("kind", "")
    counts = {name: sum(task.kind == name for task in found) for name in desk_queries.KINDS}
    shown = [task for task in found if task.kind == kind] if kind in counts else found
    page = Paginator(shown, PER_PAGE).get_page(page_number(request))
    words = {
        "page": page,
        "counts": counts,
        "kinds": desk_queries.KINDS,
        "kind": kind,
        "viewed": desk_queries.most_viewed(request.actor),
        "late": sum(task.due is not None and task.due < request.actor.today for task in found),
    }
    return render(request, "offer/desk.html", words)


@needs(*KEEPERS)
def mine(request: HttpRequest) -> HttpResponse:
    """The entries that a person keeps: to search, to confirm, to change."""
    text, which = request.GET.get("q", "").strip()[:100], request.GET.get("which", "")
    page = Paginator(desk_queries.entries(request.actor, text, which=which), PER_PAGE).get_page(page_number(request))
    waiting = Proposal.objects.filter(area=request.actor.area, by=request.actor.user).order_by("-at")[:10]
    words = {"page": page, "text": text, "which": which, "waiting": waiting, "is_editor": is_editor(request.actor)}
    return render(request, "offer/mine.html", words)


def entry_or_404(request: HttpRequest, pk: UUID) -> Service:
    """An entry that the person keeps."""
    found = desk_queries.entry_or_none(request.actor, pk)
    if found is None:
        raise Http404
    return found


@needs(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new entry of one of the person's organisations."""
    organisations = list(own_organisations(request.actor).order_by("name"))
    chosen = next((one for one in organisations if str(one.pk) == request.GET.get("organisation")), None)
    if chosen is None and len(organisations) != 1:
        form = forms.NewEntryForm(None, organisations=organisations)
        return render(request, "offer/choose_organisation.html", {"form": form, "organisations": organisations})
    return _write(request, chosen or organisations[0], None)


@needs_or_holds(*KEEPERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an entry."""
    entry = entry_or_404(request, pk)
    return _write(request, entry.organisation, entry)


def _write(request: HttpRequest, organisation: Organisation, entry: Service | None) -> HttpResponse:
    before = content_of(entry) if entry else None
    start = forms.start_of(before) if before else {"languages": "English", "status": "active"}
    form = forms.EntryForm(request.POST or None, actor=request.actor, before=before, initial=start)
    words: dict[str, Any] = {
        "form": form,
        "entry": entry,
        "organisation": organisation,
        "at_once": publishes_at_once(request.actor, organisation),
        "slug": request.actor.area.slug,
    }
    if request.method == "POST" and form.is_valid():
        content = form.content()
        if "check" in request.POST:
            words["advice"] = advice(content["description"])
            words["age"] = reading_age(content["description"])
            return render(request, "offer/edit.html", words)
        try:
            made = publish(
                by=request.actor,
                organisation=organisation,
                content=content,
                service=entry,
                why=form.cleaned_data["why"],
            )
        except Unfit as unfit:
            forms.add_problems(form, unfit.problems)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            sent = isinstance(made, Proposal)
            messages.success(
                request,
                "Your change was sent. An editor looks at it within 7 days."
                if sent
                else "Published. Families see it now.",
            )
            return redirect("desk:mine")
    description = entry.description if entry else ""
    words["age"], words["advice"] = reading_age(description), advice(description) if description else []
    return render(request, "offer/edit.html", words)


@needs(*KEEPERS)
@require_POST
def still_right(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One press: the entry is still right."""
    entry = entry_or_404(request, pk)
    confirm(by=request.actor, service=entry)
    messages.success(request, f"{entry.name} is marked as checked today.")
    return redirect("desk:mine")


@needs(*KEEPERS)
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every version, what changed in each, and the way back."""
    entry = entry_or_404(request, pk)
    found = desk_queries.versions(request.actor, entry)
    before = {later.number: earlier for later, earlier in pairwise(found)}
    names = desk_queries.names_in(request.actor, [version.content for version in found])
    rows = [
        (version, desk_queries.changes(names, before[version.number].content, version.content))
        if version.number in before
        else (version, [])
        for version in found
    ]
    return render(request, "offer/history.html", {"entry": entry, "rows": rows, "is_editor": is_editor(request.actor)})


@needs(Can.EDIT_OFFER)
@require_POST
def go_back(request: HttpRequest, pk: UUID, version: UUID) -> HttpResponse:
    """Publish an older version again."""
    entry = entry_or_404(request, pk)
    older = Version.objects.filter(area=request.actor.area, service=entry, pk=version).first()
    if older is None:
        raise Http404
    undo(by=request.actor, service=entry, version=older)
    messages.success(request, f"{entry.name} says again what it said in version {older.number}.")
    return redirect("desk:history", pk=pk)


@needs(*KEEPERS)
@require_POST
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an entry out of the Local Offer."""
    entry = entry_or_404(request, pk)
    archive(by=request.actor, service=entry, why=f"Taken out by {request.actor.user.name}")
    messages.success(request, f"{entry.name} is no longer shown. Its history is kept.")
    return redirect("desk:mine")


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A provider's change beside what is published."""
    found = Proposal.objects.filter(area=request.actor.area, pk=pk).select_related("organisation", "service").first()
    if found is None:
        raise Http404
    form = forms.DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept = form.cleaned_data["answer"] == "yes"
            decide(by=request.actor, proposal=found, accept=accept, reason=form.cleaned_data["reason"])
        except (Refused, Unfit) as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, "Published." if accept else "Sent back with your reason.")
            return redirect("desk:home")
    was = content_of(found.service) if found.service else {}
    changes = desk_queries.changes(desk_queries.names_in(request.actor, [was, found.content]), was, found.content)
    return render(request, "offer/proposal.html", {"form": form, "proposal": found, "changes": changes})


@needs_or_holds(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def coverage(request: HttpRequest) -> HttpResponse:
    """The law's checklist with owners; gaps become duties."""
    if request.method == "POST":
        form = forms.LineForm(request.POST)
        if form.is_valid():
            try:
                set_line(by=request.actor, **form.cleaned_data)
            except ValueError:
                raise Http404 from None
            directory = DIRECTORIES.of(request.actor.area, request.actor.today)
            number = sync_gaps(by=request.actor, directory=directory)
            messages.success(request, f"Kept. {number} gaps are in the ledger of duties.")
            return redirect("desk:coverage")
    directory = DIRECTORIES.of(request.actor.area, request.actor.today)
    lines = {line.code: line for line in Coverage.objects.filter(area=request.actor.area)}
    rows = [(row, lines.get(row.item.code)) for row in covered(request.actor.area, directory)]
    return render(request, "offer/coverage.html", {"rows": rows, "slug": request.actor.area.slug})


@needs(Can.EDIT_OFFER)
def gaps(request: HttpRequest) -> HttpResponse:
    """What families looked for and did not find."""
    page = Paginator(Miss.objects.filter(area=request.actor.area).order_by("-month", "-times"), PER_PAGE)
    return render(request, "offer/gaps.html", {"page": page.get_page(page_number(request))})


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Read a CSV file or another feed: a dry run first, then what is right is published."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    plan: Plan | None = None
    done = 0
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            form.add_error("file", "The file is larger than 5 MB. Cut it into several.")
        else:
            source = form.cleaned_data["organisation"]
            try:
                plan = plan_of(request.actor, file.read(), source=source)
            except ValueError as problem:
                form.add_error("file", str(problem))
            else:
                done = apply_plan(by=request.actor, plan=plan) if form.cleaned_data["go"] else 0
    return render(request, "offer/import.html", {"form": form, "plan": plan, "done": done})
