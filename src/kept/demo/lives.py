"""Which children an area has, and what becomes of each request: drawn so that the published counts come out.

Plans of the three published years are drawn backwards from the day they were issued, so that counts and timeliness fit;
requests that led to no plan fill up each year's requests; the current year runs forward from its requests. Published
years are moved so that the latest becomes the last full calendar year. Pure: the seed decides everything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kept.demo import drawing
from kept.demo.drawing import between, flags, left_over, quotas, spread, working, years_before
from kept.demo.figures import LATEST, Figures, YearFigures

CENSUS_DAY = (1, 16)
FIRST_PLANS = date(2014, 9, 1)
WEEK = 7
CLASSES = {"within": (100, 140), "over": (143, 362), "year": (368, 600)}  # days from request to plan
SHORTEST = 100
EARLY = 0.65  # of the decisions not to make a plan, those asked for in the same year
CEASE_AGES = {
    "max_age": (25.2, 25.9), "needs_met": (7, 18), "he": (18, 20), "employ": (17, 22), "transfer": (4, 19),
    "no_engage": (16, 21), "moved_outside_eng": (4, 18), "deceased": (4, 20), "other": (8, 21), "not_rec": (8, 21),
}  # fmt: skip


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
    in_time: bool = False
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
        return (self.today - date(self.today.year, 1, 1)).days / drawing.YEAR

    def scaled(self, count: float) -> int:
        """A published count at this area's size."""
        return round(count * self.scale)

    def years(self) -> Iterator[tuple[int, YearFigures]]:
        """The demonstration's calendar year with the published year that it shows."""
        for year in self.figures.years:
            yield year.year + self.shift, year


def make(figures: Figures, *, today: date, plans: int | None = None, seed: int = 0) -> list[Life]:
    """Every child of the area. plans: how many had one in January (the published number unless given)."""
    frame = Frame(figures, today, plans or figures.plans, seed, random.Random(f"{seed} {figures.code}"))
    issued = _issued(frame)
    others = _other_requests(frame, issued)
    lives = [*issued, *others]
    lives += _older(frame, [life for life in lives if life.planned_on and life.planned_on < frame.census])
    lives += _ceased_before(frame)
    lives = _cease_this_year(frame, lives)
    lives = _contest(frame, lives)
    lives = _place(frame, lives)
    return _review(frame, lives)


def _born(rng: random.Random, day: date, age: int) -> date:
    """A birthday of somebody of that age on the day."""
    return years_before(day, age + rng.uniform(0.02, 0.98))


def _lag(rng: random.Random, kind: str) -> int:
    first, last = CLASSES[kind]
    if kind == "within":
        return round(rng.triangular(first, last, 136))
    return round(first + (last - first) * rng.betavariate(1.2, 2.6))


def _classes(year: YearFigures) -> dict[str, float]:
    over = min(year.over_a_year, 1 - year.within_20_weeks)
    return {"within": year.within_20_weeks, "over": 1 - year.within_20_weeks - over, "year": over}


def _issued(frame: Frame) -> list[Life]:
    """The plans issued in the published years, eased so that no year has more requests than it had."""
    lives: list[Life] = []
    for year, figures in frame.years():
        count = frame.scaled(figures.new_plans)
        kinds = spread(frame.rng, _classes(figures), count)
        late = 1 - figures.within_20_weeks
        excepted = flags(frame.rng, figures.excepted / late if late else 0, sum(kind != "within" for kind in kinds))
        ages = spread(frame.rng, frame.figures.start_ages, count)
        needs = spread(frame.rng, frame.figures.new_needs, count)
        for kind, age, need in zip(kinds, ages, needs, strict=True):
            planned = _in_year(frame.rng, year)
            requested = working(planned - timedelta(days=_lag(frame.rng, kind)))
            born = min(_born(frame.rng, planned, age), requested - timedelta(days=200))
            lives.append(Life("plan", born, need, requested, planned, excepted=kind != "within" and excepted.pop()))
    return _ease(frame, lives)


def _in_year(rng: random.Random, year: int) -> date:
    day = between(rng, date(year, 1, 2), date(year, 12, 29))
    return working(day) if working(day).year == year else day


def _kind_of(life: Life) -> str:
    assert life.planned_on and life.requested_on
    days = (life.planned_on - life.requested_on).days
    return next(kind for kind, (_, last) in CLASSES.items() if days <= last + WEEK)


def _ease(frame: Frame, lives: list[Life]) -> list[Life]:
    """Move requests over the turn of a year, within their class of timeliness, towards each year's room for them."""
    lives = list(lives)
    for year, figures in frame.years():
        settled = figures.refused + figures.withdrawn + figures.no_plan
        room = frame.scaled(figures.requests) - frame.scaled(settled)
        here = [index for index, life in enumerate(lives) if life.requested_on and life.requested_on.year == year]
        surplus = len(here) - room
        first, last = date(year, 1, 2), date(year, 12, 30)
        if surplus > 0:
            movable, target = here, (date(year + 1, 1, 2), date(year + 1, 12, 30))
        else:
            movable = [n for n, life in enumerate(lives) if life.requested_on and life.requested_on.year == year + 1]
            target = (first, last)
        frame.rng.shuffle(movable)
        for index in movable:
            if not surplus:
                break
            moved = _moved(frame.rng, lives[index], *target)
            if moved:
                lives[index] = moved
                surplus += -1 if surplus > 0 else 1
    return lives


def _moved(rng: random.Random, life: Life, first: date, last: date) -> Life | None:
    """The same life with its request between two days, if its class of timeliness allows."""
    assert life.planned_on
    shortest, longest = CLASSES[_kind_of(life)]
    first = max(first, life.planned_on - timedelta(days=longest))
    last = min(last, life.planned_on - timedelta(days=shortest + 3))
    if first >= last:
        return None
    day = working(between(rng, first, last - timedelta(days=2)))
    return replace(life, requested_on=day, born_on=min(life.born_on, day - timedelta(days=200)))


def _other_requests(frame: Frame, issued: list[Life]) -> list[Life]:
    """Requests without a plan by the last day of the published years, and all of this year's."""
    made: list[Life] = []
    late_of = {year: 1 - figures.within_six_weeks for year, figures in frame.years()}
    everybody = [*frame.years(), (frame.today.year, frame.figures.years[-1])]
    for year, figures in everybody:
        is_now = year == frame.today.year
        share = frame.elapsed if is_now else 1.0
        total = round(frame.scaled(figures.requests) * share)
        kinds = ["refused"] * round(frame.scaled(figures.refused) * share)
        kinds += ["withdrawn"] * round(frame.scaled(figures.withdrawn) * share)
        kinds += ["no_plan"] * round(frame.scaled(_without_plan(frame, year)) * share)
        there = sum(life.requested_on is not None and life.requested_on.year == year for life in issued)
        kinds = kinds[: max(0, total - there)]
        kinds += ["plan"] * (total - there - len(kinds))
        ages = spread(frame.rng, frame.figures.start_ages, len(kinds))
        needs = spread(frame.rng, frame.figures.new_needs, len(kinds))
        in_time = flags(frame.rng, figures.no_plan_in_time, len(kinds))
        for kind, age, need, timely in zip(kinds, ages, needs, in_time, strict=True):
            last = (frame.today if is_now else date(year, 12, 30)) - timedelta(days=3)
            first = date(year, 1, 2)
            if kind == "no_plan":
                early = frame.rng.random() < EARLY
                first, last = (first, min(last, date(year, 7, 10))) if early else (min(last, date(year, 9, 10)), last)
            day = working(between(frame.rng, first, last))
            life = Life(kind, _born(frame.rng, day, max(1, age - 1)), need, day, in_time=timely)
            made.append(_forward(frame, life, figures) if kind == "plan" else life)
    return _decide(frame, issued, made, late_of)


def _without_plan(frame: Frame, year: int) -> float:
    """How many of a year's requests end without a plan; what is decided early in a year was asked for the year before."""
    published = dict(frame.years())
    this, following = published.get(year), published.get(year + 1)
    this, following = this or frame.figures.years[-1], following or frame.figures.years[-1]
    return EARLY * this.no_plan + (1 - EARLY) * following.no_plan


def _forward(frame: Frame, life: Life, figures: YearFigures) -> Life:
    """When a plan comes that had not come by the end of the published years; it may lie ahead."""
    assert life.requested_on
    this_year = date(frame.today.year, 1, 2)
    if life.requested_on.year < frame.today.year - 2:
        return replace(life, kind="withdrawn", in_time=False)
    kind = frame.rng.choices(list(_classes(figures)), list(_classes(figures).values()))[0]
    day = life.requested_on + timedelta(days=_lag(frame.rng, kind))
    if day < this_year:
        soonest = max(this_year, life.requested_on + timedelta(days=SHORTEST))
        day = soonest + timedelta(days=round(frame.rng.expovariate(1 / 90)))
    return replace(life, planned_on=working(day))


def _decide(frame: Frame, issued: list[Life], made: list[Life], late_of: dict[int, float]) -> list[Life]:
    """Say which decisions took more than six weeks: the published share of each year's decisions."""
    now = frame.today.year
    decided: dict[int, list[tuple[list[Life], int]]] = {}
    for lives in (issued, made):
        for index, life in enumerate(lives):
            if life.requested_on and life.kind != "withdrawn":
                decided.setdefault(life.requested_on.year, []).append((lives, index))
    for year, places in decided.items():
        frame.rng.shuffle(places)
        late = round(len(places) * late_of.get(min(year, now - 1), late_of[now - 1]))
        places.sort(key=lambda place: _is_quick(place[0][place[1]]))
        loose = places[: max(late, round(len(places) * 0.8))]
        frame.rng.shuffle(loose)
        for lives, index in loose[:late]:
            lives[index] = replace(lives[index], late_decision=True)
    return made


def _is_quick(life: Life) -> bool:
    """Whether the plan came within 20 weeks, so that a late decision is the least likely."""
    days = (life.planned_on - life.requested_on).days if life.planned_on and life.requested_on else 999
    return days <= CLASSES["within"][1]


def _older(frame: Frame, newer: list[Life]) -> list[Life]:
    """Plans that were there before the published years, so that January's ages and needs come out."""
    count = frame.plans - len(newer)
    if count <= 0:
        return []
    ages_now = [_age(life.born_on, frame.census) for life in newer]
    ages = quotas(left_over(quotas(frame.figures.ages, frame.plans), ages_now) or frame.figures.ages, count)
    needs_now = [life.need for life in newer]
    needs = spread(
        frame.rng, left_over(quotas(frame.figures.needs, frame.plans), needs_now) or frame.figures.needs, count
    )
    first_year = frame.today.year - len(frame.figures.years)
    long = {years: held for years, held in frame.figures.years_in_place.items() if years >= len(frame.figures.years)}
    made = []
    for age, need in zip([a for a, held in ages.items() for _ in range(held)], needs, strict=True):
        born = _born(frame.rng, frame.census, age)
        possible = {years: held for years, held in long.items() if years <= age - 1} or {3: 1}
        planned = years_before(frame.census, _one_int(frame.rng, possible) + frame.rng.random())
        planned = min(max(planned, FIRST_PLANS, born + timedelta(days=150)), date(first_year - 1, 12, 29))
        made.append(Life("plan", min(born, planned - timedelta(days=300)), need, None, working(planned)))
    return made


def _one_int(rng: random.Random, weights: dict[int, int]) -> int:
    return rng.choices(list(weights), list(weights.values()))[0]


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _ceased_before(frame: Frame) -> list[Life]:
    """Plans that ended in the published years, by reason."""
    made = []
    first_year = frame.today.year - len(frame.figures.years)
    for year, figures in frame.years():
        reasons = quotas(figures.ceased, frame.scaled(sum(figures.ceased.values())))
        for reason in [name for name, count in reasons.items() for _ in range(count)]:
            day = _in_year(frame.rng, year)
            born = years_before(day, frame.rng.uniform(*CEASE_AGES[reason]))
            longest = max(1.0, (day - born).days / drawing.YEAR - 2)
            planned = years_before(day, frame.rng.uniform(1, min(8.0, longest)))
            planned = max(min(planned, date(first_year - 1, 12, 29)), FIRST_PLANS, born + timedelta(days=300))
            need = frame.rng.choices(list(frame.figures.needs), list(frame.figures.needs.values()))[0]
            made.append(Life("plan", born, need, None, working(planned), ceases_on=day, reason=reason))
    return made


def _cease_this_year(frame: Frame, lives: list[Life]) -> list[Life]:
    """End plans this year at last year's pace: whoever turns 26 first, then by reason and age."""
    lives = list(lives)
    first, last = frame.census + timedelta(days=5), frame.today - timedelta(days=2)
    if first >= last:
        return lives
    figures = frame.figures.years[-1]
    reasons = quotas(figures.ceased, round(frame.scaled(sum(figures.ceased.values())) * frame.elapsed))
    open_ = [
        n for n, life in enumerate(lives)
        if life.kind == "plan" and life.planned_on and life.planned_on < date(frame.today.year - 1, 1, 1)
        and life.ceases_on is None
    ]  # fmt: skip
    frame.rng.shuffle(open_)
    ended: set[int] = set()
    for index in open_:
        limit = _birthday(lives[index].born_on, 26)
        if limit <= frame.today:
            day = min(last, limit - timedelta(days=2))
            lives[index] = replace(lives[index], ceases_on=max(day, first - timedelta(days=4)), reason="max_age")
            ended.add(index)
    for reason, count in reasons.items():
        low, high = CEASE_AGES[reason]
        apt = [n for n in open_ if n not in ended and low <= _age(lives[n].born_on, frame.census) <= high]
        for index in apt[: 0 if reason == "max_age" else count]:
            lives[index] = replace(lives[index], ceases_on=working(between(frame.rng, first, last)), reason=reason)
            ended.add(index)
    return lives


def _birthday(born: date, age: int) -> date:
    day = min(born.day, 28) if born.month == 2 else born.day  # noqa: PLR2004
    return date(born.year + age, born.month, day)


def _contest(frame: Frame, lives: list[Life]) -> list[Life]:
    """Choose whose refusals are mediated and which decisions are appealed against, by year."""
    lives = list(lives)
    taken: set[int] = set()
    for year, figures in [*frame.years(), (frame.today.year, frame.figures.years[-1])]:
        share = frame.elapsed if year == frame.today.year else 1.0
        refused = [n for n, life in enumerate(lives) if life.kind == "refused" and _asked(life).year == year]
        frame.rng.shuffle(refused)
        for index in refused[: round(frame.scaled(figures.mediations) * share)]:
            lives[index] = replace(lives[index], mediated=True)
        wanted = quotas(figures.appeal_kinds, round(frame.scaled(figures.appeals) * share))
        missing = 0
        for kind in ("no_plan", "request", "content"):
            count = wanted.get(kind, 0) + (missing if kind == "content" else 0)
            fitting = [n for n, life in enumerate(lives) if n not in taken and _appealable(life, kind)]
            frame.rng.shuffle(fitting)
            fitting.sort(key=lambda n: lives[n].mediated)
            for index in fitting:
                day = _appeal_day(frame.rng, lives[index], kind)
                if count and day.year == year and day <= frame.today:
                    lives[index] = replace(lives[index], appeal_on=day)
                    taken.add(index)
                    count -= 1
            missing += count
    return lives


def _asked(life: Life) -> date:
    return life.requested_on or FIRST_PLANS


def _appealable(life: Life, kind: str) -> bool:
    if kind == "content":
        return life.kind == "plan" and life.requested_on is not None and life.planned_on is not None and not life.reason
    return life.kind == {"request": "refused", "no_plan": "no_plan"}[kind]


def decided_on(life: Life) -> date:
    """The day on which the decision whether to assess was notified; the same each time it is asked for."""
    asked = _asked(life)
    steady = random.Random(f"{asked} {life.born_on} {life.need}")
    plan = (life.planned_on - asked).days if life.planned_on else 999
    day = asked + timedelta(
        days=steady.randint(44, 52 if plan < 150 else 70) if life.late_decision else steady.randint(18, 40)
    )  # noqa: PLR2004, E501
    return working(day)


def no_plan_on(life: Life) -> date:
    """The day on which the family was told that no plan will be made."""
    steady = random.Random(f"no plan {life.requested_on} {life.born_on}")
    soonest = (decided_on(life) - _asked(life)).days + 40
    days = steady.randint(max(soonest, 85), 110) if life.in_time else steady.randint(max(soonest, 114), 170)
    return working(_asked(life) + timedelta(days=days))


def _appeal_day(rng: random.Random, life: Life, kind: str) -> date:
    base = {"request": decided_on, "no_plan": no_plan_on}.get(kind)
    start = base(life) if base else life.planned_on
    assert start is not None
    return working(start + timedelta(days=rng.randint(34, 56)))


def _place(frame: Frame, lives: list[Life]) -> list[Life]:
    """Sex, ethnicity and setting: January's shares among those with a plan then, by age for the settings."""
    lives = list(lives)
    here = [n for n, life in enumerate(lives) if _held(life, frame.census)]
    for chosen in (here, sorted(set(range(len(lives))) - set(here))):
        sexes = spread(frame.rng, frame.figures.sexes, len(chosen))
        communities = spread(frame.rng, frame.figures.ethnicities, len(chosen))
        for index, sex, ethnicity in zip(chosen, sexes, communities, strict=True):
            lives[index] = replace(lives[index], sex=sex, ethnicity=ethnicity)
    wanted = quotas(frame.figures.groups, len(here))
    by_age: dict[int, list[int]] = {}
    for index in here:
        by_age.setdefault(_age(lives[index].born_on, frame.census), []).append(index)
    groups: dict[int, str] = {}
    for age, indexes in sorted(by_age.items()):
        shares = frame.figures.groups_by_age.get(age) or frame.figures.groups
        groups |= dict(zip(indexes, spread(frame.rng, shares, len(indexes)), strict=True))
    _balance(frame.rng, groups, wanted)
    for group, places in frame.figures.places.items():
        members = [index for index, chosen in groups.items() if chosen == group]
        fallback = next(iter(places))
        kinds = spread(frame.rng, places, len(members)) or [fallback] * len(members)
        for index, kind in zip(members, kinds, strict=True):
            lives[index] = replace(lives[index], group=group, place=kind)
    return lives


def _balance(rng: random.Random, groups: dict[int, str], wanted: dict[str, int]) -> None:
    """Even out what rounding by age left over, group by group."""
    counts = {group: list(groups.values()).count(group) for group in {*wanted, *groups.values()}}
    for index in rng.sample(sorted(groups), len(groups)):
        group = groups[index]
        if counts[group] <= wanted.get(group, 0):
            continue
        short = [name for name in wanted if counts.get(name, 0) < wanted[name]]
        if not short:
            return
        groups[index] = short[0]
        counts[group] -= 1
        counts[short[0]] = counts.get(short[0], 0) + 1


def _held(life: Life, day: date) -> bool:
    """Whether a plan was in force on the day."""
    if life.kind != "plan" or life.planned_on is None or life.planned_on > day:
        return False
    return life.ceases_on is None or life.ceases_on > day


def _review(frame: Frame, lives: list[Life]) -> list[Life]:
    """Which years have no review, a slow decision, an amendment: the published shares of each year's reviews."""
    figures = frame.figures
    skips: dict[int, set[int]] = {}
    slow: dict[int, set[int]] = {}
    amends: dict[int, set[int]] = {}
    first = min((life.planned_on.year for life in lives if life.planned_on), default=frame.today.year)
    for year in range(first, frame.today.year + 1):
        due = [n for n, life in enumerate(lives) if life.planned_on and life.planned_on.year < year]
        published = year > frame.today.year - 1 - len(figures.years)
        held = figures.reviews_held if published else max(figures.reviews_held, 0.9)
        for marks, share in (
            (skips, 1 - held), (slow, 1 - figures.reviews_decided_in_4_weeks), (amends, figures.reviews_amend),
        ):  # fmt: skip
            for index, yes in zip(due, flags(frame.rng, share, len(due)), strict=True):
                if yes:
                    marks.setdefault(index, set()).add(year)
    return [
        replace(
            life,
            skips=frozenset(skips.get(n, ())),
            slow=frozenset(slow.get(n, ())),
            amends=frozenset(amends.get(n, ())),
        )
        for n, life in enumerate(lives)
    ]
