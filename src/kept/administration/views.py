"""The pages of administration: people, their roles, leavers, agencies and teams, and the quarterly review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kept.access import accounts
from kept.access.acting import Refused
from kept.access.models import Agency, Team, User
from kept.access.queries import agencies, teams
from kept.access.roles import ROLES, Can, Role
from kept.access.trails.security import Happened, note
from kept.access.web import View, needs
from kept.administration import forms, leaving, queries, roles

A_PAGE = 50


def sensitive(view: View) -> View:
    """For administrators, who prove once more that it is them when they last did some time ago."""
    return needs(Can.MANAGE_ACCESS)(reauthentication_required(view))


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it is nothing but the button."""
    return request.POST if request.method == "POST" else None


def _person(request: HttpRequest, pk: UUID) -> User:
    found = queries.person(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, form: BaseForm, move: Callable[[], Any], field: str | None = None) -> bool:
    """Whether the move was made; a refusal becomes an error of the form."""
    try:
        with transaction.atomic():
            move()
    except (Refused, ValueError) as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


@needs(Can.MANAGE_ACCESS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has a role here, found by name, role and service."""
    form = forms.PeopleFilter(request.GET or None, actor=request.actor)
    wanted = dict(form.cleaned_data) if form.is_valid() else {}
    wanted["kind"] = wanted.get("kind") or queries.STAFF
    page = Paginator(queries.people(request.actor, **wanted), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/people.html", {"form": form, "page": page})


@needs(Can.MANAGE_ACCESS)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: their roles here, and what an administrator can do."""
    user = _person(request, pk)
    lines = [
        {"membership": one, "facts": ROLES[Role(one.role)], "runs": one.is_running(request.actor.today)}
        for one in queries.roles_of(request.actor, user)
    ]
    context = {
        "person": user,
        "lines": lines,
        "is_me": user == request.actor.user,
        "has_second_step": accounts.has_second_step(user),
        "ends": accounts.NOT_STAFF,
    }
    return render(request, "administration/person.html", context)


@sensitive
def give_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody one more role."""
    user = _person(request, pk)
    form = forms.RoleForm(_typed(request), actor=request.actor, initial={"starts_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        if _done(request, form, lambda: roles.give_role(by=request.actor, user=user, **facts)):
            messages.success(request, f"{user.name} is {ROLES[facts['role']].name.lower()}.")
            return redirect("administration:person", pk)
    return render(request, "administration/give_role.html", {"form": form, "person": user})


@sensitive
def end_role(request: HttpRequest, pk: UUID, role: UUID) -> HttpResponse:
    """End a role at once."""
    user = _person(request, pk)
    membership = queries.memberships(request.actor).filter(user=user, pk=role).first()
    if membership is None:
        raise Http404
    form = forms.SureForm(_typed(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(request, form, lambda: roles.not_needed(by=request.actor, membership=membership))
    ):
        messages.success(request, f"{user.name} is no longer {membership.role_name.lower()}.")
        return redirect("administration:person", pk)
    facts, held = ROLES[Role(membership.role)], leaving.holding(by=request.actor, user=user)
    words = {"form": form, "person": user, "facts": facts, "held": held}
    return render(request, "administration/end_role.html", words)


@sensitive
def reset_second_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For somebody who lost their telephone."""
    user = _person(request, pk)
    if user == request.actor.user:
        raise Http404
    form = forms.SureForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        accounts.take_second_step_away(user)
        _noted(request, f"Second step of {user.email} taken away")
        messages.success(request, f"{user.name} sets a second step up anew at the next sign-in.")
        return redirect("administration:person", pk)
    return render(request, "administration/reset_second_step.html", {"form": form, "person": user})


@sensitive
def leaver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a leaver still holds: moved to a colleague, then the account closes."""
    user = _person(request, pk)
    held = leaving.holding(by=request.actor, user=user)
    people_who_can = leaving.successors(by=request.actor, user=user)
    form = (
        forms.MoveForm(_typed(request), people=people_who_can) if not held.is_empty else forms.SureForm(_typed(request))
    )
    if request.method == "POST" and form.is_valid():
        if held.is_empty:
            if _done(request, form, lambda: leaving.close_account(by=request.actor, user=user)):
                _noted(request, f"Account of {user.email} closed")
                messages.success(request, f"{user.name} can no longer sign in here.")
                return redirect("administration:person", pk)
        elif _done(
            request, form, lambda: leaving.move_all(by=request.actor, user=user, to=form.cleaned_data["to"]), "to"
        ):
            messages.success(request, f"The work is now with {form.cleaned_data['to'].name}.")
            return redirect("administration:leaver", pk)
    context = {"form": form, "person": user, "held": held, "can_move": bool(people_who_can)}
    return render(request, "administration/leaver.html", context)


def _noted(request: HttpRequest, what: str) -> None:
    note(Happened.CHANGED_ACCESS, person=request.actor.user, area=request.actor.area, request=request, what=what)


@needs(Can.MANAGE_ACCESS)
def review(request: HttpRequest) -> HttpResponse:
    """The quarter's review: who still needs what."""
    found = queries.review(request.actor)
    page = Paginator(found.waiting, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/review.html", {"review": found, "page": page})


@sensitive
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Record that the ticked roles are still needed."""
    try:
        keys = [UUID(value) for value in request.POST.getlist("role")]
    except ValueError as fault:
        raise Http404 from fault
    ticked = list(queries.memberships(request.actor).filter(pk__in=keys).select_related("user"))
    if not ticked:
        messages.error(request, "Tick at least one role that is still needed.")
        return redirect("administration:review")
    try:
        number = roles.still_needed(by=request.actor, memberships=ticked)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Recorded: {number} {'role is' if number == 1 else 'roles are'} still needed.")
    return redirect("administration:review")


@needs(Can.MANAGE_ACCESS)
def agency_list(request: HttpRequest) -> HttpResponse:
    """The agencies of the area and their teams."""
    text = request.GET.get("text", "").strip()[:100]
    found = queries.agencies_with_teams(request.actor)
    if text:
        found = found.filter(name__icontains=text)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/agencies.html", {"page": page, "text": text})


@needs(Can.MANAGE_ACCESS)
def agency(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add an agency or change one."""
    found = agencies(request.actor).filter(pk=pk).first() if pk else Agency(area=request.actor.area)
    if found is None:
        raise Http404
    form = forms.AgencyForm(_typed(request), instance=found)
    if request.method == "POST" and form.is_valid():
        roles.save_agency(by=request.actor, agency=form.save(commit=False))
        messages.success(request, f"{found.name} is saved.")
        return redirect("administration:agencies")
    return render(request, "administration/agency.html", {"form": form, "is_new": pk is None})


@needs(Can.MANAGE_ACCESS)
def team(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add a team or change one."""
    found = teams(request.actor).filter(pk=pk).first() if pk else Team(area=request.actor.area)
    if found is None:
        raise Http404
    form = forms.TeamForm(_typed(request), instance=found, actor=request.actor)
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(request, form, lambda: roles.save_team(by=request.actor, team=form.save(commit=False)), "name")
    ):
        messages.success(request, f"{found.name} is saved.")
        return redirect("administration:agencies")
    return render(request, "administration/team.html", {"form": form, "is_new": pk is None})
