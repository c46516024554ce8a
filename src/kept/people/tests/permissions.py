"""Who is let in to the pages of children and families."""

from __future__ import annotations

from typing import Any

from kept.access.roles import ROLES, Can
from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, MAY_SEE_NIA, OTHER_AREA, ROLE_OF, SIGNED_IN, Who, World
from kept.people import actions
from kept.people.models import Enrolment, Identifier, ParentalLink

SEARCHERS = frozenset(who for who in SIGNED_IN - {Who.FORMER_OFFICER} if Can.SEE_RECORD in ROLES[ROLE_OF[who]].can)
ADDERS = CASE_TEAM | (OTHER_AREA & {Who.OTHER_AREA_OFFICER})


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def _number(world: World) -> Identifier:
    return world.once(
        "number", lambda world: actions.add_identifier(by=world.system, child=world.nia, kind="local", value="W 1")
    )


def _enrolment(world: World) -> Enrolment:
    return world.once(
        "enrolment",
        lambda world: actions.enrol(
            by=world.system, child=world.nia, kind="home", starts_on=world.nia.born_on, leaves=()
        ),
    )


def _link(world: World) -> ParentalLink:
    return world.once("link", lambda world: world.nia.links.order_by("pk").first())


def number(world: World) -> dict[str, Any]:
    return nia(world) | {"number": _number(world).pk}


def enrolment(world: World) -> dict[str, Any]:
    return nia(world) | {"enrolment": _enrolment(world).pk}


def link(world: World) -> dict[str, Any]:
    return nia(world) | {"link": _link(world).pk}


EDITS = {
    "name": nia,
    "details": nia,
    "add_number": nia,
    "end_number": number,
    "address": nia,
    "needs": nia,
    "setting": nia,
    "leave": enrolment,
    "add_carer": nia,
    "change_link": link,
    "contact": link,
    "end_link": link,
}
ROWS = [
    Row("people:find", SEARCHERS),
    Row("people:add", ADDERS),
    Row("people:add", ADDERS, method="post"),
    Row("people:added", CASE_TEAM, kwargs=nia),
    Row("people:child", MAY_SEE_NIA, kwargs=nia),
    Row("people:history", MAY_SEE_NIA, kwargs=nia),
    *(
        Row(f"people:{page}", CASE_TEAM, kwargs=kwargs, method=method)
        for page, kwargs in EDITS.items()
        for method in ("get", "post")
    ),
]
