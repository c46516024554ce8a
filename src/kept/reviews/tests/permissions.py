"""Who is let in to the reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, FAMILY, INVOLVED, MAY_SEE_NIA, PARENTS, Who, World
from kept.cases import actions as cases
from kept.people.actions import enrol
from kept.reviews import actions, meeting, sending
from kept.reviews.models import Review
from kept.rules.reviews import earliest_meeting

RUN = CASE_TEAM | {Who.SCHOOL}
RUNNERS = RUN | {Who.OTHER_SCHOOL}
ADVISERS = frozenset({Who.PROFESSIONAL, Who.DESIGNATED_OFFICER, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL})
ANY_FAMILY = FAMILY | {Who.OTHER_FAMILY, Who.YOUNG_PERSON, Who.FORMER_PARENT}
STAFF = AREA_STAFF | {Who.OTHER_AREA_OFFICER}
ANYBODY = STAFF | RUNNERS | ADVISERS | ANY_FAMILY


def _review(world: World) -> Review:
    def make(world: World) -> Review:
        by, made_on = world.system, world.today - timedelta(days=200)
        enrol(by=by, child=world.nia, setting=world.agency(Who.SCHOOL), starts_on=made_on)
        with patch("kept.cases.access.check_no_case_running"):  # another app's rows have a request of hers as well
            case = cases.open_case(
                by=by, child=world.nia, kind="request_received", on=made_on - timedelta(days=110), details={}
            )
        for kind, days, details in (
            ("assess_decision", -70, {"outcome": "assess"}),
            ("draft_plan_served", -30, {}),
            ("final_plan_sent", 0, {}),
        ):
            day = made_on + timedelta(days=days)
            cases.record(by=by, case=case, kind=kind, on=day, details=details, with_beside=True)
        review = actions.plan(by=by, child=world.nia, meets_on=earliest_meeting(world.today))
        sending.circulate(by=by, review=review, not_heard_because="Made up")
        meeting.type_in(by=by, review=review, section="E", text="An outcome")
        return review

    return world.once("review", make)


def review(world: World) -> dict[str, Any]:
    return {"pk": _review(world).pk}


def child(world: World) -> dict[str, Any]:
    _review(world)
    return {"pk": world.nia.pk}


def paper(world: World) -> dict[str, Any]:
    one = _review(world)
    return {"pk": world.once("review paper", lambda world: one.papers.first().pk)}


def ask(world: World) -> dict[str, Any]:
    _review(world)
    return {
        "pk": world.once(
            "early ask", lambda world: actions.ask_early(by=world.system, child=world.nia, why="It does not work").pk
        )
    }


def invitee(world: World) -> dict[str, Any]:
    one = _review(world)

    def make(world: World) -> Any:
        return sending.add_invitee(by=world.system, review=one, part="other", name="Somebody else").pk

    return {"pk": one.pk, "invitee": world.once("invitee", make)}


def topic(key: str) -> Any:
    return lambda world: {**review(world), "topic": key}


def school(world: World) -> dict[str, Any]:
    _review(world)
    return {"pk": world.agency(Who.SCHOOL).pk}


ROWS = [
    Row("reviews:home", ANYBODY),
    Row("reviews:year", STAFF),
    Row("reviews:figures", STAFF),
    Row("reviews:behind", STAFF, kwargs=lambda world: {"key": "changed"}, child=False),
    Row("reviews:school", RUN, kwargs=school),
    Row("reviews:school", RUN, kwargs=school, method="post"),
    Row(
        "reviews:transfers",
        CASE_TEAM | {Who.OTHER_AREA_OFFICER},
        kwargs=lambda world: {"year": world.today.year + 1},
        child=False,
    ),
    Row("reviews:of_child", MAY_SEE_NIA, kwargs=child),
    Row("reviews:plan", RUN, kwargs=child),
    Row("reviews:early", FAMILY | INVOLVED | CASE_TEAM, kwargs=child),
    Row("reviews:answer", CASE_TEAM, kwargs=ask),
    Row("reviews:paper", MAY_SEE_NIA, kwargs=paper),
    Row("reviews:show", MAY_SEE_NIA, kwargs=review),
    Row("reviews:move", RUN, kwargs=review),
    Row("reviews:cancel", CASE_TEAM, kwargs=review),
    Row("reviews:people", RUN, kwargs=review),
    Row("reviews:people", RUN, kwargs=review, method="post"),
    Row("reviews:letters", RUN, kwargs=review),
    Row("reviews:remove", RUN, kwargs=invitee, method="post"),
    Row("reviews:write", FAMILY | INVOLVED | CASE_TEAM, kwargs=topic("family")),
    Row("reviews:write", INVOLVED | CASE_TEAM, kwargs=topic("advice"), method="post"),
    Row("reviews:pack", MAY_SEE_NIA, kwargs=review),
    Row("reviews:circulate", RUN, kwargs=review),
    Row("reviews:held", RUN, kwargs=review),
    Row("reviews:judge", RUN, kwargs=review),
    Row("reviews:entry", RUN, kwargs=review),
    Row("reviews:measure", INVOLVED | CASE_TEAM, kwargs=review),
    Row("reviews:report", RUN, kwargs=review),
    Row("reviews:decide", CASE_TEAM, kwargs=review),
    Row("reviews:decide", CASE_TEAM, kwargs=review, method="post"),
    Row("reviews:feedback", PARENTS, kwargs=review),
]
