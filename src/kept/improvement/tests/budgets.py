"""How to get the pages of a programme with a number of findings on them, each with all that can hang on one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from kept.access.acting import Actor, acting, acting_as_system
from kept.access.models import AgencyKind, Area, User
from kept.access.roles import Role
from kept.improvement import actions, governance, packs, queries
from kept.improvement.models import Finding, Programme
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from kept.measures.rebase_models import ChartSetting
from tests.budgets import Page, Visit
from tests.made_up import a_person, an_agency, an_area

CODES = ("T1", "T3")
MONTHS = 26


def _people(area: Area) -> tuple[User, User, User]:
    """The director, the NHS's officer and the forum."""
    health = an_agency(area, AgencyKind.HEALTH, "Health trust")
    known = {
        role: User.objects.filter(memberships__area=area, memberships__role=role).first()
        for role in (Role.DIRECTOR, Role.DESIGNATED_OFFICER, Role.FORUM)
    }
    made = [
        user or a_person(area, role, agency=health if role is Role.DESIGNATED_OFFICER else None)
        for role, user in known.items()
    ]
    return made[0], made[1], made[2]


def _figures(by: Actor) -> None:
    """Two years of figures, and new limits on the chart of one."""
    last = last_full_month(by.today)
    if Value.objects.filter(area=by.area).exists():
        return
    Value.objects.bulk_create(
        Value(
            area=by.area, code=code, month=month_after(last, 1 - at), numerator=60 if at < MONTHS // 2 else 30,
            denominator=100, query_version=f"{code}.1", computed_on=by.today,
        )
        for code in CODES
        for at in range(1, MONTHS)
    )  # fmt: skip
    ChartSetting.objects.create(
        area=by.area, code="T1", kind="rebase", starts=month_after(last, -11), happened="A panel", reason="It stayed",
        by=by.user, on=by.today,
    )  # fmt: skip


def _finding(by: Actor, programme: Programme, officer: User, forum: User) -> None:
    send = an_agency(by.area, AgencyKind.SEND)
    made: Finding = actions.find(
        by=by, programme=programme, kind="local", text="Late", outcome="In time", bodies=[send]
    )
    cause = actions.name_cause(by=by, finding=made, statement="No panel", how_tested="Counted")
    for code in CODES:
        actions.aim(by=by, finding=made, code=code, target=None, target_on=None, why="The finding")
        actions.comment(by=by, finding=made, code=code, words="August is low")
    action = actions.act(
        by=by, finding=made, causes=[cause], what="A panel", agency=send, lead=by.user,
        starts_on=programme.started_on, effect_code="T1", effect_size="20 points", lag_months=3, because="they wait",
    )  # fmt: skip
    milestone = actions.promise(
        by=by, action=action, deliverable="Panel", acceptance_test="Seen", promised_on=programme.started_on
    )
    actions.move(by=by, milestone=milestone, expected_on=by.today, why="Staff left")
    actions.tell(by=by, action=action, words="Begun")
    evidence = actions.submit(
        by=by, finding=made, claim="delivery", kind="document", what="Minutes", source="Folder", milestone=milestone
    )
    with acting(user=officer, area=by.area) as other:
        actions.review(by=other, evidence=evidence, accepted=True, said="Seen")
    with acting(user=forum, area=by.area) as family:
        actions.judge(by=family, finding=made, method="panel", asked=9, answered=8, answer="no", words="No.")
    actions.challenge(by=by, programme=programme, on_behalf_of="Scrutiny", words="Why?")


def _programme(rows: int) -> tuple[Programme, User]:
    area = an_area()
    director, officer, forum = _people(area)
    with acting(user=director, area=area) as by:
        began = month_after(last_full_month(by.today), -12)
        programme = queries.programmes(area).first() or actions.start(
            by=by, kind="local", name="On time", started_on=began, published_on=began, council_officer=director,
            nhs_officer=officer,
        )  # fmt: skip
        for _ in range(rows):
            _finding(by, programme, officer, forum)
    with acting_as_system(area) as system:
        _figures(system)
    return programme, director


def _of_programme(name: str, **more: str) -> Page:
    def visit(rows: int) -> Visit:
        programme, director = _programme(rows)
        return Visit(director, reverse(name, kwargs={"pk": programme.pk}) if not more else reverse(name, kwargs=more))

    return visit


def _home(rows: int) -> Visit:
    programme, director = _programme(1)
    with acting(user=director, area=programme.area) as by:
        for at in range(rows):
            actions.start(by=by, kind="local", name=f"Programme {at}", started_on=programme.started_on)
    return Visit(director, reverse("improvement:home"))


def _public(rows: int) -> Visit:
    programme, _ = _programme(rows)
    return Visit(None, reverse("improvement:promised", kwargs={"area": programme.area.slug}))


def _finding_page(rows: int) -> Visit:
    programme, director = _programme(1)
    with acting(user=director, area=programme.area) as by:
        finding = Finding.objects.filter(programme=programme).earliest("number")
        cause = finding.causes.first()
        for at in range(rows):
            action = actions.act(
                by=by, finding=finding, causes=[cause], what=f"Deed {at}", agency=an_agency(by.area, AgencyKind.SEND),
                lead=director, starts_on=programme.started_on, effect_code="T1", effect_size="5", lag_months=3,
                because="it does",
            )  # fmt: skip
            actions.promise(by=by, action=action, deliverable="x", acceptance_test="x", promised_on=by.today)
            actions.tell(by=by, action=action, words="News")
    return Visit(director, reverse("improvement:finding", kwargs={"pk": finding.pk}))


def _meeting(rows: int) -> Visit:
    programme, director = _programme(1)
    with acting(user=director, area=programme.area) as by:
        made = governance.call(by=by, programme=programme, body="board", meets_on=by.today)
        for at in range(rows):
            governance.decide(
                by=by, meeting=made, what=f"Decision {at}", owner=director, due_on=by.today + timedelta(days=at)
            )
    return Visit(director, reverse("improvement:meeting", kwargs={"pk": made.pk}))


def _pack(rows: int) -> Visit:
    programme, director = _programme(rows)
    with acting(user=director, area=programme.area) as by:
        made = packs.freeze(by=by, programme=programme, title="Pack")
    return Visit(director, reverse("improvement:pack", kwargs={"pk": made.pk}))


def _limits(rows: int) -> Visit:
    """The page of a chart's limits, for an analyst, with so many more settings."""
    programme, _ = _programme(1)
    area = programme.area
    with acting_as_system(area) as by:
        for at in range(rows):
            ChartSetting.objects.create(
                area=area,
                code="T3",
                kind="screen",
                happened=f"Something {at}",
                reason="Because",
                by=by.user,
                on=by.today,
            )
    return Visit(a_person(area, Role.ANALYST), reverse("measures:limits", kwargs={"code": "T3"}))


PAGES: dict[str, Callable[[int], Visit]] = {
    "improvement:home": _home,
    "improvement:programme": _of_programme("improvement:programme"),
    "improvement:finding": _finding_page,
    "improvement:promised": _public,
    "improvement:meeting": _meeting,
    "improvement:pack": _pack,
    "measures:limits": _limits,
}
