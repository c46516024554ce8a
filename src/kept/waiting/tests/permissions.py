"""Who is let in to the waiting lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, FAMILY, INVOLVED, Who, World
from kept.waiting import actions
from kept.waiting.models import Event, Finding, Referral
from kept.waiting.tests.house import lists_of
from kept.waiting.words import EventKind

OURS = frozenset({Who.PROFESSIONAL, Who.DESIGNATED_OFFICER})
RUNNERS = frozenset({Who.PROFESSIONAL, Who.MANAGER})
KEEPERS = frozenset({Who.DESIGNATED_OFFICER, Who.MANAGER})
THERAPISTS = frozenset({Who.PROFESSIONAL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL})


def _referral(world: World) -> Referral:
    def make(world: World) -> Referral:
        lists = lists_of(world.system, world.agency(Who.PROFESSIONAL))
        made_on = world.today - timedelta(days=50)
        made = actions.refer(
            by=world.system, stage=lists.first, child=world.nia, made_on=made_on, received_on=made_on, why="She asks"
        )
        actions.record(by=world.system, referral=made, kind=EventKind.ACCEPTED)
        return made

    return world.once("waiting", make)


def _event(world: World) -> Event:
    referral = _referral(world)

    def make(world: World) -> Event:
        return actions.record(by=world.system, referral=referral, kind=EventKind.CONTACTED)

    return world.once("waiting event", make)


def _finding(world: World) -> Finding:
    referral = _referral(world)

    def make(world: World) -> Finding:
        return Finding.objects.create(
            area=world.area,
            code="V2",
            key=str(referral.pk),
            service=referral.stage.service,
            child_id=referral.child_id,
            referral=referral,
            refs=[referral.ref],
            sentence="Nothing has happened for 95 days.",
            found_on=world.today,
            last_found_on=world.today,
        )

    return world.once("waiting finding", make)


def referral(world: World) -> dict[str, Any]:
    return {"pk": _referral(world).pk}


def stage(world: World) -> dict[str, Any]:
    return {"pk": _referral(world).stage_id}


def autism(world: World) -> dict[str, Any]:
    _referral(world)
    return {"key": "autism_start"}


def child(world: World) -> dict[str, Any]:
    _referral(world)
    return {"pk": world.nia.pk}


def contacted(world: World) -> dict[str, Any]:
    return {"kind": "contacted"}


def clinic(world: World) -> dict[str, Any]:
    day = world.today + timedelta(days=7)
    return {"clinic-day": day.day, "clinic-month": day.month, "clinic-year": day.year, "places": 1}


ROWS = [
    Row("waiting:home", AREA_STAFF | THERAPISTS | {Who.DESIGNATED_OFFICER, Who.OTHER_AREA_OFFICER}),
    Row("waiting:list", AREA_STAFF | OURS, kwargs=stage),
    Row("waiting:offer_next", RUNNERS, kwargs=stage, method="post", data=clinic),
    Row("waiting:referral", AREA_STAFF | OURS, kwargs=referral),
    Row("waiting:press", RUNNERS, kwargs=referral, method="post", data=contacted),
    Row("waiting:record", RUNNERS, kwargs=lambda world: {**referral(world), "kind": "contacted"}),
    Row("waiting:pass_on", RUNNERS, kwargs=referral, method="post"),
    Row("waiting:undo", RUNNERS, kwargs=lambda world: {"pk": _event(world).pk}, method="post"),
    Row("waiting:refer", INVOLVED | CASE_TEAM, kwargs=child),
    Row("waiting:checks", THERAPISTS | KEEPERS),
    Row(
        "waiting:answer",
        RUNNERS | KEEPERS,
        kwargs=lambda world: {"pk": _finding(world).pk},
        method="post",
        data=lambda world: {"said": "right"},
    ),
    Row("waiting:import", KEEPERS),
    Row("waiting:import", KEEPERS, method="post", data=lambda world: {"source": "System", "text": "a,b\n1,2"}),
    Row("waiting:set_up", KEEPERS),
    Row("waiting:set_up", KEEPERS, method="post"),
    Row("waiting:standard", KEEPERS, kwargs=autism, child=False),
    Row("waiting:standard", frozenset({Who.MANAGER}), kwargs=autism, method="post", child=False),
    Row("waiting:add", KEEPERS, kwargs=lambda world: {"what": "stage"}, child=False),
    Row(
        "waiting:change",
        KEEPERS,
        kwargs=lambda world: {"what": "service", "pk": _referral(world).stage.service_id},
        child=False,
    ),
    Row("waiting:wait_of", FAMILY | CASE_TEAM, kwargs=child),
]
