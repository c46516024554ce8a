"""The law behind each date: every time limit, and how the area reads the points on which the law leaves room."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs, public
from kept.cases.readings import choices_made, settings_of
from kept.cases.readings import choose as choose_reading
from kept.design.words import day
from kept.rules.process import DEFAULT, Settings
from kept.rules.process.grounds import GROUND_WORDS
from kept.rules.process.table import clocks
from kept.worklist import forms, law, reading_effects, readings


def settings_for(request: HttpRequest) -> Settings:
    """The area's settings; the reference's for somebody who is signed out."""
    return settings_of(request.actor.area.pk) if request.actor else DEFAULT


@public
def index(request: HttpRequest) -> HttpResponse:
    """Every time limit, searchable."""
    form = forms.LawSearchForm(request.GET)
    found = law.search(form.answer("q"), family=form.answer("family"), mark=form.answer("mark"))
    groups: dict[str, list[object]] = {}
    for clock in found:
        groups.setdefault(law.family_words(clock), []).append(clock)
    words = {"form": form, "groups": groups, "total": len(found), "marks": law.MARKS}
    return render(request, "worklist/law.html", words)


@public
def clock(request: HttpRequest, name: str) -> HttpResponse:
    """One time limit: what it says, where it stands, how it is counted, and its exceptions."""
    settings = settings_for(request)
    found = law.clock_of(name, settings)
    if found is None:
        raise Http404
    is_tried = any(key.startswith("start") for key in request.GET)
    form = forms.TryForm(request.GET if is_tried else None)
    start = form.cleaned_data["start"] if is_tried and form.is_valid() else None
    sees_team = request.actor is not None and request.actor.can(Can.SEE_TEAM)
    words = {
        "clock": found,
        "ground_words": GROUND_WORDS,
        "mark": law.MARKS[found.verified],
        "family": law.family_words(found),
        "starts": law.events(found.triggers),
        "ends": law.events(found.stops),
        "falls_away": law.events(found.superseded_by),
        "counting": law.COUNTING[found.counting],
        "nature": law.NATURES.get(found.nature or "", ""),
        "points": [(point, readings.in_force(point, settings.readings)) for point in readings.points_for(found)],
        "sources": law.sources(found),
        "can_try": law.can_try(found),
        "form": form,
        "tried": law.try_date(found, start, settings) if start else None,
        "rows_link": f"{reverse('worklist:team_duties')}?kind={found.id}" if sees_team else "",
        "breadcrumbs": [{"text": "The law", "href": reverse("worklist:law")}, {"text": found.name}],
    }
    return render(request, "worklist/clock.html", words)


@public
def points(request: HttpRequest) -> HttpResponse:
    """The points on which the law leaves room, with the choice in force and why."""
    settings = settings_for(request)
    made = choices_made(request.actor) if request.actor else {}
    rows = [(point, readings.in_force(point, settings.readings), made.get(point.name, [])) for point in readings.POINTS]
    words = {
        "points": rows,
        "may_choose": request.actor is not None and request.actor.can(Can.DECIDE_PANEL),
        "today": request.actor.today if request.actor else None,
        "is_signed_in": request.actor is not None,
        "breadcrumbs": [{"text": "The law", "href": reverse("worklist:law")}, {"text": "How we read the law"}],
    }
    return render(request, "worklist/points.html", words)


@needs(Can.DECIDE_PANEL)
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Read a point of law in another way: what the law says, each reading, what would follow, from when and why."""
    point = next((one for one in readings.POINTS if one.name == name and len(one.choices) > 1), None)
    if point is None:
        raise Http404
    current = readings.in_force(point, settings_of(request.actor.area.pk, request.actor.today).readings)
    others = {value: words for value, words in point.choices.items() if value != current}
    asked = request.POST or ({"choice": request.GET["choice"]} if request.GET.get("choice") in others else None)
    form = forms.ReadingForm(request.POST or None, initial=asked, choices=others, today=request.actor.today)
    wanted = str((asked or {}).get("choice", ""))
    if request.method == "POST" and form.is_valid():
        try:
            choose_reading(by=request.actor, reading=name, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"Chosen: {point.title.lower()}, from {day(form.cleaned_data['starts_on'])}.")
            return redirect(f"{reverse('worklist:points')}#{point.number}")
    effect = reading_effects.effect_of(request.actor, point, wanted) if wanted in others else None
    if effect:
        showing_list(request, [one.case.child_id for one in effect.shown], what="What another reading would change")
    words = {
        "point": point,
        "current": current,
        "wanted": wanted if wanted in others else "",
        "form": form,
        "effect": effect,
        "clocks": [one for one in clocks().values() if point.touches(one)],
        "breadcrumbs": [
            {"text": "The law", "href": reverse("worklist:law")},
            {"text": "How we read the law", "href": reverse("worklist:points")},
            {"text": point.title},
        ],
    }
    return render(request, "worklist/reading.html", words)
