"""The team: where it slips before it slips, and the rows behind each figure."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from kept.access.acting import Actor
from kept.access.queries import agencies, colleagues, teams
from kept.access.roles import Can, Role
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.worklist import forms, queries, slices
from kept.worklist.overview import overview, stage_words
from kept.worklist.views import back_of, done_at, export_of, list_words, per_page

MOST_HOLDERS = 30
HOLDERS = (Role.CASE_OFFICER, Role.CASE_MANAGER, Role.PROFESSIONAL, Role.DESIGNATED_OFFICER)


def has_own(actor: Actor) -> bool:
    """Whether the person answers for a service of their own, and not for the whole area."""
    return bool(actor.agency_ids) and not actor.reaches_area


@needs(Can.SEE_TEAM)
def team(request: HttpRequest) -> HttpResponse:
    """Where the team stands: what is late, why, who holds it, and what slips next."""
    form = forms.ScopeForm(request.GET.dict(), teams=teams(request.actor), has_own=has_own(request.actor))
    found = overview(request.actor, team=forms.team_chosen(form.answer("team")), law=form.answer("law"))
    shown = [*found.worst, *found.next_to_slip]
    showing_list(request, (line.duty.child_id for line in shown), "Team overview")
    words = {
        "form": form,
        "overview": found,
        "holders": found.by_holder if "everybody" in request.GET else found.by_holder[:MOST_HOLDERS],
        "rows_page": reverse("worklist:team_duties"),
        "day": request.actor.today,
        "until": queries.horizon(request.actor),
        "scope": {name: form.answer(name) for name in ("team", "law") if form.answer(name)},
        "done_at": lambda duty: done_at(request.actor, duty),
        "days_late": queries.days_late,
        "stage_words": stage_words,
        "here": request.get_full_path(),
    }
    return render(request, "worklist/team.html", words)


def team_form(request: HttpRequest, data: Any) -> forms.TeamFilterForm:
    """The filters of the list behind the overview, with everybody who may hold a duty."""
    desks = list(teams(request.actor))
    holders = {f"person:{user.pk}": user.name for user in colleagues(request.actor, *HOLDERS)}
    holders |= {f"team:{one.pk}": f"{one.name}, {one.agency.name}" for one in desks}
    holders |= {f"agency:{one.pk}": one.name for one in agencies(request.actor)}
    asked = data.get("holder", "")
    if asked not in holders and (name := queries.name_of_holder(request.actor, asked)):
        holders[asked] = name  # somebody who left and still holds something
    return forms.TeamFilterForm(data, holders=holders, teams=desks, has_own=has_own(request.actor))


@needs(Can.SEE_TEAM)
def team_duties(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure of the overview: everything owed that the person may see, by the same filters."""
    form = team_form(request, request.GET)
    wanted = form.wanted(request.GET)
    found = queries.everybodys(request.actor)
    duties = queries.find_duties(request.actor, found, wanted, per_page=per_page(request))
    words = list_words(request, duties, form, page="worklist:team_duties")
    waits = "Waiting for nobody outside" if wanted.waits == slices.US else f"Waiting for {wanted.waits}"
    more = {"waits": waits if wanted.waits else "", "overview_link": reverse("worklist:team")}
    return render(request, "worklist/team_duties.html", {**words, **more})


@needs(Can.SEE_TEAM)
def export_team(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure as a spreadsheet file."""
    form = team_form(request, request.GET)
    found = queries.chosen(request.actor, queries.everybodys(request.actor), form.wanted(request.GET))
    return export_of(request, found, form, "team-duties")


def filtered(request: HttpRequest) -> Any:
    """All duties of the list from which a form was sent, by the filters in the address of that list."""
    address = urlsplit(back_of(request, "worklist:my_work"))
    asked = QueryDict(mutable=True)
    for name, value in parse_qsl(address.query):
        asked[name] = value
    if address.path == reverse("worklist:team_duties") and request.actor.can(Can.SEE_TEAM):
        form: forms.FilterForm = team_form(request, asked)
        return queries.chosen(request.actor, queries.everybodys(request.actor), form.wanted(asked))
    return queries.chosen(request.actor, queries.mine(request.actor), forms.MyFilterForm(asked).wanted(asked))
