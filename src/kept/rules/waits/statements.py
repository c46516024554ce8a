"""What we tell a family about a wait: an interval that is right 8 times in 10, or the reason why we give none.

A bare average is never published. The capacity path carries the uncertainty of vacancies, leave and sickness; with a
plan taken as certain the interval would be narrow and false. Weeks count from the day the statement is made.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

import numpy as np

from .numbers import Floats, Integers, share, whole

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9
FEWEST_SEEN = 20
SEEN_IN_WEEKS = 26
WIDEST_MONTHS = 12
FEWEST_PATHS = 200
NEVER = -1
METHOD = (
    "position in the list, sampled capacity and arrivals; 10th and 90th percentile, rounded outward to whole months"
)


class Withheld(Enum):
    """Why no date is given. The value is the sentence for the family."""

    TOO_FEW_SEEN = "We cannot give a date yet: too few children have been seen in the last six months to judge by."
    GROWING = "We cannot give a date: the list is growing, because more children are referred than can be seen."
    TOO_WIDE = "We cannot give a useful date: what we know leaves a span of more than a year."
    SUSPENDED = "We cannot give a date: our recent statements were not right often enough, and we are checking why."
    TOO_FEW_PATHS = "We cannot give a date: it has not been worked out with enough care yet."


@dataclass(frozen=True)
class Statement:
    """A statement, or why there is none. Dates are the first day of the first and the last day of the last month."""

    made_on: date
    withheld: Withheld | None
    first: date | None
    last: date | None
    weeks: tuple[int, int, int] | None
    sentence: str
    method: str = METHOD
    level: float = HIGH - LOW

    @property
    def published(self) -> bool:
        """Whether an interval is given."""
        return self.withheld is None


def weeks_seen(
    ahead: int, kept: Integers, urgent: Integers | None = None, *, withdrawal: float = 0.0, seed: int = 1
) -> Integers:
    """Week in which the child is seen on each sampled path, 1 = next week; -1 where not within the weeks sampled.

    `ahead`: open entries that are served before this child today; `kept` slots kept and `urgent` children who will come
    and be served before this child, both (paths, weeks); `withdrawal`: weekly hazard of those ahead.
    """
    whole("ahead", ahead)
    slots = np.asarray(kept, dtype=np.int64)
    more = np.zeros_like(slots) if urgent is None else np.asarray(urgent, dtype=np.int64)
    if slots.ndim != len(("paths", "weeks")) or more.shape != slots.shape:
        raise ValueError("kept and urgent have to be tables of the same paths and weeks.")
    leaves = share("withdrawal", withdrawal)
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    before = np.full(len(slots), ahead, dtype=np.int64)
    found = np.full(len(slots), NEVER, dtype=np.int64)
    for week in range(slots.shape[1]):
        if leaves:
            before -= rng.binomial(before, leaves)
        before += more[:, week]
        found[(found == NEVER) & (slots[:, week] > before)] = week + 1
        before = np.maximum(before - slots[:, week], 0)
    return found


def make_statement(
    weeks: Sequence[int] | Integers,
    *,
    made_on: date,
    seen_lately: int,
    load: float,
    funded_plan: bool = False,
    suspended: bool = False,
    causes: Sequence[str] = (),
    widen_by: float = 0.0,
) -> Statement:
    """The statement from the sampled weeks in which the child is seen (-1 = not within the horizon).

    Withheld when fewer than 20 were seen in the last 26 weeks (`seen_lately`), when the load is above one with no
    funded plan (never a date), when the interval is wider than 12 months, or when statements are suspended.
    `widen_by` weeks comes from `calibration.widening`.
    """
    found = np.sort(np.where(np.asarray(weeks) < 0, np.inf, np.asarray(weeks, dtype=float)))
    why = _why_not(found, seen_lately, load > 1 and not funded_plan, suspended)
    if why is not None:
        return _withhold(made_on, why, causes)
    low, median, high = (float(found[math.ceil(level * len(found)) - 1]) for level in (LOW, MEDIAN, HIGH))
    if math.isinf(high):
        return _withhold(made_on, Withheld.TOO_WIDE, causes)
    low, high = max(0.0, math.floor(low - widen_by)), math.ceil(high + widen_by)
    first, last = _months(made_on, low, high)
    if _months_apart(first, last) > WIDEST_MONTHS:
        return _withhold(made_on, Withheld.TOO_WIDE, causes)
    sentence = _sentence(first, last, causes, made_on)
    return Statement(made_on, None, first, last, (int(low), int(median), int(high)), sentence)


def _why_not(found: Floats, seen_lately: int, grows: bool, suspended: bool) -> Withheld | None:
    rules = (
        (suspended, Withheld.SUSPENDED),
        (grows, Withheld.GROWING),
        (seen_lately < FEWEST_SEEN, Withheld.TOO_FEW_SEEN),
        (len(found) < FEWEST_PATHS, Withheld.TOO_FEW_PATHS),
    )
    return next((why for holds, why in rules if holds), None)


def _withhold(made_on: date, why: Withheld, causes: Sequence[str]) -> Statement:
    because = f" What stands behind this: {_listed(causes)}." if causes else ""
    return Statement(made_on, why, None, None, None, why.value + because)


def _months(made_on: date, low: float, high: float) -> tuple[date, date]:
    first = made_on + timedelta(weeks=low)
    last = made_on + timedelta(weeks=high)
    return max(first.replace(day=1), made_on), last.replace(day=calendar.monthrange(last.year, last.month)[1])


def _months_apart(first: date, last: date) -> int:
    """Whole months from the first to the last, both counted."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _month(day: date, other: date) -> str:
    return day.strftime("%B") if day.year == other.year else day.strftime("%B %Y")


def _listed(causes: Sequence[str]) -> str:
    return causes[0] if len(causes) == 1 else ", ".join(causes[:-1]) + " and " + causes[-1] if causes else ""


def _sentence(first: date, last: date, causes: Sequence[str], made_on: date) -> str:
    start, end = _month(first, last), last.strftime("%B %Y")
    span = f"in {end}" if (first.year, first.month) == (last.year, last.month) else f"between {start} and {end}"
    words = f"8 in 10 children in this place on the list today are seen {span}. 1 in 10 will wait longer than {end}."
    if causes:
        words += f" What could change this: {_listed(causes)}."
    return f"{words} Last checked {made_on.day} {made_on.strftime('%B %Y')}."


@dataclass(frozen=True)
class Baselines:
    """Simple statements made the same day, weeks; None where there is nothing to go by. A method has to beat them."""

    mean_waited_so_far: float | None
    mean_completed_13_weeks: float | None
    last_to_enter_service: float | None
    head_of_line: float | None
    position_over_slots: float | None


def baselines(
    today: date,
    *,
    waiting_since: Sequence[date],
    seen: Sequence[tuple[date, date]],
    position: int,
    kept_slots_a_week: float,
) -> Baselines:
    """What five plain rules would say today. `seen`: (referred on, seen on) of children already seen.

    LES, HOL and QL as in Ibrahim and Whitt 2009, M&SOM 11:397-415.
    """
    so_far = [(today - day).days / 7 for day in waiting_since]
    recent = [(end - start).days / 7 for start, end in seen if today - timedelta(weeks=13) < end <= today]
    entered = max(((end, start) for start, end in seen if end <= today), default=None)
    return Baselines(
        mean_waited_so_far=sum(so_far) / len(so_far) if so_far else None,
        mean_completed_13_weeks=sum(recent) / len(recent) if recent else None,
        last_to_enter_service=(entered[0] - entered[1]).days / 7 if entered else None,
        head_of_line=max(so_far, default=None),
        position_over_slots=position / kept_slots_a_week if kept_slots_a_week > 0 else None,
    )
