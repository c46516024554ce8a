"""Who is let in to the improvement programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from kept.access.models import Agency, AgencyKind
from kept.access.tests.permission_table import Row
from kept.access.tests.world import EVERYBODY, Who, World
from kept.improvement import actions, governance, packs
from kept.improvement.models import Challenge, Decision, Finding, Investment, Meeting

RUN = frozenset({Who.DIRECTOR, Who.DESIGNATED_OFFICER})
FIGURES = RUN | {Who.MANAGER, Who.ANALYST, Who.AUDITOR, Who.INSPECTOR, Who.OTHER_INSPECTOR, Who.FORUM}


def _finding(world: World) -> Finding:
    def make(world: World) -> Finding:
        by = world.system
        programme = actions.start(by=by, kind="local", name="Programme", started_on=date(2025, 1, 1))
        body = Agency.objects.get(area=world.area, kind=AgencyKind.SEND)
        return actions.find(by=by, programme=programme, kind="local", text="Late", outcome="In time", bodies=[body])

    return world.once("finding", make)


def _challenge(world: World) -> Challenge:
    programme = _finding(world).programme
    return world.once(
        "challenge",
        lambda world: actions.challenge(by=world.system, programme=programme, on_behalf_of="Scrutiny", words="Why?"),
    )


def finding(world: World) -> dict[str, Any]:
    return {"pk": _finding(world).pk}


def programme(world: World) -> dict[str, Any]:
    return {"pk": _finding(world).programme_id}


def challenge(world: World) -> dict[str, Any]:
    return {"pk": _challenge(world).pk}


def investment(world: World) -> dict[str, Any]:
    programme = _finding(world).programme

    def make(world: World) -> Investment:
        return actions.invest(by=world.system, programme=programme, what="Posts", pounds=1, promised="Sooner")

    return {"pk": world.once("investment", make).pk}


def pack(world: World) -> dict[str, Any]:
    programme = _finding(world).programme
    return {"pk": world.once("pack", lambda world: packs.freeze(by=world.system, programme=programme, title="Pack")).pk}


def _meeting(world: World) -> Meeting:
    programme, day = _finding(world).programme, world.today
    return world.once(
        "meeting", lambda world: governance.call(by=world.system, programme=programme, body="board", meets_on=day)
    )


def meeting(world: World) -> dict[str, Any]:
    return {"pk": _meeting(world).pk}


def decision(world: World) -> dict[str, Any]:
    one, owner, day = _meeting(world), world.users[Who.DIRECTOR], world.today

    def make(world: World) -> Decision:
        return governance.decide(by=world.system, meeting=one, what="Hire", owner=owner, due_on=day)

    return {"pk": world.once("decision", make).pk}


def record(what: str) -> Any:
    return lambda world: {"pk": _finding(world).pk, "what": what}


ROWS = [
    Row("improvement:home", FIGURES),
    Row("improvement:start", RUN),
    Row("improvement:start", RUN, method="post"),
    Row("improvement:example", EVERYBODY, kwargs=lambda world: {"place": "newham"}, child=False),
    Row("improvement:promised", EVERYBODY, kwargs=lambda world: {"area": world.area.slug}, child=False),
    Row("improvement:programme", FIGURES, kwargs=programme, child=False),
    Row("improvement:add", RUN, kwargs=programme, child=False),
    Row("improvement:officers", RUN, kwargs=programme, child=False),
    Row("improvement:officers", RUN, kwargs=programme, method="post"),
    Row("improvement:invest", RUN, kwargs=programme, child=False),
    Row("improvement:invest", RUN, kwargs=programme, method="post"),
    Row("improvement:realised", RUN, kwargs=investment, child=False),
    Row("improvement:realised", RUN, kwargs=investment, method="post"),
    Row("improvement:publish", RUN, kwargs=programme, method="post"),
    Row("improvement:record", RUN, kwargs=record("comment"), child=False),
    Row("improvement:challenge", RUN | {Who.FORUM}, kwargs=programme, child=False),
    Row("improvement:reply", RUN, kwargs=challenge, child=False),
    Row("improvement:resolve", RUN | {Who.FORUM}, kwargs=challenge, method="post"),
    Row("improvement:freeze", RUN, kwargs=programme, method="post"),
    Row("improvement:call", RUN, kwargs=programme, child=False),
    Row("improvement:call", RUN, kwargs=programme, method="post"),
    Row("improvement:meeting", FIGURES, kwargs=meeting, child=False),
    Row("improvement:meeting", RUN, kwargs=meeting, method="post"),
    Row("improvement:minutes", RUN, kwargs=meeting, child=False),
    Row("improvement:minutes", RUN, kwargs=meeting, method="post"),
    Row("improvement:note", RUN, kwargs=meeting, child=False),
    Row("improvement:note", RUN, kwargs=meeting, method="post"),
    Row("improvement:done", RUN, kwargs=decision, method="post"),
    Row("improvement:pack", FIGURES, kwargs=pack, child=False),
    Row("improvement:finding", FIGURES, kwargs=finding, child=False),
    Row("improvement:record", RUN, kwargs=record("cause"), child=False),
    Row("improvement:record", RUN, kwargs=record("action"), child=False),
    Row("improvement:record", RUN, kwargs=record("claim"), method="post"),
    Row("improvement:record", {Who.FORUM}, kwargs=record("verdict"), child=False),
    Row("improvement:record", {Who.FORUM}, kwargs=record("verdict"), method="post"),
    Row("improvement:record", RUN | {Who.FORUM}, kwargs=record("reaudit"), child=False),
]
