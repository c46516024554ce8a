"""The first page of each role."""

from __future__ import annotations

from kept.access.acting import Actor
from kept.access.roles import Can

HOMES: list[tuple[Can, str]] = [
    (Can.WORK_CASES, "worklist:my_work"),
    (Can.SEE_TEAM, "worklist:team"),
    (Can.GIVE_ADVICE, "worklist:my_work"),
    (Can.FOLLOW_OWN, "family:home"),
    (Can.MANAGE_ACCESS, "administration:people"),
    (Can.SEE_VISIT, "administration:my_visits"),
    (Can.JUDGE_IMPROVEMENT, "improvement:home"),
    (Can.SEE_TRAILS, "records:trails"),
    (Can.SEE_FIGURES, "measures:wall"),
    (Can.EDIT_OFFER, "desk:home"),
    (Can.EDIT_OWN_OFFER, "desk:mine"),
]


def home_of(actor: Actor) -> str:
    """The name of the page where the person's day begins; the first that a role of theirs allows."""
    for permission, page in HOMES:
        if actor.can(permission):
            return page
    return "access:account"
