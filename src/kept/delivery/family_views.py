"""The family's page: what was due this week, what came, what did not, and what is owed back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.delivery import families, forms, queries
from kept.delivery.asking import A_WEEK, child_asked, show, week_asked
from kept.delivery.counting import ledgers
from kept.delivery.limits import limits_of
from kept.delivery.models import Asking
from kept.delivery.queries import CAME
from kept.people.models import Child
from kept.rules.delivery import Statement, say_term

MOST_BACK = timedelta(weeks=26)


@needs(Can.FOLLOW_OWN)
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This week's provision with the family's own answers, and what is owed."""
    child, monday = child_asked(request, pk, "What came this week"), week_asked(request)
    week = queries.child_week(request.actor, child, monday)
    mine = {
        row.item_id: (row.said, row.note)
        for one in week.items
        for row in one.family
        if row.by_id == request.actor.user.pk
    }
    data = request.POST if request.method == "POST" else None
    form = forms.FamilyForm(data, items=week.due, said=mine)
    if request.method == "POST" and form.is_valid():
        try:
            families.say(by=request.actor, child=child, week=monday, said=form.said())
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Thank you. Your answers stand beside what the school says.")
            return redirect(f"{reverse('delivery:family', args=[child.pk])}?week={monday.isoformat()}")
    asking = Asking.objects.filter(area=request.actor.area, child=child, user=request.actor.user).first()
    owed, term = _owed(request, child)
    words = {
        "child": child, "week": week, "form": form, "monday": monday, "friday": monday + timedelta(days=4),
        "came": CAME, "before": monday - A_WEEK if monday > request.actor.today - MOST_BACK else None,
        "after": monday + A_WEEK if monday + A_WEEK <= request.actor.today else None,
        "owed": owed, "term": term, "term_words": say_term(term) if term else "",
        "catch_ups": [one for one in queries.catch_ups_of(request.actor, child) if not one.ended_on],
        "differences": list(queries.differences(request.actor).filter(child=child)[:10]),
        "asking": forms.AskForm(initial={"every": asking.every if asking else "half-term"}),
        "limits": limits_of(request.actor), "today": request.actor.today,
        "back_link": reverse("family:child", args=[child.pk]),
    }  # fmt: skip
    return show(request, "delivery/family.html", words)


def _owed(request: HttpRequest, child: Child) -> tuple[Statement | None, str]:
    """The statement of the term that runs, or of the last that ran."""
    mine = ledgers(request.actor, [child.pk], since=date(request.actor.today.year - 1, 9, 1))[child.pk]
    half = mine.calendar.half_term_on(request.actor.today)
    if half is None or not mine.items:
        return None, ""
    agreed = list(queries.catch_ups_of(request.actor, child))
    return queries.statement_of(mine, half.term, agreed), half.term


@needs(Can.FOLLOW_OWN)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How often the person wishes to be asked."""
    child = child_asked(request, pk, "How often we ask")
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        families.ask_me(by=request.actor, child=child, every=form.cleaned_data["every"])
        messages.success(request, "We will ask you as you chose.")
    return redirect("delivery:family", child.pk)
