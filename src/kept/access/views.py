"""Signing in and out, and the front door."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kept.access.homes import home_of
from kept.access.middleware import enter_area
from kept.access.models import User
from kept.access.queries import areas_of
from kept.access.roles import ROLES
from kept.access.web import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """The front door: the sign-in page, or the first page of the person's role."""
    if request.actor is None:
        return redirect("access:sign_in")
    return redirect(home_of(request.actor))


def begin(request: HttpRequest, user: User) -> None:
    """Sign a person in and put them in their area."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    areas = areas_of(user)
    if areas:
        enter_area(request, areas[0])


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with an email address and a password."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        begin(request, form.get_user())
        return redirect(_safe_next(request))
    return render(request, "access/sign_in.html", {"form": form})


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else "/"


def account(request: HttpRequest) -> HttpResponse:
    """Who the person is here: their roles in plain words and what each allows."""
    if request.actor is None:
        return redirect("access:sign_in")
    roles = sorted((ROLES[role] for role in request.actor.roles), key=lambda facts: facts.name)
    return render(request, "access/account.html", {"roles": roles})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("access:sign_in")
