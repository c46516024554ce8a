"""How to get the pages of measures with a number of rows, for the budgets of queries."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from uuid import uuid4

from django.urls import reverse

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.roles import Role
from kept.duties.actions import DutyFacts, sync
from kept.measures import importing, neighbours
from kept.measures.computing import compute, last_full_month, month_after
from kept.rules.sheets import read_sheet
from tests import made_up
from tests.budgets import Page, Visit

FIRST = date(2012, 1, 1)
_numbers = count(1)


def place() -> SimpleNamespace:
    """An area with a director, who may open rows, and an analyst, who brings figures in."""
    area = made_up.an_area()
    return SimpleNamespace(
        area=area, director=made_up.a_person(area, Role.DIRECTOR), analyst=made_up.a_person(area, Role.ANALYST)
    )


def counted(here: SimpleNamespace, rows: int) -> None:
    """So many plans sent in the last full month, as many files from outside and lists of areas, and the figures."""
    today = today_here()
    month = last_full_month(today)
    with acting_as_system(here.area, today=today) as by:
        for number in range(rows):
            sent = month + timedelta(days=3)
            facts = DutyFacts(
                key="assess.final_plan##1", rule="assess.final_plan", what="Final plan", authority="r.13",
                owed_by="the council", starts_on=sent - timedelta(days=130 + number), due_on=sent, met_on=sent,
            )  # fmt: skip
            sync(by=by, source="cases", source_id=uuid4(), child_id=made_up.a_child(here.area).pk, duties=[facts])
        compute(by=by, first=month)
    with acting(user=here.analyst, area=here.area, today=today) as by:
        for _ in range(rows):
            text = f"measure,month,numerator,denominator\nV1,{month_after(FIRST, next(_numbers)):%Y-%m},30,90"
            plan = importing.plan_of(by=by, sheet=read_sheet(text))
            importing.bring_in(by=by, plan=plan, name="x", source="A survey", source_on=FIRST)
            neighbours.choose(by=by, name="A list", codes=["316"], source="Made up", why="To compare")


def page(name: str, *, by_analyst: bool = False, query: str = "", **kwargs: str) -> Page:
    """A page with so many more rows behind it."""

    def visit(rows: int) -> Visit:
        here = place()
        counted(here, rows)
        return Visit(here.analyst if by_analyst else here.director, reverse(name, kwargs=kwargs) + query)

    return visit


PAGES: dict[str, Page] = {
    "measures:wall": page("measures:wall"),
    "measures:show": page("measures:show", query="?split=need", code="T1"),
    "measures:rows": page("measures:rows", code="T1"),
    "measures:series": page("measures:series", by_analyst=True),
    "measures:neighbours": page("measures:neighbours", by_analyst=True),
}
