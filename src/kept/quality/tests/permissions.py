"""Who is let in to the audits of plans. No page of an audit shows a child."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, INVOLVED, Who, World
from kept.quality import drawing, following
from kept.quality.models import Chair, Copy, Round, Seat
from kept.quality.tests.place import a_final

RUN = frozenset({Who.MANAGER, Who.DIRECTOR})
OTHERS = frozenset({Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL, Who.OTHER_SCHOOL, Who.OTHER_AREA_OFFICER})
JUDGE = CASE_TEAM | INVOLVED | OTHERS | {Who.FORUM}


def _round(world: World) -> Round:
    def make(world: World) -> Round:
        day = world.today
        a_final(world.area, world.nia, world.users[Who.OFFICER], issued_on=day)
        people = {world.users[who].pk for who in (Who.OTHER_PROFESSIONAL, Who.OTHER_SCHOOL, Who.FORUM)}
        return drawing.open_round(
            by=world.system, name="Audit", size=1, seed=1, since=day, until=day, auditors=people,
            due_on=day + timedelta(days=7),
        )  # fmt: skip

    return world.once("audit", make)


def made(world: World) -> dict[str, Any]:
    return {"pk": _round(world).pk}


def _copy(world: World) -> Copy:
    one = _round(world)
    return world.once("audit copy", lambda world: one.copies.get())


def copy(world: World) -> dict[str, Any]:
    return {"pk": _copy(world).pk}


def chair(world: World) -> dict[str, Any]:
    return {"pk": _copy(world).pk, "chair": Chair.FIRST.value}


def seat(world: World) -> dict[str, Any]:
    one = _copy(world)
    found = world.once("audit seat", lambda world: Seat.objects.get(copy=one, chair=Chair.PARENT))
    return {"pk": found.pk}


def action(world: World) -> dict[str, Any]:
    one, owner = _round(world), world.users[Who.PROFESSIONAL]
    due_on = world.today

    def make(world: World) -> Any:
        return following.add_action(by=world.system, round=one, what="Teach", owner=owner, due_on=due_on).pk

    return {"pk": world.once("audit action", make)}


ROWS = [
    Row("quality:rounds", RUN),
    Row("quality:draw", RUN),
    Row("quality:over_time", RUN),
    Row("quality:seats", JUDGE),
    Row("quality:round", RUN, kwargs=made, child=False),
    Row("quality:close", RUN, kwargs=made, method="post"),
    Row("quality:add_action", RUN, kwargs=made, child=False),
    Row("quality:copy", RUN, kwargs=copy, child=False),
    Row("quality:reseat", RUN, kwargs=chair, child=False),
    Row("quality:judge", frozenset({Who.FORUM}), kwargs=seat, child=False),
    Row("quality:judge", frozenset({Who.FORUM}), kwargs=seat, method="post"),
    Row("quality:stand_down", frozenset({Who.FORUM}), kwargs=seat, child=False),
    Row("quality:action", RUN | {Who.PROFESSIONAL}, kwargs=action, child=False),
]
