"""What every page of the ledger works out of the address: which week, which setting, which child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kept.access.models import Agency, AgencyKind
from kept.access.roles import Can
from kept.access.trails import showing
from kept.delivery.models import Item
from kept.delivery.queries import own_setting
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.rules.delivery import monday_of

FRIDAY = 4
A_WEEK = timedelta(days=7)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def week_asked(request: HttpRequest) -> date:
    """The Monday of the week in the address; else this week from Friday on, and last week before."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = date.min
    if EARLIEST <= asked < LATEST:
        return monday_of(asked)
    today = request.actor.today
    return monday_of(today if today.weekday() >= FRIDAY else today - A_WEEK)


def uuid_asked(request: HttpRequest, name: str) -> UUID | None:
    """A key in the address, if it is one."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def text_asked(request: HttpRequest, name: str, most: int = 120) -> str:
    """A few words in the address; the database knows no NUL."""
    return request.GET.get(name, "").replace("\x00", "")[:most]


def setting_asked(request: HttpRequest) -> Agency | None:
    """The person's own setting; staff of the area name one in the address. 404 for one that is not theirs."""
    pk = uuid_asked(request, "setting")
    found = own_setting(request.actor, pk)
    if pk and found is None:
        raise Http404
    return found


def settings_of(request: HttpRequest) -> list[Agency]:
    """The settings that staff of the area choose from."""
    if not request.actor.reaches_area:
        return []
    return list(Agency.objects.filter(area=request.actor.area, kind=AgencyKind.SCHOOL).order_by("name"))


def child_asked(request: HttpRequest, pk: UUID, what: str) -> Child:
    """The child, whose showing is logged; 404 for one whom the person may not see."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what=what)
    return child


def item_asked(request: HttpRequest, pk: UUID, what: str) -> Item:
    """The item of a child whom the person may see; 404 else."""
    found = Item.objects.filter(area=request.actor.area, pk=pk).select_related("child", "deliverer").first()
    if found is None:
        raise Http404
    showing(request, found.child_id, what=what)
    return found


TABS: list[tuple[str, str, frozenset[Can]]] = [
    ("The week", "delivery:week", frozenset({Can.CONFIRM_ROLL, Can.SEE_TEAM})),
    ("The school on one page", "delivery:school", frozenset({Can.CONFIRM_ROLL, Can.SEE_TEAM})),
    ("My children", "delivery:mine", frozenset({Can.RECORD_DELIVERY})),
    ("Nothing recorded", "delivery:quiet", frozenset({Can.SEE_TEAM})),
    ("Shortfalls", "delivery:shortfalls", frozenset({Can.SEE_TEAM})),
    ("Said differently", "delivery:differences", frozenset({Can.SEE_TEAM, Can.RECORD_DELIVERY})),
    ("Services and the gap", "delivery:services", frozenset({Can.FUND_SERVICES})),
    ("Send a file", "delivery:import", frozenset({Can.RECORD_DELIVERY})),
    ("Limits", "delivery:limits", frozenset({Can.SEE_TEAM, Can.RECORD_DELIVERY})),
    ("School dates", "delivery:dates", frozenset({Can.CONFIRM_ROLL, Can.WORK_CASES})),
]


def show(request: HttpRequest, page: str, words: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the ledger with the ways to the other pages that the person may open."""
    tabs = [
        {"text": text, "href": reverse(name), "now": request.path == reverse(name)}
        for text, name, any_of in TABS
        if any_of & request.actor.permissions
    ]
    return render(request, page, {**words, "tabs": tabs}, status=status)
