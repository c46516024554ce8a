"""The writer's desk: one page a section, needs beside outcomes beside provision, and the form of one entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.design.words import moment
from kept.plans import actions, checking, forms, orders, writing
from kept.plans.access import TooLate, check_open
from kept.plans.actions import EntryWords, SomebodyElseWrote
from kept.plans.facts import BadProvision, WholeEntry, WholePlan
from kept.plans.linting import case_context
from kept.plans.models import Version
from kept.plans.section_sets import Section
from kept.plans.thread import sections_beside, thread_of
from kept.plans.views import crumbs, version_or_404
from kept.plans.words import Kind
from kept.rules.identifiers.keys import uuid7

CONFLICT = 409


def _section_or_404(whole: WholePlan, code: str) -> Section:
    try:
        return whole.section_set.section(code)
    except KeyError:
        raise Http404 from None


@needs(Can.EDIT_PLANS)
def section(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One section: its entries with what the checks say, beside the sections that it is read with."""
    version, whole = version_or_404(request, pk)
    here = _section_or_404(whole, code)
    known = case_context(request.actor, version.child, on=whole.dated or request.actor.today)
    beside_codes = sections_beside(whole, code) if here.role in {"needs", "outcomes", "provision"} else ((), (), ())
    near = thread_of(whole, needs=beside_codes[0], provision=beside_codes[2])
    order = [one.code for one in whole.section_set.sections]
    place = order.index(code)
    words = {
        "version": version,
        "whole": whole,
        "here": here,
        "entries": [
            {
                "entry": one,
                "findings": checking.findings_on(known, code, one.text, version.stage),
                "label": whole.label_of(one.lineage),
            }
            for one in whole.of_section(code)
        ],
        "columns": _columns(whole, beside_codes, code) if beside_codes[0] else [],
        "map": near,
        "labels": whole.labels,
        "new": [
            (kind, f"{reverse('plans:entry', args=[pk, uuid7()])}?section={code}&kind={kind}") for kind in here.kinds
        ],
        "beside": writing.beside(request.actor, version, section=code),
        "mine": [row for row in writing.mine(request.actor, version) if row.section == code],
        "may_write": not version.is_locked,
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
        "breadcrumbs": crumbs(version, here.name),
    }
    return render(request, "plans/section.html", words)


def _columns(whole: WholePlan, codes: tuple[set[str], set[str], set[str]], here: str) -> list[dict[str, Any]]:
    """Needs, outcomes and provision that stand beside the section that is being written."""
    titles = ("Needs", "Outcomes", "Provision")
    kinds = (Kind.NEED, Kind.OUTCOME, Kind.PROVISION)
    return [
        {
            "title": title,
            "entries": [one for one in whole.entries if one.section in wanted and one.kind is kind],
        }
        for title, wanted, kind in zip(titles, codes, kinds, strict=True)
        if here not in wanted
    ]


def _known_kind(request: HttpRequest, here: Section, entry: WholeEntry | None) -> Kind:
    if entry is not None:
        return entry.kind
    asked = request.GET.get("kind", "") or request.POST.get("kind", "")
    return Kind(asked) if asked in here.kinds else here.kind


class Desk:
    """The form of one entry: what stands in the version, what the writer typed before, what they type now."""

    def __init__(self, request: HttpRequest, pk: UUID, lineage: UUID) -> None:
        self.request = request
        self.version, self.whole = version_or_404(request, pk)
        self.lineage = lineage
        self.entry = self.whole.by_lineage.get(lineage)
        code = self.entry.section if self.entry else request.GET.get("section", "") or request.POST.get("section", "")
        self.here = _section_or_404(self.whole, code)
        self.kind = _known_kind(request, self.here, self.entry)
        self.posted = _without_nulls(request.POST)

    def form(self, data: Any = None) -> forms.EntryForm:
        """The form, bound to what is given, else showing the entry."""
        initial = forms.initial_of(self.entry) if self.entry else {"based_on": 0}
        return forms.EntryForm(
            data, initial=initial, whole=self.whole, kind=self.kind, section=self.here.code, lineage=self.lineage
        )

    def form_as_typed(self, typed: dict[str, Any]) -> forms.EntryForm:
        """The form with what was typed before and not saved; nothing is complained of yet."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values if isinstance(values, list) else [str(values)])
        data["based_on"] = str(self.entry.revision if self.entry else 0)
        form = self.form(data)
        form._errors, form.cleaned_data = ErrorDict(), {}
        return form

    def words_of(self, form: forms.EntryForm) -> EntryWords:
        """What the form gives to the action."""
        details = {**(self.entry.details if self.entry else {}), **form.details()}
        return EntryWords(
            section=self.here.code,
            kind=self.kind,
            text=form.cleaned_data.get("text", ""),
            details=details,
            provision=form.provision(),
            is_typed=form.is_typed,
            provider=form.cleaned_data.get("provider", ""),
            original=self.entry.original if self.entry else "",
            links=form.links(),
        )

    def page(self, form: forms.EntryForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page of the form."""
        label = self.whole.label_of(self.lineage)
        words = {
            "version": self.version,
            "whole": self.whole,
            "here": self.here,
            "entry": self.entry,
            "lineage": self.lineage,
            "kind": self.kind,
            "form": form,
            "title": f"{label}: {self.kind.label.lower()}" if label else f"New entry: {self.kind.label.lower()}",
            "beside": writing.beside(self.request.actor, self.version, lineage=self.lineage),
            "checked": None,
            "theirs": None,
            "restored": None,
            "breadcrumbs": crumbs(self.version, self.here.name),
            "back": reverse("plans:section", args=[self.version.pk, self.here.code]),
            "fieldsets": FIELDSETS,
            "amounts": AMOUNTS,
            "new_step": False,
            **more,
        }
        return render(self.request, "plans/entry.html", words, status=status)


FIELDSETS = (
    ("What", ("service", "mode", "focus")),
    ("How much", ("amount", "session_minutes", "weekly_minutes", "coverage", "floor")),
    ("How often", ("times", "every", "unit", "trigger", "weeks", "week_list")),
    ("Who does it", ("role", "expertise", "supervised_by", "provider")),
    ("With whom and where", ("pupils", "adults", "together", "place")),
    ("From when, until when", ("start", "end")),
    ("Looking again", ("review_who", "review_interval", "review_measure")),
    ("Kept for delivery, not printed in the plan", ("person", "contract")),
)
BOXES = {"steps": "step1_until", "often": "times", "ratio": "pupils"}  # where a sentence about several boxes stands
# Which way of saying how much each box belongs to; the script hides the others.
AMOUNTS = {
    "session_minutes": "session",
    "weekly_minutes": "weekly",
    "coverage": "coverage",
    "times": "session none",
    "every": "session none",
    "unit": "session none",
    "trigger": "session none",
}


@needs(Can.EDIT_PLANS)
def entry(request: HttpRequest, pk: UUID, lineage: UUID) -> HttpResponse:
    """Write one entry: what is typed is kept, the checks speak while it is typed, two writers lose nothing."""
    desk = Desk(request, pk, lineage)
    if request.method == "POST":
        return _posted(desk)
    if desk.version.is_locked:
        messages.error(request, "This version was sent. Nothing in it is changed any more.")
        return redirect("plans:section", pk, desk.here.code)
    revision = desk.entry.revision if desk.entry else 0
    kept = writing.open_entry(
        by=request.actor, version=desk.version, section=desk.here.code, lineage=lineage, revision=revision
    )
    if kept.data:
        if kept.based_on != revision:
            return desk.page(desk.form_as_typed(kept.data), theirs=desk.entry, restored=kept.saved_at)
        return desk.page(desk.form_as_typed(kept.data), restored=kept.saved_at)
    return desk.page(desk.form(), checked=checking.of_entry(request.actor, desk.version, desk.entry))


def _without_nulls(given: QueryDict) -> QueryDict:
    """What was sent, without the one character that no database keeps."""
    found = QueryDict(mutable=True)
    for name, values in given.lists():
        found.setlist(name, [value.replace("\x00", "") for value in values])
    return found


def _typed(desk: Desk) -> dict[str, list[str]]:
    return {name: values for name, values in desk.posted.lists() if name not in {"section", "press"}}


def _posted(desk: Desk) -> HttpResponse:
    request, form = desk.request, desk.form(desk.posted)
    press = request.POST.get("press", "save")
    based_on = int(request.POST.get("based_on") or 0) if request.POST.get("based_on", "0").isdecimal() else 0
    try:
        writing.autosave(
            by=request.actor, version=desk.version, section=desk.here.code, lineage=desk.lineage, data=_typed(desk),
            based_on=based_on,
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, str(problem))
        return desk.page(form, status=CONFLICT if isinstance(problem, TooLate) else 200)
    if press == "step":
        return desk.page(desk.form_as_typed(_typed(desk) | {"press": ["step"]}), new_step=True)
    if press == "keep":
        messages.success(request, "What you typed is kept for you. It is not in the plan yet.")
        return redirect("plans:section", desk.version.pk, desk.here.code)
    if not form.is_valid():
        return desk.page(form)
    if press == "check":
        return desk.page(form, checked=checking.of_form(request.actor, desk.version, form))
    return _save(desk, form, based_on)


def _save(desk: Desk, form: forms.EntryForm, based_on: int) -> HttpResponse:
    try:
        actions.save_entry(
            by=desk.request.actor,
            version=desk.version,
            given=desk.words_of(form),
            lineage=desk.lineage,
            based_on=based_on,
        )
    except SomebodyElseWrote as problem:
        form.add_error(None, str(problem))
        fresh = Desk(desk.request, desk.version.pk, desk.lineage) if problem.theirs else desk
        typed = fresh.form_as_typed(_typed(desk))
        typed.add_error(None, str(problem))
        return fresh.page(typed, status=CONFLICT, theirs=fresh.entry)
    except BadProvision as problem:
        box = BOXES.get(problem.field, problem.field)
        form.add_error(box if box in form.fields else None, str(problem))
        return desk.page(form)
    except Refused as problem:
        form.add_error(None, str(problem))
        return desk.page(form, status=CONFLICT if isinstance(problem, TooLate) else 200)
    messages.success(desk.request, "Saved.")
    return redirect("plans:section", desk.version.pk, desk.here.code)


@needs(Can.EDIT_PLANS)
@require_POST
def check(request: HttpRequest, pk: UUID, lineage: UUID) -> HttpResponse:
    """Keep what is typed, and say what the checks find in it: for the script of the page, as JSON."""
    desk = Desk(request, pk, lineage)
    form = desk.form(desk.posted)
    try:
        check_open(request.actor, desk.version)
        based_on = request.POST.get("based_on", "0")
        writing.autosave(
            by=request.actor, version=desk.version, section=desk.here.code, lineage=lineage, data=_typed(desk),
            based_on=int(based_on) if based_on.isdecimal() else 0,
        )  # fmt: skip
    except Refused as problem:
        return JsonResponse({"problem": str(problem)}, status=CONFLICT)
    form.is_valid()
    others = writing.beside(request.actor, desk.version, lineage=lineage)
    html = render_to_string("plans/checked.html", {"checked": checking.of_form(request.actor, desk.version, form)})
    changed = desk.entry is not None and str(desk.entry.revision) != based_on
    return JsonResponse(
        {
            "saved": f"Kept {moment(timezone.now())}. Not in the plan until you press Save.",
            "html": html,
            "beside": "; ".join(f"{one.name} has this entry open" for one in others),
            "changed": "Somebody else saved this entry meanwhile. Press Save to see both." if changed else "",
        }
    )


@needs(Can.EDIT_PLANS)
@require_POST
def entry_do(request: HttpRequest, pk: UUID, lineage: UUID, what: str) -> HttpResponse:
    """Move an entry up or down, take it out, throw away what was typed, or confirm what a machine read."""
    version, whole = version_or_404(request, pk)
    known = whole.by_lineage.get(lineage)
    code = known.section if known else request.POST.get("section", "")
    here = _section_or_404(whole, code)
    try:
        _do(request, version, lineage, what)
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('plans:section', args=[pk, here.code])}#{whole.label_of(lineage) or 'main-content'}")


def _do(request: HttpRequest, version: Version, lineage: UUID, what: str) -> None:
    by = request.actor
    if what in {"up", "down"}:
        actions.move_entry(by=by, version=version, lineage=lineage, up=what == "up")
    elif what == "remove":
        actions.remove_entry(by=by, version=version, lineage=lineage)
        messages.success(request, "The entry was taken out of this version. It stays in the versions before.")
    elif what == "drop":
        writing.drop(by=by, version=version, lineage=lineage)
        messages.success(request, "What you typed was thrown away.")
    elif what == "confirm":
        row = writing.entry_of(by, version, lineage)
        if row is None:
            raise TooLate("This entry is not in the version any more.")
        actions.confirm_reading(by=by, entry=row)
        messages.success(request, "Confirmed: the reading is right.")
    else:
        raise Http404


@needs(Can.EDIT_PLANS)
def release(request: HttpRequest, pk: UUID, lineage: UUID) -> HttpResponse:
    """End the lock on words that a tribunal ordered, with the legal ground."""
    version, whole = version_or_404(request, pk)
    one = whole.by_lineage.get(lineage)
    if one is None:
        raise Http404
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            orders.release(by=request.actor, version=version, lineage=lineage, why=form.cleaned_data["reason"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The lock is ended, and your reason is kept with the order.")
            return redirect("plans:section", pk, one.section)
    lead = f"Ordered in {one.locked}: “{one.text}”" if one.locked else one.text
    words = {"form": form, "title": "End the lock on ordered words", "lead": lead, "button": "End the lock",
             "back_link": reverse("plans:section", args=[pk, one.section])}  # fmt: skip
    return render(request, "plans/form.html", words)
