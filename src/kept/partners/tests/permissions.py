"""Who is let in to the partners' desk."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, EVERYBODY, Who, World
from kept.cases import actions as cases
from kept.cases.models import AdviceRequest
from kept.partners import links

ASKED = frozenset({Who.PROFESSIONAL, Who.DESIGNATED_OFFICER})
ADVISERS = ASKED | {Who.SCHOOL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL, Who.OTHER_SCHOOL}


def _asked(world: World) -> AdviceRequest:
    def make(world: World) -> AdviceRequest:
        by, on = world.system, world.today
        details = {"by": "parent"}
        case = cases.open_case(by=by, child=world.nia, kind="request_received", on=on, details=details)
        cases.record(by=by, case=case, kind="assess_decision", on=on, details={"outcome": "assess"})
        body, agency = "Therapy service", world.agency(Who.PROFESSIONAL)
        return cases.ask_for_advice(
            by=by, case=case, kind="health", body=body, asked_on=on, received_on=on, agency=agency
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


ROWS = [
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
