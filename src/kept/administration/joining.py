"""Invitations: sent, listed, withdrawn, and accepted by whoever opens the link."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.middleware import enter_area
from kept.access.predicates import BE_FAMILY, allows
from kept.access.roles import Can, Role
from kept.access.trails import showing
from kept.access.views import come_in
from kept.access.web import needs, public
from kept.administration import forms, queries
from kept.administration.invitations import NotUsable, accept, invite, read, withdraw
from kept.administration.models import Invitation
from kept.people.models import Carer
from kept.people.queries import children_seen, may_invite_young_person

GONE = 410


def _link(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("administration:join", args=["TOKEN"]))


@needs(Can.MANAGE_ACCESS)
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Who was invited, by whom, and whether they came."""
    page = Paginator(queries.invitations(request.actor), 50).get_page(request.GET.get("page"))
    now = timezone.now()
    lines = [{"invitation": one, "state": one.state(now)} for one in page]
    return render(request, "administration/invitations.html", {"page": page, "lines": lines})


@needs(Can.MANAGE_ACCESS)
@reauthentication_required
def invite_staff(request: HttpRequest) -> HttpResponse:
    """Invite somebody who will work here."""
    form = forms.InviteForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            made = invite(by=request.actor, link_to=_link(request), **facts)
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            until = timezone.localtime(made.expires_at)
            messages.success(request, f"An invitation was sent to {made.email}. It opens until {until:%-d %B %Y}.")
            return redirect("administration:invitations")
    return render(request, "administration/invite.html", {"form": form})


@needs(Can.MANAGE_ACCESS)
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw an open invitation."""
    found = queries.invitations(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    withdraw(by=request.actor, invitation=found)
    messages.success(request, f"The invitation of {found.email} no longer works.")
    return redirect("administration:invitations")


@needs(Can.EDIT_PEOPLE)
def invite_carer(request: HttpRequest, child: UUID, carer: UUID) -> HttpResponse:
    """Invite a parent or carer to follow their child's case."""
    found = children_seen(request.actor).filter(pk=child).first()
    who = Carer.objects.filter(area=request.actor.area, pk=carer, links__child=child).first() if found else None
    if found is None or who is None or who.user_id:
        raise Http404
    showing(request, found.pk, what="Invite a parent or carer")
    form = forms.InviteFamilyForm(request.POST or None, initial={"name": who.name, "email": who.email})
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(by=request.actor, role=Role.FAMILY, carer=who, link_to=_link(request), **form.cleaned_data)
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"An invitation was sent to {made.email}.")
            return redirect("people:child", child)
    words = f"They will follow {found.first_name}’s case, once they accept."
    return render(request, "administration/invite_family.html", {"form": form, "lead": words, "child": found})


@needs(Can.EDIT_PEOPLE)
def invite_young_person(request: HttpRequest, child: UUID) -> HttpResponse:
    """Invite a young person, over compulsory school age, to their own record."""
    found = children_seen(request.actor).filter(pk=child).first()
    if found is None or not may_invite_young_person(request.actor, found):
        raise Http404
    showing(request, found.pk, what="Invite the young person")
    form = forms.InviteFamilyForm(request.POST or None, initial={"name": found.full_name})
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(
                by=request.actor, role=Role.FAMILY, child_id=child, link_to=_link(request), **form.cleaned_data
            )
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"An invitation was sent to {made.email}.")
            return redirect("people:child", child)
    words = f"{found.first_name} will see their own record and follow their own case, once they accept."
    return render(request, "administration/invite_family.html", {"form": form, "lead": words, "child": found})


@needs(Can.FOLLOW_OWN)
def invite_advocate(request: HttpRequest, child: UUID) -> HttpResponse:
    """A family invites somebody to help them."""
    found = children_seen(request.actor).filter(pk=child).first()
    if found is None or not allows(request.actor, BE_FAMILY, child):
        raise Http404
    showing(request, found.pk, what="Invite somebody to help")
    waiting = queries.own_invitations(request.actor, child)
    if "take_back" in request.POST:
        chosen = next((one for one in waiting if str(one.pk) == request.POST["take_back"]), None)
        return _taken_back(request, child, chosen)
    form = forms.InviteFamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(
                by=request.actor, role=Role.ADVOCATE, child_id=child, link_to=_link(request), **form.cleaned_data
            )
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"An invitation was sent to {made.email}. Wrong address? Take it back here.")
            return redirect("administration:invite_advocate", child)
    words = f"They will see {found.first_name}’s record as you do, until you end it."
    context = {"form": form, "lead": words, "child": found, "waiting": waiting}
    return render(request, "administration/invite_family.html", context)


def _taken_back(request: HttpRequest, child: UUID, invitation: Invitation | None) -> HttpResponse:
    """The end of an invitation that somebody sent themself; not found for any other."""
    if invitation is None:
        raise Http404
    withdraw(by=request.actor, invitation=invitation)
    messages.success(request, f"The invitation of {invitation.email} no longer works.")
    return redirect("administration:invite_advocate", child)


@public
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation: what it is, from whom; and accept it."""
    me = request.user if request.user.is_authenticated else None
    try:
        offer = read(token)
        form = forms.AcceptForm(request.POST or None, initial={"name": me.name if me else offer.name})
        if request.method == "POST" and form.is_valid():
            user, area = accept(token, name=form.cleaned_data["name"], signed_in=me)
            if me is None:
                answer = come_in(request, user, method="invitation")
                return answer
            enter_area(request, area)
            return redirect("access:home")
    except NotUsable as reason:
        return render(request, "administration/not_usable.html", {"reason": str(reason)}, status=GONE)
    return render(request, "administration/join.html", {"form": form, "offer": offer, "me": me})
