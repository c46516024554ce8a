"""Pages on who may see a child: what the family reads, what the case team changes, and the emergency door."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kept.access import actions, break_glass
from kept.access.acting import Actor, Refused
from kept.access.models import Agency, Grant, Relation
from kept.access.predicates import BE_FAMILY, SEE_CHILD, allows
from kept.access.queries import agencies
from kept.access.roles import ROLES, Can, Role, Scope
from kept.access.trails import showing
from kept.access.trails.security import Happened, note
from kept.access.web import needs
from kept.design.dates import DateField
from kept.people.models import Child
from kept.people.queries import children_seen

ENDED_BY = {
    Relation.ADVOCATE: (Can.FOLLOW_OWN, Can.EDIT_PEOPLE),
    Relation.AGENCY: (Can.EDIT_PEOPLE,),
}


def _child_or_404(request: HttpRequest, pk: UUID) -> Child:
    child = children_seen(request.actor).filter(pk=pk).first()
    may = allows(request.actor, BE_FAMILY, pk) or (
        request.actor.can(Can.EDIT_PEOPLE) and allows(request.actor, SEE_CHILD, pk)
    )
    if child is None or not may:
        raise Http404
    return child


def _may_end(actor: Actor, given: Grant) -> bool:
    return any(actor.can(what) for what in ENDED_BY.get(Relation(given.relation), ()))


def _line(actor: Actor, given: Grant) -> dict[str, Any]:
    is_over = bool(given.ends_at and given.ends_at <= timezone.now()) or not (
        given.starts_on <= actor.today and (given.ends_on is None or given.ends_on >= actor.today)
    )
    return {
        "grant": given,
        "who": str(given.agency or given.user),
        "parts": [actions.PARTS.get(part, part) for part in given.parts],
        "is_over": is_over,
        "may_end": not is_over and _may_end(actor, given),
    }


@needs(Can.FOLLOW_OWN, Can.EDIT_PEOPLE)
def sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who may see this child today and who could before, with the reason and the dates of each."""
    child = _child_or_404(request, pk)
    showing(request, child.pk, what="Who may see the record")
    given = Grant.objects.filter(area=request.actor.area, child_id=pk).select_related("agency", "user")
    lines = [_line(request.actor, one) for one in given.order_by("relation", "-starts_on", "pk")]
    context = {
        "child": child,
        "now": [line for line in lines if not line["is_over"]],
        "before": [line for line in lines if line["is_over"]],
        "whole_area": [facts for role, facts in ROLES.items() if facts.scope is Scope.AREA and role is not Role.SYSTEM],
        "is_family": allows(request.actor, BE_FAMILY, pk),
        "may_involve": request.actor.can(Can.EDIT_PEOPLE),
    }
    return render(request, "access/sharing.html", context)


class InvolveForm(forms.Form):
    """An agency that is involved with a child, for which parts and which dates."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Which service is involved?")
    parts = forms.MultipleChoiceField(
        choices=list(actions.PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Which parts of the record do they need?",
        help_text="Tick none for all that their role may see.",
    )
    starts_on = DateField(label="From")
    ends_on = DateField(label="Until", required=False, help_text="Leave empty while you do not know.")
    reason = forms.CharField(label="Why are they involved?", max_length=300, help_text="The family reads this.")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = agencies(actor)

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        facts = super().clean() or {}
        first, last = facts.get("starts_on"), facts.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first.")
        return facts


@needs(Can.EDIT_PEOPLE)
def involve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an agency see a child, for the parts and the dates that it is involved in."""
    child = _child_or_404(request, pk)
    showing(request, child.pk, what="Share the record with a service")
    form = InvolveForm(request.POST or None, actor=request.actor, initial={"starts_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        actions.grant(by=request.actor, child_id=child.pk, relation=Relation.AGENCY, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['agency']} may see {child.first_name}’s record.")
        return redirect("records:sharing", pk)
    return render(request, "access/involve.html", {"form": form, "child": child})


class EndForm(forms.Form):
    """Why somebody no longer sees a child."""

    reason = forms.CharField(label="Why does this end?", max_length=200, required=False)


@needs(Can.FOLLOW_OWN, Can.EDIT_PEOPLE)
def end(request: HttpRequest, pk: UUID, grant: UUID) -> HttpResponse:
    """End somebody's access at once."""
    child = _child_or_404(request, pk)
    given = (
        Grant.objects.filter(area=request.actor.area, child_id=pk, pk=grant).select_related("agency", "user").first()
    )
    if given is None or not _may_end(request.actor, given):
        raise Http404
    showing(request, child.pk, what="End somebody’s access")
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.end_grant(
            by=request.actor, given=given, ends_on=request.actor.today, reason=form.cleaned_data["reason"]
        )
        messages.success(request, f"{given.agency or given.user} no longer sees {child.first_name}’s record.")
        return redirect("records:sharing", pk)
    return render(request, "access/end_sharing.html", {"form": form, "child": child, "who": given.agency or given.user})


class EmergencyForm(forms.Form):
    """Who the child is, exactly, and why the record is needed now."""

    given_names = forms.CharField(label="Given names", max_length=120, required=False)
    family_name = forms.CharField(label="Family name", max_length=120, required=False)
    born_on = DateField(label="Date of birth", required=False)
    nhs_number = forms.CharField(
        label="NHS number", max_length=20, required=False, help_text="Instead of the name and date of birth."
    )
    reason = forms.CharField(
        label="Why do you need to see this record now?",
        max_length=break_glass.LONGEST_REASON,
        widget=forms.Textarea,
        help_text="The family and the data protection officer read what you write.",
    )

    def clean(self) -> dict[str, Any]:
        """A whole name with a date of birth, or an NHS number."""
        facts = super().clean() or {}
        by_name = facts.get("given_names") and facts.get("family_name") and facts.get("born_on")
        if not facts.get("nhs_number") and not by_name and not self.errors:
            self.add_error("given_names", "Enter the whole name and the date of birth, or the NHS number.")
        return facts


@needs(Can.BREAK_GLASS)
def emergency(request: HttpRequest) -> HttpResponse:
    """The emergency door: opens one record for four hours."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "access/emergency.html", {"form": form})
    who = dict(form.cleaned_data)
    reason = who.pop("reason")
    child_id = break_glass.find(by=request.actor, **who)
    if child_id is None:
        words = "Looked for a child whom the record does not have"
        note(Happened.EMERGENCY, person=request.actor.user, area=request.actor.area, request=request, what=words)
        form.add_error(None, break_glass.NOT_FOUND)
        return render(request, "access/emergency.html", {"form": form})
    try:
        break_glass.open_record(by=request.actor, child_id=child_id, reason=reason, request=request)
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        return render(request, "access/emergency.html", {"form": form})
    messages.success(
        request, "The record is open to you for four hours. The family can see that you opened it and why."
    )
    return redirect("people:child", child_id)
