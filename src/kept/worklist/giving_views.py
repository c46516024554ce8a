"""Giving work to somebody else, and taking it back."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.duties.models import Duty
from kept.worklist import actions, forms, queries
from kept.worklist.team_views import filtered
from kept.worklist.views import back_of

MOST_KEYS = 600
WRONG = 422


def _keys(request: HttpRequest) -> list[UUID]:
    """The duties that were ticked."""
    try:
        return [UUID(key) for key in request.POST.getlist("duty")[:MOST_KEYS]]
    except ValueError:
        raise Http404 from None


def _chosen(request: HttpRequest) -> list[Duty]:
    """The duties that were ticked, or all of the list that was shown."""
    found = queries.everybodys(request.actor)
    if "everything" not in request.POST:
        return list(queries.ordered(found.filter(pk__in=_keys(request)), "due", request.actor.today))
    rows = queries.ordered(filtered(request), "due", request.actor.today)
    return list(rows[: actions.MOST_AT_ONCE])


@require_POST
@needs(Can.ASSIGN_WORK)
def give(request: HttpRequest) -> HttpResponse:
    """Give the chosen duties to a colleague or a team's desk: first who, then it is done and can be taken back."""
    back = back_of(request, "worklist:my_work")
    duties = _chosen(request)
    is_answered = "to" in request.POST or "answered" in request.POST
    form = forms.GiveForm(request.POST if is_answered else None, takers=queries.takers(request.actor))
    if duties and form.is_valid():
        try:
            handover = actions.give(by=request.actor, duties=duties, why=form.cleaned_data["why"], **form.taker())
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            if handover is None:
                form.add_error("to", "They have all of this work already. Choose somebody else.")
            else:
                return redirect(f"{reverse('worklist:given', args=[handover.pk])}?{urlencode({'back': back})}")
    showing_list(request, (one.child_id for one in duties), "List of duties to give away")
    words = {"form": form, "duties": duties, "back": back, "back_link": back, "day": request.actor.today}
    return render(request, "worklist/give.html", words, status=WRONG if is_answered and form.errors else 200)


@needs(Can.ASSIGN_WORK)
def given(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was given to whom, with a button to take it back."""
    handover = queries.handover_of(request.actor, pk)
    if handover is None:
        raise Http404
    back = back_of(request, "worklist:my_work")
    went_back = stayed = 0
    if request.method == "POST":
        went_back, stayed = actions.take_back(by=request.actor, handover=handover)
        if went_back or stayed:
            address = urlencode({"back": back, "went": went_back, "stayed": stayed})
            return redirect(f"{reverse('worklist:given', args=[pk])}?{address}")
    duties = queries.given(request.actor, handover)
    showing_list(request, (one.child_id for one in duties), "List of duties given away")
    stayed_text = request.GET.get("stayed", "0")
    words = {
        "handover": handover,
        "duties": duties,
        "back": back,
        "day": request.actor.today,
        "stayed": int(stayed_text) if stayed_text.isdecimal() and len(stayed_text) <= 4 else 0,  # noqa: PLR2004
    }
    return render(request, "worklist/given.html", words)
