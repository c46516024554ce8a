"""A therapy list with a steady past: about two children a week come and are seen, about twelve weeks after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.forecasts.models import Post, Profession, Share
from kept.forecasts.words import PostKind
from kept.people.facts import sort_key
from kept.people.models import Child
from kept.waiting import configuring, queries
from kept.waiting.models import Event, Referral, Stage
from kept.waiting.opening import Fact, copy_from, event_row
from kept.waiting.words import EventKind
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 6, 22)
WAIT = 84


def history(stage: Stage, by: object, *, a_week: float, weeks: int, wait: int = WAIT, start: int = 0) -> list[Referral]:
    """Referrals evenly over the past, each seen `wait` days after it was made; the later ones wait still."""
    count = round(a_week * weeks)
    days = [by.today - timedelta(days=1 + round(7 * n / a_week)) for n in range(count)]
    children = [
        Child(area=by.area, given_names="Made", family_name=f"Up{start + n}", born_on=date(2019, 1, 1),
              sort_key=sort_key("Made", f"Up{start + n}"))
        for n in range(count)
    ]  # fmt: skip
    Child.objects.bulk_create(children)
    made, events = [], []
    for number, (child, day) in enumerate(zip(children, days, strict=True)):
        facts = [Fact(kind=kind, on=day) for kind in (EventKind.REFERRED, EventKind.RECEIVED, EventKind.ACCEPTED)]
        seen = day + timedelta(days=wait)
        if seen < by.today:
            facts.append(Fact(kind=EventKind.ATTENDED, on=seen, for_on=seen))
        one = Referral(area=by.area, ref=f"{start}-{number}", child=child, stage=stage, source=f"test {start}")
        rows = [event_row(by, by.user, one.pk, child.pk, fact) for fact in facts]
        copy_from(one, rows)
        made.append(one)
        events += rows
    Referral.objects.bulk_create(made)
    Event.objects.bulk_create(events)
    return made


def a_stage(place: SimpleNamespace, by: object, name: str = "Speech and language therapy") -> Stage:
    """A list of the health trust."""
    service = configuring.add_service(by=by, kind="speech", name=name, agency=place.health)
    pathway = configuring.add_pathway(by=by, name=name)
    return configuring.add_stage(by=by, pathway=pathway, service=service, name="First assessment")


def with_posts(
    stage: Stage, by: object, *, held: int = 2, vacant: int = 0, share: float = 0.3, hours: float = 8.0
) -> None:
    """Posts that keep about as many appointments as the past had."""
    one = Profession.objects.create(area=by.area, name=f"Therapist {stage.pk.hex[-4:]}")
    Share.objects.create(area=by.area, profession=one, stage=stage, share=share, hours_per_slot=hours,
                         starts_on=date(2020, 1, 1))  # fmt: skip
    kinds = [PostKind.HELD] * held + [PostKind.VACANT] * vacant
    Post.objects.bulk_create(
        Post(area=by.area, profession=one, name=f"Post {n}", kind=kind) for n, kind in enumerate(kinds)
    )


@standing
def place() -> SimpleNamespace:
    """The area, its health trust, a manager who plans and a therapist."""
    area = made_up.an_area()
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Health trust")
    found = SimpleNamespace(
        area=area, health=health, manager=made_up.a_person(area, Role.CASE_MANAGER, name="Mo Manager"),
        officer=made_up.a_person(area, Role.DESIGNATED_OFFICER, agency=health, name="Noor Nurse"),
    )  # fmt: skip
    found.system = lambda on=TODAY: acting_as_system(area, today=on)
    found.acting = lambda user, on=TODAY: acting(user=user, area=area, today=on)
    return found


@standing
def steady(place: SimpleNamespace) -> SimpleNamespace:
    """A list that keeps up, with posts."""
    with place.system() as by:
        place.stage = a_stage(place, by)
        place.referrals = history(place.stage, by, a_week=1.8, weeks=70)
        with_posts(place.stage, by)
    return place


@pytest.fixture
def facts() -> Callable[[object, Stage], object]:
    """The plain facts of a list as the person sees it."""
    return lambda by, stage: next(one for one in queries.lists(by) if one.stage_id == stage.pk)
