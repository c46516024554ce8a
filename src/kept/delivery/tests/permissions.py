"""Who is let in to the ledger of delivery."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, FAMILY, LONG_AGO, MAY_SEE_NIA, Who, World
from kept.delivery import importing
from kept.delivery.models import CatchUp, Escalation, Item, Reconciliation, Upload
from kept.delivery.tests.made import an_item, last_school_week
from kept.people.models import Enrolment
from kept.rules.delivery import usual_calendar

AREA = AREA_STAFF | {Who.OTHER_AREA_OFFICER}
DELIVERERS = frozenset(
    {Who.PROFESSIONAL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL, Who.SCHOOL, Who.OTHER_SCHOOL}
)
TEAM = AREA | {Who.DESIGNATED_OFFICER}
OURS = CASE_TEAM | {Who.PROFESSIONAL, Who.SCHOOL}
FUNDERS = frozenset({Who.MANAGER, Who.DIRECTOR, Who.DESIGNATED_OFFICER})
SETTERS = frozenset({Who.MANAGER, Who.DIRECTOR})
OFFICERS = CASE_TEAM | {Who.OTHER_AREA_OFFICER}
READERS = MAY_SEE_NIA


def item(world: World) -> Item:
    def make(world: World) -> Item:
        Enrolment.objects.create(
            area=world.area, child=world.nia, setting=world.agencies["Her school"], starts_on=LONG_AGO
        )
        return an_item(world.nia, deliverer=world.agencies["Therapy service"])

    return world.once("delivery item", make)


def difference(world: World) -> Reconciliation:
    mine = item(world)
    week = last_school_week(world.today)
    return world.once(
        "delivery difference",
        lambda world: Reconciliation.objects.create(
            area=world.area, child=world.nia, item=mine, week=week, family_says="no", setting_says="delivered",
            opened_on=world.today, due_on=world.today + timedelta(days=14),
        ),
    )  # fmt: skip


def agreed(world: World) -> CatchUp:
    mine = item(world)
    return world.once(
        "delivery catch-up",
        lambda world: CatchUp.objects.create(
            area=world.area, child=world.nia, service=mine.service, term=_half(world).rsplit("-", 1)[0], minutes=60,
            by_on=world.today + timedelta(days=30), how="Longer sessions", agreed_with="Mara", agreed_on=world.today,
            by=world.system.user,
        ),
    )  # fmt: skip


def upload(world: World) -> Upload:
    def make(world: World) -> Upload:
        with world.acting(Who.SCHOOL) as senco:
            return importing.take_file(
                by=senco, setting=world.agencies["Her school"], name="a.csv", data=b"Name,Provision\nBo,Phonics\n"
            )

    return world.once("delivery upload", make)


def task(world: World) -> Escalation:
    return world.once(
        "delivery task",
        lambda world: Escalation.objects.create(
            area=world.area, kind="capacity", key="x", what="Find staff", because="None", opened_on=world.today,
            due_on=world.today,
        ),
    )  # fmt: skip


def _half(world: World) -> str:
    half = usual_calendar(world.today.year - 1, world.today.year + 1).half_term_on(world.today)
    return half.key if half else ""


def nia(world: World) -> dict[str, Any]:
    item(world)
    return {"pk": world.nia.pk}


def nia_term(world: World) -> dict[str, Any]:
    return {**nia(world), "term": _half(world).rsplit("-", 1)[0]}


def of_item(world: World) -> dict[str, Any]:
    return {"pk": item(world).pk}


def of_half(world: World) -> dict[str, Any]:
    return {**of_item(world), "half_term": _half(world)}


def of_difference(world: World) -> dict[str, Any]:
    return {"pk": difference(world).pk}


def of_catch_up(world: World) -> dict[str, Any]:
    return {"pk": agreed(world).pk}


ROWS = [
    Row("delivery:home", DELIVERERS | TEAM),
    Row("delivery:week", DELIVERERS | TEAM),
    Row("delivery:week", DELIVERERS | TEAM, method="post"),
    Row("delivery:school", DELIVERERS | TEAM),
    Row("delivery:mine", DELIVERERS),
    Row("delivery:dates", DELIVERERS | OFFICERS),
    Row("delivery:dates", DELIVERERS | OFFICERS, method="post"),
    Row("delivery:import", DELIVERERS),
    Row("delivery:import", DELIVERERS, method="post"),
    Row("delivery:import_check", frozenset({Who.SCHOOL}), kwargs=lambda world: {"pk": upload(world).pk}, child=False),
    Row("delivery:child", READERS, kwargs=nia),
    Row("delivery:take_up", CASE_TEAM, kwargs=nia, method="post"),
    Row("delivery:child_week", OURS, kwargs=nia),
    Row("delivery:child_week", OURS, kwargs=nia, method="post"),
    Row("delivery:term", READERS, kwargs=nia_term),
    Row("delivery:catch_up", CASE_TEAM, kwargs=nia_term),
    Row("delivery:catch_up", CASE_TEAM, kwargs=nia_term, method="post"),
    Row("delivery:give_catch_up", OURS, kwargs=of_catch_up),
    Row("delivery:give_catch_up", OURS, kwargs=of_catch_up, method="post"),
    Row("delivery:session", OURS, kwargs=of_item),
    Row("delivery:session", OURS, kwargs=of_item, method="post"),
    Row("delivery:check", OURS, kwargs=of_item),
    Row("delivery:check", OURS, kwargs=of_item, method="post"),
    Row("delivery:assign", CASE_TEAM, kwargs=of_item),
    Row("delivery:assign", CASE_TEAM, kwargs=of_item, method="post"),
    Row("delivery:rows", READERS, kwargs=of_half),
    Row("delivery:family", FAMILY, kwargs=nia),
    Row("delivery:family", FAMILY, kwargs=nia, method="post"),
    Row("delivery:ask", FAMILY, kwargs=nia, method="post"),
    Row("delivery:differences", DELIVERERS | TEAM),
    Row("delivery:difference", READERS - {Who.INSPECTOR}, kwargs=of_difference),
    Row("delivery:difference", CASE_TEAM, kwargs=of_difference, method="post"),
    Row("delivery:shortfalls", TEAM),
    Row("delivery:shortfalls_csv", TEAM),
    Row("delivery:services", FUNDERS),
    Row("delivery:services", FUNDERS, method="post"),
    Row("delivery:behind", FUNDERS),
    Row("delivery:staffed", FUNDERS, kwargs=lambda world: {"pk": task(world).pk}, method="post"),
    Row("delivery:limits", DELIVERERS | TEAM),
    Row("delivery:limit", SETTERS, kwargs=lambda world: {"name": "green"}, child=False),
    Row("delivery:limit", SETTERS, kwargs=lambda world: {"name": "green"}, method="post", child=False),
    Row("delivery:quiet", TEAM),
]
