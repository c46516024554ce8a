"""What is drawn for children who are already there: disputes, who they are, where they learn, how reviews go."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from kept.demo.drawing import flags, quotas, spread, working
from kept.demo.frame import FIRST_PLANS, Frame, Life, age_on, asked_on, decided_on, held_plan

HELD_BEFORE = 0.9  # of the reviews before the published years


def contest(frame: Frame, lives: list[Life]) -> list[Life]:
    """Choose whose refusals are mediated and which decisions are appealed against, by year."""
    lives = list(lives)
    taken: set[int] = set()
    for year, figures in [*frame.years(), (frame.today.year, frame.figures.years[-1])]:
        share = frame.elapsed if year == frame.today.year else 1.0
        refused = [n for n, life in enumerate(lives) if life.kind == "refused" and asked_on(life).year == year]
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


def _appealable(life: Life, kind: str) -> bool:
    if kind == "content":
        return life.kind == "plan" and life.requested_on is not None and life.planned_on is not None and not life.reason
    return life.kind == {"request": "refused", "no_plan": "no_plan"}[kind]


def _appeal_day(rng: random.Random, life: Life, kind: str) -> date:
    start = {"request": decided_on(life), "no_plan": life.no_plan_on, "content": life.planned_on}[kind]
    return working((start or FIRST_PLANS) + timedelta(days=rng.randint(34, 56)))


def settle(frame: Frame, lives: list[Life]) -> list[Life]:
    """Sex, ethnicity and setting: January's shares among those with a plan then, by age for the settings."""
    lives = list(lives)
    here = [n for n, life in enumerate(lives) if held_plan(life, frame.census)]
    for chosen in (here, sorted(set(range(len(lives))) - set(here))):
        sexes = spread(frame.rng, frame.figures.sexes, len(chosen))
        communities = spread(frame.rng, frame.figures.ethnicities, len(chosen))
        for index, sex, ethnicity in zip(chosen, sexes, communities, strict=True):
            lives[index] = replace(lives[index], sex=sex, ethnicity=ethnicity)
    wanted = quotas(frame.figures.groups, len(here))
    by_age: dict[int, list[int]] = {}
    for index in here:
        by_age.setdefault(age_on(lives[index].born_on, frame.census), []).append(index)
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


def review(frame: Frame, lives: list[Life]) -> list[Life]:
    """Which years have no review, a slow decision, an amendment: the published shares of each year's reviews."""
    figures = frame.figures
    skips: dict[int, set[int]] = {}
    slow: dict[int, set[int]] = {}
    amends: dict[int, set[int]] = {}
    first = min((life.planned_on.year for life in lives if life.planned_on), default=frame.today.year)
    for year in range(first, frame.today.year + 1):
        due = [n for n, life in enumerate(lives) if life.planned_on and life.planned_on.year < year]
        published = year > frame.today.year - 1 - len(figures.years)
        held = figures.reviews_held if published else max(figures.reviews_held, HELD_BEFORE)
        shares = (
            (skips, 1 - held),
            (slow, 1 - figures.reviews_decided_in_4_weeks),
            (amends, figures.reviews_amend if published else 0.0),
        )
        for marks, share in shares:
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
