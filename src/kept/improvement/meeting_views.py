"""Meetings: calling one, its agenda, minutes and decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kept.access.acting import Refused
from kept.access.models import User
from kept.access.queries import colleagues
from kept.access.roles import Can
from kept.access.web import needs
from kept.design.forms import DateField
from kept.improvement import governance, queries
from kept.improvement.forms import LEADS
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Decision, Meeting
from kept.improvement.words import Body

WRONG = 422


class MeetingForm(forms.Form):
    """A meeting."""

    body = forms.ChoiceField(label="Who meets", choices=Body)
    meets_on = DateField(label="On which day")


class DecisionForm(forms.Form):
    """A decision."""

    what = forms.CharField(label="What was decided", max_length=300)
    owner = forms.ModelChoiceField(User.objects.none(), label="Who does it")
    due_on = DateField(label="By when")


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a meeting."""
    programme = queries.programmes(request.actor.area).filter(pk=pk).first()
    if programme is None:
        raise Http404
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = governance.call(by=request.actor, programme=programme, **form.cleaned_data)
            return redirect("improvement:meeting", pk=made.pk)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
    words = {
        "form": form, "title": "Call a meeting", "lead": "Its agenda is built from the records.",
        "back_link": f"/improvement/{programme.pk}/", "button": "Build the agenda",
    }  # fmt: skip
    return render(request, "improvement/form.html", words, status=WRONG if request.method == "POST" else 200)


@needs(Can.SEE_FIGURES)
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A meeting with its agenda and decisions; people who run the programme record a decision here."""
    found = Meeting.objects.filter(area=request.actor.area, pk=pk).select_related("programme").first()
    can_run = request.actor.can(Can.RUN_PROGRAMME)
    if found is None or (request.method == "POST" and not can_run):
        raise Http404
    form = DecisionForm(request.POST or None)
    form.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
        pk__in=[user.pk for user in colleagues(request.actor, *LEADS)]
    )
    if request.method == "POST" and form.is_valid():
        try:
            governance.decide(by=request.actor, meeting=found, **form.cleaned_data)
            return redirect("improvement:meeting", pk=found.pk)
        except (NotAllowed, Refused) as problem:
            form.add_error(None, str(problem))
    words = {
        "meeting": found,
        "parts": governance.PARTS,
        "decisions": found.decisions.select_related("owner"),
        "form": form if can_run and found.meets_on <= request.actor.today else None,
        "can_run": can_run,
        "is_ahead": found.meets_on > request.actor.today,
    }
    return render(request, "improvement/meeting.html", words, status=WRONG if request.method == "POST" else 200)


class MinutesForm(forms.Form):
    """Minutes, or the chair's note."""

    words = forms.CharField(label="", max_length=20000, widget=forms.Textarea(attrs={"rows": "12"}))


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the minutes of a meeting."""
    return _written(
        request, pk, "Minutes", "What was said", "minutes",
        "For people who see the programme. Say what was said and what was not agreed; no child is named here.",
        lambda found, words: governance.minute(by=request.actor, meeting=found, minutes=words),
    )  # fmt: skip


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write and publish the chair's note of a meeting."""
    return _written(
        request, pk, "The chair’s note", "What was said, and what you will do", "chair_note",
        "Everybody can read this on the public page, with the decisions under it. What families said comes first.",
        lambda found, words: governance.publish_note(by=request.actor, meeting=found, words=words),
    )  # fmt: skip


def _written(  # noqa: PLR0917 - the words of one page, in its order
    request: HttpRequest, pk: UUID, title: str, label: str, name: str, lead: str, save: Any
) -> HttpResponse:
    found = Meeting.objects.filter(area=request.actor.area, pk=pk).first()
    if found is None:
        raise Http404
    form = MinutesForm(request.POST or None, initial={"words": getattr(found, name)})
    form.fields["words"].label = label
    if request.method == "POST" and form.is_valid():
        try:
            save(found, form.cleaned_data["words"])
            return redirect("improvement:meeting", pk=found.pk)
        except (NotAllowed, Refused) as problem:
            form.add_error(None, str(problem))
    words = {"form": form, "title": title, "lead": lead, "button": "Save" if name == "minutes" else "Publish"}
    words["back_link"] = f"/improvement/meetings/{found.pk}/"
    return render(request, "improvement/form.html", words, status=WRONG if request.method == "POST" else 200)


@needs(Can.RUN_PROGRAMME)
@require_POST
def done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a decision was carried out."""
    found = Decision.objects.filter(area=request.actor.area, pk=pk).select_related("meeting", "owner").first()
    if found is None:
        raise Http404
    governance.carry_out(by=request.actor, decision=found)
    return redirect("improvement:meeting", pk=found.meeting_id)
