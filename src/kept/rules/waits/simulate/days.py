"""The same job in steps of a day, for clinics that offer less than a slot a week or stand on fixed days.

`by_day` turns a job in weeks into one in days: all lengths times seven, referrals spread over the working days, weekly
chances into daily ones. Its results count days. Slots come from `clinic_days` or from the week's slots, spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..numbers import Floats, Integers
from .capacity import FixedSlots
from .job import Arrivals, Backlog, Booked, Capacity, Job, Stage, WaitingList

WEEK = 7
WORKING = (0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0)


@dataclass(frozen=True)
class Clinic:
    """A clinic on one weekday (0 = the weekday of day 0), every so many weeks from `first_week` on."""

    list: str
    weekday: int
    slots: int
    every_weeks: int = 1
    first_week: int = 0


@dataclass(frozen=True)
class SpreadSlots:
    """Weekly slots of another capacity, given one by one to the working days of each week."""

    weekly: Capacity
    working: tuple[float, ...] = WORKING

    def slots(self, seed: int, block: int, replications: int, weeks: int, lists: Sequence[str]) -> Integers:
        """Slots offered by day; `weeks` is the number of days here."""
        whole = self.weekly.slots(seed, block, replications, -(-weeks // WEEK), lists)
        share = np.cumsum(self.working)
        upto = np.floor(whole[:, :, None, :] * share[None, None, :, None] + 1e-9)
        days = np.diff(upto, axis=2, prepend=0).astype(np.int64)
        return np.asarray(days.reshape(whole.shape[0], -1, whole.shape[2])[:, :weeks])

    def notes(self) -> dict[str, float]:
        """Those of the weekly capacity."""
        return self.weekly.notes()


def clinic_days(clinics: Sequence[Clinic], lists: Sequence[str], days: int) -> FixedSlots:
    """The slots of a calendar of clinics. ValueError for a weekday, number or list that cannot be."""
    table = np.zeros((days, len(lists)), dtype=np.int64)
    for clinic in clinics:
        if clinic.list not in lists:
            raise ValueError(f"There is no list called {clinic.list}.")
        if not 0 <= clinic.weekday < WEEK or clinic.slots < 0 or clinic.every_weeks < 1 or clinic.first_week < 0:
            raise ValueError(f"The clinic of {clinic.list} has a weekday, a number of slots or weeks that cannot be.")
        first = clinic.first_week * WEEK + clinic.weekday
        table[first :: clinic.every_weeks * WEEK, list(lists).index(clinic.list)] += clinic.slots
    return FixedSlots(table)


def by_day(job: Job, capacity: Capacity | None = None, working: Sequence[float] = WORKING) -> Job:
    """The job in days. `working`: share of a week's referrals on each day; `capacity`: in days, else the job's, spread.

    ValueError unless the shares are seven and one in all.
    """
    shares = np.asarray(working, dtype=float)
    if len(shares) != WEEK or not np.isclose(shares.sum(), 1) or (shares < 0).any():
        raise ValueError("The shares of the days of a week have to be seven, 0 or more, and 1 in all.")
    return replace(
        job,
        stages=tuple(_stage(stage, shares) for stage in job.stages),
        capacity=capacity or SpreadSlots(job.capacity),
        weeks=job.weeks * WEEK,
        discipline=replace(job.discipline, targets=tuple(WEEK * target for target in job.discipline.targets)),
        standards=tuple(WEEK * weeks for weeks in job.standards),
        long_waits=tuple(WEEK * weeks for weeks in job.long_waits),
        report_every=job.report_every * WEEK,
    )


def _stage(stage: Stage, shares: Floats) -> Stage:
    onward = stage.onward and (stage.onward[0], stage.onward[1], stage.onward[2] * WEEK)
    return replace(
        stage,
        lists=tuple(_list(one) for one in stage.lists),
        arrivals=None if stage.arrivals is None else _arrivals(stage.arrivals, shares),
        withdrawal=tuple((WEEK * start, 1 - (1 - hazard) ** (1 / WEEK)) for start, hazard in stage.withdrawal),
        onward=onward,
    )


def _arrivals(arrivals: Arrivals, shares: Floats) -> Arrivals:
    """Independent days of k x sum of squared shares have the spread of a week of k."""
    spread = arrivals.dispersion
    return replace(
        arrivals,
        weekly=np.outer(np.asarray(arrivals.weekly, dtype=float), shares).ravel(),
        dispersion=None if spread is None else spread * float((shares**2).sum()),
        multiplier=None if arrivals.multiplier is None else np.repeat(arrivals.multiplier, WEEK),
        acceptance_weeks=arrivals.acceptance_weeks * WEEK,
    )


def _list(one: WaitingList) -> WaitingList:
    return replace(
        one,
        rebook_weeks=one.rebook_weeks * WEEK,
        backlog=None if one.backlog is None else _backlog(one.backlog),
        booked=tuple(_booked(held) for held in one.booked),
        missed_by_lead=tuple((WEEK * lead, chance) for lead, chance in one.missed_by_lead),
        books_ahead=None if one.books_ahead is None else one.books_ahead * WEEK,
    )


def _booked(held: Booked) -> Booked:
    return replace(held, week=held.week * WEEK, weeks_waited=held.weeks_waited * WEEK, lead=held.lead * WEEK)


def _backlog(backlog: Backlog) -> Backlog:
    counts = np.asarray(backlog.counts)
    days = np.zeros((*counts.shape[:2], (counts.shape[2] - 1) * WEEK + 1))
    days[:, :, ::WEEK] = counts
    return replace(backlog, counts=days)
