"""Sizing formulas for a waiting list near balance: load, target list, relief, steady capacity, pressure (F1 to F8).

Source: Fong, Mushtaq, House and others 2022, "Understanding Waiting Lists Pressures", medRxiv
10.1101/2022.08.23.22279117. They hold for a list in equilibrium with load below one, which lists in this field
rarely are: a first sizing and a sanity check. A decision rests on the simulator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .numbers import number

RELIEF_IS_NEEDED_ABOVE = 2.0
WEEKS_TO_TARGET = 26.0


@dataclass(frozen=True)
class Sizing:
    """What the formulas say about one list. Rates are per week, waits in weeks, lists in children."""

    exp_factor: float
    load: float | None
    target_mean_wait: float
    target_queue: float
    relief_capacity: float | None
    target_capacity: float
    pressure: float | None
    pressure_without_factor_two: float | None
    grows: bool | None


def load(demand: float, capacity: float) -> float:
    """F1: demand / capacity. At one or above the list grows without limit. ValueError when capacity is not above 0."""
    return number("demand", demand, low=0) / number("capacity", capacity, above=0)


def list_from_wait(rate: float, wait: float) -> float:
    """F2, Little's law: children waiting = rate x mean wait, in any stable list. Leave out those who withdraw."""
    return number("rate", rate, low=0) * number("wait", wait, low=0)


def tail(wait: float, mean_wait: float) -> float:
    """F3: P(wait > `wait`) = exp(-wait / mean), one queue in heavy traffic; an order of magnitude only."""
    if mean_wait == 0:
        return 0.0 if wait > 0 else 1.0
    return math.exp(-number("wait", wait, low=0) / number("mean_wait", mean_wait, above=0))


def factor_for(quantile: float) -> float:
    """F4: F = -ln(1 - q), so that a share q waits no longer than F times the mean. ValueError unless 0 < q < 1."""
    if not 0 < number("quantile", quantile) < 1:
        raise ValueError(f"quantile has to lie between 0 and 1, not {quantile:g}.")
    return -math.log1p(-quantile)


def target_mean_wait(target_wait: float, factor: float) -> float:
    """F4: T / F, weeks."""
    return number("target_wait", target_wait, above=0) / number("factor", factor, above=0)


def target_queue(demand: float, target_wait: float, factor: float) -> float:
    """F5: demand x T / F, children."""
    return number("demand", demand, low=0) * target_mean_wait(target_wait, factor)


def relief_is_needed(queue: float, target: float) -> bool:
    """F6: whether the list is more than twice its target."""
    return queue > RELIEF_IS_NEEDED_ABOVE * target


def relief_capacity(demand: float, queue: float, target: float, weeks_to_target: float = WEEKS_TO_TARGET) -> float:
    """F6: slots a week that bring the list from `queue` to `target` in the given weeks."""
    return demand + (queue - target) / number("weeks_to_target", weeks_to_target, above=0)


def target_capacity(
    demand: float, target_wait: float, factor: float, cv_demand: float = 1.0, cv_capacity: float = 1.0
) -> float:
    """F7: steady capacity, slots a week: demand + ((c_a^2 + c_s^2) / 2) F / T."""
    spread = (number("cv_demand", cv_demand, low=0) ** 2 + number("cv_capacity", cv_capacity, low=0) ** 2) / 2
    return number("demand", demand, low=0) + spread * number("factor_capacity", factor, low=0) / number(
        "target_wait", target_wait, above=0
    )


def pressure(mean_wait: float, target_wait: float) -> float:
    """F8: 2 x mean wait / T. The factor 2 is disputed in the source, so show mean / T beside it."""
    return 2 * number("mean_wait", mean_wait, low=0) / number("target_wait", target_wait, above=0)


def referral_rate(referrals: int, days: float, cv: float = 1.0) -> tuple[float, float]:
    """Referrals a week, 7n/D, and its relative standard error cv / sqrt(n) (cv 1 = Poisson; no referrals: infinite)."""
    rate = 7 * number("referrals", referrals, low=0) / number("days", days, above=0)
    return rate, (cv / math.sqrt(referrals) if referrals else math.inf)


def load_with_missed(demand: float, slots: float, missed: float, attempts: int | None = None) -> float:
    """Load on the slots offered when a share `missed` of them is lost because the child was not brought.

    With at most `attempts` per child each referral uses (1 - d^m)/(1 - d) slots; without a limit 1/(1 - d).
    ValueError when there are no slots, or every slot is lost and nobody ever leaves.
    """
    number("missed", missed, low=0, high=1)
    number("slots", slots, above=0)
    if missed == 1:
        if attempts is None:
            raise ValueError("When every appointment is missed and there is no limit, nobody leaves the list.")
        return demand * attempts / slots
    used = 1 / (1 - missed) if attempts is None else (1 - missed**attempts) / (1 - missed)
    return demand * used / slots


def sizing(
    *,
    demand: float,
    target_wait: float,
    queue: float,
    capacity: float | None = None,
    factor: float | None = None,
    quantile: float | None = None,
    weeks_to_target: float = WEEKS_TO_TARGET,
    mean_wait: float | None = None,
    cv_demand: float = 1.0,
    cv_capacity: float = 1.0,
    factor_capacity: float | None = None,
) -> Sizing:
    """All formulas at once for one list.

    Give `factor` or `quantile`. `relief_capacity` is None when the list is not above twice its target (no relief is
    needed); `load` is None without a capacity. ValueError for impossible numbers, or with neither factor nor quantile.
    """
    if factor is None:
        if quantile is None:
            raise ValueError("Give either factor or quantile.")
        factor = factor_for(quantile)
    wanted = target_queue(demand, target_wait, factor)
    relief = None
    if relief_is_needed(number("queue", queue, low=0), wanted):
        relief = relief_capacity(demand, queue, wanted, weeks_to_target)
    ratio = load(demand, capacity) if capacity is not None and number("capacity", capacity, low=0) > 0 else None
    pushed = None if mean_wait is None else pressure(mean_wait, target_wait)
    steady = target_capacity(
        demand, target_wait, factor if factor_capacity is None else factor_capacity, cv_demand, cv_capacity
    )
    return Sizing(
        exp_factor=factor,
        load=ratio,
        target_mean_wait=target_mean_wait(target_wait, factor),
        target_queue=wanted,
        relief_capacity=relief,
        target_capacity=steady,
        pressure=pushed,
        pressure_without_factor_two=None if pushed is None else pushed / 2,
        grows=(demand > 0 if capacity == 0 else None) if ratio is None else ratio >= 1,
    )
