"""Advice in: the officer says what the plan does with each recommendation; the family compares and reads why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.design.words import counted, day
from kept.plans import advice_in
from kept.plans.advice_papers import (
    SECONDS,
    looked_through,
    not_read_yet,
    paper_of,
    papers_of,
    papers_with_advice,
    pick_out_of_paper,
    read_arrived,
)
from kept.plans.answer_views import READERS, home_of, version_or_404
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.family_forms import PaperForm, UseForm
from kept.plans.models import Recommendation, Version
from kept.plans.queries import whole_plan
from kept.plans.words import Kind, Use
from kept.rules.plans import read_provision
from kept.rules.plans.compare_help import Difference, beside_advice, differences, help_in

TITLE_LETTERS = 70


@dataclass(frozen=True)
class AdviceLine:
    """One recommendation beside what the plan does with it, and how the two differ in words."""

    row: Recommendation
    entry: WholeEntry | None
    label: str
    differences: tuple[Difference, ...]
    unsaid: tuple[str, ...]
    by_machine: bool = False

    @property
    def is_less(self) -> bool:
        """Whether the plan promises less than the advice in something."""
        return any(one.effect == "less" for one in self.differences)


def _line(row: Recommendation, whole: WholePlan, unseen: frozenset[UUID | None] = frozenset()) -> AdviceLine:
    entry = whole.by_lineage.get(row.lineage) if row.lineage else None
    help_asked = row.kind == Kind.PROVISION
    found: tuple[Difference, ...] = ()
    if entry and help_asked and entry.kind is Kind.PROVISION:
        mine = entry.provision if entry.provision and not entry.read_by_machine else None
        found = beside_advice(differences(help_in(row.text), help_in(entry.text, mine)))
    unsaid = read_provision(row.text).reasons if help_asked else ()
    label, by_machine = whole.label_of(entry.lineage) if entry else "", row.document_id in unseen
    return AdviceLine(row, entry, label, found, unsaid, by_machine=by_machine)


def _by_adviser(lines: list[AdviceLine]) -> dict[str, list[AdviceLine]]:
    found: dict[str, list[AdviceLine]] = {}
    for line in lines:
        found.setdefault(line.row.said_by, []).append(line)
    return found


def _whole_or_404(request: HttpRequest, version: Version) -> WholePlan:
    whole = whole_plan(request.actor, version.pk)
    if whole is None:
        raise Http404
    return whole


@needs(*READERS)
def advice_used(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the experts recommended beside what the plan says: the same, changed or left out, each with the reason."""
    version = version_or_404(request, pk, "What became of the advice")
    whole = _whole_or_404(request, version)
    rows = advice_in.recommendations_of(request.actor, version.plan)
    lines = [_line(row, whole) for row in rows]
    words = {
        "version": version,
        "child": version.child,
        "advisers": _by_adviser(lines),
        "count": len(lines),
        "is_staff": request.actor.can(Can.EDIT_PLANS),
        "back_link": home_of(request, version),
    }
    return render(request, "plans/advice_used.html", words)


@needs(Can.EDIT_PLANS)
def advice_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The officer's list of recommendations for a version, those without an answer first; picks out what is new."""
    version = version_or_404(request, pk, "Advice for the plan")
    form = _paper_form(request, version)
    if request.method == "POST" and "paper" in request.POST:
        if form and form.is_valid() and _read_paper(request, version, form):
            return redirect("plans:advice_in", pk)
    elif request.method == "POST" and request.POST.get("press") == "read":
        read_arrived(by=request.actor, child_id=version.child_id, seconds=SECONDS)
        return redirect(f"{reverse('plans:advice_in', args=[pk])}#papers")
    elif request.method == "POST":
        count = advice_in.pick_out(by=request.actor, plan=version.plan)
        listed = f"{counted(count, 'recommendation')} listed. Each one waits for an answer."
        messages.success(request, listed if count else "There was nothing new.")
        return redirect("plans:advice_in", pk)
    whole = _whole_or_404(request, version)
    papers = papers_with_advice(request.actor, version.child_id)
    unseen = frozenset(paper.document_id for paper in papers if not paper.looked_on)
    lines = [_line(row, whole, unseen) for row in advice_in.recommendations_of(request.actor, version.plan)]
    open_keys = {row.pk for row in advice_in.unanswered(request.actor, version)}
    waiting = [line for line in lines if line.row.pk in open_keys]
    words = {
        "version": version,
        "child": version.child,
        "waiting": _by_adviser(waiting),
        "answered": _by_adviser([line for line in lines if line.row.pk not in open_keys]),
        "open_count": len(waiting),
        "new_count": len(open_keys) - len(waiting),
        "form": form,
        "papers": [(paper, sum(line.row.document_id == paper.document_id for line in lines)) for paper in papers],
        "arrived": not_read_yet(request.actor, version.child_id),
        "back_link": reverse("plans:version", args=[pk]),
    }
    return render(request, "plans/advice_in.html", words)


@needs(Can.EDIT_PLANS)
@require_POST
def paper_looked(request: HttpRequest, pk: UUID, paper: UUID) -> HttpResponse:
    """Say that a paper with advice was looked through by a person."""
    version = version_or_404(request, pk, "Advice for the plan")
    found = paper_of(request.actor, paper)
    if found is None or found.child_id != version.child_id:
        raise Http404
    try:
        looked_through(by=request.actor, paper=found)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "It is recorded that you looked the file through.")
    return redirect(f"{reverse('plans:advice_in', args=[pk])}#papers")


def _paper_form(request: HttpRequest, version: Version) -> PaperForm | None:
    papers = papers_of(request.actor, version.child_id)
    choices = [(str(one.pk), f"{one.file_name}, {day(one.at)}") for one in papers]
    given = request.POST if request.method == "POST" and "paper" in request.POST else None
    return PaperForm(given, papers=choices) if choices else None


def _read_paper(request: HttpRequest, version: Version, form: PaperForm) -> bool:
    known = {str(one.pk): one for one in papers_of(request.actor, version.child_id)}
    paper = known[form.cleaned_data["paper"]]
    try:
        count, notes = pick_out_of_paper(
            by=request.actor, plan=version.plan, paper=paper, said_by=form.cleaned_data["said_by"]
        )
    except Refused as problem:
        form.add_error("paper", str(problem))
        return False
    messages.success(request, f"The paper was read. It holds {counted(count, 'new recommendation')}.")
    for note in notes:
        messages.warning(request, note)
    return True


@needs(Can.EDIT_PLANS)
def recommendation(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Say what a version does with one recommendation."""
    version = version_or_404(request, pk, "Advice for the plan")
    found = advice_in.recommendation_of(request.actor, row)
    if found is None or found.plan_id != version.plan_id:
        raise Http404
    whole = _whole_or_404(request, version)
    form = UseForm(
        request.POST if request.method == "POST" else None,
        parts=_parts(whole, found),
        initial={"use": found.use, "reason": found.reason, "lineage": str(found.lineage or "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, version, found, form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It is saved.")
            return redirect("plans:advice_in", pk)
    words = {
        "version": version,
        "child": version.child,
        "form": form,
        "line": _line(found, whole),
        "back_link": reverse("plans:advice_in", args=[pk]),
    }
    return render(request, "plans/advice_answer.html", words)


def _answer(request: HttpRequest, version: Version, found: Recommendation, given: dict[str, Any]) -> None:
    if given["use"] == UseForm.NONE:
        advice_in.withdraw(by=request.actor, row=found, reason=given["reason"])
        return
    advice_in.answer_recommendation(
        by=request.actor,
        row=found,
        version=version,
        use=given["use"],
        reason=given["reason"],
        lineage=UUID(given["lineage"]) if given["lineage"] and given["use"] != Use.DECLINED else None,
    )


def _parts(whole: WholePlan, found: Recommendation) -> list[tuple[str, str]]:
    """The entries that can use a recommendation, those of its own kind first."""
    labels = whole.labels
    entries = sorted(whole.entries, key=lambda entry: entry.kind != found.kind)
    usable = [entry for entry in entries if entry.kind in {Kind.NEED, Kind.OUTCOME, Kind.PROVISION}]
    return [(str(entry.lineage), f"{labels[entry.lineage]}: {_short(entry.text)}") for entry in usable]


def _short(text: str) -> str:
    return text if len(text) <= TITLE_LETTERS else text[:TITLE_LETTERS].rsplit(" ", 1)[0] + "…"
