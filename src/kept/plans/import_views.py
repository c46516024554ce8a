"""Pages: read in an existing plan, see how far it is, and look through what the machine read, entry by entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.documents.actions import NotKept
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.plans import import_review as review
from kept.plans import importing, versions
from kept.plans.import_forms import BeginForm, InForceForm, MendForm
from kept.plans.import_models import PlanImport
from kept.plans.models import Version
from kept.plans.queries import version_of
from kept.plans.section_sets import set_of


def _child_or_404(request: HttpRequest, pk: UUID) -> Child:
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="Reading in a plan")
    return child


@needs(Can.EDIT_PLANS)
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a file or paste the words."""
    child = _child_or_404(request, pk)
    form = BeginForm(request.POST or None, request.FILES or None) if request.method == "POST" else BeginForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            one = importing.begin(by=request.actor, child=child, text=given["text"], file=given["file"])
        except (NotKept, Refused) as problem:
            form.add_error("file" if given["file"] else "text", str(problem))
        else:
            return _next(request, one, is_in_force=given["is_in_force"] == "yes")
    words = {"child": child, "form": form, "before": importing.imports_of(request.actor, child.pk)}
    return render(request, "plans/import_begin.html", words)


def _next(request: HttpRequest, one: PlanImport, *, is_in_force: bool) -> HttpResponse:
    """Read on; when all is read, make the version and look through it."""
    one = importing.go_on(by=request.actor, one=one)
    place = f"{reverse('plans:import_reading', kwargs={'pk': one.pk})}?in_force={'yes' if is_in_force else 'no'}"
    if one.problem or not one.is_read:
        return redirect(place)
    try:
        version = importing.make_version(by=request.actor, one=one, is_in_force=is_in_force)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect(place)
    return redirect("plans:import_review", pk=version.pk)


@needs(Can.EDIT_PLANS)
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the reading is; a press (or the page by itself, with scripts) reads on."""
    one = importing.import_of(request.actor, pk)
    if one is None:
        raise Http404
    showing(request, one.child_id, what="Reading in a plan")
    in_force = request.POST.get("in_force") or request.GET.get("in_force") or "yes"
    if one.version_id:
        return redirect("plans:import_review", pk=one.version_id)
    if request.method == "POST":
        return _next(request, one, is_in_force=in_force == "yes")
    return render(request, "plans/import_reading.html", {"one": one, "child": one.child, "in_force": in_force})


def _version_or_404(request: HttpRequest, pk: UUID) -> Version:
    version = version_of(request.actor, pk)
    if version is None or not version.is_imported:
        raise Http404
    showing(request, version.child_id, what=f"Looking through what was read: {version}")
    return version


def _back(version: Version, section: str, place: str = "") -> HttpResponse:
    address = reverse("plans:import_review", kwargs={"pk": version.pk})
    return redirect(f"{address}?section={section}{f'#{place}' if place else ''}")


@needs(Can.EDIT_PLANS)
def look_through(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was read, a section at a time: confirm, mend, split or take out."""
    version = _version_or_404(request, pk)
    page = review.page_of(request.actor, version, request.GET.get("section", ""))
    sections = set_of(version.section_set)
    rows = [{"one": one, "form": _mend_form(one, sections)} for one in page.rows]
    words = {
        "version": version, "page": page, "rows": rows, "child": version.child,
        "in_force": InForceForm() if page.left == 0 and review.may_come_into_force(version) else None,
    }  # fmt: skip
    return render(request, "plans/import_review.html", words)


def _mend_form(one: review.Row, sections: Any) -> MendForm:
    entry = one.entry
    initial = {"text": entry.text, "section": entry.section, "kind": entry.kind, "revision": entry.revision}
    return MendForm(initial=initial, sections=sections, auto_id=f"{entry.lineage}-%s")


@needs(Can.EDIT_PLANS)
@require_POST
def entry(request: HttpRequest, pk: UUID, lineage: UUID) -> HttpResponse:
    """Confirm, mend or take out one entry."""
    version = _version_or_404(request, pk)
    one = review.entry_of(request.actor, version, lineage)
    if one is None:
        messages.error(request, "This entry is not in the version any more.")
        return _back(version, request.POST.get("section", ""))
    form = MendForm(request.POST, sections=set_of(version.section_set))
    section = one.section
    try:
        if "remove" in request.POST:
            review.take_out(by=request.actor, version=version, entry=one)
            messages.success(request, "The entry was taken out.")
        elif "mend" in request.POST:
            if not form.is_valid():
                raise Refused("Write something first: an entry is never empty. Take it out if it does not belong here.")
            made = review.mend(by=request.actor, version=version, entry=one, given=form.cleaned_data)
            messages.success(request, "Saved and confirmed." if made == 1 else f"Saved as {made} entries.")
        else:
            review.confirm(by=request.actor, entry=one)
            messages.success(request, "Confirmed.")
    except (Refused, ValueError) as problem:
        messages.error(request, str(problem))
    return _back(version, section)


@needs(Can.EDIT_PLANS)
@require_POST
def confirm_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm every entry of a section that has nothing to look at twice."""
    version = _version_or_404(request, pk)
    section = request.POST.get("section", "")
    done = review.confirm_without_doubts(by=request.actor, version=version, section=section)
    messages.success(request, f"Confirmed: {done}.")
    return _back(version, section)


@needs(Can.EDIT_PLANS)
@require_POST
def names_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put “another child” in place of the names of other children."""
    version = _version_or_404(request, pk)
    try:
        done = review.take_names_out(by=request.actor, version=version)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Entries changed: {done}. The file itself still holds the names.")
    return _back(version, request.POST.get("section", ""))


@needs(Can.EDIT_PLANS)
@require_POST
def into_force(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a plan that was looked through in force from its day."""
    version = _version_or_404(request, pk)
    form = InForceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Enter the day since which the plan is in force, such as 27 3 2025.")
        return _back(version, "")
    try:
        importing.check_looked_through(request.actor, version, form.cleaned_data["on"])
        versions.issue_imported(
            by=request.actor, version=version, on=form.cleaned_data["on"],
            signed_by_name=form.cleaned_data["signed_by"],
        )  # fmt: skip
    except Refused as problem:
        messages.error(request, str(problem))
        return _back(version, "")
    messages.success(request, "The plan is in force in Kept.")
    return redirect("plans:document", pk=version.pk)
