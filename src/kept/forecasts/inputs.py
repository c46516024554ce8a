"""One list as the simulator takes it: its past, who waits today, who works on it; and what would be different."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from kept.access.acting import Actor
from kept.forecasts import plan
from kept.rules.waits import estimate, simulate
from kept.rules.waits.survival import End
from kept.waiting import queries
from kept.waiting.facts import History, InLine, WaitingList
from kept.waiting.words import Discipline, State

VERSION = "1"
CLASSES = 3
LEVEL_WEEKS = 52
OUT_OF_LINE = (State.RETURNED, State.MONITORING)
TYPICAL_MISSED = 0.1
HOLIDAY_RUN = 4


@dataclass(frozen=True)
class Change:
    """What a plan does differently. `hires` full-time posts, advertised in `advert_week`; `locum_slots` a week from
    `locum_from` for `locum_weeks`; `demand` and `missed` replace the level (as a factor) and the share missed."""

    hires: int = 0
    profession: str = ""
    advert_week: int = 0
    locum_slots: float = 0.0
    locum_from: int = 0
    locum_weeks: int = 0
    demand: float = 1.0
    missed: float | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is different."""
        return self == Change(profession=self.profession, advert_week=self.advert_week)


@dataclass(frozen=True)
class ListInputs:
    """One list on one day, read from the record; everything a statement or a simulation needs."""

    facts: WaitingList
    today: date
    history: History
    line: tuple[InLine, ...]
    staff: plan.Staff
    targets: tuple[int, int, int]
    reserved: float

    @property
    def key(self) -> str:
        """The list's name in the simulator."""
        return str(self.facts.stage_id)

    @property
    def missed(self) -> float:
        """Share of appointments lost because the child was not brought, shrunk to a typical share."""
        return estimate.missed_share(min(self.history.missed, self.history.offered), self.history.offered,
                                     TYPICAL_MISSED)  # fmt: skip

    @property
    def level(self) -> estimate.Level:
        """Referrals a week over the last year."""
        return estimate.referral_level(self.history.weekly_referrals[-LEVEL_WEEKS:])

    @property
    def mix(self) -> tuple[float, ...]:
        """Share of each priority among those referred in the last two years; a little of each where few were."""
        counts = [1 + sum(stay.priority == p for stay in self.history.stays) for p in range(1, CLASSES + 1)]
        return tuple(count / sum(counts) for count in counts)

    @property
    def leaves_a_week(self) -> float:
        """Children who left unseen, a week, over the last year."""
        since = self.history.weeks - LEVEL_WEEKS
        left = [s for s in self.history.stays if s.end is End.LEFT and s.ended_on is not None]
        lately = [s for s in left if (self.today - s.ended_on).days <= LEVEL_WEEKS * 7]  # type: ignore[operator]
        return len(lately) / min(LEVEL_WEEKS, max(1, since + LEVEL_WEEKS))

    @property
    def hazard(self) -> tuple[tuple[int, float], ...]:
        """Weekly chance to leave unseen, by weeks waited."""
        stays = [(((s.ended_on or self.today) - s.joined_on).days / 7, s.end is End.LEFT) for s in self.history.stays]
        return tuple(estimate.withdrawal_hazard(stays)) if stays else ()

    @property
    def has_plan(self) -> bool:
        """Whether posts are recorded for this list."""
        return not self.staff.is_empty


def read(actor: Actor, facts: WaitingList) -> ListInputs:
    """Read one list as of the actor's today. About seven queries."""
    stage = queries.stages(actor).get(pk=facts.stage_id)
    history = queries.history_for_statements(actor, facts.service_id, facts.stage_id)
    line = [
        one
        for one in queries.waiting_now(actor, facts.stage_id)
        if one.state not in OUT_OF_LINE and one.joined_on <= actor.today
    ]
    ordered = tuple(
        InLine(**{**vars(one), "ahead": place}) for place, one in enumerate(line)
    )  # those whose turn does not come are not ahead of anybody
    staff = plan.staff_of(actor.area.pk, [facts.stage_id], actor.today)
    return ListInputs(
        facts, actor.today, history, ordered, staff,
        (stage.urgent_weeks, stage.soon_weeks, stage.routine_weeks), stage.service.reserved_percent / 100,
    )  # fmt: skip


def capacity(given: ListInputs, change: Change = Change()) -> simulate.job.Capacity:
    """Slots offered, from posts where there are any, else as they were kept lately (missed ones left out already)."""
    if not given.has_plan:
        return simulate.AsLately(given.key, given.history.weekly_seen[-LEVEL_WEEKS:])
    extra = [
        simulate.Vacancy(f"new post {n + 1}", change.profession or given.staff.professions[0].name, 1.0,
                         change.advert_week)
        for n in range(change.hires)
    ]  # fmt: skip
    locum = []
    if change.locum_slots and change.locum_weeks:
        last = change.locum_from + change.locum_weeks - 1
        locum.append(simulate.Initiative("extra clinics", given.key, change.locum_from, last, change.locum_slots))
    return plan.workforce(given.staff, given.today, extra=extra, locum=locum)


def job(given: ListInputs, *, weeks: int, replications: int, seed: int = 1, change: Change = Change()) -> simulate.Job:
    """The list as a job, from today's line on. ValueError with a sentence for what cannot be."""
    level = given.level
    missed = (given.missed if change.missed is None else change.missed) if given.has_plan else 0.0
    arrivals = simulate.Arrivals(
        np.full(weeks, level.weekly), given.mix, dispersion=level.dispersion, level_shape=level.shape,
        multiplier=np.full(weeks, change.demand) if change.demand != 1 else None,
    )  # fmt: skip
    start = simulate.backlog_from_entries(
        ((one.priority - 1, max(0, (given.today - one.referral_made_on).days // 7), 0) for one in given.line), CLASSES
    )
    one = simulate.WaitingList(given.key, missed=missed, backlog=start)
    return simulate.Job(
        stages=(simulate.Stage(given.facts.stage, (one,), arrivals, given.hazard),), capacity=capacity(given, change),
        weeks=weeks, replications=replications, seed=seed, priorities=CLASSES, discipline=_order(given),
        standards=tuple(sorted({18, given.targets[-1]})), report_every=4,
    )  # fmt: skip


def _order(given: ListInputs) -> simulate.Discipline:
    if given.facts.discipline == Discipline.DUE:
        return simulate.Discipline(simulate.Order.DUE_FIRST, tuple(float(weeks) for weeks in given.targets))
    reserved = given.reserved if given.facts.discipline == Discipline.SHARED else 0.0
    return simulate.Discipline(reserved=reserved)


def digest(given: ListInputs, change: Change = Change()) -> str:
    """A hash of all that went in, without anybody's name: kept with what came out."""
    posts = [
        (p.profession.name, p.name, p.kind, p.fte, str(p.starts_on), str(p.ends_on), p.is_term_time, str(p.tied_until))
        for p in given.staff.posts
    ]
    figures = [
        {k: v for k, v in vars(p).items() if k not in {"_state", "id", "area_id"}} for p in given.staff.professions
    ]
    parts = (
        VERSION, str(given.today), given.key, given.facts.discipline, given.history.weekly_referrals,
        given.history.weekly_seen, given.missed, given.mix, given.hazard, given.targets,
        [(one.priority, str(one.referral_made_on)) for one in given.line], posts, figures,
        [(str(s.stage_id), s.share, s.hours_per_slot, str(s.starts_on)) for s in given.staff.shares], vars(change),
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def mean_hazard(given: ListInputs) -> float:
    """One weekly chance to leave unseen for those in the line, over the bands they stand in."""
    bands = given.hazard
    if not bands or not given.line:
        return 0.0
    values = [_hazard_at(bands, (given.today - one.joined_on).days / 7) for one in given.line]
    return min(0.2, math.fsum(values) / len(values))


def _hazard_at(bands: Sequence[tuple[int, float]], weeks: float) -> float:
    return next((hazard for start, hazard in reversed(bands) if weeks >= start), 0.0)


def stage_facts(actor: Actor, stage_id: UUID) -> WaitingList | None:
    """The list that the person may open, or None."""
    return next((one for one in queries.lists(actor) if one.stage_id == stage_id), None)
