"""Pages: caseloads side by side, handing a case over, and absence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.models import User
from kept.access.queries import colleagues
from kept.access.roles import Can, Role
from kept.access.trails import showing
from kept.access.web import needs
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.queries import case_of
from kept.design.forms import DateField
from kept.handover import actions, queries
from kept.handover.note import handover_note


class HandOverForm(forms.Form):
    """Who has the case from now on."""

    to = forms.ModelChoiceField(User.objects.none(), label="New case officer")
    deputy = forms.ModelChoiceField(User.objects.none(), label="Deputy, who stands in", required=False)
    note = forms.CharField(
        label="Handover note",
        help_text="Written from the record. Add what it does not know.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "16"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = self.fields["deputy"].queryset = people


class AbsenceForm(forms.Form):
    """Who is away, and when."""

    mark_optional = False
    officer = forms.ModelChoiceField(User.objects.none(), label="Who is away?")
    starts_on = DateField(label="First day away")
    ends_on = DateField(label="Last day away")

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["officer"].queryset = people


def _officers(request: HttpRequest) -> Any:
    return colleagues(request.actor, Role.CASE_OFFICER, Role.CASE_MANAGER)


@needs(Can.SEE_CASES)
def loads(request: HttpRequest) -> HttpResponse:
    """Caseloads side by side with their duties."""
    words = {"loads": queries.loads(request.actor), "may_assign": request.actor.can(Can.ASSIGN_WORK)}
    return render(request, "handover/loads.html", words)


@needs(Can.WORK_CASES)
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand one case over: the note is written from the record, duties move, the family is told."""
    case = case_of(request.actor, pk)
    if case is None or not request.actor.reaches_area:
        raise Http404
    showing(request, case.child_id, what="Handing the case over")
    initial = {"note": handover_note(request.actor, case), "version": case.version, "deputy": case.deputy_id}
    form = HandOverForm(request.POST if request.method == "POST" else None, people=_officers(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.hand_over(by=request.actor, case=case, **form.cleaned_data)
        except (Refused, SomebodyElseWasFirst) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"{done.to_officer.name} has the case. The family: {done.told_by or 'nobody to tell'}."
            )
            return redirect("cases:detail", pk)
    words = {"case": case, "form": form, "back_link": reverse("cases:detail", args=[pk])}
    earlier = list(case.handovers.filter(area=case.area_id).select_related("from_officer", "to_officer")[:10])
    return render(request, "handover/hand_over.html", words | {"earlier": earlier})


@needs(Can.WORK_CASES)
def absence(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away; their deputies stand in."""
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=_officers(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_absence(by=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error("ends_on", str(problem))
        else:
            messages.success(request, "Saved. While they are away, the deputies have what is owed.")
            return redirect("handover:loads")
    return render(request, "handover/absence.html", {"form": form, "back_link": reverse("handover:loads")})
