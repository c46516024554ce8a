"""The child and the frame of years that everything is drawn in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kept.demo.drawing import YEAR, between, working, years_before
from kept.demo.figures import LATEST, Figures, YearFigures

CENSUS_DAY = (1, 16)
FIRST_PLANS = date(2014, 9, 1)
QUICK = 150  # days from request to plan with which a late decision was hardly late


@dataclass(frozen=True)
class Life:
    """A child and what became of the request or the plan. Days not given have not come."""

    kind: str  # plan, refused, withdrawn, no_plan
    born_on: date
    need: str
    requested_on: date | None = None
    planned_on: date | None = None
    late_decision: bool = False
    excepted: bool = False
    no_plan_on: date | None = None
    ceases_on: date | None = None
    reason: str = ""
    appeal_on: date | None = None
    mediated: bool = False
    sex: str = "M"
    ethnicity: str = ""
    group: str = ""
    place: str = ""
    skips: frozenset[int] = frozenset()
    slow: frozenset[int] = frozenset()
    amends: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Frame:
    """The years and the scale of a demonstration."""

    figures: Figures
    today: date
    plans: int
    seed: int = 0
    rng: random.Random = field(default_factory=random.Random, compare=False, repr=False)

    @property
    def shift(self) -> int:
        """How many years the published years are moved on."""
        return self.today.year - 1 - LATEST

    @property
    def scale(self) -> float:
        """Demonstration children for one published child."""
        return self.plans / max(1, self.figures.plans)

    @property
    def census(self) -> date:
        """The January day on which plans are counted."""
        return date(self.today.year, *CENSUS_DAY)

    @property
    def elapsed(self) -> float:
        """How much of this year has passed."""
        return (self.today - date(self.today.year, 1, 1)).days / YEAR

    def scaled(self, count: float) -> int:
        """A published count at this area's size."""
        return round(count * self.scale)

    def years(self) -> Iterator[tuple[int, YearFigures]]:
        """The demonstration's calendar year with the published year that it shows."""
        for year in self.figures.years:
            yield year.year + self.shift, year


def born_before(rng: random.Random, day: date, age: int) -> date:
    """A birthday of somebody of that age on the day."""
    return years_before(day, age + rng.uniform(0.02, 0.98))


def age_on(born: date, day: date) -> int:
    """Whole years lived by that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def asked_on(life: Life) -> date:
    """The day of the request; long ago where the record begins with the plan."""
    return life.requested_on or FIRST_PLANS


def held_plan(life: Life, day: date) -> bool:
    """Whether a plan was in force on the day."""
    if life.kind != "plan" or life.planned_on is None or life.planned_on > day:
        return False
    return life.ceases_on is None or life.ceases_on > day


def day_in(rng: random.Random, year: int) -> date:
    """A working day of the year."""
    day = between(rng, date(year, 1, 2), date(year, 12, 29))
    return working(day) if working(day).year == year else day


def decided_on(life: Life) -> date:
    """The day on which the decision whether to assess was notified; the same each time it is asked for."""
    asked = asked_on(life)
    steady = random.Random(f"{asked} {life.born_on} {life.need}")
    if not life.late_decision:
        return working(asked + timedelta(days=steady.randint(18, 40)))
    is_quick = life.planned_on is not None and (life.planned_on - asked).days <= QUICK
    return working(asked + timedelta(days=steady.randint(44, 52 if is_quick else 70)))
