"""How to get the papers of a child with a number of papers."""

from __future__ import annotations

from django.urls import reverse

from kept.access.acting import acting
from kept.access.roles import Role
from kept.documents.models import Audience, Document
from tests.budgets import Visit
from tests.made_up import a_child, a_parent_of, a_person, an_area


def papers(rows: int) -> Visit:
    """A child of whom so many papers are kept; their files are not opened by the page."""
    area = an_area()
    officer, child = a_person(area, Role.CASE_OFFICER), a_child(area)
    mother = a_parent_of(child)
    for number in range(rows):
        with acting(user=mother, area=area) as by:
            facts = {"media": "application/pdf", "ending": "pdf", "size": 900, "sha256": f"{number:064}", "by": by.user}
            Document.objects.create(
                area=area, child=child, title=f"Report {number}", audience=Audience.TEAM, path=f"{number}", **facts
            )
    return Visit(officer, reverse("documents:of_child", args=[child.pk]))


PAGES = {"documents:of_child": papers}
