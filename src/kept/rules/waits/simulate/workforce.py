"""Slots from real posts: leave, sickness, vacancies, recruitment, induction, supervision, leavers, training pipelines.

Hours of a profession in a week = sum over people of FTE x hours x productivity(weeks in post) x leave x (1 - sickness),
less the supervision of newcomers; slots of a list = growth of floor(cumulative hours x share / hours per contribution).
Every default is a planning assumption: a setting to replace by the area's own record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..numbers import Floats, Integers
from .capacity import whole_slots
from .streams import Purpose, stream

MOST_ROUNDS = 12
MOST_SUCCESSORS = 4
FAR = 10**6


@dataclass(frozen=True)
class Profession:
    """How a profession works. Rates are shares, times weeks, hours per week.

    `shares`: list -> share of working time, or by date as (from week, shares) in `shares_from`; `hours_per_slot`:
    list -> hours of one contribution; `leave`: share of hours left in each week of the year (repeated; week 0 is
    week `year_week` of the year); `term`: the same for term-time-only people; `sickness` with
    `sickness_spread` = concentration of a beta per week (None: constant).
    """

    name: str
    hours_per_slot: Mapping[str, float]
    shares: Mapping[str, float]
    shares_from: tuple[tuple[int, Mapping[str, float]], ...] = ()
    hours_per_week: float = 37.0
    leave: tuple[float, ...] = (1.0,)
    term: tuple[float, ...] = (1.0,)
    year_week: int = 0
    sickness: float = 0.0
    sickness_spread: float | None = None
    annual_leaving: float = 0.0
    replaced: bool = True
    ramp_start: float = 0.25
    ramp_weeks: float = 26.0
    supervision_hours: float = 0.0
    lead_median: float = 13.0
    lead_spread: float = 0.4
    round_fails: float = 0.0
    weeks_between_rounds: int = 8
    cost_per_fte_week: float = 0.0


@dataclass(frozen=True)
class Post:
    """A person in post now, or from a known week. `start` None = past induction; `end` = known last week + 1."""

    name: str
    profession: str
    fte: float = 1.0
    start: int | None = None
    end: int | None = None
    term_time_only: bool = False
    tied_until: int = 0


@dataclass(frozen=True)
class Vacancy:
    """A post to be filled: advertised in `advert` week, then rounds of recruitment until somebody starts."""

    name: str
    profession: str
    fte: float = 1.0
    advert: int = 0
    term_time_only: bool = False


@dataclass(frozen=True)
class Cohort:
    """A training cohort that finishes in a week: each of `size` completes and stays locally with these chances."""

    name: str
    profession: str
    size: int
    finish: int
    completion: float = 0.9
    staying: float = 0.5
    fte: float = 1.0
    tie_weeks: int = 0


@dataclass(frozen=True)
class Initiative:
    """Slots bought for a list over weeks first..last: a locum block, insourcing, a weekend clinic."""

    name: str
    list: str
    first: int
    last: int
    slots_per_week: float
    cost_per_slot: float = 0.0


@dataclass(frozen=True)
class People:
    """The people of one post in one block, (replications, weeks): 1 where in post, and productivity."""

    present: Floats
    productivity: Floats
    newcomer: Floats


@dataclass(frozen=True)
class Workforce:
    """Capacity with its uncertainty; give it to a Job. Every person, vacancy and cohort has its own random stream."""

    professions: tuple[Profession, ...]
    posts: tuple[Post, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    initiatives: tuple[Initiative, ...] = ()

    def __post_init__(self) -> None:
        known = {one.name for one in self.professions}
        everybody: list[Post | Vacancy | Cohort] = [*self.posts, *self.vacancies, *self.cohorts]
        for one in everybody:
            if one.profession not in known:
                raise ValueError(f"{one.name} belongs to {one.profession}, which is not a profession of this plan.")
        names = [one.name for one in everybody]
        if len(set(names)) != len(names):
            raise ValueError("Each post, vacancy and training cohort needs its own name.")
        for profession in self.professions:
            if any(hours <= 0 for hours in profession.hours_per_slot.values()):
                raise ValueError(f"Hours per contribution of {profession.name} have to be above zero.")
            for shares in (profession.shares, *(shares for _, shares in profession.shares_from)):
                if any(share < 0 for share in shares.values()) or sum(shares.values()) > 1 + 1e-9:
                    raise ValueError(f"The shares of time of {profession.name} have to lie between 0 and 1 in all.")

    def slots(self, seed: int, block: int, replications: int, weeks: int, lists: Sequence[str]) -> Integers:
        """Slots offered, (replications, weeks, lists)."""
        rates = np.zeros((replications, weeks, len(lists)))
        for profession in self.professions:
            hours = self.hours(profession, seed, block, replications, weeks)
            shares = _share_table(profession, weeks, lists)
            per_slot = np.array([profession.hours_per_slot.get(name, np.inf) for name in lists])
            rates += hours[:, :, None] * (shares / per_slot)
        for initiative in self.initiatives:
            if initiative.list in lists:
                rates[:, max(0, initiative.first) : initiative.last + 1, list(lists).index(initiative.list)] += (
                    initiative.slots_per_week
                )
        return whole_slots(rates, axis=1)

    def notes(self) -> dict[str, float]:
        """Cost of the initiatives, in all."""
        spent = sum(one.cost_per_slot * one.slots_per_week * (one.last - one.first + 1) for one in self.initiatives)
        return {"cost of initiatives": spent}

    def hours(self, profession: Profession, seed: int, block: int, replications: int, weeks: int) -> Floats:
        """Hours available of a profession, (replications, weeks), after leave, sickness, induction and supervision."""
        total = np.zeros((replications, weeks))
        supervised = np.zeros((replications, weeks))
        for fte, term_only, people in self._people(profession, seed, block, replications, weeks):
            pattern = _pattern(profession.term if term_only else profession.leave, profession.year_week, weeks)
            total += fte * profession.hours_per_week * people.productivity * pattern
            supervised += fte * profession.supervision_hours * people.newcomer
        rng = stream(seed, block, Purpose.SICKNESS, profession.name)
        total *= 1 - _sickness(profession, rng, replications, weeks)
        return np.maximum(total - supervised, 0.0)

    def cost(self, seed: int, block: int, replications: int, weeks: int) -> Floats:
        """Cost of people in post and initiatives over the horizon, by replication."""
        spent = np.full(replications, self.notes()["cost of initiatives"])
        for profession in self.professions:
            for fte, _, people in self._people(profession, seed, block, replications, weeks):
                spent += fte * profession.cost_per_fte_week * people.present.sum(axis=1)
        return spent

    def _people(
        self, profession: Profession, seed: int, block: int, n: int, weeks: int
    ) -> list[tuple[float, bool, People]]:
        found = []
        for post in self.posts:
            if post.profession == profession.name:
                rng = stream(seed, block, Purpose.STAFF, post.name)
                start = np.full(n, -FAR if post.start is None else post.start)
                tied = np.full(n, float(post.tied_until))
                people = _chain(profession, rng, start, tied=tied, end=post.end, weeks=weeks)
                found.append((post.fte, post.term_time_only, people))
        for vacancy in self.vacancies:
            if vacancy.profession == profession.name:
                rng = stream(seed, block, Purpose.STAFF, vacancy.name)
                start = recruited(profession, rng, np.full(n, vacancy.advert))
                people = _chain(profession, rng, start, tied=np.zeros(n), end=None, weeks=weeks)
                found.append((vacancy.fte, vacancy.term_time_only, people))
        for cohort in self.cohorts:
            if cohort.profession == profession.name:
                found.extend(
                    (cohort.fte, False, people)
                    for people in _trainees(profession, cohort, seed=seed, block=block, n=n, weeks=weeks)
                )
        return found


def recruited(profession: Profession, rng: np.random.Generator, advert: Integers) -> Integers:
    """First week in post: failed rounds cost `weeks_between_rounds` each, then a lognormal lead time."""
    luck = rng.random((len(advert), MOST_ROUNDS)) >= profession.round_fails
    failed = np.where(luck.any(axis=1), luck.argmax(axis=1), FAR)
    lead = profession.lead_median * np.exp(profession.lead_spread * rng.standard_normal(len(advert)))
    weeks = np.round(lead).astype(np.int64) + failed * profession.weeks_between_rounds
    return np.asarray(np.minimum(advert + weeks, FAR))


def _weeks_until_leaving(profession: Profession, rng: np.random.Generator, n: int) -> Floats:
    luck = rng.random(n)
    if profession.annual_leaving <= 0:
        return np.full(n, float(FAR))
    if profession.annual_leaving >= 1:
        return np.ones(n)
    return np.asarray(np.floor(52 * np.log(luck) / np.log(1 - profession.annual_leaving)) + 1)


def _chain(
    profession: Profession, rng: np.random.Generator, start: Integers, *, tied: Floats, end: int | None, weeks: int
) -> People:
    """A post over time: who holds it, leaves, is replaced by recruitment, and so on; a known end is not replaced."""
    n, week = len(start), np.arange(weeks)
    present, productive, newcomer = (np.zeros((n, weeks)) for _ in range(3))
    for _ in range(MOST_SUCCESSORS + 1):
        leaves = np.maximum(np.maximum(start, 0), tied) + _weeks_until_leaving(profession, rng, n)
        last = np.minimum(leaves, FAR if end is None else end)
        here = (week >= start[:, None]) & (week < last[:, None])
        age = week - start[:, None]
        ramp = (
            np.interp(age, (0, profession.ramp_weeks), (profession.ramp_start, 1)) if profession.ramp_weeks > 0 else 1.0
        )
        present += here
        productive += here * ramp
        newcomer += here & (age < profession.ramp_weeks)
        again = recruited(profession, rng, np.minimum(leaves, FAR).astype(np.int64))
        if not profession.replaced:
            break
        start = np.where(leaves < (FAR if end is None else end), again, FAR)
        tied = np.zeros(n)
        if not (start < weeks).any():
            break
    return People(present, productive, newcomer)


def _trainees(profession: Profession, cohort: Cohort, *, seed: int, block: int, n: int, weeks: int) -> list[People]:
    found = []
    for person in range(cohort.size):
        rng = stream(seed, block, Purpose.STAFF, cohort.name, person)
        stays = rng.random(n) < cohort.completion * cohort.staying
        start = np.where(stays, cohort.finish, FAR)
        found.append(_chain(profession, rng, start, tied=start.astype(float) + cohort.tie_weeks, end=None, weeks=weeks))
    return found


def _pattern(shares: Sequence[float], first: int, weeks: int) -> Floats:
    return np.asarray(shares, dtype=float)[(first + np.arange(weeks)) % len(shares)]


def _sickness(profession: Profession, rng: np.random.Generator, n: int, weeks: int) -> Floats:
    rate, spread = profession.sickness, profession.sickness_spread
    if not spread or not 0 < rate < 1:
        return np.full((n, weeks), rate)
    return np.asarray(rng.beta(rate * spread, (1 - rate) * spread, (n, weeks)))


def _share_table(profession: Profession, weeks: int, lists: Sequence[str]) -> Floats:
    table = np.tile([profession.shares.get(name, 0.0) for name in lists], (weeks, 1)).astype(float)
    for start, shares in sorted(profession.shares_from, key=lambda change: change[0]):
        table[max(0, start) :] = [shares.get(name, 0.0) for name in lists]
    return table
