"""What stands in the bar at the top, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kept.access.roles import Can

ITEMS: list[tuple[str, str, Can]] = [  # the daily ones first: only so many stand in the bar
    ("My work", "worklist:my_work", Can.WORK_CASES),
    ("My work", "worklist:my_work", Can.GIVE_ADVICE),
    ("Cases", "cases:list", Can.SEE_CASES),
    ("Requests", "partners:desk", Can.GIVE_ADVICE),
    ("My family", "family:home", Can.FOLLOW_OWN),
    ("Pupils", "partners:pupils", Can.CONFIRM_ROLL),
    ("Plans", "plans:desk", Can.EDIT_PLANS),
    ("Plans", "plans:caseload", Can.SEE_CASES),
    ("Children", "people:find", Can.SEE_RECORD),
    ("Messages", "messages:desk", Can.WORK_CASES),
    ("Team", "worklist:team", Can.SEE_TEAM),
    ("Panel", "cases:panel", Can.SEE_CASES),
    ("Delivery", "delivery:home", Can.RECORD_DELIVERY),
    ("Delivery", "delivery:home", Can.SEE_TEAM),
    ("Reviews", "reviews:home", Can.RUN_REVIEWS),
    ("Reviews", "reviews:home", Can.GIVE_ADVICE),
    ("Reviews", "reviews:home", Can.FOLLOW_OWN),
    ("Waiting lists", "waiting:home", Can.RUN_LISTS),
    ("Waiting lists", "waiting:home", Can.SEE_TEAM),
    ("Calendar", "worklist:calendar", Can.SEE_TEAM),
    ("Calendar", "worklist:calendar", Can.GIVE_ADVICE),
    ("Letters", "notices:all", Can.WORK_CASES),
    ("Law", "worklist:law", Can.SEE_TEAM),
    ("Where is every child?", "whereabouts:every_child", Can.SEE_CASES),
    ("Caseloads", "handover:loads", Can.SEE_CASES),
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
    ("Visits", "administration:my_visits", Can.SEE_VISIT),
    ("Visits", "administration:visits", Can.HOST_VISITS),
    ("Retention", "administration:retention", Can.REVIEW_RETENTION),
    ("Retention", "administration:retention", Can.CONFIRM_REMOVAL),
    ("Administration", "administration:people", Can.MANAGE_ACCESS),
]


IN_THE_BAR = 8  # more would take a second line of a laptop's screen; the rest stands on the page behind "More"
GROUPS: dict[str, dict[str, str]] = {
    "Children and young people": {
        "My work": "What is yours to do, the soonest first.",
        "Cases": "Requests, assessments and plans on their clocks.",
        "Plans": "Write, check, send and issue plans; what to mend first.",
        "Children": "Find a child; the record of each.",
        "Messages": "What families and colleagues wrote, and who answers by when.",
        "Panel": "What is put to the panel, and what it advised.",
        "Reviews": "Annual reviews: planned, held, decided.",
        "Requests": "What your service was asked, and by when.",
        "Pupils": "Your pupils with special educational needs; confirm the roll.",
        "Delivery": "What plans promise, what came, and what is owed back.",
        "Waiting lists": "Who waits for what, how long, and who is next.",
        "Letters": "Statutory notices: drafts, sent, proof of sending.",
        "Copies": "Requests for copies of a record, and corrections.",
        "Where is every child?": "Each child's setting, and who has confirmed it when.",
        "My family": "Your child: where we are, who has it, what is next.",
    },
    "The team and the area": {
        "Team": "What is late and why, by person and by step.",
        "Caseloads": "Who has how much; hand over and cover.",
        "Calendar": "Dates that bind, day by day.",
        "Waits and people": "Honest waits, posts, and what another therapist would change.",
        "Measures": "Figures of the area with the rows behind them.",
        "Improvement": "The Statement of Action: findings, actions, evidence.",
        "Audits": "Plans judged by two agencies and a parent carer.",
        "Law": "Every time limit with its citation, and how it was read.",
    },
    "The Local Offer": {
        "Local Offer": "Keep the directory true.",
        "My entries": "The entries of your service.",
    },
    "Access and trust": {
        "Emergency": "Open a record when a life depends on it; the family is told.",
        "Trails": "Who looked, who changed what.",
        "Visits": "Inspections: which records, from when until when.",
        "Retention": "Records whose time is over: look through, then remove.",
        "Administration": "People, roles, invitations.",
    },
}
REST = "Other"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The items that the person may use, the one they are in marked: the first in the bar, all of them in groups."""
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
    return {"navigation": _bar(items, request.path), "everything": _groups(items)}


def _bar(items: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The first items; the one that the person is in, wherever it stands; and the way to all of them."""
    if len(items) <= IN_THE_BAR:
        return items
    shown = items[: IN_THE_BAR - 1]
    shown += [item for item in items[IN_THE_BAR - 1 :] if item["active"]][:1]
    more = reverse("access:everything")
    return [*shown, {"text": "More", "href": more, "active": path == more}]


def _groups(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All items under the headings of the page of everything."""
    known = {text: group for group, texts in GROUPS.items() for text in texts}
    words = {text: said for texts in GROUPS.values() for text, said in texts.items()}
    made = [
        {
            "name": group,
            "items": [
                item | {"words": words.get(item["text"], "")}
                for item in items
                if known.get(item["text"], REST) == group
            ],
        }
        for group in (*GROUPS, REST)
    ]
    return [group for group in made if group["items"]]
