"""Each kind of check case: its input as a mapping, its results under the names that the check files use.

A queue or list that grows without limit has null where a mean or a percentile would stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kept.rules.case_files import field, fields

from . import baselines, cohorts, fluid, formulas, peer, percentiles, queues, scores, weekly
from .followed import wait_statement
from .numbers import at, number, numbers, share, whole, wholes
from .standard import standard_job

Given = Mapping[str, Any]
P95 = 0.95
COUNTED_ABOVE = 20
EARLIEST_DAY = -(10**7)


def _or(given: Given, name: str, default: Any) -> Any:
    value = given.get(name)
    return default if value is None else value


def fong_calc(given: Given) -> dict[str, Any]:
    """F1 to F8. `relief_capacity` is null when the list is not above twice its target; `load` only with a capacity."""
    found = formulas.sizing(
        demand=given["demand"],
        target_wait=given["target_wait"],
        queue=_or(given, "queue", 0),
        capacity=given.get("capacity"),
        factor=given.get("factor"),
        quantile=given.get("quantile"),
        weeks_to_target=_or(given, "weeks_to_target", formulas.WEEKS_TO_TARGET),
        mean_wait=given.get("mean_wait"),
        cv_demand=_or(given, "cv_demand", 1),
        cv_capacity=_or(given, "cv_capacity", 1),
        factor_capacity=given.get("factor_capacity"),
    )
    result = {
        "exp_factor": found.exp_factor,
        "target_mean_wait": found.target_mean_wait,
        "target_queue": found.target_queue,
        "relief_capacity": found.relief_capacity,
        "target_capacity": found.target_capacity,
        "pressure": found.pressure,
        "pressure_without_factor_two": found.pressure_without_factor_two,
    }
    return result if given.get("capacity") is None else {**result, "load": found.load, "grows": found.grows}


def exp_target(given: Given) -> dict[str, Any]:
    """The standard as a factor, a mean wait and a list size; chance of a breach per factor."""
    factor = formulas.factor_for(given["quantile"])
    return {
        "exp_factor": factor,
        "target_mean_wait": formulas.target_mean_wait(given["target_wait"], factor),
        "target_queue": formulas.target_queue(given["demand"], given["target_wait"], factor),
        "breach_probability": [formulas.tail(one, 1) for one in numbers("factors", _or(given, "factors", []), low=0)],
    }


def mmc(given: Given) -> dict[str, Any]:
    """Many servers."""
    queue = queues.many_servers(given["lambda"], given["mu"], given["c"])
    return {
        "erlang_c": queue.erlang_c,
        "Wq": queue.mean_wait,
        "Lq": queue.mean_waiting,
        "P_wait_gt_t": queue.longer_than(_or(given, "t", 0)),
        "p95_wait": queue.percentile(P95),
        "rho": queue.load,
    }


def mg1(given: Given) -> dict[str, Any]:
    """One server, any service time."""
    wait, waiting, rho = queues.one_server(given["lambda"], given["mean_service"], _or(given, "cv2", 0))
    return {"Wq": wait, "Lq": waiting, "rho": rho}


def priority_mg1(given: Given) -> dict[str, Any]:
    """One server, classes."""
    return {"Wq": queues.one_server_priorities(given["lambdas"], given["mean_service"], given["second_moment"])}


def weekly_lindley(given: Given) -> dict[str, Any]:
    """The weekly-slot list in the long run."""
    missed = _or(given, "missed_probability", 0)
    found = weekly.stationary(given["referrals_poisson"], given["slots"], missed)
    return {
        "mean_left": found.mean,
        "P_empty": found.empty(),
        "P_gt_20": found.more_than(COUNTED_ABOVE),
        "p95": found.percentile(P95),
        "load": found.load,
    }


def position_quantile(given: Given) -> dict[str, Any]:
    """When the child in a position is seen. `slots_by_week` may be one number: the same slots every week."""
    slots = given["slots_by_week"]
    levels = numbers("levels", _or(given, "levels", []), low=0, high=1)
    missed = share("missed_probability", _or(given, "missed_probability", 0))
    if not isinstance(slots, list):
        slots = _same_slots(whole("position", given["position"], low=1), whole("slots_by_week", slots, low=1), missed)
    chances = weekly.seen_within(given["position"], slots, missed)
    by_week = {f"P_seen_within_{k + 1}_weeks": chance for k, chance in enumerate(chances)}
    return {"weeks": weekly.weeks_until_seen(chances, levels), **by_week}


def _same_slots(position: int, slots: int, missed: float) -> list[int]:
    if missed == 1:
        raise ValueError("When every slot is lost nobody is seen.")
    kept = slots * (1 - missed)
    weeks = int(position / kept + 12 * (position + 1) ** 0.5 / kept + 12 / (1 - missed)) + 1
    return [slots] * whole("weeks needed", weeks, high=5000)


def clear_probability(given: Given) -> dict[str, Any]:
    """Chance that the list has been empty."""
    missed = _or(given, "missed_probability", 0)
    found = weekly.has_been_empty(given["list"], given["referrals_poisson"], given["slots"], given["weeks"], missed)
    return {"probability_list_has_been_empty_at_some_week_end": found}


def fluid_fifo(given: Given) -> dict[str, Any]:
    """A flow of referrals."""
    capacity = []
    for k, one in enumerate(fields(given, "capacity", "object")):
        with at(f"capacity[{k}]"):
            capacity.append((number("from_week", one["from_week"]), number("per_week", one["per_week"], low=0)))
    flow = fluid.FluidList(_or(given, "backlog", 0), given["referrals_per_week"], tuple(capacity))
    weeks = numbers("referral_weeks", _or(given, "referral_weeks", []), low=0)
    sizes = {f"list_at_{_week(week)}": flow.list_at(week) for week in weeks}
    return {"waits": [flow.wait(week) for week in weeks], "cleared_week": flow.cleared_week(), **sizes}


def _week(week: float) -> str:
    """A week in the name of a result: 40, 12.5."""
    return str(int(week)) if week.is_integer() else str(week)


def ramp_capacity(given: Given) -> dict[str, Any]:
    """Slots from one appointment."""
    decided = number("decision_week", _or(given, "decision_week", 0))
    slots = fluid.slots_of_post(
        fte=given["fte"],
        start_week=_or(given, "start_week", decided),
        horizon_weeks=given["horizon_weeks"],
        slots_per_fte_week=given["slots_per_fte_week"],
        productivity_start=_or(given, "productivity_start", 1),
        productivity_end=_or(given, "productivity_end", 1),
        ramp_weeks=_or(given, "ramp_weeks", 0),
        annual_leaving_rate=_or(given, "annual_leaving_rate", 0),
    )
    return {"slots": slots}


def _interval_scores(given: Given) -> list[float]:
    level, items = given["level"], fields(given, "items", "list")
    if any(len(item) != len(("lower", "upper", "outcome")) for item in items):
        raise ValueError("Each of items has to be [lower, upper, outcome].")
    number("level", level, low=0)
    found = []
    for k, (lower, upper, outcome) in enumerate(items):
        with at(f"items[{k}]"):
            found.append(scores.interval_score(lower, upper, outcome, level))
    return found


def cohort_projection(given: Given) -> dict[str, Any]:
    """Plans per state by year; optional leavers and interval scores."""
    joiners = field(given, "joiners_year1", "list", required=False) or []
    states = cohorts.project(
        given["x0"], fields(given, "P", "list"), joiners, given["years"], _or(given, "joiner_growth", 1)
    )
    result: dict[str, Any] = {}
    for year, state in enumerate(states, start=1):
        result[f"year{year}"], result[f"total_year{year}"] = state, sum(state)
    law = field(given, "beta_binomial", "object", required=False)
    if law is not None:
        with at("beta_binomial"):
            mean, deviation = scores.beta_binomial_moments(law["alpha"], law["beta"], law["n"])
        result |= {"beta_binomial_mean": mean, "beta_binomial_sd": deviation}
    scored = field(given, "position_interval_scores", "object", required=False)
    if scored is not None:
        with at("position_interval_scores"):
            result["mean_interval_score"] = baselines.mean(_interval_scores(scored))
    return result


def interval_score(given: Given) -> dict[str, Any]:
    """Interval scores, pinball loss and coverage bands, whichever is asked."""
    result: dict[str, Any] = {}
    if given.get("items") is not None:
        result["scores"] = _interval_scores(given)
        result["mean_interval_score"] = baselines.mean(result["scores"])
    loss = field(given, "pinball", "object", required=False)
    if loss is not None:
        with at("pinball"):
            outcomes = numbers("outcomes", loss["outcomes"])
            result["pinball_loss"] = [scores.pinball(loss["quantile"], loss["value"], outcome) for outcome in outcomes]
    asked = field(given, "coverage", "object", required=False)
    if asked is not None:
        with at("coverage"):
            sizes = wholes("n", asked["n"], high=1_000_000)
            confidence = _or(asked, "confidence", 0.95)
            result["coverage_bands"] = [list(scores.coverage_band(n, asked["level"], confidence)) for n in sizes]
    return result


def wl_stats_compat(given: Given) -> dict[str, Any]:
    """The peer's statistics per list, and its schedule."""
    result: dict[str, Any] = {}
    for k, one in enumerate(fields(given, "lists", "object", required=False)):
        with at(f"lists[{k}]"):
            name = field(one, "name", "text")
            found = _peer_list(one)
        if name in result:
            raise ValueError(f"Two lists are called {name}.")
        result[name] = vars(found)
    plan = field(given, "schedule", "object", required=False)
    if plan is not None:
        with at("schedule"):
            referrals = wholes("referral_days", plan["referral_days"], low=EARLIEST_DAY)
            slots = wholes("slot_days", plan["slot_days"], low=EARLIEST_DAY)
        removed, used = peer.schedule(referrals, slots)
        result["schedule"] = {"removal_days": removed, "slot_used": used}
    return result


def _peer_list(one: Given) -> peer.PeerStatistics:
    referrals = wholes("referral_days", one["referral_days"], low=EARLIEST_DAY)
    removals = [
        None if day is None else whole(f"entry {k + 1} of removal_days", day, low=EARLIEST_DAY)
        for k, day in enumerate(field(one, "removal_days", "list"))
    ]
    if len(referrals) != len(removals):
        raise ValueError("removal_days needs one entry for each of referral_days, null for a child still waiting.")
    start = whole("start", _or(one, "start", min(referrals, default=0)), low=EARLIEST_DAY)
    end = whole("end", _or(one, "end", max(referrals, default=start)), low=EARLIEST_DAY)
    return peer.peer_statistics(referrals, removals, start, end, _or(one, "target_weeks", 4))


def percentile_interp(given: Given) -> dict[str, Any]:
    """A percentile from counts by band."""
    return {"percentile": percentiles.from_bands(given["band_counts"], given["quantile"])}


def _counts(name: str, counts: Mapping[Any, Any]) -> dict[int, float | None]:
    """Counts by year; null where there is none. Raises ValueError with a sentence that names the year."""
    if not all(isinstance(year, int) or year.isdecimal() for year in counts):
        raise ValueError(f"{name} needs years such as 2024 as its names.")
    return {
        int(year): None if count is None else number(f"{name}.{year}", count, low=0) for year, count in counts.items()
    }


def backtest(given: Given) -> dict[str, Any]:
    """Errors of the plain forecasts."""
    national = _counts("national", field(given, "national", "object"))
    years = sorted(national)
    series = {}
    for area, counts in field(given, "series", "object").items():
        if isinstance(counts, Mapping):
            series[area] = _counts(f"series.{area}", counts)
        elif isinstance(counts, list) and len(counts) == len(years):
            series[area] = _counts(f"series.{area}", dict(zip(years, counts, strict=True)))
        else:
            raise ValueError(f"The series of {area} needs one count per year of the national series.")
    known = {year: plans for year, plans in national.items() if plans}
    origins = wholes("origins", field(given, "origins", "list"))
    errors = list(baselines.rolling_errors(series, known, origins))
    return {
        "mape_percent": {f"h{h}": baselines.summary(errors, h) for h in baselines.HORIZONS},
        "bias_percent_h1": baselines.summary(errors, 1, signed=True),
        "national_growth2": baselines.national_growth_forecasts(known),
    }


KINDS: dict[str, Callable[[Given], dict[str, Any]]] = {
    kind.__name__: kind
    for kind in (
        fong_calc,
        exp_target,
        mmc,
        mg1,
        priority_mg1,
        weekly_lindley,
        position_quantile,
        clear_probability,
        fluid_fifo,
        ramp_capacity,
        cohort_projection,
        interval_score,
        wl_stats_compat,
        percentile_interp,
        standard_job,
        wait_statement,
        backtest,
    )
}
