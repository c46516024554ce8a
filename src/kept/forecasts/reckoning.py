"""One night on one list: paths sampled once, every child in the line told, what is new written into the log.

The arithmetic is that of `kept.rules.waits`; nothing is written here. `reckon` is pure once the list has been read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kept.forecasts.inputs import LEVEL_WEEKS, ListInputs, job, mean_hazard
from kept.forecasts.words import PostKind, Withheld
from kept.rules.waits import line as lines
from kept.rules.waits import paths, statements
from kept.rules.waits.numbers import Floats
from kept.rules.waits.survival import End
from kept.waiting.facts import InLine
from kept.waiting.words import Discipline

PATHS = 1000
HORIZON = 208
PLAN_FROM, PLAN_TO = 26, 78
DECILES = tuple(round(0.1 * n, 1) for n in range(1, 10))
MORE_BY = 1.1
MANY_LOST, MANY_URGENT = 0.1, 0.15
QUARTER = 13
MOST_CAUSES = 2


@dataclass(frozen=True)
class Reckoned:
    """What a night found out about a list."""

    paths: int
    kept_a_week: float
    load: float | None
    is_funded: bool
    withheld: str
    causes: tuple[str, ...]
    warnings: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Told:
    """What one family is told; weeks from today."""

    entry: InLine
    statement: statements.Statement
    deciles: tuple[float, ...]
    baselines: dict[str, float | None]

    @property
    def withheld(self) -> str:
        """Why there is no date, as it is kept."""
        why = self.statement.withheld
        return Withheld[why.name].value if why else ""


def reckon(given: ListInputs, *, widen_by: float = 0.0, suspended: bool = False, seed: int = 1) -> Reckoned:
    """Everything for one list. A list on which nobody waits has no statements."""
    simulated = job(given, weeks=HORIZON, replications=PATHS, seed=seed)
    sampled = paths.sample_paths(simulated, given.key)
    now, later = _loads(given, sampled.kept)
    causes = causes_of(given, now)
    quantiles = _quantiles(given, sampled.kept, sampled.referred, seed)
    rules: dict[str, Any] = {
        "made_on": given.today, "seen_lately": given.history.seen_in_26_weeks,
        "load": math.inf if now is None else now, "causes": causes, "widen_by": widen_by, "suspended": suspended,
        "funded_plan": now is not None and now > 1 and later is not None and later <= 1 and given.has_plan,
    }  # fmt: skip
    plain = _Plain(given, sampled.kept)
    told = tuple(
        Told(entry, _statement(row, rules), tuple(_finite(row)), plain.of(entry))
        for entry, row in zip(given.line, quantiles, strict=True)
    )
    probe = statements.make_statement([1] * PATHS, **rules)
    return Reckoned(
        paths=PATHS, kept_a_week=float(sampled.kept[:, :LEVEL_WEEKS].mean()), load=now,
        is_funded=bool(rules["funded_plan"]), withheld=Withheld[probe.withheld.name].value if probe.withheld else "",
        causes=tuple(causes), warnings=tuple(_warnings(given, simulated.warnings)), told=told,
    )  # fmt: skip


def _statement(row: Floats, rules: dict[str, Any]) -> statements.Statement:
    """The rule takes sampled weeks; the deciles read off the line stand for them, each as often as it is likely."""
    weeks = np.where(np.isinf(row), statements.NEVER, np.ceil(row))
    sampled = np.repeat(np.concatenate((weeks, weeks[-1:])), PATHS // 10)
    return statements.make_statement(sampled, **rules)


def _finite(row: Floats) -> list[float]:
    return [round(float(week), 1) if math.isfinite(week) else float(statements.NEVER) for week in row]


def _quantiles(given: ListInputs, kept: np.ndarray, urgent: np.ndarray, seed: int) -> Floats:
    """(line, deciles): by class, since a class has its own way of being overtaken."""
    table = np.full((len(given.line), len(DECILES)), np.inf)
    for priority in sorted({one.priority for one in given.line}):
        at = [i for i, one in enumerate(given.line) if one.priority == priority]
        ahead = [given.line[i].ahead for i in at]
        chosen = lines.places_to_sample(ahead)
        places = [_place(given, given.line[at[i]]) for i in chosen]
        weeks = lines.weeks_of_line(places, kept, urgent, withdrawal=mean_hazard(given), seed=seed)
        found = lines.quantiles_of_line(weeks, DECILES)
        table[at] = lines.read_between(ahead, [ahead[i] for i in chosen], found)
    return table


def _place(given: ListInputs, one: InLine) -> lines.Place:
    """Where targets decide, a referral to come is before this child only if its target comes first."""
    if given.facts.discipline != Discipline.DUE:
        return lines.Place(one.ahead, one.priority - 1)
    waited = (given.today - one.referral_made_on).days // 7
    left = given.targets[one.priority - 1] - waited
    windows = tuple(max(0, left - given.targets[c]) for c in range(one.priority - 1))
    return lines.Place(one.ahead, one.priority - 1, windows)


def _loads(given: ListInputs, kept: np.ndarray) -> tuple[float | None, float | None]:
    """Load now and under the dated plan: referrals less those who leave unseen, over appointments kept a week."""
    comes = max(0.0, given.level.weekly - given.leaves_a_week)
    now, later = float(kept[:, :PLAN_FROM].mean()), float(kept[:, PLAN_FROM:PLAN_TO].mean())
    return (comes / now if now > 0 else None), (comes / later if later > 0 else None)


def causes_of(given: ListInputs, load: float | None) -> list[str]:
    """At most two plain causes that the record shows, the largest first."""
    weekly = given.history.weekly_referrals
    year, earlier = sum(weekly[-LEVEL_WEEKS:]), weekly[-2 * LEVEL_WEEKS : -LEVEL_WEEKS]
    before = sum(earlier) if sum(earlier[:QUARTER]) else 0  # a record that begins within that year tells nothing
    vacant = sum(post.fte for post in given.staff.posts if post.kind == PostKind.VACANT)
    lost = given.missed
    urgent = sum(given.mix[:-1])
    found = [
        (load is None, "nobody is there to see children at the moment"),
        (before > 0 and year > MORE_BY * before, "more children are being referred than a year ago"),
        (vacant > 1, f"{vacant:g} posts are being recruited to"),
        (0 < vacant <= 1, "a post is being recruited to"),
        (lost >= MANY_LOST and given.history.offered > 0, "appointments are lost when a child cannot be brought"),
        (urgent >= MANY_URGENT, "children who need help urgently are seen first"),
        (True, "how many children are referred and how many staff can be kept"),
    ]
    return [words for holds, words in found if holds][:MOST_CAUSES]


def _warnings(given: ListInputs, found: Sequence[str]) -> list[str]:
    more = list(found)
    if not given.has_plan:
        more.append("no posts are recorded for this list: capacity is taken from the last year")
    if given.facts.discipline == Discipline.SHARED:
        more.append("places kept for the longest wait are not counted: dates can be earlier than stated")
    return more


class _Plain:
    """The five plain rules of one day, worked out once for the list."""

    def __init__(self, given: ListInputs, kept: np.ndarray) -> None:
        self.today = given.today
        self.kept_now = float(kept[:, :4].mean())
        seen = [(s.joined_on, s.ended_on) for s in given.history.stays if s.end is End.SEEN and s.ended_on is not None]
        self.common = statements.baselines(
            given.today, waiting_since=[one.joined_on for one in given.line], seen=seen, position=0,
            kept_slots_a_week=self.kept_now,
        )  # fmt: skip

    def of(self, one: InLine) -> dict[str, float | None]:
        """What each rule says of this child, weeks from today. Rules about whole waits take off what it has waited."""
        waited = (self.today - one.joined_on).days / 7
        found = {
            name: None if value is None else round(max(0.0, value - waited), 1)
            for name, value in vars(self.common).items()
            if name != "position_over_slots"
        }
        places = one.ahead + 1
        return found | {"position_over_slots": round(places / self.kept_now, 1) if self.kept_now > 0 else None}
