"""The standard job of the check files: lists with a Poisson flow, a Poisson backlog and slots by FTE and period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from kept.rules.case_files import field, fields, shown

from .numbers import at, number, numbers, share, whole
from .simulate import (
    Arrivals,
    Backlog,
    Discipline,
    FixedSlots,
    Job,
    Order,
    Result,
    Stage,
    WaitingList,
    run,
    slots_from_fte,
)

T = TypeVar("T")
WITHIN_WEEKS = 18
WEEKS_A_YEAR = 52
MOST = 1e7
MOST_REPLICATIONS = 20_000
EXTRA_WEEKS = 2000
ORDERS = {
    "urgent_first_then_oldest": Discipline(),
    "oldest_first": Discipline(Order.DUE_FIRST, (0.0, 0.0)),
}


@dataclass(frozen=True)
class ListPlan:
    """One list as the check files describe it: referrals and today's list as means, slots by FTE and period."""

    referrals_per_week: float
    slots_per_fte_week: float
    fte: tuple[tuple[int, float], ...]
    backlog_mean: float
    backlog_weeks: int


@dataclass(frozen=True)
class Rules:
    """What all lists share."""

    urgent_share: float = 0.0
    missed: float = 0.0
    max_attempts: int | None = None
    keeps_place: bool = True
    withdrawal: float = 0.0
    discipline: str = "urgent_first_then_oldest"


def or_else(value: Any, default: Any) -> Any:
    """The value, or the default where it is missing or null. A zero or an empty text is a value."""
    return default if value is None else value


def rules_from(given: Mapping[str, Any]) -> Rules:
    """The rules out of a case's input; what is missing or null has its plain default. ValueError for what cannot be."""
    attempts = given.get("max_attempts")
    keeps = field(given, "missed_child_keeps_place", "yes_no", required=False)
    order = or_else(field(given, "discipline", "text", required=False), "urgent_first_then_oldest")
    if order not in ORDERS:
        raise ValueError(f"discipline has to be one of {', '.join(ORDERS)}, not {shown(order)}.")
    return Rules(
        urgent_share=share("urgent_share", or_else(given.get("urgent_share"), 0)),
        missed=share("missed_probability", or_else(given.get("missed_probability"), 0)),
        max_attempts=None if attempts is None else whole("max_attempts", attempts, low=1, high=20),
        keeps_place=or_else(keeps, True),
        withdrawal=share("weekly_withdrawal_hazard", or_else(given.get("weekly_withdrawal_hazard"), 0)),
        discipline=order,
    )


def periods_of(given: Mapping[str, Any], fte: Callable[[Any], T]) -> list[tuple[int, T]]:
    """(from week, FTE) of every entry of `fte_by_period`. ValueError that names the entry; at least one is needed."""
    found = []
    for k, one in enumerate(fields(given, "fte_by_period", "object")):
        with at(f"fte_by_period[{k}]"):
            found.append((whole("from_week", one["from_week"]), fte(one["fte"])))
    if not found:
        raise ValueError("fte_by_period needs at least one entry.")
    return found


def job_of(plans: Sequence[ListPlan], rules: Rules, weeks: int, replications: int, seed: int = 1) -> Job:
    """The job: a Poisson flow and Poisson backlog per list, classes urgent and routine, each list its own stage."""
    mix = (rules.urgent_share, 1 - rules.urgent_share)
    periods = sorted({week for plan in plans for week, _ in plan.fte})
    fte = [(week, [_valid(plan, week) for plan in plans]) for week in periods]
    stages = []
    for i, plan in enumerate(plans):
        counts = np.zeros((1, 2, plan.backlog_weeks + 1))
        if plan.backlog_weeks:
            counts[0, :, 1:] = (plan.backlog_mean / plan.backlog_weeks * np.array(mix))[:, None]
        elif plan.backlog_mean:
            raise ValueError("A backlog needs backlog_weeks of 1 or more.")
        one = WaitingList(
            f"list {i + 1}",
            missed=rules.missed,
            max_attempts=rules.max_attempts,
            keeps_place=rules.keeps_place,
            backlog=Backlog(counts, is_mean=True, as_referred=True),
        )
        flow = Arrivals(np.full(weeks, plan.referrals_per_week), mix)
        stages.append(Stage(one.name, (one,), flow, withdrawal=((0, rules.withdrawal),)))
    slots = slots_from_fte(fte, [plan.slots_per_fte_week for plan in plans], weeks)
    return Job(
        stages=tuple(stages),
        capacity=FixedSlots(slots),
        weeks=weeks,
        replications=replications,
        seed=seed,
        priorities=2,
        discipline=ORDERS[rules.discipline],
        standards=(WITHIN_WEEKS,),
        report_every=weeks,
    )


def _valid(plan: ListPlan, week: int) -> float:
    return next((fte for start, fte in sorted(plan.fte, reverse=True) if start <= week), 0.0)


def standard_plans(given: Mapping[str, Any]) -> list[ListPlan]:
    """The lists of a standard job's input. ValueError when the lists of figures do not fit."""
    shares = numbers("list_shares", given["list_shares"], low=0, high=MOST)
    year = or_else(given.get("weeks_per_year"), WEEKS_A_YEAR)
    yearly = number("referrals_per_year", given["referrals_per_year"], low=0, high=MOST)
    weekly = yearly / number("weeks_per_year", year, above=0)
    if max(shares, default=0) * weekly > MOST:
        raise ValueError("referrals_per_year, weeks_per_year and list_shares together give too many referrals a week.")
    slots = numbers("slots_per_fte_week", given["slots_per_fte_week"], low=0, high=MOST)
    backlog = numbers("backlog_mean", or_else(given.get("backlog_mean"), [0] * len(shares)), low=0, high=MOST)
    periods = periods_of(given, lambda fte: numbers("fte", fte, low=0, high=MOST))
    if any(len(part) != len(shares) for part in (slots, backlog, *(fte for _, fte in periods))):
        raise ValueError(
            "list_shares, slots_per_fte_week, backlog_mean and every fte of fte_by_period need one entry per list each."
        )
    length = whole("backlog_weeks", or_else(given.get("backlog_weeks"), 0), high=1040)
    return [
        ListPlan(weekly * part, slots[i], tuple((week, fte[i]) for week, fte in periods), backlog[i], length)
        for i, part in enumerate(shares)
    ]


def replications_of(given: Mapping[str, Any]) -> int:
    """At least what is asked, 1,000 unless given. ValueError above the most that is sensible."""
    return whole("replications_min", or_else(given.get("replications_min"), 1000), low=1, high=MOST_REPLICATIONS)


def standard_job(given: Mapping[str, Any], run: Callable[[Job], Result] = run) -> dict[str, float | None]:
    """Figures of a standard job over all children seen, all lists pooled, averaged over replications; weeks."""
    job = job_of(
        standard_plans(given),
        rules_from(given),
        whole("weeks", given["weeks"], low=1, high=2600),
        replications_of(given),
    )
    result = run(job)
    return {
        "seen": float(result.seen().mean()),
        "mean_wait_weeks": average(result.mean_wait()),
        "share_within_18_weeks": average(result.share_seen_within(WITHIN_WEEKS)),
        "p95_weeks": average(result.wait_percentile(0.95)),
        "mean_wait_urgent": average(result.mean_wait(priority=0)),
        "mean_wait_routine": average(result.mean_wait(priority=1)),
    }


def average(values: Any) -> float | None:
    """Mean over the replications that have a figure; None when none has."""
    found = np.asarray(values, dtype=float)
    found = found[~np.isnan(found)]
    return float(found.mean()) if len(found) else None
