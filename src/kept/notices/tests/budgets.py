"""How to get the pages of notices with a number of notices, of recipients and of letters."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.notices import actions
from kept.notices.models import Dispatch
from tests.budgets import Page, Visit
from tests.made_up import a_child, a_person, a_team, an_agency, an_area


def _page(name: str) -> Page:
    """A page of an area with so many notices begun, one of them to so many people, whose letters wait for the post."""

    def visit(rows: int) -> Visit:
        area, asked = an_area(), today_here() - timedelta(days=20)
        send = an_agency(area)
        officer = a_person(area, Role.CASE_OFFICER, agency=send, team=a_team(send))
        for _ in range(rows):
            with acting(user=officer, area=area) as by:
                facts = {"kind": "request_received", "on": asked, "details": {"by": "parent"}}
                case = cases.open_case(by=by, child=a_child(area), officer=officer, **facts)
                notice = actions.start(by=by, case=case, sort="N1", event=case.events.get().pk)
        with acting(user=officer, area=area) as by:
            for number in range(rows):
                where = {"role": "family", "way": "post", "address": "1 High Street\nSandhaven\nSN1 1AA"}
                to = actions.put_recipient(by=by, notice=notice, name=f"Somebody {number}", **where)
                same = {"area": area, "notice": notice, "recipient": to, "child_id": case.child_id, "way": "post"}
                Dispatch.objects.create(**same, dated=by.today, letter={}, digest="0" * 64, made_by=officer)
        keys = {"notices:case": [case.pk], "notices:notice": [notice.pk]}
        return Visit(officer, reverse(name, args=keys.get(name, [])))

    return visit


PAGES = {name: _page(name) for name in ("notices:all", "notices:case", "notices:notice", "notices:post")}
