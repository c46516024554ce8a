"""Pages of the gate: what was found, overrides by two officers, both clocks, issuing; and who has a copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
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
from kept.cases.folding import state_of as case_state
from kept.plans import actions, forms, versions
from kept.plans import gate as gates
from kept.plans import recipients as lists
from kept.plans.access import state_now
from kept.plans.facts import WholePlan
from kept.plans.models import Override, Recall, Recipient, Version
from kept.plans.states import State
from kept.plans.views import PROBLEMS, crumbs, version_or_404
from kept.plans.words import DRAFT_STAGES, How, Stage
from kept.rules.dates_as_typed import read_date

# The clocks that sending or issuing a version stops, by its stage; the first that runs is the one that binds.
BINDING: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFT: ("order.plan_draft", "unopposed.plan_draft", "draft.latest_safe_service", "assess.final_plan"),
    Stage.FINAL: (
        "order.plan_final", "order.assess_final_plan", "unopposed.plan_final", "unopposed.assess_final_plan",
        "reassess.final_plan", "assess.final_plan",
    ),
    Stage.PROPOSED_AMENDMENT: ("review.amendment_notice",),
    Stage.AMENDED_FINAL: ("amend.final", "review.longstop", "order.amend"),
    Stage.TRIBUNAL_ORDERED: ("order.school_only", "order.amend", "order.maintain_amend"),
}  # fmt: skip
MAY_BE_BLANK = frozenset({"placement", "payments"})
DONE = frozenset({"met", "late", "superseded"})


def clocks_of(request: HttpRequest, version: Version, until: date | None) -> list[dict[str, Any]]:
    """Both clocks: the time limit of the law that runs against us, and the time that the family has, until a day."""
    found: list[dict[str, Any]] = []
    case = versions.running_case(request.actor, version.plan)
    today = request.actor.today
    if case is not None:
        state = case_state(case, today)
        for name in BINDING.get(Stage(version.stage), ()):
            clock = state.clock(name)
            if clock is None or clock.due is None or clock.status in DONE:
                continue
            late, soon = clock.due < today, (clock.due - today).days <= 7  # noqa: PLR2004 - a week
            status = "overdue" if late else "due_soon" if soon else "open"
            found.append(
                {"who": "The council", "what": clock.clock.name, "due": clock.due, "status": status,
                 "law": clock.clock.citation}
            )  # fmt: skip
    if until:
        found.append(
            {"who": "The family", "what": "Time to reply to the draft, which must run out first", "due": until,
             "status": "open", "law": "SEND Regulations 2014 reg 13(1)(a) and 22(2)(c)"}
        )  # fmt: skip
    return found


def _blank(whole: WholePlan) -> list[str]:
    """The sections that ought to say something and say nothing."""
    sections = [one for one in whole.section_set.sections if one.role not in MAY_BE_BLANK]
    return [one.code for one in sections if not whole.of_section(one.code)]


@needs(Can.EDIT_PLANS)
def gate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check a version and send or issue it."""
    version, whole = version_or_404(request, pk)
    if version.is_locked:
        return redirect("plans:version", pk)
    is_draft = version.stage in DRAFT_STAGES
    if request.method == "POST":
        act = versions.send_draft if is_draft else versions.issue
        try:
            act(by=request.actor, version=version)
        except PROBLEMS as problem:
            messages.error(request, str(problem))
            return redirect("plans:gate", pk)
        done = "Sent. The family’s 15 days run from today." if is_draft else "Issued. This version is in force."
        messages.success(request, f"{done} Say below to whom it went, and how.")
        return redirect("plans:recipients", pk)
    until = versions.window_left(request.actor, version)
    words = {
        "version": version,
        "whole": whole,
        "gate": gates.gate_of(request.actor, version, whole),
        "clocks": clocks_of(request, version, until),
        "until": until,
        "blank": _blank(whole),
        "nobody": not lists.family_told(request.actor, version),
        "is_draft": is_draft,
        "me": request.actor.user,
        "day": request.actor.today,
        "breadcrumbs": crumbs(version, "Check and send" if is_draft else "Check and issue"),
    }
    return render(request, "plans/gate.html", words)


@needs(Can.EDIT_PLANS)
@require_POST
def override(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the reason why a finding does not stop a version."""
    version, _ = version_or_404(request, pk)
    try:
        gates.override(
            by=request.actor, version=version, key=request.POST.get("key", ""), reason=request.POST.get("reason", "")
        )
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Your reason is kept. Another officer has to agree with it.")
    return redirect("plans:gate", pk)


@needs(Can.EDIT_PLANS)
@require_POST
def override_do(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Agree with another officer's reason, or take a reason back."""
    found = Override.objects.filter(area=request.actor.area, pk=pk).select_related("version", "by").first()
    if found is None or what not in {"agree", "back"}:
        raise Http404
    showing(request, found.child_id, what="Plan, an override")
    try:
        if what == "agree":
            gates.second(by=request.actor, override=found)
            messages.success(request, f"You agree with {found.by.name}’s reason.")
        else:
            gates.take_back(by=request.actor, override=found)
            messages.success(request, "The reason was taken back. The finding stops the version again.")
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("plans:gate", found.version_id)


@needs(Can.EDIT_PLANS)
def recipients(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who gets a version: sent how and when, opened, confirmed; copies of older versions called back."""
    version, _ = version_or_404(request, pk)
    if request.method == "POST" and "from_record" in request.POST:
        try:
            lists.add_from_record(by=request.actor, version=version)
        except Refused as problem:
            messages.error(request, str(problem))
        return redirect("plans:recipients", pk)
    form = forms.RecipientForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lists.add_recipient(by=request.actor, version=version, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Added to the list.")
            return redirect("plans:recipients", pk)
    rows = lists.recipients_of(request.actor, version)
    there = {(row.to, row.name) for row in rows}
    words = {
        "version": version,
        "missing": [one for one in lists.of_the_record(request.actor, version) if (one.to, one.name) not in there],
        "rows": rows,
        "recalls": lists.recalls_open(request.actor, version),
        "state": state_now(request.actor, version),
        "superseded": {State.SUPERSEDED, State.REPLACED, State.CEASED},
        "form": form,
        "hows": How.choices,
        "day": request.actor.today,
        "breadcrumbs": crumbs(version, "Who has it"),
    }
    return render(request, "plans/recipients.html", words)


@needs(Can.EDIT_PLANS)
@require_POST
def receipt(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Record that a version was sent to somebody, that they confirmed it, or that they stopped using an old copy."""
    by = request.actor
    called = Recall.objects.filter(area=by.area, pk=pk).select_related("because_of").first()
    row = Recipient.objects.filter(area=by.area, pk=pk).select_related("version").first()
    if what == "recalled" and called is not None:
        target = called.because_of
        act: Callable[..., object] = partial(lists.confirm_recall, by=by, recall=called)
    elif what == "sent" and row is not None:
        target = row.version
        act = partial(lists.mark_sent, by=by, recipient=row, how=request.POST.get("how", ""))
    elif what == "confirmed" and row is not None:
        target = row.version
        act = partial(lists.confirm, by=by, recipient=row)
    else:
        raise Http404
    showing(request, target.child_id, what="Plan, who has it")
    try:
        act(on=_day_said(request))
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Recorded.")
    return redirect("plans:recipients", target.pk)


def _day_said(request: HttpRequest) -> date:
    """The day that the form gives; today when it has no box for one. Raises Refused for what is no day."""
    if "on" not in request.POST:
        return request.actor.today
    try:
        return read_date(request.POST["on"])
    except ValueError as problem:
        raise Refused(f"Nothing is recorded. {problem}") from problem


@needs(Can.EDIT_PLANS)
def grounds(request: HttpRequest, pk: UUID, lineage: UUID) -> HttpResponse:
    """Say which advice an entry rests on, and why the plan departs from it where it does (rule F20)."""
    version, whole = version_or_404(request, pk)
    one = whole.by_lineage.get(lineage)
    if one is None:
        raise Http404
    form = forms.GroundsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, request.actor
        source = {name: given[name] for name in ("said_by", "said_on", "place", "words")}
        try:
            actions.add_source(by=by, version=version, lineage=lineage, **source)
            if given["instead"].strip() or given["reason"].strip():
                actions.depart(
                    by=by, version=version, lineage=lineage, advice=given["words"], instead=given["instead"],
                    reason=given["reason"],
                )  # fmt: skip
        except Refused as problem:
            form.add_error("reason" if not given["reason"].strip() else None, str(problem))
        else:
            messages.success(request, "Kept beside the entry.")
            return redirect("plans:section", pk, one.section)
    words = {"form": form, "title": f"What {whole.label_of(lineage)} rests on", "lead": one.text, "button": "Keep it",
             "back_link": reverse("plans:section", args=[pk, one.section])}  # fmt: skip
    return render(request, "plans/form.html", words)
