"""Who is let in to the partners' desk."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, EVERYBODY, Who, World
from kept.cases.models import AdviceRequest
from kept.cases.tests.permissions import case
from kept.partners import links
from kept.partners.models import Told
from kept.people.actions import enrol

ASKED = frozenset({Who.PROFESSIONAL, Who.DESIGNATED_OFFICER})
ADVISERS = ASKED | {Who.SCHOOL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL, Who.OTHER_SCHOOL}


def _asked(world: World) -> AdviceRequest:
    """Nia's therapy service was asked for advice in her case."""
    found = case(world)

    def make(world: World) -> AdviceRequest:
        return AdviceRequest.objects.create(
            area=world.area,
            case=found,
            child=world.nia,
            body="Therapy service",
            kind="health",
            agency=world.agency(Who.PROFESSIONAL),
            asked_on=world.today,
            received_on=world.today,
            asked_by=world.system.user,
        )

    return world.once("asked for advice", make)


def asked(world: World) -> dict[str, Any]:
    return {"pk": _asked(world).pk}


def by_link(world: World) -> dict[str, Any]:
    def make(world: World) -> str:
        _, token = links.make_link(
            by=world.system, request=request, name="Lou", email="lou@example.org", address="TOKEN"
        )
        return token

    request = _asked(world)
    return {"area": world.area.slug, "token": world.once("advice link", make)}


def pupil(world: World) -> dict[str, Any]:
    def make(world: World) -> bool:
        enrol(
            by=world.system, child=world.nia, setting=world.agency(Who.SCHOOL), starts_on=world.nia.born_on, leaves=()
        )
        return True

    world.once("pupil", make)
    return {"pk": world.nia.pk}


def told(world: World) -> dict[str, Any]:
    def make(world: World) -> Told:
        return Told.objects.create(
            area=world.area,
            kind="early",
            agency=world.agency(Who.PROFESSIONAL),
            given_names="Baby",
            family_name="Newby",
            born_on=world.today,
            parent_name="Pa Newby",
            parent_contact="By post",
            needs="Does not hear",
            parent_told_on=world.today,
            told_on=world.today,
            told_by=world.users[Who.PROFESSIONAL],
        )

    return {"pk": world.once("told", make).pk}


SCHOOLS = frozenset({Who.SCHOOL, Who.OTHER_SCHOOL})
HEALTH = ASKED | {Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL}
ROWS = [
    Row("partners:pupils", SCHOOLS),
    Row("partners:send_request", frozenset({Who.SCHOOL}), kwargs=pupil),
    Row("partners:send_request", frozenset({Who.SCHOOL}), kwargs=pupil, method="post"),
    Row("partners:tell", HEALTH, kwargs=lambda world: {"kind": "early"}, child=False),
    Row("partners:tell", SCHOOLS, kwargs=lambda world: {"kind": "request"}, method="post"),
    Row("partners:told", CASE_TEAM, kwargs=told, child=False),
    Row("partners:desk", ADVISERS),
    Row("partners:request", ASKED | CASE_TEAM, kwargs=asked),
    Row("partners:accept", ASKED, kwargs=asked, method="post"),
    *[Row(f"partners:{page}", ASKED, kwargs=asked) for page in ("answer", "hand_on", "question", "when")],
    *[
        Row(f"partners:{page}", ASKED, kwargs=asked, method="post")
        for page in ("answer", "hand_on", "question", "when")
    ],
    Row("partners:link", ASKED | CASE_TEAM, kwargs=asked),
    Row("partners:link", ASKED | CASE_TEAM, kwargs=asked, method="post"),
    Row("partners:by_link", EVERYBODY, kwargs=by_link, child=False),
]
