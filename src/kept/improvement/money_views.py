"""Who answers for a programme, whether everybody can read it, its money, and what came of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kept.access.roles import Can
from kept.access.web import needs
from kept.improvement import actions, forms
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Investment
from kept.improvement.views import asked, filled, programme_of


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def officers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the two accountable officers."""
    one = programme_of(request.actor, pk)
    form, saved = filled(
        request, forms.OfficersForm,
        lambda form: actions.name_officers(by=request.actor, programme=one, **form.cleaned_data), actor=request.actor,
        initial={"council_officer": one.council_officer_id, "nhs_officer": one.nhs_officer_id},
    )  # fmt: skip
    if saved is not None:
        return redirect("improvement:programme", pk=one.pk)
    return asked(request, form, "Accountable officers", f"/improvement/{one.pk}/")


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def invest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a line of money."""
    one = programme_of(request.actor, pk)
    form, saved = filled(
        request, forms.InvestmentForm,
        lambda form: actions.invest(by=request.actor, programme=one, **form.cleaned_data),
    )  # fmt: skip
    if saved is not None:
        return redirect("improvement:programme", pk=one.pk)
    return asked(request, form, "Add money", f"/improvement/{one.pk}/")


@needs(Can.RUN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def realised(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of a line of money."""
    one = Investment.objects.filter(area=request.actor.area, pk=pk).first()
    if one is None:
        raise Http404
    form, saved = filled(
        request, forms.RealisedForm,
        lambda form: actions.realise(by=request.actor, investment=one, **form.cleaned_data),
        initial={"realised": one.realised},
    )  # fmt: skip
    if saved is not None:
        return redirect("improvement:programme", pk=one.programme_id)
    lead = f"{one.what}. Promised: {one.promised}"
    return asked(request, form, "What came of it", f"/improvement/{one.programme_id}/", lead=lead)


@needs(Can.RUN_PROGRAMME)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the programme on the public page, or take it down."""
    one = programme_of(request.actor, pk)
    try:
        actions.publish(by=request.actor, programme=one, shown=request.POST.get("shown") == "yes")
    except NotAllowed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Everybody can read it now." if one.published_on else "Taken down.")
    return redirect("improvement:programme", pk=one.pk)
