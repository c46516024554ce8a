"""What is simulated: lists, stages, referrals, who waits today, and the order of service. Weeks count from 0 = now."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

import numpy as np

from ..numbers import Floats, Integers, number, share, whole

LONGEST_WAIT_SO_FAR = 1040
LARGEST_JOB = 2e9


class Order(Enum):
    """Who is seen first in a list."""

    URGENT_FIRST = "urgent_first_then_oldest"
    DUE_FIRST = "earliest_due_first"


@dataclass(frozen=True)
class Discipline:
    """Order of service. `targets`: weeks by which each class is due (for earliest due first).

    `reserved`: share of each week's slots that go to the oldest child of any class before the order applies.
    """

    order: Order = Order.URGENT_FIRST
    targets: tuple[float, ...] = ()
    reserved: float = 0.0


@dataclass(frozen=True)
class Arrivals:
    """Referrals a week of a stage.

    `weekly`: mean per week of the horizon (level x growth x season); `mix`: share of each priority class, most urgent
    first; `dispersion`: size k of the negative binomial, None = Poisson; `level_shape`: shape of the gamma posterior of
    the level, drawn once per replication (about the number of referrals it was estimated from), None = known;
    `multiplier`: a scenario's factor per week; `accepted`: share of referrals accepted, `acceptance_weeks` later.
    """

    weekly: Floats
    mix: tuple[float, ...] = (1.0,)
    dispersion: float | None = None
    level_shape: float | None = None
    multiplier: Floats | None = None
    accepted: float = 1.0
    acceptance_weeks: int = 0


@dataclass(frozen=True)
class Backlog:
    """Children waiting now: `counts[attempts used, priority, weeks waited]`. `is_mean`: draw each as Poisson.

    `banded` marks a start that was spread inside published bands instead of read from entries; `as_referred`: the
    counts are those once referred, of whom withdrawals have taken some since; else all of them wait today.
    """

    counts: Floats
    is_mean: bool = False
    banded: bool = False
    as_referred: bool = False


@dataclass(frozen=True)
class Booked:
    """Children who hold a date: they take a slot of that week before anybody else. Not part of the backlog.

    `lead`: weeks between the booking and the date.
    """

    week: int
    children: int
    weeks_waited: int
    priority: int = 0
    lead: int = 0


@dataclass(frozen=True)
class WaitingList:
    """One list: one profession's contribution to a stage.

    `missed`: chance that a slot is lost because the child was not brought; `max_attempts`: None = no limit;
    `keeps_place`: else goes to the back, from the next week on; `rebook_weeks`: weeks before a missed child can be
    offered again, 0 = the next slot of the same week where it keeps its place; `missed_by_lead`: instead of `missed`,
    the chance by weeks between booking and appointment, as (from so many weeks, chance): a first appointment is booked
    `books_ahead` weeks ahead (None: on referral), a second one `rebook_weeks` ahead.
    """

    name: str
    missed: float = 0.0
    max_attempts: int | None = None
    keeps_place: bool = True
    rebook_weeks: int = 0
    backlog: Backlog | None = None
    booked: tuple[Booked, ...] = ()
    missed_by_lead: tuple[tuple[int, float], ...] = ()
    books_ahead: int | None = None

    @property
    def simple(self) -> bool:
        """Whether a missed slot is merely lost: no limit, place kept, no pause, the same chance for all."""
        return self.max_attempts is None and self.keeps_place and self.rebook_weeks == 0 and not self.missed_by_lead

    @property
    def attempt_classes(self) -> int:
        """How many numbers of attempts have to be told apart."""
        return self.max_attempts or (2 if self.missed_by_lead else 1)


@dataclass(frozen=True)
class Stage:
    """A stage is over for a child when every one of its lists has seen the child (the last contribution counts).

    `withdrawal`: weekly hazard from a wait of so many weeks on, as (from weeks waited, hazard); `onward`: name of the
    next stage, share that goes on, weeks between. In a later stage children stand by their first referral.
    """

    name: str
    lists: tuple[WaitingList, ...]
    arrivals: Arrivals | None = None
    withdrawal: tuple[tuple[int, float], ...] = ()
    onward: tuple[str, float, int] | None = None


class Capacity(Protocol):
    """Where slots come from."""

    def slots(self, seed: int, block: int, replications: int, weeks: int, lists: Sequence[str]) -> Integers:
        """Slots offered, (replications or 1, weeks, lists)."""
        ...

    def notes(self) -> dict[str, float]:
        """Figures for the report that do not vary, such as cost per slot; may be empty."""
        ...


@dataclass(frozen=True)
class Job:
    """One simulation. `standards`: weeks within which children are counted as seen in time.

    `report_every`: weeks between two looks at the whole list. Raises ValueError with a sentence for what cannot be.
    """

    stages: tuple[Stage, ...]
    capacity: Capacity
    weeks: int
    replications: int = 1000
    seed: int = 1
    priorities: int = 1
    discipline: Discipline = field(default_factory=Discipline)
    standards: tuple[int, ...] = (18,)
    long_waits: tuple[int, ...] = (52, 104)
    report_every: int = 4

    def __post_init__(self) -> None:
        whole("weeks", self.weeks, low=1, high=2600)
        whole("replications", self.replications, low=1, high=100_000)
        whole("priorities", self.priorities, low=1, high=9)
        whole("report_every", self.report_every, low=1)
        share("reserved", self.discipline.reserved)
        names = [found.name for found in self.lists]
        if not names or len(set(names)) != len(names):
            raise ValueError("A job needs at least one list, and each list its own name.")
        if self.discipline.order is Order.DUE_FIRST and len(self.discipline.targets) != self.priorities:
            raise ValueError("Earliest due first needs a target for every priority class.")
        if (self.weeks + self.oldest) * len(names) * self.priorities * 125 > LARGEST_JOB:
            raise ValueError("This job is too large: fewer weeks or lists.")
        for stage in self.stages:
            _check_stage(stage, self)

    @property
    def lists(self) -> tuple[WaitingList, ...]:
        """Every list, in the order of the arrays."""
        return tuple(found for stage in self.stages for found in stage.lists)

    @property
    def oldest(self) -> int:
        """Weeks before now of the oldest cohort that anybody waits in."""
        ages = [found.backlog.counts.shape[2] - 1 for found in self.lists if found.backlog is not None]
        ages += [booked.weeks_waited for found in self.lists for booked in found.booked]
        return max(ages, default=0)

    @property
    def warnings(self) -> list[str]:
        """What a reader of the results has to know."""
        found = []
        if any(one.backlog is not None and one.backlog.banded for one in self.lists):
            found.append("banded start: today's list is known by band only")
        if any(stage.arrivals is not None and not stage.withdrawal for stage in self.stages):
            found.append("no withdrawals: run with 0.4% a week as well and show both")
        return found


def _check_stage(stage: Stage, job: Job) -> None:
    if not stage.lists:
        raise ValueError(f"Stage {stage.name} has no list.")
    joined = len(stage.lists) > 1
    if joined and not all(found.simple for found in stage.lists):
        raise ValueError(
            f"Stage {stage.name} joins several lists: it can have no limit, delay, loss of place or chance by lead "
            "time after a missed appointment. Put these on the stage before."
        )
    for _, hazard in stage.withdrawal:
        share("withdrawal", hazard)
    if stage.onward is not None and stage.onward[0] not in [other.name for other in job.stages]:
        raise ValueError(f"Stage {stage.name} leads to {stage.onward[0]}, which is not a stage of this job.")
    for found in stage.lists:
        share(f"missed of {found.name}", found.missed)
        for lead, chance in found.missed_by_lead:
            whole("weeks from booking to appointment", lead)
            share(f"missed of {found.name}", chance)
        if found.max_attempts is not None:
            whole(f"max_attempts of {found.name}", found.max_attempts, low=1, high=20)
        if found.backlog is not None and found.backlog.counts.shape[1] != job.priorities:
            raise ValueError(f"The backlog of {found.name} needs {job.priorities} priority classes.")
        if any(not 0 <= held.priority < job.priorities for held in found.booked):
            raise ValueError(f"A booked child of {found.name} has a priority class that the job does not have.")
    if stage.arrivals is not None:
        _check_arrivals(stage, stage.arrivals, job)


def _check_arrivals(stage: Stage, arrivals: Arrivals, job: Job) -> None:
    if len(arrivals.weekly) != job.weeks or np.any(np.asarray(arrivals.weekly) < 0):
        raise ValueError(f"The referrals of {stage.name} need a mean of 0 or more for each of {job.weeks} weeks.")
    if len(arrivals.mix) != job.priorities or not math.isclose(sum(arrivals.mix), 1, abs_tol=1e-9):
        raise ValueError(f"The mix of {stage.name} needs a share for each priority class, 1 in all.")
    if arrivals.multiplier is not None and len(arrivals.multiplier) != job.weeks:
        raise ValueError(f"The multiplier of {stage.name} needs a factor for each of {job.weeks} weeks.")
    number("acceptance_weeks", arrivals.acceptance_weeks, low=0)
    share("accepted", arrivals.accepted)


def backlog_from_entries(entries: Iterable[tuple[int, int, int]], priorities: int = 1) -> Backlog:
    """Today's list from open entries (priority class from 0, weeks waited, attempts used).

    Waits beyond twenty years are counted at twenty years.
    """
    found = [(p, min(whole("weeks waited", w), LONGEST_WAIT_SO_FAR), whole("attempts", a)) for p, w, a in entries]
    shape = (max((a for *_, a in found), default=0) + 1, priorities, max((w for _, w, _ in found), default=0) + 1)
    counts = np.zeros(shape)
    for priority, waited, attempts in found:
        counts[attempts, priority, waited] += 1
    return Backlog(counts)


def backlog_from_bands(bands: Sequence[tuple[int, int, int]], mix: Sequence[float] = (1.0,)) -> Backlog:
    """Today's list from counts by band (from week, to week inclusive, children), spread evenly inside each band.

    Marked as banded. Each count by week is rounded so that the total stays; classes by `mix`.
    """
    length = max((last for _, last, _ in bands), default=0) + 1
    counts = np.zeros((1, len(mix), length))
    for first, last, children in bands:
        if last < first:
            raise ValueError("A band cannot end before it begins.")
        edges = np.floor(np.linspace(0, children, last - first + 2) + 1e-9)
        for k, week in enumerate(range(first, last + 1)):
            size = edges[k + 1] - edges[k]
            cuts = np.floor(size * np.cumsum((0.0, *mix)) + 0.5)
            counts[0, :, week] += np.diff(cuts)
    return Backlog(counts, banded=True)
