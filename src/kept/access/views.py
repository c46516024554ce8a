"""Signing in and out, the front door, the account, and the first page of a new installation."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kept.access import first_run, sign_in_links
from kept.access.accounts import end_sessions
from kept.access.acting import Refused
from kept.access.forms import AreaForm, FirstRunForm
from kept.access.homes import home_of
from kept.access.middleware import enter_area
from kept.access.models import User
from kept.access.queries import areas_of
from kept.access.roles import ROLES, Can
from kept.access.web import needs, public

GONE = 410


@public
def home(request: HttpRequest) -> HttpResponse:
    """The front door: the sign-in page, or the first page of the person's role."""
    if not request.user.is_authenticated and settings.DEMO:
        return redirect("demo:sign_in")
    if not request.user.is_authenticated:
        return redirect("access:first_run" if first_run.is_open() else "access:sign_in")
    if request.actor is None:
        return redirect("access:choose_area")
    return redirect(home_of(request.actor))


@needs(*Can)
def everything(request: HttpRequest) -> HttpResponse:
    """All that the person may do, in groups: the bar at the top has room for the daily part only."""
    return render(request, "access/everything.html")


def directory_name() -> str:
    """What staff call the council's directory; empty when none is set."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


@method_decorator([public, never_cache], name="dispatch")
class SignInPage(RequestLoginCodeView):
    """The sign-in page: the council's account, a code by email, a passkey or a password."""

    template_name = "access/sign_in.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The ways in that this installation has."""
        ways = {"directory": directory_name(), "next": self.request.GET.get("next", "")}
        return super().get_context_data(**more) | ways


sign_in = public(SignInPage.as_view())


def come_in(request: HttpRequest, user: User, *, method: str) -> HttpResponse:
    """Sign in somebody who has just proven who they are; a second step that they have set up is asked for first."""
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, email=user.email))


@public
@never_cache
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a sign-in email: opening it shows a button, pressing that signs in, once."""
    user = sign_in_links.use(token) if request.method == "POST" else sign_in_links.read(token)
    if user is None:
        return render(request, "access/link_gone.html", {}, status=GONE)
    if request.method != "POST":
        return render(request, "access/link.html", {"email": user.email})
    if request.user.is_authenticated:
        logout(request)
    return come_in(request, user, method="code")


@public
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """The first page of a new installation."""
    if not first_run.is_open():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            user = first_run.set_up(given=facts.pop("code"), **facts)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return come_in(request, user, method="password")
    return render(request, "access/first_run.html", {"form": form})


def account(request: HttpRequest) -> HttpResponse:
    """Who the person is here: their roles in plain words and what each allows."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    held = request.actor.roles if request.actor else frozenset()
    roles = sorted((ROLES[role] for role in held), key=lambda facts: facts.name)
    several = len(areas_of(request.user)) > 1
    return render(request, "access/account.html", {"roles": roles, "user": request.user, "several_areas": several})


def choose_area(request: HttpRequest) -> HttpResponse:
    """Choose among the areas in which the person holds a role; with one, it is chosen for them."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    areas = areas_of(request.user)
    if request.method != "POST" and len(areas) == 1:
        enter_area(request, areas[0])
        return redirect("access:home")
    if not areas:
        return redirect("access:account")
    form = AreaForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        enter_area(request, form.cleaned_data["area"])
        return redirect("access:home")
    return render(request, "access/choose_area.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("access:sign_in")


@public
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out of every browser and telephone, this one too."""
    if request.user.is_authenticated:
        end_sessions(request.user)
        logout(request)
        messages.success(request, "You are signed out everywhere.")
    return redirect("access:sign_in")


@public
def no_account(request: HttpRequest) -> HttpResponse:
    """How somebody comes to have an account."""
    return render(request, "account/signup_closed.html", {})


def _plain(name: str) -> Any:
    @public
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"access/{name}.html", {})

    page.__name__, page.__doc__ = name, f"The public page on {name}."
    return page


accessibility, privacy, help_page = _plain("accessibility"), _plain("privacy"), _plain("help")
