"""The page of one standard: every dated row of it, and a form that supersedes it from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.design.forms import DateField, InputWithUnit
from kept.design.words import day
from kept.waiting import superseding
from kept.waiting.access import keeps
from kept.waiting.models import Stage, Standard
from kept.waiting.words import PAUSES, EventKind

WRONG = 422
UNITS = [("weeks", "Weeks"), ("months", "Months"), ("none", "It sets no time")]


class StandardForm(forms.Form):
    """What the standard says from a day on."""

    valid_from = DateField(
        label="From", help_text="Referrals made on this day or later count by it; earlier ones stay as they are."
    )
    unit = forms.ChoiceField(label="The time is given in", choices=UNITS, widget=forms.RadioSelect)
    number = forms.IntegerField(label="How many weeks or months", min_value=1, max_value=260, required=False)
    share = forms.FloatField(
        label="Share of children who must be seen in that time", required=False,
        widget=InputWithUnit({"inputmode": "decimal"}, suffix="%"), help_text="Leave empty where it is all of them",
    )  # fmt: skip
    pause_reasons = forms.MultipleChoiceField(
        label="The count is paused while", choices=list(PAUSES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="A shortage of staff pauses nothing.",
    )  # fmt: skip
    first_missed_nullifies = forms.BooleanField(
        label="A missed first appointment that was clearly communicated begins the count anew", required=False
    )
    monitoring_stops = forms.BooleanField(label="Active monitoring stops the count", required=False)
    source = forms.CharField(label="Document that says so", max_length=300, help_text="Its name, date and paragraph")
    why = forms.CharField(
        label="Why the area counts so from then on", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """A time has a number."""
        given = super().clean() or {}
        if given.get("unit") in {"weeks", "months"} and not given.get("number") and "number" not in self.errors:
            self.add_error("number", "Enter how many.")
        share = given.get("share")
        if share is not None and not 0 < share <= 100:  # noqa: PLR2004 - per cent
            self.add_error("share", "Enter a share between 1 and 100.")
        return given

    def changes(self) -> dict[str, Any]:
        """The fields of the row, as the action takes them."""
        given = self.cleaned_data
        number = given["number"]
        return {
            "weeks": number if given["unit"] == "weeks" else None,
            "months": number if given["unit"] == "months" else None,
            "share": round(given["share"] / 100, 4) if given["share"] is not None else None,
            **{name: given[name] for name in ("pause_reasons", "first_missed_nullifies", "monitoring_stops")},
        }


def _initial(row: Standard, today: object) -> dict[str, Any]:
    unit = "weeks" if row.weeks else "months" if row.months else "none"
    return {
        "valid_from": today, "unit": unit, "number": row.weeks or row.months,
        "share": round(row.share * 100, 1) if row.share else None, "pause_reasons": row.pause_reasons,
        "first_missed_nullifies": row.first_missed_nullifies, "monitoring_stops": row.monitoring_stops,
    }  # fmt: skip


@needs(Can.KEEP_LISTS)
def standard(request: HttpRequest, key: str) -> HttpResponse:
    """Every row of a standard; and, for who keeps the lists of the whole area, the form that supersedes it."""
    actor = request.actor
    rows = list(Standard.objects.filter(area=actor.area, key=key).select_related("made_by").order_by("-valid_from"))
    if not rows:
        raise Http404
    now = superseding.row_on(actor, key, actor.today) or rows[0]
    form = StandardForm(request.POST or None, initial=_initial(now, actor.today)) if keeps(actor, None) else None
    if request.method == "POST" and form is None:
        raise Http404
    looking = request.POST.get("step") == "look"
    if form is not None and looking:
        for name in ("source", "why"):
            form.fields[name].required = False
    effect, status = None, 200
    if form is not None and request.method == "POST":
        status = WRONG
        if form.is_valid():
            given, changes = form.cleaned_data, form.changes()
            try:
                if looking:
                    effect, status = superseding.effect_of(actor, key, given["valid_from"], changes), 200
                else:
                    asked = {name: given[name] for name in ("valid_from", "source", "why")}
                    superseding.supersede(by=actor, key=key, **asked, **changes)
            except (Refused, LookupError) as no:
                form.add_error("valid_from", str(no))
                status = WRONG
            else:
                if not looking:
                    messages.success(request, f"{now.name} counts so from {day(given['valid_from'])}.")
                    return redirect("waiting:standard", key)
    if effect:
        showing_list(request, [one.child_id for one, _, _ in effect.moved], what="What another standard would change")
    kinds = dict(EventKind.choices)
    words = {
        "rows": rows,
        "now": now,
        "form": form,
        "effect": effect,
        "lists": list(Stage.objects.filter(area=actor.area, standard=key).select_related("service")),
        "kinds": kinds,
        "pauses": PAUSES,
        "today": actor.today,
        "breadcrumbs": [
            {"text": "Waiting lists", "href": reverse("waiting:home")},
            {"text": "Services, lists and standards", "href": reverse("waiting:set_up")},
            {"text": now.name},
        ],
    }
    return render(request, "waiting/standard.html", words, status=status)
