"""The requests of each year and what came of them.

Plans of the published years are drawn backwards from the day they were issued, so that counts and timeliness fit; the
current year runs forward from its requests.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from kept.demo.drawing import between, flags, spread, working
from kept.demo.figures import YearFigures
from kept.demo.frame import FIRST_PLANS, Frame, Life, born_before, day_in

WEEK = 7
CLASSES = {"within": (100, 140), "over": (143, 362), "year": (368, 600)}  # days from request to plan
SHORTEST = 100
FASTEST = 1.7  # times the plans of the last published year that this year may bring
LOOSE = 0.8  # of the decisions, the slower ones, among which the late are chosen


def issued_plans(frame: Frame) -> list[Life]:
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
            planned = day_in(frame.rng, year)
            requested = working(planned - timedelta(days=_lag(frame.rng, kind)))
            born = min(born_before(frame.rng, planned, age), requested - timedelta(days=200))
            lives.append(Life("plan", born, need, requested, planned, excepted=kind != "within" and excepted.pop()))
    return _ease(frame, [*lives, *_without_plan(frame)])


def _without_plan(frame: Frame) -> list[Life]:
    """Assessments that ended without a plan, drawn backwards from the day on which the family was told."""
    made = []
    for year, figures in [*frame.years(), (frame.today.year, frame.figures.years[-1])]:
        share = frame.elapsed if year == frame.today.year else 1.0
        count = round(frame.scaled(figures.no_plan) * share)
        ages = spread(frame.rng, frame.figures.start_ages, count)
        needs = spread(frame.rng, frame.figures.new_needs, count)
        timely = flags(frame.rng, figures.no_plan_in_time, count)
        for age, need, in_time in zip(ages, needs, timely, strict=True):
            last = min(date(year, 12, 29), frame.today)
            told = between(frame.rng, date(year, 1, 2), last)
            told = told - timedelta(days=max(0, told.weekday() - 4)) if told.day > WEEK else working(told)
            days = frame.rng.randint(85, 110) if in_time else frame.rng.randint(115, 170)
            asked = working(told - timedelta(days=days))
            born = min(born_before(frame.rng, told, age), asked - timedelta(days=200))
            made.append(Life("no_plan", born, need, asked, no_plan_on=told))
    return made


def _lag(rng: random.Random, kind: str) -> int:
    first, last = CLASSES[kind]
    if kind == "within":
        return round(rng.triangular(first, last, 136))
    return round(first + (last - first) * rng.betavariate(1.2, 2.6))


def _classes(year: YearFigures) -> dict[str, float]:
    over = min(year.over_a_year, 1 - year.within_20_weeks)
    return {"within": year.within_20_weeks, "over": 1 - year.within_20_weeks - over, "year": over}


def _kind_of(life: Life) -> str:
    days = (life.planned_on - life.requested_on).days if life.planned_on and life.requested_on else 0
    return next(kind for kind, (_, last) in CLASSES.items() if days <= last + WEEK)


def _ease(frame: Frame, lives: list[Life]) -> list[Life]:
    """Move requests over the turn of a year, within their class of timeliness, towards each year's room for them."""
    lives = list(lives)
    for year, figures in frame.years():
        settled = figures.refused + figures.withdrawn
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
    if life.planned_on is None:
        return None
    shortest, longest = CLASSES[_kind_of(life)]
    first = max(first, life.planned_on - timedelta(days=longest))
    last = min(last, life.planned_on - timedelta(days=shortest + 3))
    if first >= last:
        return None
    day = working(between(rng, first, last - timedelta(days=2)))
    return replace(life, requested_on=day, born_on=min(life.born_on, day - timedelta(days=200)))


def other_requests(frame: Frame, issued: list[Life]) -> list[Life]:
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
        there = sum(life.requested_on is not None and life.requested_on.year == year for life in issued)
        kinds = kinds[: max(0, total - there)]
        kinds += ["plan"] * (total - there - len(kinds))
        ages = spread(frame.rng, frame.figures.start_ages, len(kinds))
        needs = spread(frame.rng, frame.figures.new_needs, len(kinds))
        for kind, age, need in zip(kinds, ages, needs, strict=True):
            last = (frame.today if is_now else date(year, 12, 30)) - timedelta(days=3)
            first = date(year, 1, 2)
            day = working(between(frame.rng, first, last))
            life = Life(kind, born_before(frame.rng, day, max(1, age - 1)), need, day)
            made.append(_forward(frame, life, figures) if kind == "plan" else life)
    return _decide(frame, issued, _not_too_many(frame, made), late_of)


def _not_too_many(frame: Frame, made: list[Life]) -> list[Life]:
    """Where an authority's published requests far exceed its plans, the oldest of the rest count as withdrawn."""
    most = round(frame.scaled(frame.figures.years[-1].new_plans) * FASTEST * max(frame.elapsed, 0.1)) + 1
    coming = [n for n, life in enumerate(made) if life.planned_on and life.planned_on <= frame.today]
    coming.sort(key=lambda n: made[n].requested_on or FIRST_PLANS)
    made = list(made)
    for index in coming[: max(0, len(coming) - most)]:
        made[index] = replace(made[index], kind="withdrawn", planned_on=None)
    return made


def _forward(frame: Frame, life: Life, figures: YearFigures) -> Life:
    """When a plan comes that had not come by the end of the published years; it may lie ahead."""
    if life.requested_on is None:
        return life
    this_year = date(frame.today.year, 1, 2)
    if life.requested_on.year < frame.today.year - 2:
        return replace(life, kind="withdrawn")
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
        loose = places[: max(late, round(len(places) * LOOSE))]
        frame.rng.shuffle(loose)
        for lives, index in loose[:late]:
            lives[index] = replace(lives[index], late_decision=True)
    return made


def _is_quick(life: Life) -> bool:
    """Whether the plan came within 20 weeks, so that a late decision is the least likely."""
    days = (life.planned_on - life.requested_on).days if life.planned_on and life.requested_on else 999
    return days <= CLASSES["within"][1]
