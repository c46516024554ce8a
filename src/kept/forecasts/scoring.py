"""Were we right: statements with what came true, scored by month. One statement a referral: the first with a date.

A family that is told six times is one family; the first statement is the one it planned its year by. A month's score
takes the statements whose child was seen in that month, or whose interval ended in it with the child still waiting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kept.access.acting import Actor
from kept.forecasts.models import Statement
from kept.rules.waits import calibration
from kept.rules.waits.calibration import Told
from kept.waiting.words import State

MONTHS_BACK = 13
YEAR = timedelta(days=365)
PRIORITIES = {1: "P1 urgent", 2: "P2 soon", 3: "P3 routine"}


@dataclass(frozen=True)
class Outcome:
    """One statement and what came of it."""

    stage_id: UUID
    told: Told
    resolved_on: date | None
    in_months: bool
    baselines: Mapping[str, float | None]


@dataclass(frozen=True)
class Figures:
    """The columns of `Score`."""

    resolved: int
    inside: int
    in_months_told: int
    coverage: float | None
    beyond: float | None
    band_low: int
    band_high: int
    accepted: bool | None
    interval_score: float | None
    mean_width: float | None
    errors: dict[str, float] = field(default_factory=dict)
    rank_counts: list[int] = field(default_factory=list)
    by_priority: dict[str, list[float | int | None]] = field(default_factory=dict)


def months_over(today: date, back: int = MONTHS_BACK) -> list[date]:
    """First days of the last whole months, oldest first."""
    months, at = [], today.replace(day=1)
    for _ in range(back):
        at = (at - timedelta(days=1)).replace(day=1)
        months.append(at)
    return months[::-1]


def outcomes(actor: Actor, stage_id: UUID | None = None, *, since: date | None = None) -> list[Outcome]:
    """First published statements, with what is known today. One query."""
    rows = Statement.objects.filter(area=actor.area, withheld="", made_on__lte=actor.today)
    if stage_id:
        rows = rows.filter(stage=stage_id)
    if since:
        rows = rows.filter(made_on__gte=since)
    found = rows.order_by("referral_id", "made_on").distinct("referral_id").values_list(
        "stage_id", "made_on", "first", "last", "low", "median", "high", "deciles", "priority", "baselines",
        "referral__closed_on", "referral__state",
    )  # fmt: skip
    return [_outcome(row, actor.today) for row in found]


def _outcome(row: Sequence[Any], today: date) -> Outcome:
    stage, made, first, last, low, median, high, deciles, priority, plain, closed, state = row
    ended = closed if closed is not None and closed <= today else None
    seen = week_of((ended - made).days) if ended and state == State.SEEN else None
    left = ended is not None and seen is None
    told = Told(
        low=low, median=median, high=high, age=((ended or today) - made).days / 7,
        seen=seen, withdrawn=left,
        rank=None if seen is None else rank_of(deciles, seen),
        group=PRIORITIES.get(priority, ""),
    )  # fmt: skip
    passed = made + timedelta(weeks=high + 1)
    resolved = ended if seen is not None else passed if not left and passed <= today else None
    if seen is not None and ended > passed:
        resolved = passed  # it was a miss on the day its interval ended
    inside = seen is not None and first <= ended <= last
    return Outcome(stage, told, resolved, inside, plain or {})


def week_of(days: int) -> float:
    """Days after a statement on its scale of weeks, where week 1 is the first seven days.

    A statement names whole weeks; its ends stand for the middle of theirs. Taken as whole weeks both ends would count
    fully, and narrow intervals would seem right too often.
    """
    return max(1.0, days / 7 + 0.5)


def rank_of(deciles: Sequence[float], week: float) -> float | None:
    """Share of the sampled futures at or below a week, read off the deciles; None where the deciles are not known."""
    if not deciles or min(deciles) < 0:
        return None
    below = sum(one < week for one in deciles)
    same = sum(one == week for one in deciles)
    return min(1.0, (below + same / 2 + 0.5) / (len(deciles) + 1))


def scores(actor: Actor, months: Sequence[date]) -> dict[tuple[UUID | None, date], Figures]:
    """Figures for each list, and for the area (None), in each month in which a statement was resolved."""
    groups: dict[tuple[UUID | None, date], list[Outcome]] = defaultdict(list)
    for one in outcomes(actor):
        if one.resolved_on is None:
            continue
        month = one.resolved_on.replace(day=1)
        if month in months:
            groups[one.stage_id, month].append(one)
            groups[None, month].append(one)
    return {key: figures(some) for key, some in groups.items()}


def figures(found: Sequence[Outcome]) -> Figures:
    """The figures of a set of resolved statements."""
    made = calibration.calibrate([one.told for one in found])
    groups = calibration.by_group([one.told for one in found])
    return Figures(
        resolved=made.resolved, inside=made.inside, in_months_told=sum(one.in_months for one in found),
        coverage=made.coverage, beyond=made.beyond, band_low=made.band[0], band_high=made.band[1],
        accepted=made.accepted, interval_score=made.interval_score, mean_width=made.mean_width,
        errors=errors(found), rank_counts=list(made.rank_counts),
        by_priority={name: [one.resolved, one.inside, one.coverage] for name, one in groups.items()},
    )  # fmt: skip


def errors(found: Sequence[Outcome]) -> dict[str, float]:
    """Mean absolute error in weeks of our median and of each plain rule, over the children who have been seen."""
    gaps: dict[str, list[float]] = defaultdict(list)
    for one in found:
        if one.told.seen is None:
            continue
        gaps["kept"].append(abs(one.told.median - one.told.seen))
        for name, said in one.baselines.items():
            if said is not None:
                gaps[name].append(abs(said - one.told.seen))
    return {name: round(sum(some) / len(some), 2) for name, some in gaps.items()}


def told_of_year(actor: Actor, stage_id: UUID) -> list[Told]:
    """The resolved statements of the last twelve months."""
    return [one.told for one in outcomes(actor, stage_id, since=actor.today - YEAR) if one.resolved_on]


def widening(told: Sequence[Told]) -> float:
    """Weeks to add at both ends. ValueError when nobody of them has been seen."""
    return round(calibration.widening(told), 1)


def right_lately(actor: Actor, stage_id: UUID, last: int = 200) -> tuple[int, int]:
    """(seen in the months named, resolved) of the last resolved statements of a list."""
    done = sorted(
        (one for one in outcomes(actor, stage_id) if one.resolved_on), key=lambda one: one.resolved_on or date.min
    )[-last:]
    return sum(one.in_months for one in done), len(done)
