"""The page of the ledger's limits, and the page on which one is changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.delivery import limits
from kept.delivery.asking import show
from kept.design.forms import DateField, InputWithUnit
from kept.rules.delivery import STANDARD

WRONG = 422


class LimitForm(forms.Form):
    """What the limit is, from which day, and why."""

    value = forms.FloatField(label="The limit")
    starts_on = DateField(label="From", help_text="Today, or a day of the coming year")
    why = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What decided it. It is kept beside the limit for everybody who works here.",
    )  # fmt: skip

    def __init__(self, *args: Any, limit: limits.Limit, **more: Any) -> None:
        super().__init__(*args, **more)
        value = self.fields["value"]
        value.widget = InputWithUnit({"inputmode": "decimal"}, suffix=str(limit.unit))
        value.help_text = f"Between {limit.lowest} and {limit.say(limit.highest)}"


@needs(Can.SEE_TEAM, Can.WORK_CASES, Can.RECORD_DELIVERY)
def index(request: HttpRequest) -> HttpResponse:
    """Every limit with its value, where it comes from, and what the area chose before."""
    now, made = limits.limits_of(request.actor), limits.choices_made(request.actor)
    rows = [(one, one.shown(now), one.shown(STANDARD), made.get(one.name, [])) for one in limits.LIMITS]
    words = {
        "rows": rows, "may_set": request.actor.can(Can.SET_STANDARDS), "today": request.actor.today,
    }  # fmt: skip
    return show(request, "delivery/limits.html", words)


@needs(Can.SET_STANDARDS)
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Change one limit: what it would do is counted before it is chosen."""
    limit = limits.BY_NAME.get(name)
    if limit is None:
        raise Http404
    now = limits.limits_of(request.actor)
    looking = request.POST.get("step") == "look"
    initial = {"value": limit.shown(now), "starts_on": request.actor.today}
    form = LimitForm(request.POST if request.method == "POST" else None, limit=limit, initial=initial)
    if looking:
        form.fields["why"].required = False
    effect, status = None, 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            given = form.cleaned_data
            if looking and limit.lowest <= given["value"] <= limit.highest:
                effect, status = limits.effect_of(request.actor, limit, given["value"]), 200
            else:
                try:
                    limits.choose(by=request.actor, limit=name, **given)
                except Refused as no:
                    form.add_error("value", str(no))
                else:
                    messages.success(request, f"{limit.title}: {limit.say(given['value'])}.")
                    return redirect("delivery:limits")
    words = {
        "limit": limit, "form": form, "now": limit.shown(now), "effect": effect,
        "breadcrumbs": [{"text": "Limits", "href": reverse("delivery:limits")}, {"text": limit.title}],
    }  # fmt: skip
    return show(request, "delivery/limit.html", words, status=status)
