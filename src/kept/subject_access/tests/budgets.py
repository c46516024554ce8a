"""How to get the pages of copies and corrections with a number of each."""

from __future__ import annotations

from django.urls import reverse

from kept.access.acting import acting
from kept.access.roles import Role
from kept.subject_access import actions
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_parent_of, a_person, an_area


def _page(name: str) -> Page:
    """A page of an area in which so many parents asked for a copy and disputed an entry."""

    def visit(rows: int) -> Visit:
        area = an_area()
        officer = a_person(area, Role.CASE_OFFICER)
        for _ in range(rows):
            child = a_child(area)
            mother = a_parent_of(child)
            with acting(user=mother, area=area) as by:
                actions.ask_for_copy(by=by, child_id=child.pk)
        return Visit(officer, reverse(name, args=[child.pk] if "corrections" in name else []))

    return visit


PAGES = {name: _page(name) for name in ("subject_access:copies", "subject_access:corrections")}
