"""What stands in the bar at the top, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kept.access.roles import Can

ITEMS: list[tuple[str, str, Can]] = [
    ("My work", "worklist:my_work", Can.WORK_CASES),
    ("My work", "worklist:my_work", Can.GIVE_ADVICE),
    ("Cases", "cases:list", Can.SEE_CASES),
    ("Plans", "plans:desk", Can.EDIT_PLANS),
    ("Plans", "plans:caseload", Can.SEE_CASES),
    ("Children", "people:find", Can.SEE_RECORD),
    ("Team", "worklist:team", Can.SEE_TEAM),
    ("Calendar", "worklist:calendar", Can.SEE_TEAM),
    ("Calendar", "worklist:calendar", Can.GIVE_ADVICE),
    ("Panel", "cases:panel", Can.SEE_CASES),
    ("Letters", "notices:all", Can.WORK_CASES),
    ("Law", "worklist:law", Can.SEE_TEAM),
    ("Messages", "messages:desk", Can.WORK_CASES),
    ("Requests", "partners:desk", Can.GIVE_ADVICE),
    ("Reviews", "reviews:home", Can.RUN_REVIEWS),
    ("Reviews", "reviews:home", Can.GIVE_ADVICE),
    ("Reviews", "reviews:home", Can.FOLLOW_OWN),
    ("Waiting lists", "waiting:home", Can.RUN_LISTS),
    ("Waiting lists", "waiting:home", Can.SEE_TEAM),
    ("Where is every child?", "whereabouts:every_child", Can.SEE_CASES),
    ("Pupils", "partners:pupils", Can.CONFIRM_ROLL),
    ("Delivery", "delivery:home", Can.RECORD_DELIVERY),
    ("Delivery", "delivery:home", Can.SEE_TEAM),
    ("Caseloads", "handover:loads", Can.SEE_CASES),
    ("My family", "family:home", Can.FOLLOW_OWN),
    ("Copies", "subject_access:copies", Can.EDIT_PEOPLE),
    ("Local Offer", "desk:home", Can.EDIT_OFFER),
    ("My entries", "desk:mine", Can.EDIT_OWN_OFFER),
    ("Emergency", "records:emergency", Can.BREAK_GLASS),
    ("Trails", "records:trails", Can.SEE_TRAILS),
    ("Waits and people", "forecasts:home", Can.PLAN_CAPACITY),
    ("Measures", "measures:wall", Can.SEE_FIGURES),
    ("Improvement", "improvement:home", Can.SEE_FIGURES),
    ("Audits", "quality:rounds", Can.RUN_AUDITS),
    ("Audits", "quality:seats", Can.JUDGE_PLANS),
    ("Administration", "administration:people", Can.MANAGE_ACCESS),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The items that the person may use; the one they are in is marked."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": []}
    items: list[dict[str, Any]] = []
    for text, name, permission in ITEMS:
        if not actor.can(permission) or text in {item["text"] for item in items}:
            continue
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        items.append({"text": text, "href": href, "active": request.path.startswith(href)})
    return {"navigation": items}
