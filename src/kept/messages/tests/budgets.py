"""How to get the pages of conversations with a number of conversations, or of messages in one."""

from __future__ import annotations

from datetime import time

from django.urls import reverse

from kept.access.acting import acting
from kept.access.roles import Role
from kept.messages import actions, promises
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_parent_of, a_person, a_team, an_agency, an_area


def _page(name: str, query: str = "") -> Page:
    """A page of an area in which so many families wrote, and one of them so often."""

    def visit(rows: int) -> Visit:
        area = an_area()
        send = an_agency(area)
        manager = a_person(area, Role.CASE_MANAGER, agency=send, team=a_team(send))
        for number in range(rows):
            child = a_child(area)
            mother = a_parent_of(child)
            with acting(user=mother, area=area) as by:
                facts = {"child": child, "with_user": mother, "text": "When will it be decided?"}
                thread = actions.start(by=by, subject=f"Question {number}", **facts)
        for number in range(rows):
            with acting(user=manager, area=area) as by:
                actions.say(by=by, thread=thread, text=f"Part {number} of the answer.")
                promises.set_quiet_hours(by=by, begins=time(20), ends=time(8), sundays=True)
        return Visit(manager, reverse(name, args=[thread.pk] if name == "messages:thread" else []) + query)

    return visit


PAGES = {
    "messages:desk": _page("messages:desk", "?waiting=all"),
    "messages:quiet": _page("messages:quiet"),
    "messages:speed": _page("messages:speed"),
    "messages:thread": _page("messages:thread"),
}
