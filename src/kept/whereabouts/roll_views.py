"""The page on which a school confirms where its pupils are: some of many at a time, those still to confirm first."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kept.access.acting import Refused
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.whereabouts import actions, queries, rolls
from kept.whereabouts.forms import RollForm
from kept.whereabouts.half_terms import half_term_of


class RollFilter(forms.Form):
    """Which of the pupils a page shows."""

    mark_optional = False
    q = forms.CharField(label="Name or date of birth", required=False, max_length=100)
    show = forms.ChoiceField(
        label="Show", choices=[("", "Those still to confirm"), ("all", "All pupils")], required=False
    )


def answered(data: QueryDict) -> list[UUID]:
    """The pupils whom a sent page held, so that an answer is not lost when the list has moved meanwhile."""
    found = []
    for name in data:
        if name.startswith("attends_"):
            try:
                found.append(UUID(name.removeprefix("attends_")))
            except ValueError:
                continue
    return found[: 2 * rolls.PER_PAGE]


@needs(Can.CONFIRM_ROLL)
def roll(request: HttpRequest) -> HttpResponse:
    """A school confirms its pupils with special needs."""
    setting = agencies(request.actor).filter(pk__in=request.actor.agency_ids).first()
    if setting is None:
        raise Http404
    narrow = RollFilter(request.GET)
    asked = narrow.cleaned_data if narrow.is_valid() else {}
    text, everybody = asked.get("q", ""), asked.get("show") == "all"
    whole = rolls.roll_of(request.actor, setting)
    page = rolls.roll_page(request.actor, whole, text=text, everybody=everybody, number=request.GET.get("page"))
    if request.method == "POST":
        sent = rolls.among(request.actor, setting, answered(request.POST))
        page.object_list = queries.pupils_of(request.actor, sent)
    pupils = list(page)
    showing_list(request, [pupil.child.pk for pupil in pupils], what="Confirming the roll")
    form = RollForm(request.POST if request.method == "POST" else None, pupils=pupils)
    if request.method == "POST" and form.is_valid() and not form.said():
        form.add_error(None, "Choose where at least one pupil is, then press Confirm.")
    elif request.method == "POST" and form.is_valid():
        try:
            number = actions.confirm_roll(by=request.actor, setting=setting, said=form.said())
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            left = len(rolls.roll_of(request.actor, setting).unconfirmed)
            messages.success(
                request, f"Confirmed: {number}. Still to confirm: {left:,}." if left else "All are confirmed."
            )
            return redirect(request.get_full_path())
    words = {
        "form": form,
        "narrow": narrow,
        "page": page,
        "pupils": pupils,
        "whole": whole,
        "setting": setting,
        "term": half_term_of(request.actor.today),
        "day": request.actor.today,
    }
    return render(request, "whereabouts/roll.html", words)
