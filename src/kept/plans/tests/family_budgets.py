"""How to get the pages of plans with families with a number of entries, points and recommendations."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.plans import actions, comments, versions
from kept.plans.actions import EntryWords
from kept.plans.models import Recommendation
from kept.plans.tests.made import a_written_plan, an_assessed_case
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_parent_of, a_person, a_team, an_agency, an_area


def _page(name: str, *more: str, staff: bool = False) -> Page:
    """A page of a draft with so many more promises, points on them and recommendations."""

    def visit(rows: int) -> Visit:
        area = an_area()
        send = an_agency(area)
        olga = a_person(area, Role.CASE_OFFICER, agency=send, team=a_team(send))
        child = a_child(area, born_on=date(2016, 5, 4))
        mother = a_parent_of(child)
        an_assessed_case(area, olga, child, begun=today_here() - timedelta(weeks=10))
        with acting(user=olga, area=area) as by:
            version, _ = a_written_plan(by, child)
            made = [
                actions.save_entry(
                    by=by, version=version, given=EntryWords(section="F", text=f"Help {number} for ten minutes a day.")
                )
                for number in range(rows)
            ]
            version = versions.send_draft(by=by, version=version)
            Recommendation.objects.bulk_create(
                Recommendation(
                    area=area, plan=version.plan, child=child, said_by="Trust", text=f"Help {number}", start=number
                )
                for number in range(rows)
            )
        with acting(user=mother, area=area) as by:
            for entry in made:
                comments.save_point(by=by, version=version, text="More.", lineage=entry.lineage, section="F")
            comments.send_points(by=by, version=version)
        return Visit(olga if staff else mother, reverse(name, args=[version.pk, *more]))

    return visit


PAGES = {
    "plans:draft": _page("plans:draft"),
    "plans:draft_section": _page("plans:draft_section", "F"),
    "plans:advice_used": _page("plans:advice_used"),
    "plans:answers": _page("plans:answers"),
    "plans:points": _page("plans:points", staff=True),
    "plans:advice_in": _page("plans:advice_in", staff=True),
}
