"""Who is let in to the forecasts."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, EVERYBODY, FAMILY, Who, World
from kept.forecasts import actions
from kept.forecasts.inputs import Change
from kept.forecasts.models import Post, Profession, Run, Share
from kept.forecasts.words import PostKind
from kept.waiting.queries import lists
from kept.waiting.tests.permissions import referral, stage

PLANNERS = frozenset({Who.MANAGER, Who.DIRECTOR, Who.DESIGNATED_OFFICER})
READERS = FAMILY | AREA_STAFF | {Who.PROFESSIONAL, Who.DESIGNATED_OFFICER}


def told(world: World) -> dict[str, Any]:
    found = referral(world)
    world.once(
        "forecasts told", lambda world: [actions.tell(by=world.system, facts=one) for one in lists(world.system)]
    )
    return found


def _post(world: World) -> Post:
    key = stage(world)["pk"]

    def make(world: World) -> Post:
        one = Profession.objects.create(area=world.area, name="Therapist")
        Share.objects.create(area=world.area, profession=one, stage_id=key, share=0.5, hours_per_slot=5,
                             starts_on=world.today)  # fmt: skip
        return Post.objects.create(area=world.area, profession=one, name="Post 1", kind=PostKind.HELD)

    return world.once("forecasts post", make)


def people(world: World) -> dict[str, Any]:
    return {**stage(world), "profession": _post(world).profession_id}


def post(world: World) -> dict[str, Any]:
    return {**people(world), "post": _post(world).pk}


def closing(world: World) -> dict[str, Any]:
    return {**stage(world), "post": _post(world).pk}


def run(world: World) -> dict[str, Any]:
    key = stage(world)["pk"]

    def make(world: World) -> Run:
        found = next(one for one in lists(world.system) if one.stage_id == key)
        return Run.objects.create(
            area=world.area, stage_id=found.stage_id, name="As planned", change=vars(Change()),
            asked_by=world.users[Who.MANAGER], asked_on=world.today,
        )  # fmt: skip

    return {"pk": world.once("forecasts run", make).pk}


def area(world: World) -> dict[str, Any]:
    return {"area": world.area.slug}


ROWS = [
    Row("forecasts:home", PLANNERS),
    Row("forecasts:right", EVERYBODY, kwargs=area, child=False),
    Row("forecasts:statement", READERS, kwargs=told),
    Row("forecasts:letter", READERS, kwargs=told),
    Row("forecasts:capacity", PLANNERS, kwargs=stage, child=False),
    Row("forecasts:capacity", PLANNERS, kwargs=stage, method="post", data=lambda world: {"demand": "110"}),
    Row("forecasts:sign", PLANNERS, kwargs=stage, method="post"),
    Row("forecasts:profession_add", PLANNERS, kwargs=stage, child=False),
    Row("forecasts:profession", PLANNERS, kwargs=people, child=False),
    Row("forecasts:post_add", PLANNERS, kwargs=people, child=False),
    Row("forecasts:post", PLANNERS, kwargs=post, child=False),
    Row("forecasts:close", PLANNERS, kwargs=closing, method="post"),
    Row("forecasts:run", PLANNERS, kwargs=run, child=False),
    Row("forecasts:cancel", PLANNERS, kwargs=run, method="post"),
]
