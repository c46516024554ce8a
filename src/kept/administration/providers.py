"""Invite somebody to keep the entries of an organisation of the Local Offer: an invitation like any other."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency, AgencyKind
from kept.access.roles import Can, Role
from kept.access.web import needs
from kept.administration import forms
from kept.administration.invitations import invite
from kept.administration.models import Invitation
from kept.administration.roles import save_agency
from kept.offer.models import Organisation
from kept.offer.publishing import join_to_agency


@transaction.atomic
def invite_provider(*, by: Actor, organisation: Organisation, name: str, email: str, link_to: str) -> Invitation:
    """Invite a provider. Whoever edits the Local Offer may; the role begins when they accept. Raises Refused.

    An organisation without an agency is given one of its name.
    """
    check_can(by, Can.EDIT_OFFER)
    with acting_as_system(by.area, today=by.today) as system:  # editors see no invitations and no agencies' pages
        if organisation.agency is None:
            made = save_agency(by=system, agency=Agency(name=organisation.name, kind=AgencyKind.COMMUNITY))
            join_to_agency(by=system, organisation=organisation, agency=made)
        return invite(by=by, email=email, name=name, role=Role.PROVIDER, agency=organisation.agency, link_to=link_to)


@needs(Can.EDIT_OFFER)
@require_http_methods(["GET", "POST"])
def invite_provider_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite somebody to keep an organisation's entries."""
    organisation = Organisation.objects.filter(area=request.actor.area, pk=pk).select_related("agency").first()
    if organisation is None:
        raise Http404
    form = forms.InviteFamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link = request.build_absolute_uri(reverse("administration:join", args=["TOKEN"]))
        try:
            made = invite_provider(by=request.actor, organisation=organisation, link_to=link, **form.cleaned_data)
        except (Refused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"An invitation was sent to {made.email}.")
            return redirect("desk:organisations")
    return render(request, "administration/invite_provider.html", {"form": form, "organisation": organisation})
