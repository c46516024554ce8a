"""Who is let in to the pages of cases and panels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kept.access.tests.permission_table import Facts, Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, Who, World
from kept.cases import actions, panels
from kept.cases.models import Case, Event, PanelItem

ELSEWHERE = {Who.OTHER_AREA_OFFICER}  # sees the list of their own area
EXCEPTION = {"clock": "assess.decision", "name": "reg5_4.absence_4w"}


def case(world: World) -> Case:
    """Nia's case: a request of four weeks ago."""
    return world.once(
        "case",
        lambda world: actions.open_case(
            by=world.system,
            child=world.nia,
            kind="request_received",
            on=world.today - timedelta(weeks=4),
            details={"by": "parent"},
        ),
    )


def entry(world: World) -> Event:
    """Its first entry."""
    found = case(world)
    return world.once("case entry", lambda world: Event.objects.get(case=found))


def item(world: World) -> PanelItem:
    """Its place on the list of today's panel."""
    found = case(world)

    def put(world: World) -> PanelItem:
        found.refresh_from_db()
        return panels.put_on_panel(by=world.system, case=found, meets_on=world.today, question="assess")

    return world.once("case on a panel", put)


def of_case(**more: str) -> Facts:
    """The address of a page about the case."""

    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": case(world).pk, **more}

    return kwargs


def of_entry(world: World) -> Mapping[str, Any]:
    """The address of a page about its entry."""
    return {"pk": case(world).pk, "event": entry(world).pk}


def of_item(world: World) -> Mapping[str, Any]:
    """The address of a page about its place on a panel."""
    return {"pk": item(world).pk}


def listed(world: World) -> Mapping[str, Any]:
    """Make the case, so that the list has something to hide."""
    return {"which": "all", "q": ""} if case(world) else {}


def on_panel(world: World) -> Mapping[str, Any]:
    """Put the case on a panel, so that the list has something to hide."""
    return {"show": ""} if item(world) else {}


def a_day(world: World, name: str = "date") -> dict[str, str]:
    """Yesterday, as typed in three boxes."""
    day = world.today - timedelta(days=1)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def decision(world: World) -> Mapping[str, Any]:
    """A decision typed and confirmed."""
    return {**a_day(world), "outcome": "assess", "step": "confirm", "token": "01977777-7777-7777-8777-777777777777"}


ROWS = [
    Row("cases:export", AREA_STAFF | ELSEWHERE),
    Row("cases:list", AREA_STAFF | ELSEWHERE, query=listed, child=True),
    Row("cases:new", CASE_TEAM | ELSEWHERE),
    Row("cases:begin", CASE_TEAM, kwargs=lambda world: {"child": world.nia.pk}, child=False),
    Row("cases:detail", AREA_STAFF | {Who.INSPECTOR}, kwargs=of_case()),
    Row("cases:anything", CASE_TEAM, kwargs=of_case()),
    Row("cases:record", CASE_TEAM, kwargs=of_case(kind="assess_decision")),
    Row("cases:record", CASE_TEAM, kwargs=of_case(kind="assess_decision"), method="post", data=decision),
    Row("cases:correct", CASE_TEAM, kwargs=of_entry),
    Row("cases:correct", CASE_TEAM, kwargs=of_entry, method="post", data=decision),
    Row("cases:withdraw", CASE_TEAM, kwargs=of_entry),
    Row("cases:withdraw", CASE_TEAM, kwargs=of_entry, method="post", data=decision),
    Row("cases:ask_advice", CASE_TEAM, kwargs=of_case()),
    Row("cases:assign", CASE_TEAM, kwargs=of_case()),
    Row("cases:assign", CASE_TEAM, kwargs=of_case(), method="post"),
    Row("cases:exceptions", CASE_TEAM, kwargs=of_case()),
    Row("cases:exception", CASE_TEAM, kwargs=of_case(**EXCEPTION)),
    Row("cases:put_on_panel", CASE_TEAM, kwargs=of_case()),
    Row("cases:put_on_panel", CASE_TEAM, kwargs=of_case(), method="post"),
    Row("cases:panel", AREA_STAFF | ELSEWHERE, query=on_panel, child=True),
    Row("cases:panel_item", AREA_STAFF, kwargs=of_item),
    Row("cases:take_off", CASE_TEAM, kwargs=of_item, method="post"),
]
