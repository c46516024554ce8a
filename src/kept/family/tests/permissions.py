"""Who is let in to the family's page."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, FAMILY, INVOLVED, MAY_SEE_NIA, PARENTS, Who, World
from kept.cases.tests.permissions import case
from kept.duties.models import Duty
from kept.family import actions
from kept.notices.tests.permissions import dispatch

FOLLOWERS = FAMILY | {Who.OTHER_FAMILY, Who.YOUNG_PERSON, Who.FORMER_PARENT}
READERS = FAMILY | CASE_TEAM


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def duty(world: World) -> dict[str, Any]:
    found = case(world)

    def make(world: World) -> Duty:
        return Duty.objects.get(area=world.area, source_id=found.pk, rule="assess.decision")

    return nia(world) | {"duty": world.once("family duty", make).pk}


def copied(world: World) -> dict[str, Any]:
    def make(world: World) -> Any:
        return actions.write_down(
            by=world.system,
            child=world.nia,
            carer=world.carers[Who.MOTHER],
            subject="A call",
            text="The bus is late.",
            how="phone",
            said_on=world.today,
        )

    return nia(world) | {"thread": world.once("copied thread", make).pk}


def fathers_letter(world: World) -> dict[str, Any]:
    """A letter that went to Nia's father; her mother may not read it."""
    return nia(world) | {"letter": dispatch(world).pk}


ROWS = [
    Row("family:home", FOLLOWERS),
    *[Row(f"family:{page}", READERS, kwargs=nia) for page in ("child", "owed", "questions", "help", "messages")],
    Row("family:file", PARENTS, kwargs=nia),
    Row("family:letters", PARENTS, kwargs=nia),
    Row("family:letter", frozenset({Who.FATHER}), kwargs=fathers_letter),
    Row("family:ask", PARENTS, kwargs=nia),
    Row("family:ask", PARENTS, kwargs=nia, method="post"),
    Row("family:write", FAMILY, kwargs=nia),
    Row("family:write", FAMILY, kwargs=nia, method="post"),
    *[Row(f"family:{page}", PARENTS, kwargs=nia, method=m) for page in ("story", "share") for m in ("get", "post")],
    Row("family:views", MAY_SEE_NIA, kwargs=nia),
    Row("family:add_view", MAY_SEE_NIA - {Who.INSPECTOR}, kwargs=nia),
    Row("family:add_view", MAY_SEE_NIA - {Who.INSPECTOR}, kwargs=nia, method="post"),
    Row("family:late", CASE_TEAM, kwargs=duty),
    Row("family:late", CASE_TEAM, kwargs=duty, method="post"),
    Row("family:write_down", CASE_TEAM, kwargs=nia),
    Row("family:write_down", CASE_TEAM, kwargs=nia, method="post"),
    Row("family:copy", CASE_TEAM, kwargs=copied),
    Row("family:copy", CASE_TEAM, kwargs=copied, method="post"),
]
assert INVOLVED <= MAY_SEE_NIA
