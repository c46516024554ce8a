"""Pages: caseloads side by side, handing a case over, and absence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.models import User
from kept.access.queries import colleagues
from kept.access.roles import Can, Role
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.queries import case_of
from kept.design.forms import DateField
from kept.design.words import counted
from kept.handover import actions, queries
from kept.handover.models import Absence
from kept.handover.note import handover_note
from kept.rules.process import Stage


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


class SeveralForm(forms.Form):
    """Who takes the ticked cases."""

    mark_optional = False
    to = forms.ModelChoiceField(User.objects.none(), label="Who has them from now on?")
    note = forms.CharField(
        label="What the record does not know",
        help_text="Put at the head of the note of every case; the rest of each note is written from its record.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = people


@needs(Can.WORK_CASES)
def several(request: HttpRequest, officer: UUID | None = None) -> HttpResponse:
    """Share out the cases of one officer, who leaves or has too many, or those that nobody has."""
    if not request.actor.reaches_area:
        raise Http404
    holder = User.objects.filter(pk=officer).first() if officer else None
    held = queries.cases_of(request.actor, holder)
    if officer and (holder is None or (not held and not _officers(request).filter(pk=officer).exists())):
        raise Http404
    showing_list(request, [case.child_id for case in held], what="Handing cases over")
    people = _officers(request).exclude(pk=officer) if officer else _officers(request)
    form = SeveralForm(request.POST if request.method == "POST" else None, people=people)
    ticked, ticks_all = set(request.POST.getlist("case")), request.GET.get("tick") != "none"
    if request.method == "POST" and form.is_valid():
        chosen = [case for case in held if str(case.pk) in ticked]
        if not chosen:
            form.add_error(None, "Tick the cases that move.")
        elif _moved(request, chosen, form):
            return redirect(request.path if len(chosen) < len(held) else reverse("handover:loads"))
    words = {
        "holder": holder,
        "cases": held,
        "ticked": ticked if request.method == "POST" else {str(case.pk) for case in held} if ticks_all else set(),
        "all_ticked": ticks_all,
        "stages": {stage.name: stage.value for stage in Stage},
        "form": form,
        "back_link": reverse("handover:loads"),
    }
    return render(request, "handover/several.html", words)


def _moved(request: HttpRequest, chosen: list[Any], form: SeveralForm) -> bool:
    """Hand them over and say how it went; False, with the reason at the form, when it may not be done at all."""
    to, note = form.cleaned_data["to"], form.cleaned_data["note"]
    try:
        done = actions.hand_over_several(by=request.actor, cases=chosen, to=to, note=note)
    except Refused as problem:
        form.add_error(None, str(problem))
        return False
    if done.moved:
        messages.success(request, f"{to.name} has {counted(len(done.moved), 'case')} more. The families are told.")
    for words in done.stayed:
        messages.warning(request, f"Not moved. {words}")
    return True


@needs(Can.WORK_CASES)
def absence(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away; their deputies stand in. Who is away, and who comes back sooner."""
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=_officers(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_absence(by=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error("ends_on", str(problem))
        else:
            _say_who_stands_in(request, made)
            return redirect("handover:absence")
    away = queries.absences(request.actor)
    words = {"form": form, "away": away, "day": request.actor.today, "back_link": reverse("handover:loads")}
    return render(request, "handover/absence.html", words)


def _say_who_stands_in(request: HttpRequest, made: Absence) -> None:
    """That it is saved, and what of it nobody stands in for."""
    one = next((one for one in queries.absences(request.actor) if one.absence.pk == made.pk), None)
    if one is None or not one.uncovered:
        messages.success(request, "Saved. While they are away, the deputies have what is owed.")
        return
    cases = f"{counted(one.uncovered, 'case')} of {one.cases}"
    has = "has" if one.uncovered == 1 else "have"
    messages.warning(
        request,
        f"Saved. {cases} {has} no deputy, or one who is away as well: what is owed there stays with "
        f"{made.officer.name}. Name a deputy on the case, or give the work to a colleague.",
    )


@needs(Can.WORK_CASES)
@require_POST
def end_absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are back, or never went."""
    found = queries.absence_of(request.actor, pk)
    if found is None:
        raise Http404
    try:
        actions.end_absence(by=request.actor, absence=found)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{found.officer.name} is here. What the deputies had for them went back.")
    return redirect("handover:absence")
