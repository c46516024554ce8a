"""The limits of a chart: what is set and why, what a change would do, setting and undoing it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.access.web import needs
from kept.measures import queries, rebasing
from kept.measures.catalogue import BY_CODE, Definition
from kept.measures.rebase_models import Setting
from kept.rules import spc
from kept.rules.spc.words import period_names

WRONG = 422
SIZES = (("wide", 560, 300), ("narrow", 320, 280))
LONG = forms.Textarea(attrs={"rows": "3"})


class TryForm(forms.Form):
    """What one would like to see."""

    kind = forms.ChoiceField(label="What would you like to set?", choices=Setting, widget=forms.RadioSelect)
    starts = forms.ChoiceField(
        label="From which month", required=False, help_text="Not needed for leaving out unusually large steps."
    )

    def __init__(self, *args: Any, months: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["starts"].choices = [("", "No month"), *months]  # type: ignore[attr-defined]


class SetForm(forms.Form):
    """Why it is set."""

    happened = forms.CharField(
        label="What changed in the work, and when", max_length=300, widget=LONG,
        help_text="An action of a programme, a new rule, a new way of recording. With its date.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why the chart should follow it", max_length=2000, widget=LONG,
        help_text="This stands under the chart, in packs and on the public page, so name no child and no family.",
    )  # fmt: skip
    says_so = forms.BooleanField(label="I know that the chart will say that it hides marks for the worse")

    def __init__(self, *args: Any, flatters: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not flatters:
            del self.fields["says_so"]


class UndoForm(forms.Form):
    """Why it is undone."""

    reason = forms.CharField(label="Why it is undone", max_length=2000, widget=LONG)


def drawings(chart: spc.Chart, earlier: spc.Chart | None = None) -> list[tuple[str, spc.Geometry]]:
    """A chart, wide and narrow."""
    return [(name, spc.layout(chart, width=w, height=h, earlier=earlier)) for name, w, h in SIZES]


def _definition(code: str) -> Definition:
    one = BY_CODE.get(code)
    if one is None or not one.is_computed:
        raise Http404
    return one


def _months(found: list[queries.Period]) -> list[tuple[str, str]]:
    dates = [period.starts for period in found]
    names = period_names(dates, dates) if dates else ()
    return [(day.isoformat(), name) for day, name in zip(dates, names, strict=True)][::-1]


def _preview(
    actor: Actor, one: Definition, found: list[queries.Period], wanted: dict[str, str]
) -> tuple[rebasing.Preview | None, str]:
    """What was asked to be seen, or why it cannot be."""
    held = rebasing.in_force(actor.area, [one.code]).get(one.code)
    kind = Setting(wanted["kind"])
    starts = date.fromisoformat(wanted["starts"]) if wanted["starts"] and kind in rebasing.NEEDS_MONTH else None
    try:
        return rebasing.preview(one, found, held, kind, starts, actor.today), ""
    except rebasing.NotAllowed as problem:
        return None, str(problem)


@needs(Can.SEE_FIGURES)
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest, code: str) -> HttpResponse:
    """What is set on a chart and why. Whoever may set limits sees here what that would change, before setting it."""
    actor, one = request.actor, _definition(code)
    may_set = actor.can(Can.SET_LIMITS)
    if request.method == "POST" and not may_set:
        raise Http404
    found = queries.periods(one, queries.values_of(actor.area, code), whole=queries.sees_rows(actor))
    trying = TryForm(request.GET or None, months=_months(found))
    seen, refused, form = None, "", None
    if may_set and trying.is_valid():
        seen, refused = _preview(actor, one, found, trying.cleaned_data)
    if seen and not seen.refused:
        form = SetForm(request.POST or None, flatters=seen.flatters)
        if request.method == "POST" and form.is_valid():
            try:
                rebasing.set_on_chart(by=actor, code=code, kind=seen.kind, starts=seen.starts, **form.cleaned_data)
            except rebasing.NotAllowed as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, "Set. The reason stands under the chart from now on.")
                return redirect("measures:limits", code=code)
    words = {
        "one": one,
        "trying": trying if may_set else None,
        "seen": seen,
        "refused": refused or (seen.refused if seen else ""),
        "form": form,
        "sides": [] if seen is None else [
            ("now", "As it is now", drawings(seen.now), seen.now),
            ("then", "As it would be", drawings(seen.then, seen.now), seen.then),
        ],
        "history": rebasing.history(actor.area, code),
        "note": rebasing.note,
        "counted_otherwise": rebasing.counted_otherwise(queries.values_of(actor.area, code)),
        "undoing": UndoForm() if may_set else None,
        "is_public": not queries.sees_rows(actor),
    }  # fmt: skip
    return render(request, "measures/limits.html", words, status=WRONG if request.method == "POST" else 200)


@needs(Can.SET_LIMITS)
@require_POST
def undo(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Undo a setting, with a reason."""
    form = UndoForm(request.POST)
    try:
        rebasing.undo(by=request.actor, pk=pk, reason=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, "Undone. Both stay in the history.")
    except rebasing.NotAllowed as problem:
        messages.error(request, str(problem))
    return redirect("measures:limits", code=code)
