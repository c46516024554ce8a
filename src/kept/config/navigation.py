"""What stands in the bar at the top, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kept.access.roles import Can

ITEMS: list[tuple[str, str, Can]] = [
    ("My work", "cases:my_work", Can.WORK_CASES),
    ("Cases", "cases:list", Can.SEE_CASES),
    ("Children", "people:find", Can.SEE_RECORD),
    ("Team", "cases:team", Can.SEE_TEAM),
    ("Calendar", "cases:calendar", Can.SEE_CASES),
    ("Panel", "cases:panel", Can.SEE_CASES),
    ("Emergency", "records:emergency", Can.BREAK_GLASS),
    ("Trails", "records:trails", Can.SEE_TRAILS),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The items that the person may use; the one they are in is marked."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": []}
    items = []
    for text, name, permission in ITEMS:
        if not actor.can(permission):
            continue
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        items.append({"text": text, "href": href, "active": request.path.startswith(href)})
    return {"navigation": items}
