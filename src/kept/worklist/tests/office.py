"""A made-up area with people and duties, for tests, budgets and journeys of the desks."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from kept.access.acting import Actor, acting, acting_as_system, today_here
from kept.access.models import Agency, AgencyKind, Area, Team, User
from kept.access.roles import Role
from kept.cases.actions import open_case
from kept.cases.models import Case
from kept.duties.actions import DutyFacts, sync
from kept.duties.models import Duty
from kept.people.models import Child
from kept.rules.identifiers.keys import uuid7
from kept.rules.process.table import clocks
from tests import made_up

_numbers = count(1)
PSYCHOLOGIST = "Educational psychologist"


@dataclass
class Office:
    """The people of an area and what they owe."""

    area: Area
    send: Agency
    psychology: Agency
    team: Team
    psychologists: Team
    manager: User
    olu: User
    ana: User
    ed: User
    today: date = field(default_factory=today_here)

    def acting(self, user: User) -> AbstractContextManager[Actor]:
        """Act as one of them."""
        return acting(user=user, area=self.area, today=self.today)

    def day(self, days: int) -> date:
        """A day so many days from today."""
        return self.today + timedelta(days=days)

    def child(self, given_names: str = "Nia", family_name: str = "Sample") -> Child:
        """One more child."""
        return made_up.a_child(self.area, given_names, family_name)

    def owe(
        self,
        rule: str = "assess.final_plan",
        due: int | None = 0,
        *,
        child: Child | None = None,
        to: User | None = None,
        source_id: Any = None,
        **more: Any,
    ) -> Duty:
        """One more duty, due so many days from today. `source_id` puts it beside others of the same thing."""
        clock = clocks().get(rule)
        child = child or self.child()
        number = next(_numbers)
        facts: dict[str, Any] = {
            "key": f"{rule}#{number}",
            "what": clock.name if clock else f"Thing {number}",
            "because": f"Counted by hand, number {number}.",
            "authority": clock.citation if clock else "A promise",
            "owed_by": "local authority",
            "rule": rule,
            "starts_on": self.day(-150),
            "due_on": None if due is None else self.day(due),
            "path": f"/somewhere/{number}/",
            "person_id": to.pk if to else None,
        }
        key = source_id or uuid7()
        with acting_as_system(self.area, today=self.today) as system:
            known = [_as_facts(duty) for duty in Duty.objects.filter(area=self.area, source="made", source_id=key)]
            new = DutyFacts(**{**facts, **more})
            sync(by=system, source="made", source_id=key, child_id=child.pk, duties=[*known, new])
            return Duty.objects.get(area=self.area, source="made", source_id=key, key=new.key)

    def advice(self, due: int, *, source_id: Any, child: Child | None = None, **more: Any) -> Duty:
        """Advice that the psychologists owe."""
        facts = {"owed_by": PSYCHOLOGIST, "agency_id": self.psychology.pk, "team_id": self.psychologists.pk}
        return self.owe("advice.response", due, source_id=source_id, child=child, **facts, **more)

    def case(self, child: Child, *, asked_on: date, officer: User | None) -> Case:
        """A case that began with a request on that day."""
        with acting_as_system(self.area, today=self.today) as system:
            return open_case(
                by=system,
                child=child,
                kind="request_received",
                on=asked_on,
                details={"by": "parent"},
                officer=officer,
                team=self.team,
            )


def _as_facts(duty: Duty) -> DutyFacts:
    return DutyFacts(**{name: getattr(duty, name) for name in DutyFacts.__dataclass_fields__})


def make_office(name: str = "Sandhaven") -> Office:
    """Make the area and its people. Needs a database."""
    area = made_up.an_area(name)
    send = made_up.an_agency(area)
    psychology = made_up.an_agency(area, AgencyKind.PSYCHOLOGY)
    team, psychologists = made_up.a_team(send), made_up.a_team(psychology, "Psychologists")
    return Office(
        area=area,
        send=send,
        psychology=psychology,
        team=team,
        psychologists=psychologists,
        manager=made_up.a_person(area, Role.CASE_MANAGER, agency=send, name="Mo Manager"),
        olu=made_up.a_person(area, Role.CASE_OFFICER, agency=send, team=team, name="Olu Officer"),
        ana=made_up.a_person(area, Role.CASE_OFFICER, agency=send, name="Ana Officer"),
        ed=made_up.a_person(area, Role.PROFESSIONAL, agency=psychology, team=psychologists, name="Ed Psychologist"),
    )
