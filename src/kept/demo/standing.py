"""Plans that were there before the published years, and plans that end."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from kept.demo.drawing import YEAR, between, left_over, quotas, spread, working, years_before
from kept.demo.frame import FIRST_PLANS, Frame, Life, age_on, born_before, day_in

CEASE_AGES = {
    "max_age": (25.2, 25.9), "needs_met": (7, 18), "he": (18, 20), "employ": (17, 22), "transfer": (4, 19),
    "no_engage": (16, 21), "moved_outside_eng": (4, 18), "deceased": (4, 20), "other": (8, 21), "not_rec": (8, 21),
}  # fmt: skip


def older_plans(frame: Frame, newer: list[Life]) -> list[Life]:
    """Plans that were there before the published years, so that January's ages and needs come out."""
    count = frame.plans - len(newer)
    if count <= 0:
        return []
    ages_now = [age_on(life.born_on, frame.census) for life in newer]
    ages = quotas(left_over(quotas(frame.figures.ages, frame.plans), ages_now) or frame.figures.ages, count)
    needs_now = [life.need for life in newer]
    needs = spread(
        frame.rng, left_over(quotas(frame.figures.needs, frame.plans), needs_now) or frame.figures.needs, count
    )
    first_year = frame.today.year - len(frame.figures.years)
    long = {years: held for years, held in frame.figures.years_in_place.items() if years >= len(frame.figures.years)}
    made = []
    for age, need in zip([a for a, held in ages.items() for _ in range(held)], needs, strict=True):
        born = born_before(frame.rng, frame.census, age)
        possible = {years: held for years, held in long.items() if years <= age - 1} or {3: 1}
        planned = years_before(frame.census, _one_int(frame.rng, possible) + frame.rng.random())
        planned = min(max(planned, FIRST_PLANS, born + timedelta(days=150)), date(first_year - 1, 12, 29))
        made.append(Life("plan", min(born, planned - timedelta(days=300)), need, None, working(planned)))
    return made


def _one_int(rng: random.Random, weights: dict[int, int]) -> int:
    return rng.choices(list(weights), list(weights.values()))[0]


def ceased_before(frame: Frame) -> list[Life]:
    """Plans that ended in the published years, by reason."""
    made = []
    first_year = frame.today.year - len(frame.figures.years)
    for year, figures in frame.years():
        reasons = quotas(figures.ceased, frame.scaled(sum(figures.ceased.values())))
        for reason in [name for name, count in reasons.items() for _ in range(count)]:
            day = day_in(frame.rng, year)
            born = years_before(day, frame.rng.uniform(*CEASE_AGES[reason]))
            longest = max(1.0, (day - born).days / YEAR - 2)
            planned = years_before(day, frame.rng.uniform(1, min(8.0, longest)))
            planned = max(min(planned, date(first_year - 1, 12, 29)), FIRST_PLANS, born + timedelta(days=300))
            need = frame.rng.choices(list(frame.figures.needs), list(frame.figures.needs.values()))[0]
            made.append(Life("plan", born, need, None, working(planned), ceases_on=day, reason=reason))
    return made


def cease_this_year(frame: Frame, lives: list[Life]) -> list[Life]:
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
        apt = [n for n in open_ if n not in ended and low <= age_on(lives[n].born_on, frame.census) <= high]
        for index in apt[: 0 if reason == "max_age" else count]:
            lives[index] = replace(lives[index], ceases_on=working(between(frame.rng, first, last)), reason=reason)
            ended.add(index)
    return lives


def _birthday(born: date, age: int) -> date:
    day = min(born.day, 28) if born.month == 2 else born.day  # noqa: PLR2004
    return date(born.year + age, born.month, day)
