"""Who is let in to the desks."""

from __future__ import annotations

from typing import Any

from kept.access.roles import ROLES, Can
from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, EVERYBODY, ROLE_OF, ROLELESS, SIGNED_IN, Who, World
from kept.duties.actions import DutyFacts, sync
from kept.duties.models import Duty
from kept.rules.identifiers.keys import uuid7
from kept.worklist import actions
from kept.worklist.models import CalendarLink, Handover


def who_can(*permissions: Can) -> frozenset[Who]:
    """Everybody whose role allows one of these."""
    return frozenset(who for who in SIGNED_IN - ROLELESS if ROLES[ROLE_OF[who]].can & set(permissions))


WORKERS = who_can(Can.WORK_CASES, Can.GIVE_ADVICE)
SEE_TEAM = who_can(Can.SEE_TEAM)
GIVERS = who_can(Can.ASSIGN_WORK)
SEE_NIAS = CASE_TEAM | {Who.DIRECTOR, Who.PROFESSIONAL, Who.DESIGNATED_OFFICER, Who.SCHOOL}


def _owe(world: World) -> Duty:
    key = uuid7()
    facts = DutyFacts(
        key="assess.decision",
        what="Tell the family of the decision",
        authority="SEND Regulations 2014 reg 5(1)",
        owed_by="local authority",
        rule="assess.decision",
        starts_on=world.today,
        due_on=world.today,
        person_id=world.users[Who.OFFICER].pk,
    )
    sync(by=world.system, source="cases", source_id=key, child_id=world.nia.pk, duties=[facts])
    return Duty.objects.get(source_id=key)


def _duty(world: World) -> Duty:
    return world.once("duty", _owe)


def duty(world: World) -> dict[str, Any]:
    return {"pk": _duty(world).pk}


def ticked(world: World) -> dict[str, Any]:
    return {"duty": str(_duty(world).pk)}


def _handover(world: World) -> Handover:
    def make(world: World) -> Handover:
        given = _owe(world)
        with world.acting(Who.MANAGER) as manager:
            return actions.give(by=manager, duties=[given], person=world.users[Who.MANAGER])

    return world.once("handover", make)


def handover(world: World) -> dict[str, Any]:
    return {"pk": _handover(world).pk}


def _token(world: World) -> str:
    def make(world: World) -> str:
        with world.acting(Who.OFFICER) as officer:
            return actions.make_link(by=officer, name="Phone")

    return world.once("calendar", make)


def link(world: World) -> dict[str, Any]:
    _token(world)
    with world.acting(Who.OFFICER):
        return {"pk": CalendarLink.objects.get().pk}


ROWS = [
    Row("worklist:my_work", WORKERS),
    Row("worklist:export_mine", WORKERS),
    Row("worklist:duty", SEE_NIAS, kwargs=duty),
    Row("worklist:give", GIVERS, method="post", data=ticked),
    Row("worklist:given", frozenset({Who.MANAGER}), kwargs=handover),
    Row("worklist:given", frozenset({Who.MANAGER}), kwargs=handover, method="post"),
    Row("worklist:team", SEE_TEAM),
    Row("worklist:team_duties", SEE_TEAM),
    Row("worklist:export_team", SEE_TEAM),
    Row("worklist:calendar", WORKERS | SEE_TEAM),
    Row("worklist:subscribe", WORKERS),
    Row("worklist:subscribe", WORKERS, method="post"),
    Row("worklist:stop", frozenset({Who.OFFICER}), kwargs=link, method="post"),
    Row("worklist:feed", EVERYBODY, kwargs=lambda world: {"token": _token(world)}, child=False),
    Row("worklist:law", EVERYBODY),
    Row("worklist:points", EVERYBODY),
    Row(
        "worklist:choose_reading",
        frozenset({Who.MANAGER}),
        kwargs=lambda world: {"name": "a1_receipt_day"},
        child=False,
    ),
    Row(
        "worklist:choose_reading",
        frozenset({Who.MANAGER}),
        kwargs=lambda world: {"name": "a1_receipt_day"},
        method="post",
        data=lambda world: {"choice": "sometimes"},
    ),
    Row("worklist:clock", EVERYBODY, kwargs=lambda world: {"name": "assess.final_plan"}, child=False),
]
