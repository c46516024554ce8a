"""The pages of the desks, with as many rows as are asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from kept.rules.identifiers.keys import uuid7
from kept.worklist import actions
from kept.worklist.reading_effects import effect_of
from kept.worklist.readings import POINTS
from kept.worklist.tests.office import Office, make_office
from tests.budgets import Page, Visit


def busy(rows: int) -> Office:
    """An office with so many more of everything: each with its own child, thing, advice and history."""
    office = make_office()
    for number in range(rows):
        thing, child = uuid7(), office.child()
        due = (number * 13) % 40 - 12  # late, soon and held up among the first three
        plan = office.owe("assess.final_plan", due, source_id=thing, child=child, to=office.olu)
        office.advice(due - 20, source_id=thing, child=child)
        office.case(office.child(), asked_on=office.day(-number), officer=office.olu)
        with office.acting(office.manager) as manager:
            actions.give(by=manager, duties=[plan], person=office.ana if number % 2 else office.manager)
            actions.give(by=manager, duties=[plan], person=office.olu)
    return office


def _page(name: str, who: str = "olu", query: str = "") -> Page:
    def visit(rows: int) -> Visit:
        office = busy(rows)
        return Visit(getattr(office, who), reverse(name) + query)

    return visit


def one_duty(rows: int) -> Visit:
    """A duty with as many steps beside it and as many holders before."""
    office = make_office()
    thing, child = uuid7(), office.child()
    duty = office.owe("assess.final_plan", 5, source_id=thing, child=child, to=office.olu)
    for number in range(rows):
        office.advice(number - 3, source_id=thing, child=child, what=f"Advice {number}")
        with office.acting(office.manager) as manager:
            actions.give(by=manager, duties=[duty], person=office.ana if number % 2 else office.manager)
    return Visit(office.olu, reverse("worklist:duty", args=[duty.pk]))


def given(rows: int) -> Visit:
    """So many duties given at once."""
    office = make_office()
    duties = [office.owe(due=number, to=office.olu) for number in range(rows)]
    with office.acting(office.manager) as manager:
        handover = actions.give(by=manager, duties=duties, person=office.ana)
    assert handover is not None
    return Visit(office.manager, reverse("worklist:given", args=[handover.pk]))


def feed(rows: int) -> Visit:
    """A calendar of so many entries."""
    office = busy(rows)
    with office.acting(office.olu) as olu:
        for link in actions.queries.links_of(olu):
            actions.end_link(by=olu, pk=link.pk)
        token = actions.make_link(by=olu, name="Phone")
    return Visit(None, reverse("worklist:feed", args=[token]))


def another_reading(rows: int) -> Visit:
    """What another reading of the law would do to so many open cases and more."""
    office = busy(rows)
    with office.acting(office.manager) as manager:
        moved = effect_of(manager, POINTS[0], "day_one").moved
    assert len(moved) >= rows
    return Visit(office.manager, reverse("worklist:choose_reading", args=[POINTS[0].name]) + "?choice=day_one")


def _public(address: Callable[[], str]) -> Page:
    return lambda rows: Visit(busy(rows).olu, address())


PAGES: dict[str, Page] = {
    "worklist:my_work": _page("worklist:my_work"),
    "worklist:export_mine": _page("worklist:export_mine"),
    "worklist:duty": one_duty,
    "worklist:given": given,
    "worklist:team": _page("worklist:team", "manager"),
    "worklist:team_duties": _page("worklist:team_duties", "manager", "?waits=us"),
    "worklist:export_team": _page("worklist:export_team", "manager"),
    "worklist:calendar": _page("worklist:calendar", "manager", "?whose=all&view=list"),
    "worklist:subscribe": _page("worklist:subscribe"),
    "worklist:feed": feed,
    "worklist:law": _page("worklist:law"),
    "worklist:points": _page("worklist:points"),
    "worklist:choose_reading": another_reading,
    "worklist:clock": _public(lambda: reverse("worklist:clock", args=["assess.final_plan"])),
}
