"""Who is let in to administration: administrators, of their own area."""

from __future__ import annotations

from datetime import date
from typing import Any

from kept.access.models import Membership, Team
from kept.access.roles import Role
from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, PARENTS, Who, World
from kept.administration import visits
from kept.administration.invitations import invite
from kept.administration.models import Invitation, RetentionReview, Visit
from kept.people.models import Carer, Child, ParentalLink

ADMINISTRATORS = frozenset({Who.ADMINISTRATOR, Who.OTHER_AREA_ADMINISTRATOR})
HERE = frozenset({Who.ADMINISTRATOR})
LINK = "https://kept.example/join/TOKEN/"


def officer(world: World) -> dict[str, Any]:
    return {"pk": world.users[Who.OFFICER].pk}


def officers_role(world: World) -> dict[str, Any]:
    def find(world: World) -> Membership:
        return Membership.objects.get(area=world.area, user=world.users[Who.OFFICER])

    return officer(world) | {"role": world.once("role of the officer", find).pk}


def invitation(world: World) -> dict[str, Any]:
    def make(world: World) -> Invitation:
        return invite(by=world.system, email="new@world.example", name="New", role=Role.ANALYST, link_to=LINK)

    return {"pk": world.once("invitation", make).pk}


def team(world: World) -> dict[str, Any]:
    def make(world: World) -> Team:
        return Team.objects.create(area=world.area, agency=world.agency(Who.OFFICER), name="North")

    return {"pk": world.once("team of administration", make).pk}


def agency(world: World) -> dict[str, Any]:
    return {"pk": world.agency(Who.OFFICER).pk}


def carer(world: World) -> dict[str, Any]:
    def make(world: World) -> Carer:
        made = Carer.objects.create(area=world.area, name="Grandmother", email="gran@world.example")
        facts = {"relationship": "grandmother", "starts_on": world.nia.born_on}
        ParentalLink.objects.create(area=world.area, child=world.nia, carer=made, **facts)
        return made

    return {"child": world.nia.pk, "carer": world.once("carer without an account", make).pk}


def new_young_person(world: World) -> Child:
    facts = {"given_names": "Ada", "family_name": "Grownley", "sort_key": "grownley ada"}
    return Child.objects.create(area=world.area, born_on=date(world.today.year - 18, 1, 1), **facts)


def nia(world: World) -> dict[str, Any]:
    return {"child": world.nia.pk}


def young_person(world: World) -> dict[str, Any]:
    return {"child": world.once("young person without an account", new_young_person).pk}


def visit(world: World) -> dict[str, Any]:
    def make(world: World) -> Visit:
        by, people = world.system, [world.users[Who.INSPECTOR]]
        facts = {"name": "Area inspection", "starts_on": world.today, "ends_on": world.today}
        made = visits.plan_visit(by=by, inspectors=people, **facts)
        visits.add_child(by=by, visit=made, child=world.nia)
        return made

    return {"pk": world.once("visit", make).pk}


def sampled(world: World) -> dict[str, Any]:
    return visit(world) | {"child": world.nia.pk}


def born_with_nia(world: World) -> dict[str, Any]:
    return {"q": f"{world.nia.born_on:%d/%m/%Y}"}


def shows_the_visit(world: World) -> dict[str, Any]:
    visit(world)
    return {}


HOSTS = frozenset({Who.MANAGER, Who.DIRECTOR})
INSPECTORS = frozenset({Who.INSPECTOR, Who.OTHER_INSPECTOR})
VISITS = [
    Row("administration:visits", HOSTS),
    Row("administration:new_visit", HOSTS),
    Row("administration:visit", HOSTS, kwargs=visit),
    *[
        Row(f"administration:{name}", HOSTS, kwargs=visit, child=False)
        for name in ("change_visit", "add_visit_child", "end_visit")
    ],
    Row(
        "administration:add_visit_child",
        HOSTS,
        kwargs=visit,
        query=lambda world: {"q": f"{world.nia.born_on:%d/%m/%Y}"},
    ),
    Row("administration:take_out", HOSTS, kwargs=sampled, method="post"),
    Row("administration:my_visits", INSPECTORS, query=shows_the_visit),
]


def review(world: World) -> dict[str, Any]:
    def make(world: World) -> RetentionReview:
        facts = {"of": "child", "subject_id": world.nia.pk, "rule": "child.with_plan", "because": "Her 31st birthday."}
        return RetentionReview.objects.create(area=world.area, due_on=world.today, listed_on=world.today, **facts)

    return {"pk": world.once("review of retention", make).pk}


KEEPERS = frozenset({Who.MANAGER, Who.DATA_PROTECTION})
ROWS = [
    *VISITS,
    Row("administration:retention", KEEPERS),
    Row("administration:retention_periods", frozenset({Who.MANAGER})),
    Row("administration:retention_review", KEEPERS, kwargs=review),
    Row("administration:join", frozenset(), kwargs=lambda world: {"token": "guessed"}, child=False, denied=410),
    *[
        Row(f"administration:{name}", ADMINISTRATORS)
        for name in ("people", "invitations", "invite", "review", "agencies", "new_agency", "new_team")
    ],
    Row("administration:confirm", ADMINISTRATORS, method="post"),
    *[
        Row(f"administration:{name}", HERE, kwargs=officer, child=False)
        for name in ("person", "give_role", "reset_second_step", "leaver")
    ],
    Row("administration:end_role", HERE, kwargs=officers_role, child=False),
    Row("administration:withdraw", HERE, kwargs=invitation, method="post"),
    Row("administration:agency", HERE, kwargs=agency, child=False),
    Row("administration:team", HERE, kwargs=team, child=False),
    Row("administration:invite_carer", CASE_TEAM, kwargs=carer),
    Row("administration:invite_young_person", CASE_TEAM, kwargs=young_person, child=False),
    Row("administration:invite_advocate", PARENTS, kwargs=nia),
]
