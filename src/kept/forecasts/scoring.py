"""Were we right: statements with what came true, scored by month. One statement a referral: the first with a date.

A family that is told six times is one family; the first statement is the one it planned its year by. A month's score
takes the statements whose child was seen in that month, or whose interval ended in it with the child still waiting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kept.access.acting import Actor
from kept.forecasts.models import Score, Statement
from kept.people.models import Address
from kept.rules.small_numbers import Shown, two_way
from kept.rules.waits import calibration
from kept.rules.waits.calibration import Told
from kept.rules.waits.scores import coverage_band
from kept.waiting.words import State

MONTHS_BACK = 13
YEAR = timedelta(days=365)
NOT_RECORDED = "Not recorded"
SPLITS = {"district": "District", "language": "Home language", "priority": "Priority"}
PRIORITIES = {1: "P1 urgent", 2: "P2 soon", 3: "P3 routine"}


@dataclass(frozen=True)
class Outcome:
    """One statement and what came of it."""

    stage_id: UUID
    told: Told
    resolved_on: date | None
    in_months: bool
    baselines: Mapping[str, float | None]
    groups: Mapping[str, str] = field(default_factory=dict)


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
    by_group: dict[str, dict[str, list[float | int | None]]] = field(default_factory=dict)


def months_over(today: date, back: int = MONTHS_BACK) -> list[date]:
    """First days of the last whole months, oldest first."""
    months, at = [], today.replace(day=1)
    for _ in range(back):
        at = (at - timedelta(days=1)).replace(day=1)
        months.append(at)
    return months[::-1]


def outcomes(actor: Actor, stage_id: UUID | None = None, *, since: date | None = None) -> list[Outcome]:
    """First published statements, with what is known today and the groups of the child. One query."""
    rows = Statement.objects.filter(area=actor.area, withheld="", made_on__lte=actor.today)
    if stage_id:
        rows = rows.filter(stage=stage_id)
    if since:
        rows = rows.filter(made_on__gte=since)
    lives = Address.objects.filter(child=OuterRef("child"), is_confidential=False, ends_on__isnull=True)
    postcode = Subquery(lives.order_by("-starts_on").values("postcode")[:1])
    found = rows.annotate(postcode=postcode).order_by("referral_id", "made_on").distinct("referral_id").values_list(
        "stage_id", "made_on", "first", "last", "low", "median", "high", "deciles", "priority", "baselines",
        "referral__closed_on", "referral__state", "child__language", "postcode",
    )  # fmt: skip
    return [_outcome(row, actor.today) for row in found]


def _outcome(row: Sequence[Any], today: date) -> Outcome:
    stage, made, first, last, low, median, high, deciles, priority, plain, closed, state = row[:12]
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
    language, postcode = row[12:]
    groups = {"priority": told.group, "district": district_of(postcode), "language": language_of(language)}
    return Outcome(stage, told, resolved, inside, plain or {}, groups)


def district_of(postcode: str | None) -> str:
    """The first half of a postcode; a confidential address counts as none."""
    return (postcode or "").split(" ")[0] or NOT_RECORDED


def language_of(code: str) -> str:
    """Home language in three groups: more would tell who is meant."""
    return {"": NOT_RECORDED, "eng": "English"}.get(code, "Another language")


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
    groups = {split: _by(found, split) for split in SPLITS}
    return Figures(
        resolved=made.resolved, inside=made.inside, in_months_told=sum(one.in_months for one in found),
        coverage=made.coverage, beyond=made.beyond, band_low=made.band[0], band_high=made.band[1],
        accepted=made.accepted, interval_score=made.interval_score, mean_width=made.mean_width,
        errors=errors(found), rank_counts=list(made.rank_counts),
        by_priority=groups["priority"], by_group=groups,
    )  # fmt: skip


def _by(found: Sequence[Outcome], split: str) -> dict[str, list[float | int | None]]:
    """[resolved, inside, coverage] of each group of a split."""
    told = [replace(one.told, group=one.groups.get(split, NOT_RECORDED)) for one in found]
    return {name: [one.resolved, one.inside, one.coverage] for name, one in calibration.by_group(told).items()}


@dataclass(frozen=True)
class GroupLine:
    """One group's statements of a year as they may be published; None where small numbers are hidden."""

    group: str
    resolved: int | None
    inside: int | None

    @property
    def share(self) -> float | None:
        """Share inside the exact interval."""
        return self.inside / self.resolved if self.resolved and self.inside is not None else None

    @property
    def is_off(self) -> bool:
        """Whether fewer were right than chance explains, had eight in ten been true."""
        if self.resolved is None or self.inside is None:
            return False
        return self.inside < coverage_band(self.resolved, calibration.LEVEL, calibration.BAND)[0]


def group_lines(scores: Sequence[Score], split: str) -> list[GroupLine]:
    """The groups of a split over some months, with small numbers hidden so that none can be worked out."""
    sums: dict[str, list[int]] = {}
    for one in scores:
        for group, (resolved, inside, _) in one.by_group.get(split, {}).items():
            known = sums.setdefault(group, [0, 0])
            known[0] += resolved
            known[1] += inside
    groups = sorted(group for group, (resolved, _) in sums.items() if resolved)
    if not groups:
        return []
    table = two_way([[sums[group][1], sums[group][0] - sums[group][1]] for group in groups])
    return [
        GroupLine(
            group,
            int(total.value) if isinstance(total, Shown) else None,
            int(cells[0].value) if isinstance(cells[0], Shown) and isinstance(cells[1], Shown) else None,
        )
        for group, cells, total in zip(groups, table.cells, table.row_totals, strict=True)
    ]


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
