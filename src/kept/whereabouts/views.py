"""Pages: where every child is, confirming one by phone, and a school's whole roll on one page."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TypedDict
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kept.access.acting import Refused
from kept.access.models import Agency
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.people.sheets import sheet
from kept.whereabouts import actions, forms, mapping, queries
from kept.whereabouts.half_terms import half_term_of

PER_PAGE = 30
LONGEST_BACK = 500


class Asked(TypedDict):
    """How the list is filtered; each empty or false when it is not."""

    state: str
    unconfirmed: bool
    plan: str


def asked_for(request: HttpRequest) -> Asked:
    """How the list or the map is filtered; what is not known is left out."""
    state = request.GET.get("state", "")
    return {
        "state": state if state in queries.WORDS else "",
        "unconfirmed": request.GET.get("unconfirmed") == "1",
        "plan": request.GET.get("plan", "") if request.GET.get("plan") in {"yes", "no"} else "",
    }


def _place(request: HttpRequest) -> str:
    """The part of a postcode by which the list is filtered; empty when it is not."""
    typed = " ".join(request.GET.get("place", "").upper().split())
    return typed if mapping.PART.fullmatch(typed) else ""


def _mine(request: HttpRequest) -> bool:
    """Whether only the children are asked for whose case the person has."""
    return request.GET.get("whose") == "mine"


def _further(request: HttpRequest) -> Q | None:
    """The tests of a child beyond those of the list: where they live, and whose case it is."""
    tests = []
    if _place(request):
        tests.append(mapping.living_in(request.actor, _place(request)))
    if _mine(request):
        tests.append(queries.of_officer(request.actor))
    return reduce(and_, tests) if tests else None


def _found(request: HttpRequest) -> QuerySet[Child]:
    found, further = queries.every_child(request.actor, **asked_for(request)), _further(request)
    return found.filter(further) if further is not None else found


@needs(Can.SEE_CASES)
def every_child(request: HttpRequest) -> HttpResponse:
    """Every child with a plan or in assessment, the one who was unconfirmed longest first."""
    asked, place = asked_for(request), _place(request)
    found, page = queries.page_of_every_child(
        request.actor, number=request.GET.get("page"), per_page=PER_PAGE, living=_further(request), **asked
    )
    showing_list(request, [child.pk for child in page], what="Where every child is")
    words = {
        "page": page,
        "asked": asked,
        "place": place,
        "mine": _mine(request),
        "may_have_cases": request.actor.can(Can.WORK_CASES),
        "back": urlencode({"back": request.GET.urlencode()}) if request.GET else "",
        "totals": found.totals,
        "words": queries.WORDS,
        "worrying": queries.WORRYING,
        "term": half_term_of(request.actor.today),
        "day": request.actor.today,
    }
    return render(request, "whereabouts/every_child.html", words)


@needs(Can.SEE_CASES)
def export(request: HttpRequest) -> HttpResponse:
    """The list as CSV, just as it is filtered."""
    rows = list(_found(request))
    showing(request, *(child.pk for child in rows), what="Where every child is", kind=Kind.EXPORT)
    columns = ["Name", "Born", "Where", "Setting", "Telephone", "Last confirmed", "By", "Case officer"]
    cells = (
        [child.full_name, child.born_on, queries.WORDS.get(child.where, child.where), child.setting_name,
         child.setting_phone, child.confirmed_on, child.said_by, child.officer_name]
        for child in rows
    )  # fmt: skip
    return sheet("where-every-child-is", request.actor.today, columns, cells)


@needs(Can.SEE_CASES)
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm where one child is, after a call; and what was said before."""
    child = _child_or_404(request, pk)
    setting = _setting_of(request, child)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            actions.confirm(
                by=request.actor,
                child=child,
                said=form.said(),
                setting=setting,
                how=facts["how"],
                said_by=facts["said_by"],
                on=facts["on"],
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{child.full_name} is confirmed.")
            return redirect(_list(request))
    words = {
        "child": child,
        "form": form,
        "setting": setting,
        "history": queries.history_of(request.actor, child),
        "back_link": _list(request),
    }
    return render(request, "whereabouts/confirm.html", words)


def _list(request: HttpRequest) -> str:
    """The list as the person left it: the same filters, the same page."""
    asked = QueryDict(request.GET.get("back", "")[:LONGEST_BACK]).urlencode()
    address = reverse("whereabouts:every_child")
    return f"{address}?{asked}" if asked else address


def _child_or_404(request: HttpRequest, pk: UUID) -> Child:
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="Where the child is")
    return child


def _setting_of(request: HttpRequest, child: Child) -> Agency | None:
    now = child.enrolments.filter(area=request.actor.area, setting__isnull=False, ends_on__isnull=True)
    found = now.select_related("setting").order_by("-starts_on").first()
    return found.setting if found else None
