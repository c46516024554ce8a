"""The calendar of due dates, and the private addresses at which calendar programs read it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused, acting
from kept.access.queries import teams
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs, public
from kept.worklist import actions, feed, forms, months, queries, slices
from kept.worklist.views import WORKERS, done_at, page_of

NEW_TOKEN = "worklist_new_calendar_token"  # noqa: S105 - the name of a place in the session
LIST_A_DAY, ALL_A_DAY = 100, 20  # on a day of the list: of a person, of everybody


@needs(*WORKERS, Can.SEE_TEAM)
def month(request: HttpRequest) -> HttpResponse:
    """What is due on each day of a month, as a grid or as a list."""
    actor = request.actor
    is_worker = any(actor.can(one) for one in WORKERS)
    form = forms.CalendarForm(request.GET, teams=teams(actor), sees_all=actor.can(Can.SEE_TEAM), sees_mine=is_worker)
    whose = form.answer("whose")
    is_list = request.GET.get("view") == "list"
    found = queries.mine(actor) if not whose and is_worker else queries.everybodys(actor)
    wanted = queries.Wanted(
        kind=form.answer("kind"), law=form.answer("law"), team=UUID(whose) if whose not in {"", "all"} else None
    )
    first = months.first_of(request.GET.get("month", ""), actor.today)
    in_a_day = months.IN_A_DAY if not is_list else ALL_A_DAY if whose else LIST_A_DAY
    weeks = months.weeks_of(actor, queries.chosen(actor, found, wanted), first, in_a_day=in_a_day)
    days = [day for week in weeks for day in week]
    showing_list(request, (duty.child_id for day in days for duty in day.duties), "Calendar")
    before, after = months.beside(first)
    words = {
        "form": form,
        "weeks": weeks,
        "days": [day for day in days if day.in_month and (day.total or day.has_panel)],
        "first": first,
        "before": before,
        "after": after,
        "today_month": actor.today.replace(day=1),
        "is_list": is_list,
        "whose": whose,
        "keep": {name: form.answer(name) for name in ("whose", "kind", "law") if form.answer(name)},
        "panel_page": page_of("cases:panel") if actor.can(Can.SEE_CASES) else "",
        "kind_words": slices.kind_words,
        "done_at": lambda duty: done_at(actor, duty),
        "day": actor.today,
        "may_subscribe": is_worker,
    }
    return render(request, "worklist/calendar.html", words)


@needs(*WORKERS)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make a private calendar address; the address itself is shown once."""
    form = forms.LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.session[NEW_TOKEN] = actions.make_link(by=request.actor, name=form.cleaned_data["name"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("worklist:subscribe")
    token = "" if request.method == "POST" else request.session.pop(NEW_TOKEN, "")
    address = request.build_absolute_uri(reverse("worklist:feed", args=[token])) if token else ""
    words = {
        "form": form,
        "links": queries.links_of(request.actor),
        "address": address,
        "back_link": reverse("worklist:calendar"),
    }
    response = render(request, "worklist/subscribe.html", words)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs(*WORKERS)
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a private address: calendar programs that use it get nothing more."""
    if not actions.end_link(by=request.actor, pk=pk):
        raise Http404
    messages.success(request, "The address no longer works. Remove the calendar from the program that used it.")
    return redirect("worklist:subscribe")


@public
def read_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's dates for their calendar program, which cannot sign in: the address itself is the key."""
    claimed = actions.whose(token)
    if claimed is None:
        raise Http404
    area, user, digest = claimed
    with acting(user=user, area=area) as actor:
        if not any(actor.can(one) for one in WORKERS) or not actions.is_open(by=actor, digest=digest):
            raise Http404
        base = request.build_absolute_uri("/").rstrip("/")
        text = feed.feed(feed.entries_for(actor), name=f"Kept: {user.name}, {area.name}", base=base)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kept.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
