"""A family reads its date: how it was worked out, what it was told before, what to do meanwhile; and as a letter."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.access.trails import Kind, showing
from kept.access.web import needs
from kept.forecasts import letters, queries, scoring, telling
from kept.letters.pdf import as_pdf
from kept.waiting.access import may_read
from kept.waiting.models import Referral
from kept.waiting.queries import referrals


def _referral(actor: Actor, pk: UUID) -> Referral:
    found = (
        referrals(actor).filter(pk=pk)
        .select_related("child", "stage__service__agency", "stage__pathway").first()
    )  # fmt: skip
    if found is None or not (actor.can(Can.FOLLOW_OWN) or may_read(actor, found)):
        raise Http404
    return found


def _back(actor: Actor, one: Referral) -> str:
    """A family comes from the page of its waits, staff from the referral."""
    if actor.can(Can.SEE_RECORD):
        return reverse("waiting:referral", args=[one.pk])
    return reverse("waiting:wait_of", args=[one.child_id])


@needs(Can.FOLLOW_OWN, Can.SEE_RECORD)
@require_GET
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this family is told of its date, and every statement before it."""
    actor = request.actor
    one = _referral(actor, pk)
    showing(request, one.child_id, what="What the family is told of a wait")
    found = telling.spoken(actor, one)
    log = list(queries.log_of(actor, one.pk))
    words = {
        "referral": one, "child": one.child, "found": found, "back": _back(actor, one), "log": log,
        "method": telling.METHOD,
        "meanwhile": telling.meanwhile(actor, one), "is_over": one.closed_on is not None,
        "right": telling.right_words(*scoring.right_lately(actor, one.stage_id)),
        "is_family": actor.can(Can.FOLLOW_OWN) and not actor.can(Can.SEE_RECORD),
        "weeks_waited": (actor.today - one.referral_made_on).days // 7,
    }  # fmt: skip
    return render(request, "forecasts/statement.html", words)


@needs(Can.FOLLOW_OWN, Can.SEE_RECORD)
@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a letter (PDF/UA)."""
    one = _referral(request.actor, pk)
    found = telling.spoken(request.actor, one)
    if found is None:
        raise Http404
    showing(request, one.child_id, what="A letter about a wait", kind=Kind.FILE)
    made = letters.letter(request.actor, one, found)
    answer = HttpResponse(as_pdf(made, title=made.title), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="waiting-{one.ref}.pdf"'
    return answer
