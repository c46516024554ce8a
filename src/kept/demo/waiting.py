"""The demonstration's waiting lists: two and a half years of referrals on eight lists, each with a story of its own.

A list that only grows, one that got shorter after two people were hired, one whose dates rest on a post that is being
filled, one that is quick, one of a single child. Referrals go in through the same door as an import; what families were
told is worked out by the same nightly work, acting on the days on which it would have been.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Agency, AgencyKind, Area
from kept.forecasts import actions as forecasts
from kept.forecasts.models import Post, Profession, Share
from kept.forecasts.words import PostKind
from kept.offer.models import Service as Entry
from kept.people.models import Child
from kept.waiting import configuring, queries, standards
from kept.waiting.models import Stage
from kept.waiting.opening import Fact, NewReferral, add_many
from kept.waiting.words import EventKind, Priority, ServiceKind

WEEKS = 130
CHILDREN_OF_A_FULL_AREA = 4000
TOLD_EVERY = 8  # weeks between the nights that are worked out for the past
TOLD_FOR = 64
LOOK_AT = 400
AGAIN_AFTER = timedelta(days=90)
CONTACT_EVERY = 12  # weeks on the list
AFTER_HOLIDAYS = 0.96  # of the appointments of a week, over a year
SOURCE = "Demonstration"
WHY = {
    ServiceKind.AUTISM: "Finds change and noise hard; school and family both see it.",
    ServiceKind.SPEECH: "Speech is hard to follow for people who do not know the child.",
    ServiceKind.OCCUPATIONAL: "Cannot hold a pencil for long; dressing takes an hour.",
    ServiceKind.PAEDIATRICS: "Development is behind in several ways; the health visitor asked for an opinion.",
    ServiceKind.MENTAL_HEALTH: "Has not slept in their own bed since autumn and misses school.",
    ServiceKind.PHYSIOTHERAPY: "Falls often and tires on stairs.",
    ServiceKind.ADVICE: "Advice asked for in an EHC needs assessment.",
    ServiceKind.OTHER: "Eats three foods and is losing weight.",
}


@dataclass(frozen=True)
class Staffing:
    """Who works on a list: full-time posts held, vacant ones, who left, hours for one child."""

    profession: str
    held: int
    vacant: int = 0
    hired_weeks_ago: tuple[int, ...] = ()
    trainees: int = 0
    left_weeks_ago: int = 0
    hours: float = 8.0


@dataclass(frozen=True)
class Listed:
    """One list. `slots`: (from so many weeks ago, appointments a week); shares of urgent and soon; ages in years."""

    service: str
    kind: str
    agency: str
    stage: str
    rate: float
    slots: tuple[tuple[int, float], ...]
    start: int
    ages: tuple[int, int]
    standard: str
    target: int
    mix: tuple[float, float] = (0.05, 0.1)
    missed: float = 0.1
    leaves: float = 0.002
    contacts: float = 0.6
    ends_with: str = EventKind.ATTENDED
    staffing: Staffing | None = None
    settings: dict[str, Any] = field(default_factory=dict)


LISTS = (
    Listed("Autism and ADHD assessment clinic", ServiceKind.AUTISM, "Community paediatrics", "Autism assessment",
           7.5, ((WEEKS, 5.4),), 90, (3, 15), "autism_start", 13, leaves=0.0015, contacts=0.35,
           ends_with=EventKind.ASSESSMENT_STARTED,
           staffing=Staffing("Clinical psychologist", 3, hours=7.2)),
    Listed("Children's speech and language therapy", ServiceKind.SPEECH, "Children's therapies", "First assessment",
           8.5, ((WEEKS, 9.7),), 150, (2, 9), "community_2029", 18, missed=0.09,
           staffing=Staffing("Speech and language therapist", 8, 1, hours=6.4)),
    Listed("Children's occupational therapy", ServiceKind.OCCUPATIONAL, "Children's therapies", "First assessment",
           4.5, ((WEEKS, 4.5), (58, 5.0), (50, 5.5), (42, 6.0), (32, 6.5)), 90, (4, 12), "community_2029", 18,
           staffing=Staffing("Occupational therapist", 5, hired_weeks_ago=(60, 57), hours=8.2)),
    Listed("Community paediatrics", ServiceKind.PAEDIATRICS, "Community paediatrics", "First clinic",
           4.5, ((WEEKS, 5.45), (30, 4.65)), 75, (1, 10), "rtt", 18, ends_with=EventKind.TREATMENT_STARTED,
           staffing=Staffing("Community paediatrician", 3, 1, left_weeks_ago=30, hours=7.0)),
    Listed("Emotional wellbeing and mental health service", ServiceKind.MENTAL_HEALTH, "Children's therapies",
           "First meeting", 6.0, ((WEEKS, 6.95),), 70, (8, 17), "cyp_mental_health", 4, mix=(0.12, 0.2), missed=0.13,
           leaves=0.006, contacts=0.85, ends_with=EventKind.TREATMENT_STARTED,
           staffing=Staffing("Mental health practitioner", 5, trainees=2, hours=6.4)),
    Listed("Children's physiotherapy", ServiceKind.PHYSIOTHERAPY, "Children's therapies", "First assessment",
           2.6, ((WEEKS, 3.1),), 9, (1, 14), "community_2029", 18, staffing=Staffing("Physiotherapist", 4, hours=9.0)),
    Listed("Educational psychology advice", ServiceKind.ADVICE, "Educational psychology", "Advice for an assessment",
           3.6, ((WEEKS, 3.9),), 34, (3, 15), "ehc_advice", 6, mix=(0.03, 0.05), missed=0.04, leaves=0.0, contacts=0.2,
           ends_with=EventKind.REPORT,
           staffing=Staffing("Educational psychologist", 5, 1, hours=17.4)),
    Listed("Eating and growing team", ServiceKind.OTHER, "Community paediatrics", "First clinic",
           0.08, ((WEEKS, 0.2),), 0, (2, 9), "community_2029", 18),
)  # fmt: skip


@dataclass
class Waiting:
    """A child on a list while its history is made."""

    joined: int
    priority: int
    leaves_in: int
    missed: int = 0
    facts: list[Fact] = field(default_factory=list)


class Story:
    """Makes the history of one list, week by week, the way such a list works."""

    def __init__(self, listed: Listed, scale: float, today: date, rng: random.Random) -> None:
        self.listed, self.scale, self.today, self.rng = listed, scale, today, rng
        self.calls = random.Random(f"calls {listed.service}")  # of their own: who is called changes no other story
        self.line: list[Waiting] = []
        self.done: list[Waiting] = []
        self.owed = 0.0

    def make(self) -> list[Waiting]:
        """Everybody who was ever on the list, those who still wait last."""
        for n in range(round(self.listed.start * self.scale)):
            self._join(-1 - n % 30)
        for week in range(WEEKS):
            for _ in range(self._poisson(self.listed.rate * self.scale * self._season(week))):
                self._join(week)
            self._contact(week)
            self._leave(week)
            self._see(week)
        if not self.line and self.listed.start == 0:
            self._join(WEEKS - 9)  # the list of one child
        return [*self.done, *self.line]

    def _season(self, week: int) -> float:
        """Few referrals in the summer holidays and at the turn of the year."""
        return 0.45 if self._is_august(week) else 0.7 if self._is_new_year(week) else 1.1

    def _is_august(self, week: int) -> bool:
        return f"{self._day(week, 3):%m}" == "08"

    def _is_new_year(self, week: int) -> bool:
        return f"{self._day(week, 3):%m%d}" >= "1220"

    def _day(self, week: int, weekday: int) -> date:
        """A working day of a week of the story; the last week ends yesterday."""
        day = self.today - timedelta(days=7 * (WEEKS - week)) + timedelta(days=weekday)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _poisson(self, mean: float) -> int:
        count, at = 0, self.rng.expovariate(1)
        while at < mean:
            count, at = count + 1, at + self.rng.expovariate(1)
        return count

    def _join(self, week: int) -> None:
        urgent, soon = self.listed.mix
        luck = self.rng.random()
        priority = Priority.URGENT if luck < urgent else Priority.SOON if luck < urgent + soon else Priority.ROUTINE
        leaves = self.rng.expovariate(self.listed.leaves) if self.listed.leaves else 10_000.0
        one = Waiting(week, priority, round(leaves) + 1)
        made, came = self._day(week, self.rng.randrange(5)), self.rng.choice((0, 0, 1, 2, 3, 6))
        received = min(made + timedelta(days=came), self.today)
        one.facts += [Fact(kind=EventKind.REFERRED, on=made), Fact(kind=EventKind.RECEIVED, on=received)]
        accepted = received + timedelta(days=self.rng.randrange(3, 15))
        if accepted <= self.today:
            one.facts.append(Fact(kind=EventKind.ACCEPTED, on=accepted))
        if priority != Priority.ROUTINE:
            note = "Safeguarding concern" if priority == Priority.URGENT else "School placement at risk"
            one.facts.append(Fact(kind=EventKind.PRIORITY, on=received, priority=priority, note=note))
        self.line.append(one)

    def _contact(self, week: int) -> None:
        """Some of those whose turn it is hear from the service while they wait."""
        for one in self.line:
            waited = week - one.joined
            if waited and waited % CONTACT_EVERY == 0 and self.calls.random() < self.listed.contacts:
                one.facts.append(Fact(kind=EventKind.CONTACTED, on=self._after(one, week, 0)))

    def _leave(self, week: int) -> None:
        for one in [each for each in self.line if week - each.joined >= each.leaves_in]:
            kind = self.rng.choice((EventKind.WITHDRAWN, EventKind.WITHDRAWN, EventKind.MOVED))
            self._end(one, Fact(kind=kind, on=self._after(one, week, 1)))

    def _end(self, one: Waiting, fact: Fact) -> None:
        one.facts.append(fact)
        self.line.remove(one)
        self.done.append(one)

    def _after(self, one: Waiting, week: int, weekday: int) -> date:
        return min(max(self._day(week, weekday), one.facts[-1].on), self.today - timedelta(days=1))

    def _see(self, week: int) -> None:
        ago = WEEKS - week
        self.owed += next(slots for since, slots in reversed(self.listed.slots) if ago <= since) * self.scale
        if self._is_august(week) or self._is_new_year(week):
            self.owed -= 0.35 * self.listed.slots[-1][1] * self.scale  # holidays
        self.line.sort(key=lambda one: (one.priority, one.joined))
        while self.owed >= 1 and self.line and self.line[0].joined <= week - 1:
            self.owed -= 1
            self._appointment(self.line[0], week)

    def _appointment(self, one: Waiting, week: int) -> None:
        day = self._after(one, week, self.rng.randrange(5))
        offered = max(one.facts[-1].on, day - timedelta(days=self.rng.randrange(10, 30)))
        one.facts.append(Fact(kind=EventKind.OFFERED, on=min(offered, day), for_on=day, told=True))
        if self.rng.random() < self.listed.missed:
            one.missed += 1
            one.facts.append(Fact(kind=EventKind.NOT_BROUGHT, on=day, for_on=day, told=True))
            return
        one.facts.append(Fact(kind=EventKind.ATTENDED, on=day, for_on=day))
        if self.listed.ends_with != EventKind.ATTENDED:
            one.facts.append(Fact(kind=self.listed.ends_with, on=day))
        self.line.remove(one)
        self.done.append(one)


def load_waits(area: Area, today: date, tell: Callable[[str, int, int], None] | None = None, *, seed: int = 8) -> int:
    """Make the lists of a demonstration area. Gives the number of referrals."""
    made = 0
    with transaction.atomic(), acting_as_system(area, today=today) as by:
        standards.load(by=by)
        pool = list(Child.objects.filter(area=area).values_list("pk", "born_on").order_by("pk"))
        scale = min(1.0, len(pool) / CHILDREN_OF_A_FULL_AREA)
        for number, listed in enumerate(LISTS):
            rng = random.Random(f"{seed} {area.slug} {listed.service}")
            stage = _stage(by, listed)
            histories = Story(listed, scale if listed.start else 1.0, today, rng).make()
            made += len(add_many(by=by, new=_referrals(stage, listed, histories, pool, rng)))
            _posts(by, stage, listed, scale, today)
            if tell:
                tell("Waiting lists", number + 1, len(LISTS))
    return made


def _stage(by: Actor, listed: Listed) -> Stage:
    agency = _agency(by, listed.agency)
    entry = Entry.objects.filter(area=by.area, name=listed.service).values_list("pk", flat=True).first()
    service = configuring.add_service(by=by, kind=listed.kind, name=listed.service, agency=agency, entry_id=entry)
    pathway = configuring.add_pathway(by=by, name=listed.service)
    staffing = listed.staffing
    return configuring.add_stage(
        by=by, pathway=pathway, service=service, name=listed.stage, standard=listed.standard,
        routine_weeks=listed.target, soon_weeks=min(6, listed.target), urgent_weeks=2,
        ends_with=[str(listed.ends_with)], profession=staffing.profession if staffing else "",
        hours=staffing.hours if staffing else None,
    )  # fmt: skip


def _agency(by: Actor, team: str) -> Agency:
    """The agency of a team of the demonstration, or the first health service there is."""
    found = Agency.objects.filter(area=by.area, teams__name=team).first()
    if found is None:
        found = Agency.objects.filter(area=by.area, kind=AgencyKind.HEALTH).order_by("pk").first()
    if found is None:
        found = Agency.objects.create(area=by.area, name="Community Health NHS Trust", kind=AgencyKind.HEALTH)
    return found


class Children:
    """Children of a fitting age, each once; when they run out, one who was on the list before, months apart."""

    def __init__(self, pool: Sequence[tuple[Any, date]], ages: tuple[int, int], rng: random.Random) -> None:
        self.free = [pool[i] for i in rng.sample(range(len(pool)), len(pool))]
        self.ages = ages
        self.used: list[tuple[Any, date, date]] = []

    def of(self, one: Waiting) -> Any:
        """A child for a history; histories come the latest first. None where there is none."""
        first, last = one.facts[0].on, one.facts[-1].on
        at = next((i for i, (_, born) in enumerate(self.free[:LOOK_AT]) if self._fits(born, first)), None)
        if at is not None:
            child, born = self.free.pop(at)
            self.used.append((child, born, first))
            return child
        for place, (child, born, since) in enumerate(self.used):
            if self._fits(born, first) and last < since - AGAIN_AFTER:
                self.used[place] = (child, born, first)
                return child
        return None

    def _fits(self, born: date, day: date) -> bool:
        low, high = self.ages
        return low <= (day - born).days / 365.25 < high + 1


def _referrals(
    stage: Stage, listed: Listed, histories: Sequence[Waiting], pool: Sequence[tuple[Any, date]], rng: random.Random
) -> list[NewReferral]:
    """A child of a fitting age for each history, the latest first; where children run out, the oldest go without."""
    found: list[NewReferral] = []
    children = Children(pool, listed.ages, rng)
    for number, one in enumerate(reversed(histories)):
        child = children.of(one)
        if child is None:
            continue
        why = WHY[ServiceKind(listed.kind)]
        who = rng.choice(("School", "School", "Family doctor", "Health visitor", "Parents"))
        found.append(
            NewReferral(stage=stage, child_id=child, facts=tuple(one.facts), source=SOURCE, why=why,
                        ref=f"{listed.kind[:3].upper()}-{number + 1:05d}", referred_by=who)
        )  # fmt: skip
    return found[::-1]


def _posts(by: Actor, stage: Stage, listed: Listed, scale: float, today: date) -> None:
    """The posts behind a list. The time they give is set so that they keep as many appointments as the list had."""
    staffing = listed.staffing
    if staffing is None:
        return
    one = Profession.objects.create(
        area=by.area, name=staffing.profession, cost_per_week=1150, source="Planning assumptions, not the area's record"
    )
    share = _share(one, staffing, listed.slots[-1][1] * scale * AFTER_HOLIDAYS)
    Share.objects.create(
        area=by.area, profession=one, stage=stage, share=share, hours_per_slot=staffing.hours,
        starts_on=today - timedelta(weeks=WEEKS),
    )  # fmt: skip
    hired = [today - timedelta(weeks=weeks) for weeks in staffing.hired_weeks_ago]
    rows = [
        Post(area=by.area, profession=one, name=f"Post {n + 1}", kind=PostKind.HELD,
             starts_on=hired[n - staffing.held + len(hired)] if n >= staffing.held - len(hired) else None)
        for n in range(staffing.held)
    ]  # fmt: skip
    rows += [
        Post(area=by.area, profession=one, name=f"Vacant post {n + 1}", kind=PostKind.VACANT,
             starts_on=today - timedelta(weeks=5))
        for n in range(staffing.vacant)
    ]  # fmt: skip
    if staffing.left_weeks_ago:
        rows.append(Post(area=by.area, profession=one, name="Half a post, ended", kind=PostKind.HELD, fte=0.5,
                         ends_on=today - timedelta(weeks=staffing.left_weeks_ago)))  # fmt: skip
    if staffing.trainees:
        rows.append(Post(area=by.area, profession=one, name="This year's course", kind=PostKind.TRAINEES,
                         people=staffing.trainees, starts_on=today + timedelta(weeks=34)))  # fmt: skip
    Post.objects.bulk_create(rows)


def _share(one: Profession, staffing: Staffing, slots: float) -> float:
    hours = staffing.held * one.hours_per_week * (1 - one.leave_weeks / 52) * (1 - one.sickness) * (
        1 - 0.4 * one.annual_leaving
    )  # fmt: skip
    return round(min(1.0, slots * staffing.hours / hours), 3)


def load_told(area: Area, today: date, tell: Callable[[str, int, int], None] | None = None) -> int:
    """What families were told on nights of the past year and last night, and how it was scored. How many statements."""
    nights = [today - timedelta(weeks=weeks) for weeks in range(TOLD_FOR, 0, -TOLD_EVERY)] + [today]
    made = 0
    for number, night in enumerate(nights):
        with acting_as_system(area, today=night) as by:
            made += sum(forecasts.tell(by=by, facts=facts) for facts in queries.lists(by))
        if tell:
            tell("What families were told", number + 1, len(nights))
    with acting_as_system(area, today=today) as by:
        forecasts.score(by=by)
    return made
