"""The council settles what a partner told of a child: which child it is, or a new one, and what was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kept.access.acting import Actor, Refused
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.partners import telling
from kept.partners.models import Told
from kept.people.actions import PossibleDuplicate, add_child
from kept.people.duplicates import Match, possible_duplicates
from kept.people.facts import NotPossible
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.rules.names import Known

NEW, NOBODY = "new", "nobody"


class SettleForm(forms.Form):
    """Which child it is, and what the council did."""

    mark_optional = False
    child = forms.ChoiceField(label="Who is the child on the record?", widget=forms.RadioSelect)
    how = forms.CharField(label="What did you do?", max_length=300, widget=forms.Textarea(attrs={"rows": "3"}))

    def __init__(self, *args: Any, told: Told, matches: tuple[Match, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [
            (str(one.child.pk), f"{one.child.full_name}, born {one.child.born_on:%-d %B %Y}: {_why(one)}")
            for one in matches
        ]
        name = f"{told.given_names} {told.family_name}"
        choices.append((NEW, f"None of these: add {name} to the record" if matches else f"Add {name} to the record"))
        choices.append((NOBODY, "Nobody goes on the record: say below why nothing more is needed"))
        self.fields["child"].choices = choices


def _why(match: Match) -> str:
    return ", ".join(match.duplicate.reasons[:3]) or "like the one described"


def who_it_may_be(by: Actor, told: Told) -> tuple[Match, ...]:
    """Children on the record who may be the one told of, the likeliest first."""
    known = Known(forenames=told.given_names, surname=told.family_name, birth_date=told.born_on, postcode=told.postcode)
    return possible_duplicates(by, known)


def settle(*, by: Actor, told: Told, child: str, how: str) -> Told:
    """Link the child chosen, or a new one, to what was told, and settle it. A double click adds one child.

    child: the key of a child on the record, "new" or "nobody". Raises Refused, NotPossible, PossibleDuplicate.
    """
    if child == NOBODY:
        return telling.settle(by=by, told=told, how=how)
    if child == NEW:
        looked_at = [one.child.pk for one in who_it_may_be(by, told)]
        found: Child | None = add_child(
            by=by,
            given_names=told.given_names,
            family_name=told.family_name,
            born_on=told.born_on,
            postcode=told.postcode,
            confirmed_not=looked_at,
            token=told.pk,
        )
    else:
        found = children_seen(by).filter(pk=child).first()
        if found is None:
            raise Refused("This child is not in your record.")
    return telling.settle(by=by, told=told, how=how, child=found)


@needs(Can.WORK_CASES)
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a partner told of a child, and what the council did."""
    found = Told.objects.filter(area=request.actor.area, pk=pk).select_related("agency", "told_by", "child").first()
    if found is None:
        raise Http404
    matches = () if found.settled_on else who_it_may_be(request.actor, found)
    showing(request, found.child_id, *(one.child.pk for one in matches), what="What a partner told us")
    form = SettleForm(request.POST if request.method == "POST" else None, told=found, matches=matches)
    if request.method == "POST" and not found.settled_on and form.is_valid():
        try:
            settled = settle(by=request.actor, told=found, **form.cleaned_data)
        except (Refused, NotPossible, PossibleDuplicate) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Saved. {settled.child} is linked." if settled.child else "Saved.")
            return redirect("partners:told", pk)
    return render(request, "partners/told.html", {"told": found, "form": form})
