"""Put a demonstration area into the database: organisations, people, children, cases with their ledger, and access.

Written as Kept itself, through row-level security, in one transaction: all of it is there, or nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import slugify

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Agency, Area, Grant, Membership, Relation, SettingKind, User
from kept.access.roles import Role
from kept.cases import projection
from kept.cases.models import AdviceRequest, Case
from kept.cases.models import Event as CaseEvent
from kept.demo import families, names, places, stories
from kept.demo.bulk import Pourer
from kept.demo.figures import Figures
from kept.demo.histories import history, recorded_on
from kept.demo.lives import Life, make
from kept.demo.places import Places
from kept.duties.models import Duty
from kept.people.models import Child
from kept.rules import process

HERE = ZoneInfo("Europe/London")
PART = 500
Tell = Callable[[str, int, int], None]
Work = tuple[Life, Sequence[process.Event], stories.Story | None]


@dataclass
class Loaded:
    """What was made."""

    area: Area
    places: Places
    children: int = 0
    cases: int = 0
    events: int = 0
    duties: int = 0
    stories: list[tuple[stories.Story, Child]] = field(default_factory=list)


class AlreadyThere(Exception):
    """The demonstration area has been made before; nothing was done."""


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def slug_of(figures: Figures) -> str:
    """The name in addresses of the area with the figures of an authority."""
    return f"demonstration-{slugify(figures.name)}"


def area_of(figures: Figures) -> Area:
    """The demonstration area that was made before with these figures."""
    return Area.objects.get(slug=slug_of(figures))


@transaction.atomic
def load(figures: Figures, *, today: date, plans: int | None = None, seed: int = 0, tell: Tell = quiet) -> Loaded:
    """Make the area with these figures. plans: how many children have one (as published unless given).

    Raises AlreadyThere when a demonstration with the figures of this authority exists.
    """
    slug = slug_of(figures)
    if Area.objects.filter(slug=slug).exists():
        raise AlreadyThere(f"The demonstration area with the figures of {figures.name} is already there.")
    rng = random.Random(f"{seed} {figures.code} {today.year}")
    town = names.place(rng)
    lives = make(figures, today=today, plans=plans, seed=seed)
    area = Area.objects.create(name=f"{town} (demonstration)", slug=slug, la_code=figures.code, is_demo=True)
    with acting_as_system(area, today=today) as by, Pourer() as pourer:
        made = places.build(pourer, area, town=town, plans=plans or figures.plans, today=today, rng=rng)
        loaded = Loaded(area, made)
        told = stories.stories(today, rng)
        _story_people(pourer, by, made, told)
        known = [(story.life, story.events, story) for story in told]
        work: list[Work] = [*known]
        steady = random.Random(f"{seed} {figures.code} histories")
        work += [(life, history(life, today=today, rng=steady), None) for life in lives]
        references = _references([events[0].date for _, events, _ in work])
        for start in range(0, len(work), PART):
            part = _Part(pourer=pourer, by=by, loaded=loaded, rng=rng, first=start)
            part.write(work[start : start + PART], references[start : start + PART])
            tell("Children, cases and duties", min(start + PART, len(work)), len(work))
    return loaded


def _references(opened: Sequence[date]) -> list[str]:
    """Case numbers: the year and a running number in the order of opening."""
    numbers: dict[int, int] = {}
    made: dict[int, str] = {}
    for index in sorted(range(len(opened)), key=lambda index: opened[index]):
        year = opened[index].year
        numbers[year] = numbers.get(year, 0) + 1
        made[index] = f"{year % 100:02d}-{numbers[year]:05d}"
    return [made[index] for index in range(len(opened))]


def _story_people(pourer: Pourer, by: Actor, made: Places, told: Sequence[stories.Story]) -> None:
    """Accounts for the parent and the young person who can be signed in as."""
    since = by.today - timedelta(days=400)
    for key in places.FAMILY_KEYS:
        rng = random.Random(f"{by.area.slug} {key}")
        story = next(one for one in told if (one.demo_parent if key == "parent" else one.young_person))
        user = User(email=places.address_of(by.area, key), name=names.adult(rng, "F", story.life.ethnicity))
        user.set_unusable_password()
        made.workers[key] = user
        membership = Membership(area=by.area, user=user, role=Role.FAMILY, starts_on=since)
        pourer.pour((User, [user]), (Membership, [membership]))


@dataclass
class _Part:
    """A few hundred children, written together."""

    pourer: Pourer
    by: Actor
    loaded: Loaded
    rng: random.Random
    first: int
    cases: list[Case] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    requests: list[AdviceRequest] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)

    def write(self, work: Sequence[Work], references: Sequence[str]) -> None:
        """Make the rows and insert them in the order in which they point at each other."""
        homes = families.Homes(self.by, self.loaded.places, self.rng)
        for number, ((life, events, story), reference) in enumerate(zip(work, references, strict=True), self.first):
            child = homes.add(life, number, story, known_on=min(event.date for event in events))
            self._case(child, events, reference, homes.setting_of(child))
            if story:
                self.loaded.stories.append((story, child))
        self.pourer.wait()
        homes.save_children()
        self.pourer.pour(
            *homes.rows(),
            (Case, self.cases),
            (CaseEvent, self.events),
            (AdviceRequest, self.requests),
            (Duty, self.duties),
            (Grant, [*homes.grants, *self.grants]),
        )
        self.loaded.children += len(work)
        self.loaded.cases += len(self.cases)
        self.loaded.events += len(self.events)
        self.loaded.duties += len(self.duties)

    def _case(self, child: Child, events: Sequence[process.Event], reference: str, setting: Agency | None) -> None:
        officers = self.loaded.places.officers
        place = self.rng.randrange(len(officers))
        officer, deputy = officers[place], officers[place - 1]
        case = Case(
            area=self.by.area, child=child, reference=reference, officer=officer, deputy=deputy,
            team=self.loaded.places.teams["Casework"], opened_on=min(event.date for event in events), version=1,
        )  # fmt: skip
        requests = [self._asked(case, event, setting) for event in events if event.type == "advice_requested"]
        state = process.fold(events, as_of=self.by.today, born=child.born_on)
        projection.project(case, state)
        projection.answers(requests, state)
        self.cases.append(case)
        self.requests += requests
        self.events += [self._event(case, event, officer) for event in events]
        self.duties += [
            Duty(area=self.by.area, source=projection.SOURCE, source_id=case.pk, child_id=child.pk, **vars(facts))
            for facts in projection.duty_facts(case, state, requests)
        ]
        self._involve(child, requests)

    def _event(self, case: Case, event: process.Event, officer: User) -> CaseEvent:
        written = min(recorded_on(event), self.by.today)
        hour = time(9 + self.rng.randrange(8), self.rng.randrange(60))
        return CaseEvent(
            area=self.by.area, case=case, child_id=case.child_id, kind=event.type, happened_on=event.date,
            details=dict(event.details), recorded_by=officer, recorded_at=datetime.combine(written, hour, HERE),
        )  # fmt: skip

    def _asked(self, case: Case, event: process.Event, setting: Agency | None) -> AdviceRequest:
        body = str(event.details["from"])
        kind, agency, team = places.BODIES.get(body, ("school", "", ""))
        made = self.loaded.places
        return AdviceRequest(
            area=self.by.area, case=case, child_id=case.child_id, body=body, kind=kind,
            agency=made.agencies.get(agency) or setting or self.school, team=made.teams.get(team),
            asked_for="What the child needs, what would help, and what should come of it.",
            asked_on=event.date, received_on=event.date, asked_by=case.officer,
        )  # fmt: skip

    @property
    def school(self) -> Agency:
        """A school to ask where the child is at none."""
        return self.loaded.places.settings[SettingKind.SPECIAL][0]

    def _involve(self, child: Child, requests: Sequence[AdviceRequest]) -> None:
        """An agency that was asked for advice may see the child from that day."""
        for request in requests:
            if request.kind == "school" or request.agency is None:
                continue
            self.grants.append(
                Grant(
                    area=self.by.area,
                    child_id=child.pk,
                    agency=request.agency,
                    relation=Relation.AGENCY,
                    starts_on=request.received_on,
                    reason="Asked for advice",
                    source=f"cases.advice:{request.pk}",
                )
            )
